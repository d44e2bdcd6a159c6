namespace Sortition.Core.Problems;

/// <summary>A property by which the pool is described, such as age, and the values it can take.</summary>
/// <remarks>
/// A person has exactly one value of every feature. The values of one feature are disjoint groups; together they hold the whole pool.
/// Immutable and safe to read from any thread.
/// </remarks>
public sealed class Feature
{
    internal Feature(string name, IReadOnlyList<string> values)
    {
        Name = name;
        Values = values;
    }

    /// <summary>The name, as first written by whoever posed the problem, trimmed.</summary>
    public string Name { get; }

    /// <summary>
    /// The values, each once, in the order in which the quotas, then the declarations, first name them; then those that only people name, in ordinal order.
    /// </summary>
    public IReadOnlyList<string> Values { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
