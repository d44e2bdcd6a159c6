namespace Sortition.Core.Engine.Search;

/// <summary>The variables of a ratio test, to be taken in the order of their ratios: a binary heap, since most are never taken.</summary>
/// <remarks>The framework's priority queue calls a comparer for every step; this is the innermost loop of every search.</remarks>
internal sealed class Breakpoints
{
    private (int Variable, double Ratio, double Pivot)[] _heap = new (int, double, double)[64];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Adds a variable. <see cref="Order"/> must follow before any is taken.</summary>
    public void Add(int variable, double ratio, double pivot)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, 2 * Count);
        }

        _heap[Count++] = (variable, ratio, pivot);
    }

    public void Order()
    {
        for (int i = Count / 2 - 1; i >= 0; i--)
        {
            SiftDown(i);
        }
    }

    /// <summary>Takes the variable with the smallest ratio.</summary>
    public (int Variable, double Ratio, double Pivot) TakeFirst()
    {
        (int Variable, double Ratio, double Pivot) first = _heap[0];
        _heap[0] = _heap[--Count];
        SiftDown(0);
        return first;
    }

    private static bool IsBefore((int Variable, double Ratio, double Pivot) a, (int Variable, double Ratio, double Pivot) b) =>
        a.Ratio < b.Ratio || (a.Ratio == b.Ratio && a.Pivot > b.Pivot);

    private void SiftDown(int at)
    {
        (int Variable, double Ratio, double Pivot) moving = _heap[at];
        while (2 * at + 1 < Count)
        {
            int child = 2 * at + 1;
            if (child + 1 < Count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], moving))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = moving;
    }
}
