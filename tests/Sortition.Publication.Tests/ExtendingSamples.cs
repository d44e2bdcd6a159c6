using System.Buffers.Binary;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Ballots;
using Sortition.Core.Feasibility;
using Sortition.Core.Kernel;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Publication.Tests;

/// <summary>The C# of docs/extending.md that is not in the sample, word for word; <see cref="ExtendingTests"/> compares and runs it.</summary>
internal static class ExtendingSamples
{
    public static (HeaviestPanel? Heaviest, bool IsPanel) Kernel(SelectionProblem problem, double[] weights, int[] members, CancellationToken token)
    {
        PanelOracle oracle = new(problem);
        HeaviestPanel? heaviest = oracle.FindHeaviest(weights, token);       // one weight a person, of either sign; null: no panel meets the quotas
        double slack = heaviest is null ? 0 : heaviest.UpperBound - heaviest.Weight;   // what rounding leaves open; 0 for whole numbers

        PanelRules rules = new(problem);
        bool isPanel = rules.IsFeasible(members);                            // indices into problem.People
        foreach (PanelBreach breach in rules.FindBreaches(members))
        {
            Console.WriteLine($"{breach.Kind} {breach.Quota}: {breach.Count} counted");
        }

        _ = slack;
        return (heaviest, isPanel);
    }

    public static PanelLottery Given(SelectionProblem problem, Panel one, Panel other)
    {
        IReadOnlyList<UnselectablePerson> uncovered = FeasibilityAnalysis.Check(problem).Uncovered;
        PanelLottery lottery = PanelLottery.FromProbabilities(problem, [(one, 0.3), (other, 0.7)], new Maximin().Objective, uncovered);
        double lowest = lottery.Certificate.Value;                           // computed; that no lottery has a higher one is not claimed

        _ = lowest;
        return lottery;
    }

    public static (Panel Drawn, long[] Times) Ballots(PanelLottery lottery, int number)
    {
        PanelTable ballots = BallotRounding.Round(lottery, 100, RandomSource.Seeded("printed on 3 May"));
        long[] times = ballots.SelectionWeights();                           // on how many of the 100 each person is
        Panel drawn = ballots.Rows[number].Panel;                            // 0..99, from wherever you take the number

        return (drawn, times);
    }

    public static PanelTable Weighted(SelectionProblem problem, Panel one, Panel other)
    {
        PanelTable table = PanelTable.Create(problem, [(one, 3), (other, 7)]);
        int row = table.DrawRowIndex(RandomSource.Secure());                 // 0 in three of ten draws

        _ = row;
        return table;
    }

    /// <summary>Bytes that somebody else made: a physical generator, throws of dice written down.</summary>
    internal sealed class RecordedSource(Stream bytes) : RandomSource
    {
        public override ulong NextUInt64()
        {
            Span<byte> word = stackalloc byte[8];
            bytes.ReadExactly(word);
            return BinaryPrimitives.ReadUInt64BigEndian(word);
        }
    }
}
