using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>
/// Lets the households of a class take turns evenly: over all ballots together each has as many seats of a type as the others, but for the one that is odd.
/// </summary>
/// <remarks>
/// On a ballot, two households of a class can change places: they are of the same kinds of people, so it stays a panel. Changes are made as long as one brings
/// the sum of the squares of the households' seats down. Where types of one class are seated together, that may end before all differences are 1.
/// </remarks>
internal static class HouseholdTurns
{
    /// <summary>Makes the turns even.</summary>
    /// <param name="class">The households.</param>
    /// <param name="ballots">
    /// For each ballot with seats for the class, the seats of each household: entry [h][j] is how many of type <see cref="HouseholdClass.Types"/>[j] household
    /// h has.
    /// </param>
    public static void Even(HouseholdClass @class, IReadOnlyList<int[][]> ballots)
    {
        int households = @class.Households.Length;
        int types = @class.Types.Length;
        long[][] sums = [.. Enumerable.Range(0, households).Select(_ => new long[types])];
        foreach (int[][] ballot in ballots)
        {
            Move(ballot, 1);
        }

        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int j = 0; j < types; j++)
            {
                while (ExchangeOfType(j))
                {
                    changed = true;
                }
            }
        }

        bool ExchangeOfType(int j)
        {
            int most = 0;
            int least = 0;
            for (int h = 1; h < households; h++)
            {
                most = sums[h][j] > sums[most][j] ? h : most;
                least = sums[h][j] < sums[least][j] ? h : least;
            }

            if (sums[most][j] - sums[least][j] < 2)
            {
                return false;
            }

            foreach (int[][] ballot in ballots)
            {
                if (ballot[most][j] > ballot[least][j] && Gain(ballot[most], ballot[least], sums[most], sums[least]) > 0)
                {
                    Move(ballot, -1);
                    (ballot[most], ballot[least]) = (ballot[least], ballot[most]);
                    Move(ballot, 1);
                    return true;
                }
            }

            return false;
        }

        void Move(int[][] ballot, int times)
        {
            for (int h = 0; h < households; h++)
            {
                for (int j = 0; j < types; j++)
                {
                    sums[h][j] += times * ballot[h][j];
                }
            }
        }
    }

    /// <summary>By how much half the sum of squares falls if two households change places on a ballot.</summary>
    private static long Gain(int[] seatsOfOne, int[] seatsOfOther, long[] sumsOfOne, long[] sumsOfOther)
    {
        long gain = 0;
        for (int j = 0; j < seatsOfOne.Length; j++)
        {
            long moved = seatsOfOne[j] - seatsOfOther[j];
            gain += moved * (sumsOfOne[j] - sumsOfOther[j] - moved);
        }

        return gain;
    }
}
