using Sortition.Core;

namespace Sortition.Shared;

/// <summary>What two people have in common, without telling their values.</summary>
internal static class Likeness
{
    /// <summary>The names of the features in which two people have different values, in the order of the problem.</summary>
    public static IReadOnlyList<string> DifferingFeatures(this SelectionProblem problem, int person, int other) =>
    [
        .. problem.Features
            .Where((_, f) => !string.Equals(problem.People[person].Values[f], problem.People[other].Values[f], StringComparison.Ordinal))
            .Select(feature => feature.Name),
    ];
}
