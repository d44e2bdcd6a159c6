using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Cli.Texts;

/// <summary>Reads a group as typed: <c>age=16-24</c>, or several such terms with <c>&amp;</c> between them.</summary>
internal static class GroupCondition
{
    /// <exception cref="UsageException">The text names no feature value of the problem.</exception>
    public static IReadOnlyList<FeatureValue> Read(SelectionProblem problem, string text)
    {
        // Names may hold an ampersand or an equals sign themselves; what is exactly a name wins.
        if (Find(problem, text) is FeatureValue whole)
        {
            return [whole];
        }

        return [.. text.Split('&').Select(term => Find(problem, term) ?? throw Refusal(problem, term.Trim()))];
    }

    private static FeatureValue? Find(SelectionProblem problem, string term)
    {
        for (int i = term.IndexOf('=', StringComparison.Ordinal); i >= 0; i = term.IndexOf('=', i + 1))
        {
            if (problem.FindValue(term[..i], term[(i + 1)..]) is FeatureValue found)
            {
                return found;
            }
        }

        return null;
    }

    private static UsageException Refusal(SelectionProblem problem, string term)
    {
        string[] parts = term.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length < 2)
        {
            return new UsageException("usage/not-feature-and-value", ("text", term));
        }

        Feature? feature = problem.Features.FirstOrDefault(
            f => f.Values.Any(v => string.Equals(problem.FindValue(parts[0], v)?.Feature, f.Name, StringComparison.Ordinal)));
        return feature is null
            ? new UsageException("usage/no-such-feature", ("feature", parts[0]), ("allowed", problem.Features.Select(f => f.Name)))
            : new UsageException("usage/no-such-value", ("feature", feature.Name), ("text", parts[1]), ("allowed", feature.Values));
    }
}
