using Sortition.Core.Problems;

namespace Sortition.Core.Fairness;

/// <summary>How one group fares: people of one feature value, or who match an intersectional quota.</summary>
public sealed class GroupSummary
{
    internal GroupSummary(
        IReadOnlyList<FeatureValue> condition, Quota? quota, int pool, int panel, double? lowestChance, double? highestChance, double? meanChance)
    {
        Condition = condition;
        Quota = quota;
        Pool = pool;
        Panel = panel;
        LowestChance = lowestChance;
        HighestChance = highestChance;
        MeanChance = meanChance;
    }

    /// <summary>What the people of the group share.</summary>
    public IReadOnlyList<FeatureValue> Condition { get; }

    /// <summary>The quota on the group; null where there is none.</summary>
    public Quota? Quota { get; }

    /// <summary>How many people of the pool are in the group.</summary>
    public int Pool { get; }

    /// <summary>How many members of the panel are in the group.</summary>
    public int Panel { get; }

    /// <summary>
    /// The lowest selection probability of a covered person of the group, 0..1; null without a lottery, or if nobody of the group is covered.
    /// </summary>
    public double? LowestChance { get; }

    /// <summary>The highest such probability.</summary>
    public double? HighestChance { get; }

    /// <summary>The mean of such probabilities.</summary>
    public double? MeanChance { get; }

    /// <summary>Summarises all groups: every value of every feature in the problem's order, then the intersectional quotas.</summary>
    /// <param name="panel">The panel, which also tells the problem.</param>
    /// <param name="lottery">The lottery it was drawn from; null where there is none.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="ArgumentException">Panel and lottery belong to different problems.</exception>
    public static IReadOnlyList<GroupSummary> Summarize(Panel panel, PanelLottery? lottery)
    {
        ArgumentNullException.ThrowIfNull(panel);
        SelectionProblem problem = panel.Problem;
        if (lottery is not null && !lottery.Problem.Equals(problem))
        {
            throw new ArgumentException("The lottery is of another problem than the panel.", nameof(lottery));
        }

        bool[] isMember = new bool[problem.People.Count];
        foreach (int i in panel.Members)
        {
            isMember[i] = true;
        }

        bool[]? covered = lottery is null ? null : LotteryMetrics.CoveredBy(lottery);
        List<GroupSummary> groups = [];
        for (int f = 0; f < problem.Features.Count; f++)
        {
            Feature feature = problem.Features[f];
            Tally[] tallies = [.. feature.Values.Select(_ => new Tally())];
            for (int i = 0; i < isMember.Length; i++)
            {
                tallies[problem.People[i].Vector.Indices[f]].Add(isMember[i], ChanceOf(i));
            }

            groups.AddRange(feature.Values.Select((value, v) => tallies[v].Summarise([new FeatureValue(feature.Name, value)], QuotaOn(feature.Name, value))));
        }

        foreach (Quota quota in problem.Quotas.Where(q => q.Condition.Count > 1))
        {
            Tally tally = new();
            for (int i = 0; i < isMember.Length; i++)
            {
                if (problem.Matches(problem.People[i], quota))
                {
                    tally.Add(isMember[i], ChanceOf(i));
                }
            }

            groups.Add(tally.Summarise(quota.Condition, quota));
        }

        return groups;

        double? ChanceOf(int person) => covered is not null && covered[person] ? lottery!.ProbabilityOf(person) : null;

        Quota? QuotaOn(string feature, string value) => problem.Quotas.FirstOrDefault(q =>
            q.Condition.Count == 1
                && string.Equals(q.Condition[0].Feature, feature, StringComparison.Ordinal)
                && string.Equals(q.Condition[0].Value, value, StringComparison.Ordinal));
    }

    private sealed class Tally
    {
        private int _pool;
        private int _panel;
        private int _covered;
        private double _lowest = double.PositiveInfinity;
        private double _highest;
        private double _sum;

        public void Add(bool isMember, double? chance)
        {
            _pool++;
            _panel += isMember ? 1 : 0;
            if (chance is double p)
            {
                _covered++;
                _lowest = Math.Min(_lowest, p);
                _highest = Math.Max(_highest, p);
                _sum += p;
            }
        }

        public GroupSummary Summarise(IReadOnlyList<FeatureValue> condition, Quota? quota) => _covered == 0
            ? new GroupSummary(condition, quota, _pool, _panel, null, null, null)
            : new GroupSummary(condition, quota, _pool, _panel, _lowest, _highest, _sum / _covered);
    }
}
