namespace Sortition.Core.Problems;

/// <summary>The features of a problem while it is built: turns names as written into indices.</summary>
internal sealed class FeatureTable
{
    private readonly Dictionary<string, int> _indexOf = new(NameComparer.Instance);
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    public IReadOnlyList<Entry> Entries => _entries;

    public Entry GetOrAdd(string name)
    {
        if (!_indexOf.TryGetValue(name, out int index))
        {
            index = _entries.Count;
            _indexOf.Add(name, index);
            _entries.Add(new Entry(index, name));
        }

        return _entries[index];
    }

    /// <summary>Copies of the features as they are now.</summary>
    public Feature[] ToFeatures() => [.. _entries.Select(e => new Feature(e.Name, e.Values.ToArray()))];

    internal sealed class Entry(int index, string name)
    {
        private readonly Dictionary<string, int> _values = new(NameComparer.Instance);
        private readonly Dictionary<string, int> _asWritten = new(StringComparer.Ordinal);
        private int _named;

        public int Index => index;

        public string Name => name;

        public List<string> Values { get; } = [];

        /// <summary>Whether only declared values are right; a feature named by intersectional quotas alone takes any value.</summary>
        public bool IsClosed { get; set; }

        /// <summary>Adds a value that a quota or a declaration names; all of them come before the first <see cref="Find"/>.</summary>
        public int AddValue(string value)
        {
            int i = Add(value);
            _named = Values.Count;
            return i;
        }

        /// <summary>The index of a value as somebody wrote it, or -1. Spellings seen before cost one look-up.</summary>
        public int Find(string written)
        {
            if (_asWritten.TryGetValue(written, out int i))
            {
                return i;
            }

            string clean = NameComparer.Clean(written);
            if (clean.Length == 0)
            {
                return -1;
            }

            if (!_values.TryGetValue(clean, out i))
            {
                if (IsClosed)
                {
                    return -1;
                }

                i = Add(clean);
            }

            _asWritten.Add(written, i);
            return i;
        }

        /// <summary>
        /// Puts the values that only people name in ordinal order, each in its first spelling in that order, so that the order of the rows does not show.
        /// </summary>
        /// <returns>Entry i is the final index of the value that had index i.</returns>
        public int[] Settle()
        {
            string[] spellings = [.. Values];
            foreach ((string written, int i) in _asWritten)
            {
                string clean = NameComparer.Clean(written);
                if (i >= _named && string.CompareOrdinal(clean, spellings[i]) < 0)
                {
                    spellings[i] = clean;
                }
            }

            int[] order = [.. Enumerable.Range(0, spellings.Length)];
            Array.Sort(order, (a, b) => a < _named || b < _named ? a.CompareTo(b) : string.CompareOrdinal(spellings[a], spellings[b]));
            int[] settled = new int[order.Length];
            for (int i = 0; i < order.Length; i++)
            {
                settled[order[i]] = i;
                Values[i] = spellings[order[i]];
            }

            return settled;
        }

        private int Add(string value)
        {
            if (!_values.TryGetValue(value, out int i))
            {
                i = Values.Count;
                _values.Add(value, i);
                Values.Add(value);
            }

            return i;
        }
    }
}
