using Sortition.Core.DropOuts;

namespace Sortition.Core.Alternates;

/// <summary>Scenarios: sets of members of a panel who drop out together, drawn from their chances, or all there are.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class DropOutSample
{
    /// <summary>The most members a panel may have for <see cref="All"/>: there are 2¹⁶ scenarios then.</summary>
    public const int MaxEnumerableMembers = 16;

    /// <summary>The most scenarios that can be drawn.</summary>
    public const int MaxCount = 1_000_000;

    private DropOutSample(Panel panel, bool isComplete, DropOutScenario[] scenarios)
    {
        Panel = panel;
        IsComplete = isComplete;
        Scenarios = scenarios;
    }

    /// <summary>The panel.</summary>
    public Panel Panel { get; }

    /// <summary>Whether these are all scenarios with their chances, so that means over them are exact.</summary>
    public bool IsComplete { get; }

    /// <summary>The scenarios; their shares sum to 1.</summary>
    public IReadOnlyList<DropOutScenario> Scenarios { get; }

    /// <summary>Draws scenarios, in each of which every member drops out independently with the member's chance.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="chances">The chances, of the problem of the panel.</param>
    /// <param name="count">How many, 1..<see cref="MaxCount"/>.</param>
    /// <param name="random">Where chance comes from. A chance is kept to within 2⁻⁵³.</param>
    /// <returns>The sample.</returns>
    /// <exception cref="ArgumentException">The chances are of another problem.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    public static DropOutSample Draw(Panel panel, DropOutChances chances, int count, RandomSource random)
    {
        CheckProblem(panel, chances);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        double[] chanceOf = [.. panel.Members.Select(i => chances.Chances[i])];
        List<int> gone = [];
        DropOutScenario[] scenarios = new DropOutScenario[count];
        for (int j = 0; j < count; j++)
        {
            gone.Clear();
            for (int i = 0; i < chanceOf.Length; i++)
            {
                if ((random.NextUInt64() >> 11) * (1.0 / (1UL << 53)) < chanceOf[i])
                {
                    gone.Add(panel.Members[i]);
                }
            }

            scenarios[j] = new DropOutScenario([.. gone], 1.0 / count);
        }

        return new DropOutSample(panel, isComplete: false, scenarios);
    }

    /// <summary>Lists all scenarios that can happen, each with its chance.</summary>
    /// <param name="panel">A panel of at most <see cref="MaxEnumerableMembers"/> members.</param>
    /// <param name="chances">The chances, of the problem of the panel.</param>
    /// <returns>The complete sample.</returns>
    /// <exception cref="ArgumentException">The panel is larger, or the chances are of another problem.</exception>
    public static DropOutSample All(Panel panel, DropOutChances chances)
    {
        CheckProblem(panel, chances);
        if (panel.Members.Count > MaxEnumerableMembers)
        {
            throw new ArgumentException(FormattableString.Invariant($"The panel has more than {MaxEnumerableMembers} members."), nameof(panel));
        }

        List<DropOutScenario> scenarios = [];
        for (int set = 0; set < 1 << panel.Members.Count; set++)
        {
            double share = 1;
            List<int> gone = [];
            for (int i = 0; i < panel.Members.Count; i++)
            {
                double chance = chances.Chances[panel.Members[i]];
                bool isGone = (set >> i & 1) != 0;
                share *= isGone ? chance : 1 - chance;
                if (isGone)
                {
                    gone.Add(panel.Members[i]);
                }
            }

            if (share > 0)
            {
                scenarios.Add(new DropOutScenario(gone, share));
            }
        }

        return new DropOutSample(panel, isComplete: true, [.. scenarios]);
    }

    /// <summary>The one scenario in which some members drop out.</summary>
    internal static DropOutSample Single(Panel panel, IReadOnlyList<int> dropOuts) => new(panel, isComplete: true, [new DropOutScenario(dropOuts, 1)]);

    private static void CheckProblem(Panel panel, DropOutChances chances)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(chances);
        if (!chances.Problem.Equals(panel.Problem))
        {
            throw new ArgumentException("The chances are of another problem than the panel.", nameof(chances));
        }
    }
    /// <summary>How many scenarios a sample needs, so that alternates that are best on it are nearly best in truth.</summary>
    /// <remarks>
    /// <para>[A25] Assos, Baharav, Flanigan, Procaccia, Alternates, Assemble!: with s ≥ B²/(2ε²)·ln(2·C(n, a)/δ) scenarios, the mean over the sample is within
    /// ε of the expected breach for all C(n, a) choices at once with probability 1 − δ, so that the best on the sample is within 2ε of the best. B is the range
    /// of the breach, n the number of candidates, a the number of alternates (Hoeffding's inequality and a union bound).</para>
    /// <para>That is a promise for the worst case and asks for very many. What a choice is worth can be seen with fewer: assess it on fresh scenarios and look
    /// at the standard error.</para>
    /// </remarks>
    /// <param name="panel">The panel.</param>
    /// <param name="alternates">How many alternates, 1 or more, no more than there are candidates.</param>
    /// <param name="error">By how much the expected breach may exceed the least: 2ε, above 0.</param>
    /// <param name="failureProbability">The probability that it may exceed it by more, δ: above 0, below 1.</param>
    /// <returns>s, as a whole number; it may be too large to be drawn.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double SizeForError(Panel panel, int alternates, double error, double failureProbability)
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
    public static double ErrorForSize(Panel panel, int alternates, int scenarios, double failureProbability)
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

/// <summary>Members who drop out together.</summary>
public sealed class DropOutScenario
{
    /// <summary>Makes a scenario.</summary>
    /// <param name="dropOuts">See <see cref="DropOuts"/>.</param>
    /// <param name="share">See <see cref="Share"/>.</param>
    internal DropOutScenario(IReadOnlyList<int> dropOuts, double share)
    {
        DropOuts = dropOuts;
        Share = share;
    }

    /// <summary>Who: indices into the people of the problem, ascending; none where everybody stays.</summary>
    public IReadOnlyList<int> DropOuts { get; }

    /// <summary>How much the scenario counts in a mean, above 0, at most 1.</summary>
    public double Share { get; }
}
