using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>Turns probabilities as computed into the whole numbers over 2⁶² of a lottery.</summary>
internal static class LotteryWeights
{
    /// <summary>Panels with a positive weight, the likeliest first; equally likely ones by their seats.</summary>
    public static IReadOnlyList<PanelComposition> Of(IReadOnlyList<TypeSeats[]> panels, ReadOnlySpan<double> probabilities)
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
        return Of(panels, weights);
    }

    /// <summary>Panels with a positive weight, the likeliest first; equally likely ones by their seats.</summary>
    public static IReadOnlyList<PanelComposition> Of(IReadOnlyList<TypeSeats[]> panels, long[] weights)
    {
        int[] order = [.. Enumerable.Range(0, weights.Length).Where(p => weights[p] > 0)];
        Array.Sort(order, (a, b) => weights[a] != weights[b] ? weights[b].CompareTo(weights[a]) : Compare(panels[a], panels[b]));
        return [.. order.Select(p => new PanelComposition(panels[p], weights[p]))];
    }

    /// <summary>The panel with more seats of the first type in which they differ comes first.</summary>
    public static int Compare(TypeSeats[] a, TypeSeats[] b)
    {
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            if (a[i].Type != b[i].Type || a[i].Seats != b[i].Seats)
            {
                return a[i].Type != b[i].Type ? a[i].Type.CompareTo(b[i].Type) : b[i].Seats.CompareTo(a[i].Seats);
            }
        }

        return b.Length.CompareTo(a.Length);
    }
}
