using Sortition.Core.Problems;

namespace Sortition.Core.DropOuts;

/// <summary>Past members who have the same values: how many stayed, and how many dropped out.</summary>
/// <param name="Levels">Entry f is an index into the values of the f-th feature.</param>
/// <param name="Stayed">How many stayed.</param>
/// <param name="Dropped">How many dropped out.</param>
internal sealed record PastKind(int[] Levels, int Stayed, int Dropped);

/// <summary>Past members in the terms of a problem, by kinds. The order of the members does not show in it.</summary>
internal sealed class PastKinds
{
    /// <summary>Each value is an unknown, and equations among the unknowns are solved.</summary>
    private const int MostValues = 500;

    private PastKinds(int[] features, string[][] values, PastKind[] kinds, int known, string[] ignored)
    {
        Features = features;
        Values = values;
        Kinds = kinds;
        Observations = known;
        Ignored = ignored;
    }

    /// <summary>The features of the problem that past members have values of, by their places, ascending.</summary>
    public int[] Features { get; }

    /// <summary>Entry f: the values of the f-th of these features; first those of the problem in its order, then those that only past members have.</summary>
    public string[][] Values { get; }

    /// <summary>The kinds, ordered by their levels.</summary>
    public PastKind[] Kinds { get; }

    public int Observations { get; }

    /// <summary>Features of the past members that the problem does not have.</summary>
    public string[] Ignored { get; }

    /// <exception cref="MalformedInputException">Something is malformed; the exception lists all of it.</exception>
    public static PastKinds Read(SelectionProblem problem, IReadOnlyList<PastMember> members, CancellationToken cancellationToken)
    {
        FaultList faults = new();
        Dictionary<string, int> placeOf = new(NameComparer.Instance);
        for (int f = 0; f < problem.Features.Count; f++)
        {
            placeOf.Add(problem.Features[f].Name, f);
        }

        // Every value as an index, -1 where there is none.
        Spellings[] spellings = [.. problem.Features.Select(f => new Spellings(f.Values))];
        SortedSet<string> ignored = new(StringComparer.Ordinal);
        int[][] rows = new int[members.Count][];
        bool[] isUsed = new bool[spellings.Length];
        for (int m = 0; m < rows.Length; m++)
        {
            if (m % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            rows[m] = new int[spellings.Length];
            Array.Fill(rows[m], -1);
            foreach (FeatureValue entry in members[m].Values)
            {
                (string feature, string value) = (NameComparer.Clean(entry.Feature), NameComparer.Clean(entry.Value));
                if (!placeOf.TryGetValue(feature, out int f))
                {
                    ignored.Add(feature);
                }
                else if (value.Length > 0)
                {
                    if (rows[m][f] >= 0)
                    {
                        faults.Add(CoreFaults.TwoPastValues, LocationOf(members, m).In(entry.Feature));
                    }

                    rows[m][f] = spellings[f].IndexOf(value);
                    isUsed[f] = true;
                }
            }
        }

        int[] features = [.. Enumerable.Range(0, isUsed.Length).Where(f => isUsed[f])];
        for (int m = 0; m < rows.Length; m++)
        {
            foreach (int f in features.Where(f => rows[m][f] < 0))
            {
                faults.Add(CoreFaults.MissingPastValue, LocationOf(members, m).In(problem.Features[f].Name));
            }
        }

        CheckSize(members, features.Sum(f => spellings[f].Count), faults);
        faults.ThrowIfAny();
        int[][] settled = [.. features.Select(f => spellings[f].Settle())];
        IEnumerable<PastKind> kinds = rows.Select((row, m) => (Levels: features.Select((f, i) => settled[i][row[f]]).ToArray(), members[m].DroppedOut))
            .GroupBy(r => r.Levels, LevelsComparer.Instance)
            .Select(g => new PastKind(g.Key, g.Count(r => !r.DroppedOut), g.Count(r => r.DroppedOut)));
        return new PastKinds(
            features,
            [.. features.Select(f => spellings[f].Names())],
            [.. kinds.OrderBy(k => k.Levels, LevelsComparer.Instance)],
            rows.Length,
            OnceEach(ignored));
    }

    private static void CheckSize(IReadOnlyList<PastMember> members, int values, FaultList faults)
    {
        FaultLocation location = members.Count == 0 ? new FaultLocation("past members") : new FaultLocation(LocationOf(members, 0).Source);
        if (members.Count == 0)
        {
            faults.Add(CoreFaults.NoPastMembers, location);
        }
        else if (values > MostValues)
        {
            faults.Add(CoreFaults.TooManyValues, location, values, MostValues);
        }
    }

    private static FaultLocation LocationOf(IReadOnlyList<PastMember> members, int member) =>
        members[member].Location ?? new FaultLocation("past members", member + 1);

    /// <summary>Of spellings that mean one feature the first, so that the order of the members does not show.</summary>
    private static string[] OnceEach(IEnumerable<string> names) => [.. names.Where(n => n.Length > 0).DistinctBy(n => n, NameComparer.Instance)];

    /// <summary>The values of a feature while members are read.</summary>
    private sealed class Spellings
    {
        private readonly Dictionary<string, int> _indexOf = new(NameComparer.Instance);
        private readonly List<string> _names = [];
        private readonly int _known;

        public Spellings(IReadOnlyList<string> known)
        {
            foreach (string value in known)
            {
                IndexOf(value);
            }

            _known = _names.Count;
        }

        public int Count => _names.Count;

        public string[] Names() => [.. _names];

        public int IndexOf(string value)
        {
            if (!_indexOf.TryGetValue(value, out int i))
            {
                _indexOf.Add(value, i = _names.Count);
                _names.Add(value);
            }
            else if (i >= _known && string.CompareOrdinal(value, _names[i]) < 0)
            {
                _names[i] = value;
            }

            return i;
        }

        /// <summary>Puts the values that the problem does not have in ordinal order. Entry i is where value i went.</summary>
        public int[] Settle()
        {
            int[] order =
            [
                .. Enumerable.Range(0, _names.Count).OrderBy(i => i < _known ? i : _known).ThenBy(i => i < _known ? "" : _names[i], StringComparer.Ordinal)
            ];
            string[] names = [.. order.Select(i => _names[i])];
            int[] settled = new int[order.Length];
            for (int i = 0; i < order.Length; i++)
            {
                settled[order[i]] = i;
                _names[i] = names[i];
            }

            return settled;
        }
    }

    private sealed class LevelsComparer : IEqualityComparer<int[]>, IComparer<int[]>
    {
        public static LevelsComparer Instance { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            HashCode hash = default;
            foreach (int i in obj)
            {
                hash.Add(i);
            }

            return hash.ToHashCode();
        }

        public int Compare(int[]? x, int[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
