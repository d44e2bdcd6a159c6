using Sortition.Core.Lotteries;

namespace Sortition.Core.Ballots;

/// <summary>Rounds a lottery to equally likely ballots at random, so that nobody's expected chance changes.</summary>
/// <remarks>
/// Pipage rounding in whole-number arithmetic: Flanigan, Kehne, Procaccia, Fair Sortition Made Transparent, NeurIPS 2021, section 4. What is best for the
/// chances as they come out, and depends on the lottery alone, is <see cref="BallotRounding"/>.
/// </remarks>
public static class DependentRounding
{
    private const long One = PanelLottery.WeightTotal;

    /// <summary>Rounds a lottery to M equally likely ballots.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="count">M, 1..1,000,000.</param>
    /// <param name="random">The source of chance.</param>
    /// <returns>M rows of weight 1. Panel P has ⌊M·λ_P⌋ or ⌈M·λ_P⌉ of them, with expectation exactly M·λ_P.</returns>
    public static PanelTable Round(PanelLottery lottery, int count, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, BallotRounding.MaxCount);
        ArgumentNullException.ThrowIfNull(random);
        int[] copies = Round([.. lottery.Panels.Select(p => p.Weight)], count, random.NextBelow);
        return Seating.Ballots(lottery.Problem, [.. lottery.Panels.Select((p, i) => (p.Seats, copies[i]))], random);
    }

    /// <summary>Random whole numbers c_P with E[c_P] = M·w_P/2⁶² exactly, each the floor or the ceiling of that, adding up to M.</summary>
    /// <param name="weights">Weights that add up to 2⁶².</param>
    /// <param name="count">M.</param>
    /// <param name="nextBelow">The source of chance: a whole number below its argument, each equally likely.</param>
    internal static int[] Round(ReadOnlySpan<long> weights, int count, Func<long, long> nextBelow)
    {
        int[] copies = new int[weights.Length];
        int active = -1;
        long activeFraction = 0;
        for (int p = 0; p < weights.Length; p++)
        {
            Int128 expected = (Int128)weights[p] * count;
            copies[p] = (int)(expected / One);
            long fraction = (long)(expected % One);
            if (fraction == 0)
            {
                continue;
            }

            if (activeFraction == 0)
            {
                (active, activeFraction) = (p, fraction);
                continue;
            }

            // Two fractions meet: one of them becomes 0 or 1, in expectation both stay what they are.
            long room = One - activeFraction;
            if (fraction <= room)
            {
                // One takes both fractions, the other goes to 0.
                long sum = activeFraction + fraction;
                active = nextBelow(sum) < activeFraction ? active : p;
                activeFraction = sum;
            }
            else
            {
                // One goes to 1, the other keeps what is left.
                long otherRoom = One - fraction;
                bool activeFills = nextBelow(room + otherRoom) < otherRoom;
                copies[activeFills ? active : p]++;
                active = activeFills ? p : active;
                activeFraction = fraction - room;
            }

            if (activeFraction == One)
            {
                copies[active]++;
                activeFraction = 0;
            }
        }

        return copies;
    }
}
