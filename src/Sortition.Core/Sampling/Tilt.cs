using System.Numerics;

namespace Sortition.Core.Sampling;

/// <summary>
/// Weights that draw panels towards the rows that are not tracked: a whole number for each such row, and one for whoever is in no row of a group.
/// </summary>
/// <remarks>A person weighs the product of what the person's rows weigh. As whole numbers, weights leave nothing to rounding.</remarks>
internal sealed class Tilt
{
    /// <summary>The largest weight of a row.</summary>
    public const int Max = 1023;

    private Tilt(TrackedRows tracked, long[] ofRows, long[] ofOthers)
    {
        OfRows = ofRows;
        OfOthers = ofOthers;
        PanelSpace space = tracked.Space;
        int[] groupOf = GroupOf(space);
        OfKinds = [.. tracked.Kinds.Select(WeightOf)];
        (LeastOfRows, LeastOfOthers) = Least(tracked);

        BigInteger WeightOf(SeatKind kind)
        {
            BigInteger weight = 1;
            foreach (int g in tracked.Untracked)
            {
                int at = Array.FindIndex(kind.Rows, r => groupOf[r] == g);
                weight *= at < 0 ? ofOthers[g] : ofRows[kind.Rows[at]];
            }

            return weight;
        }
    }

    /// <summary>The weight of each row of the space; 1 for those tracked.</summary>
    public long[] OfRows { get; }

    /// <summary>For each group, the weight of whoever is in none of its rows.</summary>
    public long[] OfOthers { get; }

    /// <summary>The weight of a person of each of <see cref="TrackedRows.Kinds"/>.</summary>
    public BigInteger[] OfKinds { get; }

    /// <summary>
    /// Counts for the rows that are not tracked, group by group within their bounds, at which the product of weights is smallest: no panel weighs less.
    /// </summary>
    public int[] LeastOfRows { get; }

    /// <summary>As <see cref="LeastOfRows"/>, for whoever is in none of a group's rows.</summary>
    public int[] LeastOfOthers { get; }

    /// <summary>Rounds weights to whole numbers, the largest of each group to <see cref="Max"/>; those of a group without differences to 1.</summary>
    /// <param name="tracked">What is tracked.</param>
    /// <param name="ofRows">The logarithm of each row's weight.</param>
    public static Tilt Round(TrackedRows tracked, ReadOnlySpan<double> ofRows)
    {
        PanelSpace space = tracked.Space;
        long[] rows = new long[space.Rows.Length];
        long[] others = new long[space.Groups.Length];
        Array.Fill(rows, 1);
        Array.Fill(others, 1);
        foreach (int g in tracked.Untracked)
        {
            bool hasOthers = space.OthersOf(g) > 0;
            double high = hasOthers ? 0 : double.NegativeInfinity;
            double low = hasOthers ? 0 : double.PositiveInfinity;
            foreach (int r in space.Groups[g])
            {
                high = Math.Max(high, ofRows[r]);
                low = Math.Min(low, ofRows[r]);
            }

            if (high - low < 1e-3)
            {
                continue;
            }

            others[g] = hasOthers ? Whole(-high) : 1;
            foreach (int r in space.Groups[g])
            {
                rows[r] = Whole(ofRows[r] - high);
            }
        }

        return new Tilt(tracked, rows, others);

        static long Whole(double logarithm) => Math.Max(1, (long)Math.Round(Max * Math.Exp(logarithm)));
    }

    /// <summary>The group of each row.</summary>
    public static int[] GroupOf(PanelSpace space)
    {
        int[] groupOf = new int[space.Rows.Length];
        for (int g = 0; g < space.Groups.Length; g++)
        {
            foreach (int r in space.Groups[g])
            {
                groupOf[r] = g;
            }
        }

        return groupOf;
    }

    private (int[] Rows, int[] Others) Least(TrackedRows tracked)
    {
        PanelSpace space = tracked.Space;
        int[] rows = new int[OfRows.Length];
        int[] others = new int[OfOthers.Length];
        foreach (int g in tracked.Untracked)
        {
            int left = space.Seats;
            foreach (int r in space.Groups[g])
            {
                rows[r] = space.Rows[r].Min;
                left -= rows[r];
            }

            // The lightest first. Row -1 is everybody else.
            foreach (int r in space.Groups[g].Append(-1).OrderBy(r => r < 0 ? OfOthers[g] : OfRows[r]).ThenBy(r => r))
            {
                int more = Math.Min(left, r < 0 ? space.OthersOf(g) : space.Rows[r].Max - space.Rows[r].Min);
                left -= more;
                if (r < 0)
                {
                    others[g] = more;
                }
                else
                {
                    rows[r] += more;
                }
            }
        }

        return (rows, others);
    }
}
