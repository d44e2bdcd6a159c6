using System.Runtime.InteropServices;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Polytope;

/// <summary>Panels found so far, each once, in the order found, and how often each was.</summary>
internal sealed class PanelCollection
{
    private readonly List<TypeSeats[]> _items = [];
    private readonly List<int> _counts = [];
    private readonly Dictionary<TypeSeats[], int> _indexOf = new(new ContentComparer());

    /// <summary>The types with seats of each panel, ascending.</summary>
    public IReadOnlyList<TypeSeats[]> Items => _items;

    /// <summary>One number for each of <see cref="Items"/>, 1 or more.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>How many panels were found, repeated ones counted.</summary>
    public int Total { get; private set; }

    /// <summary>Adds a panel.</summary>
    /// <param name="panel">Seats by type.</param>
    /// <returns>Whether it was new.</returns>
    public bool Add(int[] panel) =>
        Add((TypeSeats[])[.. Enumerable.Range(0, panel.Length).Where(t => panel[t] > 0).Select(t => new TypeSeats(t, panel[t]))]);

    /// <summary>Adds a panel.</summary>
    /// <param name="seats">The types with seats, ascending. It is kept, not copied.</param>
    /// <returns>Whether it was new.</returns>
    public bool Add(TypeSeats[] seats)
    {
        Total++;
        if (_indexOf.TryGetValue(seats, out int index))
        {
            _counts[index]++;
            return false;
        }

        _indexOf.Add(seats, _items.Count);
        _items.Add(seats);
        _counts.Add(1);
        return true;
    }

    private sealed class ContentComparer : IEqualityComparer<TypeSeats[]>
    {
        public bool Equals(TypeSeats[]? x, TypeSeats[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(TypeSeats[] obj)
        {
            HashCode hash = default;
            hash.AddBytes(MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
