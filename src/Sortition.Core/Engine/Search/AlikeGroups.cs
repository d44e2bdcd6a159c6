namespace Sortition.Core.Engine.Search;

/// <summary>Groups of one or two types that certain rows count alike: a panel can give one of a class for another, and these rows do not notice.</summary>
internal sealed class AlikeGroups
{
    private const int PlaceBits = 31;
    private const int TableBits = 24;

    private readonly List<TypeGroup> _groups = [];
    private readonly List<int> _starts = [];

    /// <param name="types">The types that may be exchanged, ascending.</param>
    /// <param name="keyOf">For each type a number that stands for the rows that count it; for pairs the sums are compared.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public AlikeGroups(int[] types, ulong[] keyOf, CancellationToken cancellationToken)
    {
        List(add =>
        {
            foreach (int t in types)
            {
                add(keyOf[t], t, -1);
            }
        });
        List(add =>
        {
            for (int i = 0; i < types.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int j = 0; j < i; j++)
                {
                    add(keyOf[types[i]] + keyOf[types[j]], types[i], types[j]);
                }
            }
        });
        _starts.Add(_groups.Count);
    }

    /// <summary>How many classes there are.</summary>
    public int Count => _starts.Count - 1;

    /// <summary>How many groups a class has, 2 or more.</summary>
    public int SizeOf(int index) => _starts[index + 1] - _starts[index];

    /// <summary>A group of a class.</summary>
    public TypeGroup Group(int index, int number) => _groups[_starts[index] + number];

    /// <summary>A number for a row whose sums over groups differ, for all practical purposes, where rows count the groups differently.</summary>
    public static ulong KeyOf(int row)
    {
        ulong z = ((ulong)row + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Takes up the groups whose number some other group has.</summary>
    /// <param name="forEach">Gives all groups; it is asked twice, so that only those that can count are kept.</param>
    private void List(Action<Action<ulong, int, int>> forEach)
    {
        byte[] seen = new byte[1 << TableBits];
        forEach((number, _, _) =>
        {
            ref byte times = ref seen[Place(number)];
            times += (byte)(times < 2 ? 1 : 0);
        });
        List<ulong> numbers = [];
        List<ulong> groups = [];
        forEach((number, first, second) =>
        {
            if (seen[Place(number)] == 2)
            {
                numbers.Add(number);
                groups.Add(((ulong)first << PlaceBits) | (uint)(second + 1));
            }
        });
        ulong[] sorted = [.. numbers];
        ulong[] inOrder = [.. groups];
        Array.Sort(sorted, inOrder);
        int end;
        for (int i = 0; i < sorted.Length; i = end)
        {
            for (end = i + 1; end < sorted.Length && sorted[end] == sorted[i]; end++)
            {
            }

            if (end - i > 1)
            {
                // The order of equal numbers depends on the framework's sort: made certain.
                Array.Sort(inOrder, i, end - i);
                _starts.Add(_groups.Count);
                _groups.AddRange(inOrder[i..end].Select(g => new TypeGroup((int)(g >> PlaceBits), (int)(g & int.MaxValue) - 1)));
            }
        }
    }

    private static int Place(ulong number) => (int)((number * 0x9E3779B97F4A7C15) >> (64 - TableBits));
}

/// <summary>One type, or two.</summary>
/// <param name="First">A type.</param>
/// <param name="Second">The other one; -1 if there is none.</param>
internal readonly record struct TypeGroup(int First, int Second)
{
    public bool IsPair => Second >= 0;

    public bool Overlaps(TypeGroup other) => First == other.First || First == other.Second || (IsPair && (Second == other.First || Second == other.Second));
}
