namespace Sortition.Core.Engine;

/// <summary>Panels found so far, each once, in the order found.</summary>
internal sealed class PanelCollection
{
    private readonly List<int[]> _items = [];
    private readonly HashSet<int[]> _known = new(new ContentComparer());

    public IReadOnlyList<int[]> Items => _items;

    /// <summary>Adds a panel.</summary>
    /// <returns>Whether it was new.</returns>
    public bool Add(int[] panel)
    {
        if (!_known.Add(panel))
        {
            return false;
        }

        _items.Add(panel);
        return true;
    }

    private sealed class ContentComparer : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            HashCode hash = default;
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
