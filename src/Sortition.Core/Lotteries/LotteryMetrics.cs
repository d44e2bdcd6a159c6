namespace Sortition.Core;

/// <summary>How evenly a lottery spreads the chances, over the people it covers.</summary>
/// <remarks>People who can be on no panel have chance 0 under every lottery; counting them in would hide how the others fare.</remarks>
public sealed class LotteryMetrics
{
    private LotteryMetrics()
    {
    }

    /// <summary>How many people the figures are about: those who are on some panel.</summary>
    public int Covered { get; internal init; }

    /// <summary>How many people can be on no panel or must be out.</summary>
    public int Uncovered { get; internal init; }

    /// <summary>How many of the covered people have no chance all the same: 0 but in minimax, and where a computation was cut short.</summary>
    public int WithoutChance { get; internal init; }

    /// <summary>The lowest selection probability of a covered person, 0..1.</summary>
    public double MinProbability { get; internal init; }

    /// <summary>The highest selection probability, 0..1.</summary>
    public double MaxProbability { get; internal init; }

    /// <summary>The Gini coefficient of the selection probabilities, 0 (all equal) to almost 1.</summary>
    public double Gini { get; internal init; }

    /// <summary>The geometric mean of the selection probabilities, 0..1; 0 if a covered person's is 0.</summary>
    public double GeometricMean { get; internal init; }

    /// <summary>The figures of a lottery.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <returns>The figures.</returns>
    public static LotteryMetrics Compute(PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        return Compute(lottery.SelectionProbabilities(), CoveredBy(lottery));
    }

    /// <summary>The figures of selection probabilities.</summary>
    /// <param name="probabilities">n numbers 0..1, one for each person.</param>
    /// <param name="covered">n flags: whether the person counts.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="ArgumentException">The lists differ in length, or nobody is covered.</exception>
    public static LotteryMetrics Compute(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> covered)
    {
        if (probabilities.Length != covered.Length)
        {
            throw new ArgumentException("There must be one flag for each probability.", nameof(covered));
        }

        double[] chances = new double[covered.Count(true)];
        if (chances.Length == 0)
        {
            throw new ArgumentException("Nobody is covered.", nameof(covered));
        }

        int n = 0;
        for (int i = 0; i < covered.Length; i++)
        {
            if (covered[i])
            {
                chances[n++] = probabilities[i];
            }
        }

        // Sorted, so that the sums, and with them the last digits, do not depend on the order of the people.
        Array.Sort(chances);
        double sum = 0;
        double ranked = 0;
        double logs = 0;
        for (int i = 0; i < n; i++)
        {
            sum += chances[i];
            ranked += (2.0 * i - n + 1) * chances[i];
            logs += Math.Log(chances[i]);
        }

        return new LotteryMetrics
        {
            Covered = n,
            Uncovered = covered.Length - n,
            WithoutChance = chances.AsSpan().Count(0),
            MinProbability = chances[0],
            MaxProbability = chances[^1],
            Gini = sum > 0 ? Math.Max(0, ranked / (n * sum)) : 0,
            GeometricMean = Math.Exp(logs / n),
        };
    }

    /// <summary>Who is covered: everyone but those whom the lottery names as uncovered and those who must be out.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <returns>n flags in the order of the pool.</returns>
    public static bool[] CoveredBy(PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        bool[] covered = new bool[lottery.Problem.People.Count];
        Array.Fill(covered, true);
        foreach (int person in lottery.Uncovered.Select(u => u.Person))
        {
            covered[person] = false;
        }

        for (int i = 0; i < covered.Length; i++)
        {
            covered[i] &= lottery.Problem.People[i].Status != PersonStatus.MustBeOut;
        }

        return covered;
    }
}
