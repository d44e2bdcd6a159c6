namespace Sortition.Core.Tests.GreedyDraws;

/// <summary>
/// One attempt of the greedy algorithm as its definition reads, person by person and with every choice followed: how likely each panel is. For tiny pools.
/// </summary>
internal sealed class GreedyDefinition
{
    private readonly SelectionProblem _problem;
    private readonly Dictionary<(int Seated, int Remaining), Dictionary<int, double>> _known = [];

    private GreedyDefinition(SelectionProblem problem) => _problem = problem;

    /// <summary>The chance of each panel, as a set of bits, in one attempt; together less than 1 where an attempt may fail.</summary>
    public static Dictionary<int, double> Attempt(SelectionProblem problem)
    {
        GreedyDefinition definition = new(problem);
        int seated = 0;
        int remaining = definition.People(i => problem.People[i].Status != PersonStatus.MustBeOut && !definition.QuotasOf(i).Any(q => q.Max == 0));
        for (int i = 0; i < problem.People.Count; i++)
        {
            if (problem.People[i].Status == PersonStatus.MustBeIn)
            {
                if ((remaining >> i & 1) == 0)
                {
                    return [];
                }

                (seated, remaining) = definition.Seat(i, seated, remaining);
            }
        }

        return definition.Continue(seated, remaining);
    }

    private Dictionary<int, double> Continue(int seated, int remaining)
    {
        if (_known.TryGetValue((seated, remaining), out Dictionary<int, double>? known))
        {
            return known;
        }

        Dictionary<int, double> panels = [];
        _known.Add((seated, remaining), panels);
        int size = int.PopCount(seated);
        bool canBeMet = _problem.Quotas.All(q => Count(seated, q) + (size < _problem.PanelSize ? Count(remaining, q) : 0) >= q.Min);
        if (!canBeMet || size > _problem.PanelSize)
        {
            return panels;
        }

        if (size == _problem.PanelSize)
        {
            panels.Add(seated, 1);
            return panels;
        }

        int[] candidates = Candidates(seated, remaining);
        foreach (int i in candidates)
        {
            (int nextSeated, int nextRemaining) = Seat(i, seated, remaining);
            foreach ((int panel, double chance) in Continue(nextSeated, nextRemaining))
            {
                panels[panel] = panels.GetValueOrDefault(panel) + (chance / candidates.Length);
            }
        }

        return panels;
    }

    /// <summary>Those remaining who match the quota with the largest ratio, the first of equals; all, where nobody remaining matches any quota.</summary>
    private int[] Candidates(int seated, int remaining)
    {
        Quota? most = null;
        double largest = double.NegativeInfinity;
        foreach (Quota quota in _problem.Quotas.Where(q => Count(remaining, q) > 0))
        {
            double ratio = (quota.Min - Count(seated, quota)) / (double)Count(remaining, quota);
            if (ratio > largest + 1e-12)
            {
                (most, largest) = (quota, ratio);
            }
        }

        return [.. Enumerable.Range(0, _problem.People.Count).Where(i => (remaining >> i & 1) == 1 && (most is null || Matches(i, most)))];
    }

    private (int Seated, int Remaining) Seat(int person, int seated, int remaining)
    {
        seated |= 1 << person;
        remaining &= ~(1 << person);
        if (_problem.HouseholdLimit is int limit && _problem.People[person].Household is int household)
        {
            int housemates = People(i => _problem.People[i].Household == household);
            remaining &= int.PopCount(seated & housemates) >= limit ? ~housemates : -1;
        }

        foreach (Quota full in QuotasOf(person).Where(q => Count(seated, q) >= q.Max))
        {
            remaining &= ~People(i => Matches(i, full));
        }

        return (seated, remaining);
    }

    private IEnumerable<Quota> QuotasOf(int person) => _problem.Quotas.Where(q => Matches(person, q));

    private bool Matches(int person, Quota quota) => _problem.Matches(_problem.People[person], quota);

    private int Count(int people, Quota quota) => int.PopCount(people & People(i => Matches(i, quota)));

    private int People(Func<int, bool> condition) => Enumerable.Range(0, _problem.People.Count).Where(condition).Sum(i => 1 << i);
}
