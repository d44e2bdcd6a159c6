namespace Sortition.Core.Alternates;

/// <summary>Who takes the seats of those who dropped out, and what becomes of the quotas.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class Substitution
{
    private Substitution(SeatTaken[] seats, int[] notToBeHad, int[] standingBy, int[] members, QuotaBreach[] breaches)
    {
        NotToBeHad = notToBeHad;
        Seats = seats;
        StandingBy = standingBy;
        Members = members;
        Breaches = breaches;
    }

    /// <summary>One entry for each seat that came free, ordered by who left it.</summary>
    /// <remarks>
    /// Only the set of those who step in matters to the quotas. Each is named beside somebody whom they resemble: pairs with more values in common come first.
    /// </remarks>
    public IReadOnlyList<SeatTaken> Seats { get; }

    /// <summary>The alternates who were not to be had, in their order, as indices into the people of the problem.</summary>
    public IReadOnlyList<int> NotToBeHad { get; }

    /// <summary>The alternates who are left, in their order.</summary>
    public IReadOnlyList<int> StandingBy { get; }

    /// <summary>
    /// The members after the substitution, as indices into the people of the problem, ascending; fewer than the panel size where alternates ran out.
    /// </summary>
    public IReadOnlyList<int> Members { get; }

    /// <summary>The quotas that are not met then, in the order of the problem.</summary>
    public IReadOnlyList<QuotaBreach> Breaches { get; }

    /// <summary>How far off the quotas are: Σ seats off / max(u, 1) over the quotas; 0 where all are met.</summary>
    public double Breach => Breaches.Sum(b => b.SeatsOff * ReserveScenarios.WeightOf(b.Quota));

    internal static Substitution Of(Panel panel, int[] left, int[] notToBeHad, int[] ready, int[] stepIn)
    {
        SelectionProblem problem = panel.Problem;
        HashSet<int> stepping = [.. stepIn];
        HashSet<int> gone = [.. left];
        int[] members = [.. panel.Members.Where(i => !gone.Contains(i)).Concat(stepIn).Order()];
        QuotaBreach[] breaches = [.. problem.Quotas
            .Select(q => new QuotaBreach(q, members.Count(i => problem.Matches(problem.People[i], q))))
            .Where(b => b.SeatsOff > 0)];
        return new Substitution(Pair(problem, left, stepIn), notToBeHad, [.. ready.Where(i => !stepping.Contains(i))], members, breaches);
    }

    /// <summary>Names those who step in beside those whom they resemble most, the most alike first.</summary>
    private static SeatTaken[] Pair(SelectionProblem problem, int[] left, int[] stepIn)
    {
        Dictionary<int, int> replacementOf = [];
        HashSet<int> paired = [];
        var pairs = from i in left
                    from j in stepIn
                    let alike = problem.People[i].Values.Zip(problem.People[j].Values).Count(v => string.Equals(v.First, v.Second, StringComparison.Ordinal))
                    orderby alike descending, i, j
                    select (i, j);
        foreach ((int i, int j) in pairs)
        {
            if (!replacementOf.ContainsKey(i) && paired.Add(j))
            {
                replacementOf.Add(i, j);
            }
        }

        return [.. left.Select(i => new SeatTaken(i, replacementOf.TryGetValue(i, out int j) ? j : null))];
    }
}

/// <summary>A seat that came free.</summary>
public sealed class SeatTaken
{
    internal SeatTaken(int dropOut, int? replacement)
    {
        DropOut = dropOut;
        Replacement = replacement;
    }

    /// <summary>Who left it, an index into the people of the problem.</summary>
    public int DropOut { get; }

    /// <summary>Who takes it; null where alternates ran out.</summary>
    public int? Replacement { get; }
}

/// <summary>A quota that is not met.</summary>
public sealed class QuotaBreach
{
    internal QuotaBreach(Quota quota, int members)
    {
        Quota = quota;
        Members = members;
    }

    /// <summary>The quota.</summary>
    public Quota Quota { get; }

    /// <summary>How many members count towards it.</summary>
    public int Members { get; }

    /// <summary>By how many seats it is missed, 1 or more.</summary>
    public int SeatsOff => Math.Max(0, Math.Max(Quota.Min - Members, Members - Quota.Max));
}
