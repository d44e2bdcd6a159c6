
namespace Sortition.Studies.Metrics;

/// <summary>The figures of lotteries, in groups.</summary>
/// <remarks>docs/studies.md defines every metric and names its source.</remarks>
public static class StudyMetrics
{
    /// <summary>The metric of a proven bound on everybody's lowest chance, whatever the lottery.</summary>
    internal const string MinBound = "min_bound";

    /// <summary>The metric of a proven bound on the highest chance, whatever the lottery.</summary>
    internal const string MaxBound = "max_bound";

    private static readonly (string Name, bool IsUsual, Func<MetricInput, CancellationToken, IEnumerable<MetricValue>> Compute)[] s_groups =
    [
        ("chances", true, (input, _) => ChanceMetrics.Of(input.Lottery)),
        ("panels", true, (input, _) => PanelMetrics.Of(input.Lottery)),
        ("proof", true, (input, _) => PanelMetrics.ProofOf(input.Lottery)),
        ("intersections", true, (input, token) => IntersectionMetrics.Of(input.Lottery, input.Shares, token)),
        ("dropouts", true, (input, _) => DropOutMetrics.Of(input.Lottery)),
        ("response", true, (input, _) => ResponseMetrics.Of(input.Lottery, input.Rates)),
        ("rounding", false, RoundingMetrics.Of),
        ("count", false, RoundingMetrics.CountOf),
        ("unseen", false, OtherPools.UnseenOf),
        ("manipulation", false, OtherPools.ManipulationOf),
    ];

    /// <summary>The names of all groups.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. s_groups.Select(g => g.Name)];

    /// <summary>The names of the groups that are computed unless others are asked for: those that take little time.</summary>
    public static IReadOnlyList<string> UsualGroups { get; } = [.. s_groups.Where(g => g.IsUsual).Select(g => g.Name)];

    /// <summary>Computes figures.</summary>
    /// <param name="input">The lottery, and what some groups need beside it.</param>
    /// <param name="groups">The names of the groups; null for the usual ones.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The figures that there are, in the order of <see cref="Groups"/>; none that is not a finite number.</returns>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<MetricValue> Compute(
        MetricInput input, IReadOnlyCollection<string>? groups = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        groups ??= UsualGroups;
        if (groups.FirstOrDefault(name => !Groups.Contains(name, StringComparer.Ordinal)) is string unknown)
        {
            throw new ArgumentException($"There is no group of metrics called {unknown}.", nameof(groups));
        }

        List<MetricValue> values = [];
        foreach ((string name, _, Func<MetricInput, CancellationToken, IEnumerable<MetricValue>> compute) in s_groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (groups.Contains(name, StringComparer.Ordinal))
            {
                values.AddRange(compute(input, cancellationToken).Where(value => double.IsFinite(value.Value)));
            }
        }

        return values;
    }
}
