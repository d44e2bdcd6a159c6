namespace Sortition.Core.Engine.Search;

/// <summary>
/// Groups of one size, of people or of kinds of people, that certain rows count alike: one of a class can take the place of another, and these rows do not
/// notice.
/// </summary>
internal sealed class AlikeGroups
{
    /// <summary>The largest size of a group.</summary>
    public const int MaxSize = 3;

    private const int PlaceBits = 21;
    private const int LeastTableBits = 10;
    private const int MostTableBits = 25;

    private readonly int[] _members;

    /// <param name="size">How many kinds are in a group, 1..<see cref="MaxSize"/>.</param>
    /// <param name="people">How many people there are of each kind: a kind is in a group no more often than that.</param>
    /// <param name="keys">For each kind the sum of <see cref="KeyOf"/> over the rows that count it; for groups the sums are compared.</param>
    public AlikeGroups(int size, IReadOnlyList<int> people, ulong[] keys)
    {
        Size = size;
        (ulong[] sums, ulong[] groups) = Repeated(size, people, keys);
        List<int> members = [];
        List<int> starts = [];
        List<int> classOf = [];
        int end;
        for (int i = 0; i < sums.Length; i = end)
        {
            for (end = i + 1; end < sums.Length && sums[end] == sums[i]; end++)
            {
            }

            if (end - i == 1)
            {
                continue;
            }

            starts.Add(classOf.Count);

            // The order of equal sums depends on the framework's sort: made certain.
            Array.Sort(groups, i, end - i);
            foreach (ulong group in groups.AsSpan(i, end - i))
            {
                classOf.Add(starts.Count - 1);
                for (int m = 0; m < size; m++)
                {
                    members.Add((int)(group >> (PlaceBits * m)) & ((1 << PlaceBits) - 1));
                }
            }
        }

        starts.Add(classOf.Count);
        (_members, Starts, ClassOf) = ([.. members], [.. starts], [.. classOf]);
    }

    /// <summary>How many kinds are in a group.</summary>
    public int Size { get; }

    /// <summary>Of each class the first of its groups; at last the number of all groups.</summary>
    public int[] Starts { get; }

    /// <summary>Of each group its class.</summary>
    public int[] ClassOf { get; }

    /// <summary>How many groups of a size there are of kinds of one person; of kinds of more there are a few more.</summary>
    public static double CountOf(int size, int kinds) => size switch
    {
        1 => kinds,
        2 => kinds * (kinds - 1.0) / 2,
        _ => kinds * (kinds - 1.0) * (kinds - 2.0) / 6,
    };

    /// <summary>A number for a row whose sums over groups differ, for all practical purposes, where rows count the groups differently.</summary>
    public static ulong KeyOf(int row)
    {
        ulong z = ((ulong)row + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The kinds of a group; equal ones stand together.</summary>
    public ReadOnlySpan<int> Members(int group) => _members.AsSpan(group * Size, Size);

    /// <summary>All groups whose sum some other group has, and perhaps a few more, by their sums.</summary>
    private static (ulong[] Sums, ulong[] Groups) Repeated(int size, IReadOnlyList<int> people, ulong[] keys)
    {
        int bits = Math.Clamp((int)Math.Ceiling(Math.Log2(CountOf(size, keys.Length) + 1)) + 3, LeastTableBits, MostTableBits);
        byte[] seen = new byte[1 << bits];
        ForEach(size, people, keys, (sum, _) =>
        {
            ref byte times = ref seen[Scatter(sum) >> (64 - bits)];
            times += (byte)(times < 2 ? 1 : 0);
        });
        List<ulong> sums = [];
        List<ulong> groups = [];
        ForEach(size, people, keys, (sum, group) =>
        {
            if (seen[Scatter(sum) >> (64 - bits)] == 2)
            {
                sums.Add(sum);
                groups.Add(group);
            }
        });
        ulong[] sorted = [.. sums];
        ulong[] inOrder = [.. groups];
        Array.Sort(sorted, inOrder);
        return (sorted, inOrder);
    }

    private static ulong Scatter(ulong sum) => sum * 0x9E3779B97F4A7C15;

    /// <summary>Goes through all groups: kinds in descending order, none more often than it has people.</summary>
    private static void ForEach(int size, IReadOnlyList<int> people, ulong[] keys, Action<ulong, ulong> action)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            if (size == 1)
            {
                action(keys[i], (ulong)i);
                continue;
            }

            for (int j = 0; j < i || (j == i && people[i] > 1); j++)
            {
                ulong two = keys[i] + keys[j];
                ulong group = ((ulong)i << PlaceBits) | (uint)j;
                if (size == 2)
                {
                    action(two, group);
                    continue;
                }

                for (int l = 0; l < j || (l == j && people[j] > (i == j ? 2 : 1)); l++)
                {
                    action(two + keys[l], (group << PlaceBits) | (uint)l);
                }
            }
        }
    }
}
