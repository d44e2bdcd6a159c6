using Sortition.Core.Engine.Reserve;
using Sortition.Core.Replacements;

namespace Sortition.Core.Alternates;

/// <summary>
/// The scenarios of a sample as a model for the engine: each of some people can be an alternate, and drop-outs that leave the same gap are one.
/// </summary>
internal sealed class ReserveScenarios
{
    private readonly int[] _gapOf;

    /// <param name="sample">The sample.</param>
    /// <param name="people">Who can be an alternate, at least as many as there are to be.</param>
    /// <param name="count">How many alternates there are to be, 1 or more.</param>
    /// <param name="candidates">
    /// Who could be one if the lot among housemates had fallen otherwise: <paramref name="people"/> and others; null for nobody else.
    /// </param>
    public ReserveScenarios(DropOutSample sample, IReadOnlyList<int> people, int count, IReadOnlyList<int>? candidates = null)
    {
        Sample = sample;
        QuotaKinds kinds = new(sample.Panel.Problem);
        ILookup<int, int> ofKind = people.ToLookup(i => kinds.KindOf[i]);
        IGrouping<int, int>[] possible = [.. (candidates ?? people).GroupBy(i => kinds.KindOf[i]).OrderBy(g => g.Key)];
        PeopleOfKind = [.. possible.Select(g => ofKind[g.Key].ToArray())];
        int[] onPanel = kinds.Count(sample.Panel.Members);
        List<SeatGap> gaps = [];
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        _gapOf = new int[sample.Scenarios.Count];
        for (int j = 0; j < _gapOf.Length; j++)
        {
            DropOutScenario scenario = sample.Scenarios[j];
            if (scenario.DropOuts.Count == 0)
            {
                _gapOf[j] = -1;
                continue;
            }

            int[] gone = kinds.Count(scenario.DropOuts);
            string key = string.Join(',', gone.Append(scenario.DropOuts.Count).Select(n => FormattableString.Invariant($"{n}")));
            if (!known.TryGetValue(key, out int gap))
            {
                known.Add(key, gap = gaps.Count);
                gaps.Add(Gap(kinds.Quotas, onPanel, gone, scenario.DropOuts.Count));
            }

            gaps[gap] = gaps[gap] with { Share = gaps[gap].Share + scenario.Share };
            _gapOf[j] = gap;
        }

        Model = new ReserveModel(
            [.. possible.Select(g => kinds.QuotasOfKind[g.Key])],
            [.. PeopleOfKind.Select(p => p.Length)],
            [.. possible.Select(g => g.Count())],
            [.. kinds.Quotas.Select(WeightOf)],
            [.. gaps],
            count);
    }

    public DropOutSample Sample { get; }

    public ReserveModel Model { get; }

    /// <summary>Entry c: the people of kind c of the model, in the order given.</summary>
    public int[][] PeopleOfKind { get; }

    /// <summary>What one seat off a quota counts: 1/max(u, 1).</summary>
    public static double WeightOf(Quota quota) => 1.0 / Math.Max(quota.Max, 1);

    /// <summary>Entry j: the breach in scenario j where everybody is an alternate.</summary>
    public double[] Breaches(CancellationToken cancellationToken)
    {
        SubstitutionProgram substitution = Everybody();
        double[] ofGap = new double[Model.Gaps.Length];
        for (int g = 0; g < ofGap.Length; g++)
        {
            // One substitution may be too short to look at the token.
            cancellationToken.ThrowIfCancellationRequested();
            ofGap[g] = substitution.Fill(Model.Gaps[g], double.PositiveInfinity, cancellationToken);
        }

        return [.. _gapOf.Select(gap => gap < 0 ? 0 : ofGap[gap])];
    }

    /// <summary>Who steps into the first gap where everybody is an alternate: of a kind, those who come first.</summary>
    public int[] StepIn(CancellationToken cancellationToken)
    {
        SubstitutionProgram substitution = Everybody();
        substitution.Fill(Model.Gaps[0], double.PositiveInfinity, cancellationToken);
        int[] seats = substitution.Seats.ToArray();
        return [.. PeopleOfKind.SelectMany((people, c) => people.Take(seats[c]))];
    }

    private SubstitutionProgram Everybody()
    {
        SubstitutionProgram substitution = new(Model);
        substitution.SetAlternates([.. Model.Available.Select(n => (double)n)]);
        return substitution;
    }

    /// <summary>The gap that drop-outs leave.</summary>
    private static SeatGap Gap(IReadOnlyList<Quota> quotas, int[] onPanel, int[] gone, int open)
    {
        int[] low = [.. quotas.Select((q, j) => q.Min - onPanel[j] + gone[j])];
        int[] high = [.. quotas.Select((q, j) => q.Max - onPanel[j] + gone[j])];
        return new SeatGap(open, low, high, 0);
    }
}
