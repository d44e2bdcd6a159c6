namespace Sortition.Core.Engine.Reserve;

/// <summary>The choice of alternates in numbers: who could be one, and what drop-outs may leave open.</summary>
/// <remarks>
/// People whom the same quotas count are one kind, and a set of alternates is so many of each kind. What drop-outs leave behind is a gap. How far the seats
/// filled in a gap are off the quotas is its breach: Σ_q weight_q · max(0, low_q − r_q, r_q − high_q), where r_q of those who step in count towards quota q
/// (Assos, Baharav, Flanigan, Procaccia, Alternates, Assemble!).
/// </remarks>
/// <param name="QuotasOfKind">Entry c: the quotas that count people of kind c, ascending.</param>
/// <param name="Available">Entry c: how many of kind c can be alternates, 0 or more.</param>
/// <param name="Possible">
/// Entry c: how many of kind c could be alternates if the lot among housemates had fallen otherwise, 1 or more and no fewer than are available.
/// </param>
/// <param name="Weights">Entry q: what one seat off quota q counts, above 0.</param>
/// <param name="Gaps">The gaps; their shares sum to 1 or, where no seat is open for some share, to less.</param>
/// <param name="Count">The number of alternates, 1..Σ available.</param>
internal sealed record ReserveModel(int[][] QuotasOfKind, int[] Available, int[] Possible, double[] Weights, SeatGap[] Gaps, int Count)
{
    public int KindCount => QuotasOfKind.Length;

    public int QuotaCount => Weights.Length;

    /// <summary>How many seats of a gap are filled: all of them, as far as there are alternates.</summary>
    public int SeatsToFill(SeatGap gap) => Math.Min(gap.Open, Count);

    /// <summary>The breach of a gap filled with people who count so often towards each quota.</summary>
    public double Breach(SeatGap gap, ReadOnlySpan<int> filled)
    {
        double breach = 0;
        for (int q = 0; q < Weights.Length; q++)
        {
            breach += Weights[q] * Math.Max(0, Math.Max(gap.Low[q] - filled[q], filled[q] - gap.High[q]));
        }

        return breach;
    }
}

/// <summary>What a set of drop-outs leaves to be filled.</summary>
/// <param name="Open">How many seats, 1 or more.</param>
/// <param name="Low">Entry q: how many more people quota q needs, below 0 where there are more than enough.</param>
/// <param name="High">Entry q: how many more people quota q has room for, 0 or more.</param>
/// <param name="Share">How much this counts, above 0: the chance, or the share of a sample.</param>
internal sealed record SeatGap(int Open, int[] Low, int[] High, double Share);
