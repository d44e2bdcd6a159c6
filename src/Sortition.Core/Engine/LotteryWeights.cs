using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine;

/// <summary>Turns probabilities as computed into the whole numbers over 2⁶² of a lottery.</summary>
internal static class LotteryWeights
{
    /// <summary>Panels with a positive weight, the likeliest first; equally likely ones by their seats.</summary>
    public static IReadOnlyList<TypePanel> Of(IReadOnlyList<int[]> panels, ReadOnlySpan<double> probabilities)
    {
        double sum = 0;
        foreach (double p in probabilities)
        {
            sum += Math.Max(p, 0);
        }

        long[] weights = new long[panels.Count];
        long left = PanelLottery.WeightTotal;
        int likeliest = 0;
        for (int p = 0; p < weights.Length; p++)
        {
            weights[p] = Math.Min(left, (long)(Math.Max(probabilities[p], 0) / sum * PanelLottery.WeightTotal));
            left -= weights[p];
            likeliest = weights[p] > weights[likeliest] ? p : likeliest;
        }

        weights[likeliest] += left;
        int[] order = [.. Enumerable.Range(0, weights.Length).Where(p => weights[p] > 0)];
        Array.Sort(order, (a, b) => weights[a] != weights[b] ? weights[b].CompareTo(weights[a]) : panels[b].AsSpan().SequenceCompareTo(panels[a]));
        return [.. order.Select(p => new TypePanel([.. Seats(panels[p])], weights[p]))];
    }

    private static IEnumerable<TypeSeats> Seats(int[] panel) => Enumerable.Range(0, panel.Length).Where(t => panel[t] > 0).Select(t => new TypeSeats(t, panel[t]));
}
