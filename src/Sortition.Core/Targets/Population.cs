using Sortition.Core.Problems;

namespace Sortition.Core.Targets;

/// <summary>The population that a panel should mirror: how many people, or how large a share, each group has.</summary>
/// <remarks>
/// It is told either feature by feature, or as one cross table, whose groups are combinations of values of all features. Every feature has a total of its own,
/// so that numbers of different sources and years can stand side by side. Immutable and safe to read from any thread. <see cref="PopulationBuilder"/> makes it.
/// </remarks>
public sealed class Population
{
    internal Population(IReadOnlyList<Breakdown> breakdowns, IReadOnlyList<Fault> warnings)
    {
        Breakdowns = breakdowns;
        Warnings = warnings;
    }

    /// <summary>What the giver of the population should know although it builds: rows left out, numbers that had to be understood in one of two ways.</summary>
    public IReadOnlyList<Fault> Warnings { get; }

    /// <summary>The breakdowns as given: one for each feature, or one cross table.</summary>
    public IReadOnlyList<Breakdown> Breakdowns { get; }

    /// <summary>Whether it was given as a cross table, so that it is known how many people have several values at once.</summary>
    public bool IsCrossTable => Breakdowns[0].Features.Count > 1;

    /// <summary>The features, in the order in which they were first named.</summary>
    public IReadOnlyList<string> Features => IsCrossTable ? Breakdowns[0].Features : [.. Breakdowns.Select(b => b.Features[0])];

    /// <summary>The population by one feature, or by several at once.</summary>
    /// <param name="features">The features, at least one, each once; several only of a cross table. Matched trimmed and without regard to case.</param>
    /// <returns>The breakdown; one that was not given is summed up from the cross table.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such feature, or a feature stands twice, or there is no cross table to combine features from.
    /// </exception>
    public Breakdown By(params IEnumerable<string> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        string[] names = [.. features.Select(NameComparer.Clean)];
        if (names.Length == 0 || names.Distinct(NameComparer.Instance).Count() < names.Length)
        {
            throw new ArgumentException("Name features, each once.", nameof(features));
        }

        if (names.FirstOrDefault(name => !Features.Contains(name, NameComparer.Instance)) is string unknown)
        {
            throw new ArgumentException($"The population has no feature \"{unknown}\".", nameof(features));
        }

        if (IsCrossTable)
        {
            return Breakdowns[0].By(names);
        }

        return names.Length == 1
            ? Breakdowns.First(b => NameComparer.Instance.Equals(b.Features[0], names[0]))
            : throw new ArgumentException("Without a cross table it is not known how many people have several values at once.", nameof(features));
    }
}
