namespace Sortition.Architecture.Tests;

/// <summary>The rules by their names.</summary>
internal static class Law
{
    public static readonly IReadOnlyDictionary<string, Func<House, IEnumerable<Breach>>> All = new Dictionary<string, Func<House, IEnumerable<Breach>>>(StringComparer.Ordinal)
    {
        ["compiles"] = Rules.Compiles,
        ["no circle"] = Rules.NoCircle,
        ["arrows"] = Rules.Arrows,
        ["rooms"] = Rules.Rooms,
        ["internals"] = Rules.Internals,
        ["packages"] = Rules.Packages,
        ["namespaces"] = Rules.Namespaces,
        ["objective names"] = Rules.ObjectiveNames,
        ["lengths"] = Rules.Lengths,
        ["lines"] = Rules.Lines,
        ["sentences"] = Rules.Sentences,
        ["keys"] = Rules.Keys,
    };
}
