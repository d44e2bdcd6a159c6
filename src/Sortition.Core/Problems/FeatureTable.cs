namespace Sortition.Core.Problems;

/// <summary>The features of a problem while it is built: turns names as written into indices.</summary>
internal sealed class FeatureTable
{
    private readonly Dictionary<string, int> _indexOf = new(Names.Comparer);
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
        private readonly Dictionary<string, int> _values = new(Names.Comparer);
        private readonly Dictionary<string, int> _asWritten = new(StringComparer.Ordinal);

        public int Index => index;

        public string Name => name;

        public List<string> Values { get; } = [];

        /// <summary>Whether only declared values are right; a feature named by intersectional quotas alone takes any value.</summary>
        public bool IsClosed { get; set; }

        public int AddValue(string value)
        {
            if (!_values.TryGetValue(value, out int i))
            {
                i = Values.Count;
                _values.Add(value, i);
                Values.Add(value);
            }

            return i;
        }

        /// <summary>The index of a value as somebody wrote it, or -1. Spellings seen before cost one look-up.</summary>
        public int Find(string written)
        {
            if (_asWritten.TryGetValue(written, out int i))
            {
                return i;
            }

            string clean = Names.Clean(written);
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

                i = AddValue(clean);
            }

            _asWritten.Add(written, i);
            return i;
        }
    }
}
