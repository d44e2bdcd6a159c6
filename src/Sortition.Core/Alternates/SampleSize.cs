namespace Sortition.Core.Alternates;

/// <summary>How many scenarios a sample needs, so that alternates that are best on it are nearly best in truth.</summary>
/// <remarks>
/// <para>[A25] Assos, Baharav, Flanigan, Procaccia, Alternates, Assemble!: with s ≥ B²/(2ε²)·ln(2·C(n, a)/δ) scenarios, the mean over the sample is within ε of
/// the expected breach for all C(n, a) choices at once with probability 1 − δ, so that the best on the sample is within 2ε of the best. B is the range of the
/// breach, n the number of candidates, a the number of alternates (Hoeffding's inequality and a union bound).</para>
/// <para>That is a promise for the worst case and asks for very many. What a choice is worth can be seen with fewer: assess it on fresh scenarios and look at
/// the standard error.</para>
/// </remarks>
public static class SampleSize
{
    /// <summary>How many scenarios suffice.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="alternates">How many alternates, 1 or more, no more than there are candidates.</param>
    /// <param name="error">By how much the expected breach may exceed the least: 2ε, above 0.</param>
    /// <param name="failureProbability">The probability that it may exceed it by more, δ: above 0, below 1.</param>
    /// <returns>s, as a whole number; it may be too large to be drawn.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double ForError(Panel panel, int alternates, double error, double failureProbability)
    {
        if (!(error > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(error), error, "The error must be above 0.");
        }

        double range = Range(panel, alternates, out double choices, failureProbability);
        return Math.Max(1, Math.Ceiling(2 * range * range / (error * error) * choices));
    }

    /// <summary>By how much the expected breach exceeds the least at most, for so many scenarios.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="alternates">How many alternates, 1 or more, no more than there are candidates.</param>
    /// <param name="scenarios">How many scenarios, 1 or more.</param>
    /// <param name="failureProbability">The probability that it may exceed it by more, δ: above 0, below 1.</param>
    /// <returns>2ε.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double Error(Panel panel, int alternates, int scenarios, double failureProbability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scenarios, 1);
        double range = Range(panel, alternates, out double choices, failureProbability);
        return range * Math.Sqrt(2 * choices / scenarios);
    }

    /// <summary>The most that any alternates can breach the quotas in any scenario, B, and ln(2·C(n, a)/δ).</summary>
    private static double Range(Panel panel, int alternates, out double choices, double failureProbability)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (!(failureProbability > 0 && failureProbability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(failureProbability), failureProbability, "The probability must be between 0 and 1.");
        }

        IReadOnlyList<int> candidates = AlternateSelection.Candidates(panel);
        ArgumentOutOfRangeException.ThrowIfLessThan(alternates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alternates, candidates.Count);
        choices = Math.Log(2 / failureProbability);
        for (int i = 0; i < alternates; i++)
        {
            choices += Math.Log((candidates.Count - i) / (i + 1.0));
        }

        // A quota is short by its minimum at most, and over by as many as can come to those who stay. It cannot be both.
        SelectionProblem problem = panel.Problem;
        double range = 0;
        foreach (Quota quota in problem.Quotas)
        {
            int stay = panel.Members.Count(Counts);
            int most = Math.Min(problem.PanelSize, stay + Math.Min(alternates, candidates.Count(Counts)));
            range += Math.Max(quota.Min, most - quota.Max) * ReserveScenarios.WeightOf(quota);

            bool Counts(int i) => problem.Matches(problem.People[i], quota);
        }

        return range;
    }
}
