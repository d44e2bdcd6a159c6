using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Files.Mapping;

/// <summary>People who look like one, in the order of their rows.</summary>
/// <param name="Rows">Their rows.</param>
/// <param name="Alike">What they have in common, such as <c>email</c>.</param>
internal sealed record DuplicateGroup(IReadOnlyList<int> Rows, IReadOnlyList<string> Alike);

/// <summary>Finds rows that are one person's.</summary>
internal sealed class DuplicateSearch
{
    private readonly Dictionary<int, int> _repeated = [];
    private readonly Dictionary<int, int> _parent = [];
    private readonly Dictionary<int, SortedSet<string>> _alike = [];

    private DuplicateSearch()
    {
    }

    /// <summary>Rows that hold the same as an earlier one, names and all, and that one.</summary>
    public IReadOnlyDictionary<int, int> Repeated => _repeated;

    /// <summary>How many rows hold the same as an earlier one, and nothing in them says whether they are one person's.</summary>
    public int EqualWithoutName { get; private set; }

    /// <summary>People who have something in common by which people are told apart.</summary>
    public IReadOnlyList<DuplicateGroup> Groups { get; private set; } = [];

    public static DuplicateSearch Run(
        Identities identities, IReadOnlyList<int> people, DuplicateRule rule, IReadOnlyDictionary<int, string> ids, CancellationToken cancellationToken)
    {
        DuplicateSearch search = new();
        search.FindEqual(identities, people, ids);
        int[] rest = [.. people.Where(row => !search._repeated.ContainsKey(row))];
        foreach (IReadOnlyList<IdentityPart> parts in rule.By)
        {
            cancellationToken.ThrowIfCancellationRequested();
            search.Join(identities, rest, parts);
        }

        search.Groups =
        [
            .. rest.Where(search._parent.ContainsKey)
                .GroupBy(search.Root)
                .Select(group => new DuplicateGroup([.. group], [.. group.SelectMany(row => search._alike[row]).Distinct(StringComparer.Ordinal)])),
        ];
        return search;
    }

    private void FindEqual(Identities identities, IReadOnlyList<int> people, IReadOnlyDictionary<int, string> ids)
    {
        Dictionary<string, int> firstOf = new(StringComparer.Ordinal);
        foreach (int row in people)
        {
            // A hash, not the text: a large table would be held twice.
            string print = Fingerprint.Of([], "row", identities.Row(row, withStatus: true));
            if (firstOf.TryAdd(print, row))
            {
                continue;
            }

            bool hasSameId = IsSame(ids.GetValueOrDefault(row), ids.GetValueOrDefault(firstOf[print]));
            if (hasSameId || identities.IsNamed(row))
            {
                _repeated.Add(row, firstOf[print]);
            }
            else
            {
                EqualWithoutName++;
            }
        }
    }

    private static bool IsSame(string? id, string? other) => string.Equals(NameComparer.IdKey(id), NameComparer.IdKey(other), StringComparison.Ordinal);

    private void Join(Identities identities, int[] rows, IReadOnlyList<IdentityPart> parts)
    {
        string alike = string.Join(" + ", parts.Select(MappingReader.NameOf));
        Dictionary<string, int> firstOf = new(StringComparer.Ordinal);
        foreach (int row in rows)
        {
            if (identities.Parts(row, parts) is not string key || firstOf.TryAdd(key, row))
            {
                continue;
            }

            foreach (int one in (int[])[row, firstOf[key]])
            {
                _parent.TryAdd(one, one);
                _alike.TryAdd(one, new SortedSet<string>(StringComparer.Ordinal));
                _alike[one].Add(alike);
            }

            (int a, int b) = (Root(row), Root(firstOf[key]));
            _parent[Math.Max(a, b)] = Math.Min(a, b);
        }
    }

    private int Root(int row)
    {
        int root = row;
        while (_parent[root] != root)
        {
            root = _parent[root];
        }

        _parent[row] = root;
        return root;
    }
}

/// <summary>What was decided about people who look like one.</summary>
internal static class DuplicateDecisions
{
    /// <summary>Who is left out in favour of whom; what nobody has decided is a question.</summary>
    /// <param name="search">What was found.</param>
    /// <param name="decisions">What was decided.</param>
    /// <param name="ids">The ids of the rows.</param>
    /// <param name="table">The table.</param>
    /// <param name="mapping">The name of the mapping.</param>
    /// <param name="faults">Is told the questions.</param>
    public static Dictionary<int, int> Apply(
        DuplicateSearch search, IReadOnlyList<Decision> decisions, IReadOnlyDictionary<int, string> ids, MappedTable table, string mapping, FaultList faults)
    {
        Dictionary<int, int> left = new(search.Repeated);
        HashSet<Decision> used = [];
        foreach (DuplicateGroup group in search.Groups)
        {
            string[] all = [.. group.Rows.Select(row => ids[row])];
            int at = Enumerable.Range(0, decisions.Count).FirstOrDefault(d => all.All(id => Names(decisions[d].Ids, id)), -1);
            Decision? decision = at < 0 ? null : decisions[at];
            int[] kept = [.. group.Rows.Where(row => Names(decision?.Keep, ids[row]))];
            if (decision is not null)
            {
                used.Add(decision);
            }

            if (kept.Length > 0)
            {
                foreach (int row in group.Rows.Except(kept))
                {
                    left.Add(row, kept[0]);
                }

                continue;
            }

            string path = at < 0 ? "$.duplicates.decisions" : FormattableString.Invariant($"$.duplicates.decisions[{at}].keep");
            faults.Add(FileFaults.AskDuplicates, new FaultLocation($"{mapping} {path}"), all, table.Lines(group.Rows), group.Alike);
        }

        CheckDecisions(decisions, used, ids, mapping, faults);
        return left;
    }

    private static bool Names(IReadOnlyList<string>? ids, string id) =>
        ids?.Any(one => string.Equals(NameComparer.IdKey(one), NameComparer.IdKey(id), StringComparison.Ordinal)) == true;

    /// <summary>A decision about people who are not alike: the table has changed, or an id is misspelt.</summary>
    private static void CheckDecisions(
        IReadOnlyList<Decision> decisions, HashSet<Decision> used, IReadOnlyDictionary<int, string> ids, string mapping, FaultList faults)
    {
        HashSet<string> present = new(ids.Values.Select(NameComparer.IdKey), StringComparer.Ordinal);
        for (int d = 0; d < decisions.Count; d++)
        {
            if (!used.Contains(decisions[d]) && decisions[d].Ids.Count(id => present.Contains(NameComparer.IdKey(id))) >= 2)
            {
                faults.Add(
                    FileFaults.DecisionNotNeeded, new FaultLocation(FormattableString.Invariant($"{mapping} $.duplicates.decisions[{d}]")), [decisions[d].Ids]);
            }
        }
    }
}
