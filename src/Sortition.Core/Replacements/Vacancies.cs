namespace Sortition.Core.Replacements;

/// <summary>Who could take the seats of one or two members of a panel.</summary>
/// <remarks>
/// The remaining pool by kind: people whom the same quotas count. Kinds and slack decide about quotas. About households it matters who somebody lives with: a
/// full household has nobody to offer until a member of it leaves, and one with a single seat left cannot fill two.
/// </remarks>
internal sealed class Vacancies
{
    private readonly SelectionProblem _problem;
    private readonly CancellationToken _cancellationToken;
    private readonly IReadOnlyList<Quota> _quotas;
    private readonly int[] _onPanel;
    private readonly ulong[][] _kinds;
    private readonly int[][] _peopleOf;
    private readonly IReadOnlyList<int> _kindOf;
    private readonly bool[] _fits;

    // How many people of each kind live where there is a seat left.
    private readonly int[] _available;
    private readonly Dictionary<int, int> _seatsOfHousehold = [];
    private readonly Dictionary<int, List<int>> _remainingOf = [];

    // The most people whom one candidate can rule out: the candidate and those in the same household.
    private readonly int _mostRuledOut = 1;

    // Members of one kind, and of one household if that matters, leave the same gap.
    private readonly Dictionary<(Gap, Gap?), (int, IReadOnlyList<Constraint>)> _known = [];

    public Vacancies(Panel panel, HashSet<int> notAsked, CancellationToken cancellationToken)
    {
        _problem = panel.Problem;
        _cancellationToken = cancellationToken;
        QuotaKinds kinds = new(_problem);
        _quotas = kinds.Quotas;
        _kindOf = kinds.KindOf;
        _kinds = [.. kinds.QuotasOfKind.Select(quotas => QuotaSlack.SetOf(quotas, _quotas.Count))];
        _fits = new bool[_kinds.Length];
        _onPanel = kinds.Count(panel.Members);
        HashSet<int> members = [.. panel.Members];
        List<int>[] peopleOf = [.. _kinds.Select(_ => new List<int>())];
        for (int i = 0; i < _kindOf.Count; i++)
        {
            bool isMember = members.Contains(i);
            if (HouseholdOf(i) is int household && isMember)
            {
                _seatsOfHousehold[household] = _seatsOfHousehold.GetValueOrDefault(household) + 1;
            }

            if (!isMember && _problem.People[i].Status != PersonStatus.MustBeOut && !notAsked.Contains(i))
            {
                peopleOf[_kindOf[i]].Add(i);
            }
        }

        _peopleOf = [.. peopleOf.Select(p => p.ToArray())];
        foreach (int i in _peopleOf.SelectMany(p => p))
        {
            if (HouseholdOf(i) is int household)
            {
                if (!_remainingOf.TryGetValue(household, out List<int>? housemates))
                {
                    _remainingOf.Add(household, housemates = []);
                }

                housemates.Add(i);
                _mostRuledOut = Math.Max(_mostRuledOut, housemates.Count);
            }
        }

        _available = [.. _peopleOf.Select(people => people.Count(i => SeatsLeft(i, (null, null)) > 0))];
    }

    /// <summary>Who could take one member's seat.</summary>
    /// <returns>How many people; if none, what stands in the way.</returns>
    public (int Candidates, IReadOnlyList<Constraint> Obstacles) Fill(int member) => Fill(member, null);

    /// <summary>Who could take two members' seats.</summary>
    /// <returns>How many people are in some pair that could; if none, what stands in the way.</returns>
    public (int Candidates, IReadOnlyList<Constraint> Obstacles) Fill(int first, int second) => Fill(first, (int?)second);

    private (int Candidates, IReadOnlyList<Constraint> Obstacles) Fill(int first, int? second)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        (Gap, Gap?) gaps = (GapOf(first), second is int other ? GapOf(other) : null);
        if (_known.TryGetValue(gaps, out (int, IReadOnlyList<Constraint>) known))
        {
            return known;
        }

        (int? First, int? Second) leaving = (first, second);
        QuotaSlack slack = new(_quotas, Staying(first, second));
        int[] freed = [.. Freed(first, second)];
        Offer(freed, 1);
        int candidates = second is null ? CountOne(slack) : CountTwo(slack, leaving);
        IReadOnlyList<Constraint> obstacles = candidates > 0 ? [] : Obstacles(slack, leaving);
        Offer(freed, -1);
        _known.Add(gaps, (candidates, obstacles));
        return (candidates, obstacles);
    }

    private int CountOne(QuotaSlack slack)
    {
        int count = 0;
        for (int a = 0; a < _kinds.Length; a++)
        {
            count += _available[a] > 0 && slack.CountBroken(_kinds[a], null) == 0 ? _available[a] : 0;
        }

        return count;
    }

    private int CountTwo(QuotaSlack slack, (int? First, int? Second) leaving)
    {
        // Either of the two has room, and is whom two seats must both go to.
        int[] roomy =
        [
            .. Enumerable.Range(0, _kinds.Length).Where(a => _available[a] > 0 && slack.HasRoomFor(_kinds[a]) && slack.IsWhatTwoSeatsNeed(_kinds[a])),
        ];
        int[]?[] roomyOf = new int[]?[_quotas.Count];
        int count = 0;
        foreach (int a in roomy)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int partners = 0;
            bool[] fits = _fits;
            Array.Clear(fits);
            int[] worthTrying = slack.FirstMissing(_kinds[a]) is >= 0 and int missing
                ? roomyOf[missing] ??= [.. roomy.Where(c => QuotaSlack.Has(_kinds[c], missing))]
                : roomy;
            foreach (int b in worthTrying)
            {
                fits[b] = slack.Fit(_kinds[a], _kinds[b]);
                partners += fits[b] ? _available[b] : 0;
                if (partners > _mostRuledOut)
                {
                    // Whoever it is, somebody is left to sit beside.
                    break;
                }
            }

            count += partners == 0 ? 0
                : partners > _mostRuledOut ? _available[a]
                : _peopleOf[a].Count(i => SeatsLeft(i, leaving) > 0 && partners > RuledOut(i, fits, leaving));
        }

        return count;
    }

    /// <summary>
    /// How many people of some kinds cannot be seated beside somebody who has a seat left: the person, and the housemates if there is but one seat.
    /// </summary>
    private int RuledOut(int person, bool[] kinds, (int? First, int? Second) leaving)
    {
        if (HouseholdOf(person) is int household && SeatsLeft(person, leaving) == 1)
        {
            return _remainingOf[household].Count(i => kinds[_kindOf[i]]);
        }

        return kinds[_kindOf[person]] ? 1 : 0;
    }

    private IReadOnlyList<Constraint> Obstacles(QuotaSlack slack, (int? First, int? Second) leaving)
    {
        NearMiss nearest = new(slack, _quotas);
        bool isOne = leaving.Second is null;

        // What a kind overfills alone, any two with it overfill: those with the least of that come first, and the rest need not be looked at.
        int[] over = [.. _kinds.Select(slack.CountOver)];
        int[] order = [.. Enumerable.Range(0, _kinds.Length).Where(a => _peopleOf[a].Length > 0).OrderBy(a => over[a])];
        for (int i = 0; i < order.Length && nearest.IsWanted(over[order[i]]); i++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int a = order[i];
            for (int j = i; j < order.Length && nearest.IsWanted(over[order[j]]); j++)
            {
                int b = order[j];
                if (isOne ? a != b : a == b && _peopleOf[a].Length < 2)
                {
                    continue;
                }

                ulong[]? second = isOne ? null : _kinds[b];
                int quotas = slack.CountBroken(_kinds[a], second);
                if (!nearest.IsWanted(quotas))
                {
                    continue;
                }

                // If no two people of these kinds keep the household rule, any two break it.
                bool keepsHousehold = isOne ? _available[a] > 0 : HasPair(a, b, leaving);
                nearest.Show(keepsHousehold ? quotas : quotas + 1, !keepsHousehold, _kinds[a], second);
            }
        }

        return nearest.Constraints();
    }

    /// <summary>Whether two people of two kinds can be seated together under the household rule.</summary>
    private bool HasPair(int a, int b, (int? First, int? Second) leaving)
    {
        if (_available[a] == 0 || _available[b] == 0)
        {
            return false;
        }

        bool[] kinds = new bool[_kinds.Length];
        kinds[b] = true;
        return _available[b] > _mostRuledOut || _peopleOf[a].Any(i => SeatsLeft(i, leaving) > 0 && _available[b] > RuledOut(i, kinds, leaving));
    }

    private int[] Staying(int first, int? second)
    {
        int[] staying = [.. _onPanel];
        for (int q = 0; q < staying.Length; q++)
        {
            staying[q] -= Counts(first, q) + (second is int other ? Counts(other, q) : 0);
        }

        return staying;

        int Counts(int member, int quota) => (int)((_kinds[_kindOf[member]][quota / 64] >> (quota % 64)) & 1);
    }

    /// <summary>Those who live in a full household that somebody leaves.</summary>
    private IEnumerable<int> Freed(int first, int? second)
    {
        int? one = HouseholdOf(first);
        int? two = second is int other && HouseholdOf(other) is int household && household != one ? household : null;
        return new[] { one, two }
            .Where(h => h is not null && _seatsOfHousehold[h.Value] >= _problem.HouseholdLimit)
            .SelectMany(h => _remainingOf.GetValueOrDefault(h!.Value, []));
    }

    private void Offer(int[] people, int change)
    {
        foreach (int i in people)
        {
            _available[_kindOf[i]] += change;
        }
    }

    /// <summary>How many seats somebody's household has left once members have left; one where it does not matter.</summary>
    private int SeatsLeft(int person, (int? First, int? Second) leaving)
    {
        if (HouseholdOf(person) is not int household)
        {
            return 1;
        }

        int left = _problem.HouseholdLimit!.Value - _seatsOfHousehold.GetValueOrDefault(household);
        return left + (Leaves(leaving.First) ? 1 : 0) + (Leaves(leaving.Second) ? 1 : 0);

        bool Leaves(int? member) => member is int m && HouseholdOf(m) == household;
    }

    /// <summary>A person's household, where there is a rule about it and it is known.</summary>
    private int? HouseholdOf(int person) => _problem.HouseholdLimit is null ? null : _problem.People[person].Household;

    private Gap GapOf(int member) => new(_kindOf[member], HouseholdOf(member) is int household && _remainingOf.ContainsKey(household) ? household : null);

    /// <summary>What a member leaves behind.</summary>
    private readonly record struct Gap(int Kind, int? Household);
}
