using Sortition.Core.Ballots;

namespace Sortition.Publication.Report.Model;

/// <summary>How mixed the ballots are: figures about all of them, which say nothing about anybody.</summary>
/// <param name="DifferentPanels">How many different panels are among them, 1 or more.</param>
/// <param name="LargestPairRatio">How many times as often as by chance any two people sit together at most; null where that cannot be told.</param>
/// <param name="IsMixed">Whether they are mixed; null where that is not known.</param>
/// <param name="Overlaps">Bars from the fewest to the most members in common; empty where ballots were not compared.</param>
internal sealed record ReportMixing(int DifferentPanels, double? LargestPairRatio, bool? IsMixed, IReadOnlyList<OverlapBar> Overlaps)
{
    private const int MostBars = 20;

    /// <summary>What a report tells of figures of ballots: overlaps are joined so that there are few bars, all equally wide.</summary>
    public static ReportMixing Of(BallotMixing mixing)
    {
        if (mixing.Overlaps is not { } pairs)
        {
            return new ReportMixing(mixing.DifferentPanels, mixing.LargestPairRatio, mixing.IsMixed, []);
        }

        int first = pairs.Index().First(p => p.Item > 0).Index;
        int width = (pairs.Count - first + MostBars - 1) / MostBars;
        double all = pairs.Sum();
        return new ReportMixing(
            mixing.DifferentPanels,
            mixing.LargestPairRatio,
            mixing.IsMixed,
            [.. pairs.Skip(first).Chunk(width).Select((chunk, c) => Bar(first + (c * width), chunk))]);

        OverlapBar Bar(int from, long[] chunk) => new(from, from + chunk.Length - 1, chunk.Sum() / all);
    }
}

/// <summary>Pairs of ballots by how many members they have in common.</summary>
/// <param name="From">The fewest members in common, 0 or more.</param>
/// <param name="To">The most.</param>
/// <param name="Share">Their share of all pairs of ballots, 0..1.</param>
internal sealed record OverlapBar(int From, int To, double Share);
