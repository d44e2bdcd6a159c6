namespace Sortition.Architecture.Tests;

/// <summary>Who may name whom. An arrow allows what its target is allowed, too.</summary>
public sealed class Arrows
{
    private readonly Dictionary<string, HashSet<string>> allowed = new(StringComparer.Ordinal);

    /// <summary>
    /// One chain a line: <c>A, B → C → D</c>. <c>.</c> is the project's root, <c>X/*</c> stands for all rooms within X, <c>*</c> for all other rooms but the root.
    /// </summary>
    public Arrows(string drawing)
    {
        string[][][] chains = [.. drawing.Split('\n').Where(line => line.Trim().Length > 0).Select(line => line.Split('→').Select(names => names.Split(',', StringSplitOptions.TrimEntries)).ToArray())];
        foreach (string name in chains.SelectMany(c => c).SelectMany(names => names).Where(name => !name.EndsWith('*')))
        {
            allowed[name == "." ? "" : name] = [];
        }

        foreach ((string[] from, string[] to) in chains.SelectMany(chain => chain.Zip(chain.Skip(1))))
        {
            foreach (string source in from.SelectMany(Rooms))
            {
                allowed[source].UnionWith(to.SelectMany(Rooms).Where(target => target != source));
            }
        }

        bool grown = true;
        while (grown)
        {
            grown = allowed.Values.Aggregate(false, (before, targets) => Add(targets, [.. targets.SelectMany(t => allowed[t])]) || before);
        }
    }

    /// <summary>All that are drawn.</summary>
    public IReadOnlyCollection<string> Names => allowed.Keys;

    /// <summary>Whether <paramref name="from"/> may name <paramref name="to"/>. Whoever is drawn may name itself.</summary>
    public bool Allow(string from, string to) => from == to || (allowed.TryGetValue(from, out HashSet<string>? targets) && targets.Contains(to));

    private static bool Add(HashSet<string> targets, string[] more)
    {
        int before = targets.Count;
        targets.UnionWith(more);
        return targets.Count > before;
    }

    private IEnumerable<string> Rooms(string name) =>
        name == "." ? [""] : name.EndsWith('*') ? allowed.Keys.Where(room => room.Length > 0 && room.StartsWith(name[..^1], StringComparison.Ordinal)) : [name];
}
