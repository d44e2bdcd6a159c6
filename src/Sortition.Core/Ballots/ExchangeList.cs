namespace Sortition.Core.Ballots;

/// <summary>
/// Which groups of people can change places: groups of one size, whom the rules that leave no room count alike. A ballot can give one of them for another as
/// far as these rules go.
/// </summary>
/// <remarks>
/// <para>Groups are written down as people or, where these would be too many, as kinds of people who are counted alike by all rules; who of a kind it is, each
/// as likely, is drawn when the group is.</para>
/// <para>Lists are made, and drawn from, by what no exchange changes: the people, the rules, and on how many ballots somebody is. So an exchange and its way
/// back are drawn equally often. Where there are not too many, all exchanges are written down, and those that are likelier to find their ballots are drawn
/// more often. Else two groups that are counted alike are drawn; they may have people in common, who then stay.</para>
/// </remarks>
internal sealed class ExchangeList
{
    /// <summary>The most people in a group.</summary>
    public const int MaxSize = 3;

    /// <summary>The most groups that are looked at.</summary>
    public const int MaxGroups = 6_000_000;

    private const long MaxWritten = 1_000_000;
    private const int PlaceBits = 21;
    private const int LeastTableBits = 10;
    private const int MostTableBits = 25;
    private const double WeightScale = 1 << 30;

    private readonly IReadOnlyList<int[]> _kinds;
    private readonly int[] _members;
    private readonly int[] _starts;
    private readonly int[] _classOf;
    private readonly (int One, int Other)[] _written = [];
    private readonly long[] _ends = [];
    private readonly int[] _guide = [];
    private readonly long[] _wayEnds = [];

    private ExchangeList(int size, IReadOnlyList<int[]> kinds, int[] members, int[] starts, int[] classOf, Func<int, double> chanceOf, int ballots)
    {
        (Size, _kinds, _members, _starts, _classOf) = (size, kinds, members, starts, classOf);
        long exchanges = 0;
        for (int c = 0; c + 1 < starts.Length; c++)
        {
            long groups = starts[c + 1] - starts[c];
            exchanges += groups * (groups - 1) / 2;
        }

        if (exchanges is > 0 and <= MaxWritten)
        {
            _written = WriteDown();
            (_ends, _guide) = Weigh(chanceOf, ballots);
        }
        else if (DrawsPeople)
        {
            long sum = 0;
            _wayEnds = [.. Enumerable.Range(0, classOf.Length).Select(group => sum += Ways(group))];
        }

        Count = _ends.Length > 0 || exchanges > MaxWritten ? exchanges : 0;
    }

    /// <summary>Whether it is drawn who of a kind changes places.</summary>
    public bool DrawsPeople => _kinds.Any(k => k.Length > 1);

    /// <summary>How many people are in a group.</summary>
    public int Size { get; }

    /// <summary>How many pairs of groups there are, those with people in common included; 0 where there is nothing to draw.</summary>
    public long Count { get; }

    /// <summary>Lists the groups.</summary>
    /// <param name="size">How many people are in a group, 1..<see cref="MaxSize"/>.</param>
    /// <param name="kinds">The people, in kinds of one or of more who are counted alike by all rules.</param>
    /// <param name="keyOf">For each person of the pool a number that stands for the rules that count them; for groups the sums are compared.</param>
    /// <param name="chanceOf">On what share of the ballots a person is.</param>
    /// <param name="ballots">How many ballots there are.</param>
    public static ExchangeList Of(int size, IReadOnlyList<int[]> kinds, ulong[] keyOf, Func<int, double> chanceOf, int ballots)
    {
        (ulong[] sums, ulong[] groups) = Repeated(size, kinds, [.. kinds.Select(k => keyOf[k[0]])]);
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
        return new ExchangeList(size, kinds, [.. members], [.. starts], [.. classOf], chanceOf, ballots);
    }

    /// <summary>How many groups of a size some kinds of one person have; those of more have a few more.</summary>
    public static double GroupsOf(int size, int kinds) => size switch
    {
        1 => kinds,
        2 => kinds * (kinds - 1.0) / 2,
        _ => kinds * (kinds - 1.0) * (kinds - 2.0) / 6,
    };

    /// <summary>Draws two groups that are counted alike.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="one">The people of the one.</param>
    /// <param name="other">The people of the other; they may have some in common, and may even be the same.</param>
    public void Draw(QuickRandomSource random, Span<int> one, Span<int> other)
    {
        (int a, int b) = DrawGroups(random);
        DrawPeople(a, one, random);
        DrawPeople(b, other, random);
    }

    private (int One, int Other) DrawGroups(QuickRandomSource random)
    {
        if (_ends.Length > 0)
        {
            long number = random.NextBelow(_ends[^1]);
            int at = _guide[(int)((Int128)number * _guide.Length / _ends[^1])];
            while (_ends[at] <= number)
            {
                at++;
            }

            return _written[at];
        }

        if (_wayEnds.Length > 0)
        {
            int first = DrawByWays(0, _classOf.Length, random);
            return (first, DrawByWays(_starts[_classOf[first]], _starts[_classOf[first] + 1], random));
        }

        int one = random.NearlyBelow(_classOf.Length);
        int start = _starts[_classOf[one]];
        int other = start + random.NearlyBelow(_starts[_classOf[one] + 1] - start - 1);
        return (one, other >= one ? other + 1 : other);
    }

    /// <summary>One of the groups from one to another, likelier the more ways there are to choose its people.</summary>
    private int DrawByWays(int from, int to, QuickRandomSource random)
    {
        long before = from == 0 ? 0 : _wayEnds[from - 1];
        int at = Array.BinarySearch(_wayEnds, from, to - from, before + random.NextBelow(_wayEnds[to - 1] - before) + 1);
        return at < 0 ? ~at : at;
    }

    private void DrawPeople(int group, Span<int> people, QuickRandomSource random)
    {
        for (int m = 0; m < Size; m++)
        {
            int[] kind = _kinds[_members[(group * Size) + m]];
            do
            {
                people[m] = kind.Length == 1 ? kind[0] : kind[random.NearlyBelow(kind.Length)];
            }
            while (people[..m].Contains(people[m]));
        }
    }

    private ReadOnlySpan<int> Members(int group) => _members.AsSpan(group * Size, Size);

    /// <summary>How many ways there are to choose a group's people. Equal kinds stand together.</summary>
    private long Ways(int group)
    {
        ReadOnlySpan<int> members = Members(group);
        long ways = 1;
        int same = 0;
        for (int m = 0; m < members.Length; m++)
        {
            same = m > 0 && members[m] == members[m - 1] ? same + 1 : 0;
            ways = ways * (_kinds[members[m]].Length - same) / (same + 1);
        }

        return ways;
    }

    /// <summary>Every exchange with the chance that it is drawn, for tests: two groups in either order are one.</summary>
    internal IEnumerable<(int[] One, int[] Other, double Chance)> All()
    {
        IEnumerable<(int One, int Other, double Chance)> ofGroups = _ends.Length > 0
            ? _written.Select((e, i) => (e.One, e.Other, (_ends[i] - (i == 0 ? 0 : _ends[i - 1])) / (double)_ends[^1]))
            : from one in Enumerable.Range(0, _classOf.Length)
              let start = _starts[_classOf[one]]
              let end = _starts[_classOf[one] + 1]
              from other in Enumerable.Range(start, end - start)
              where _wayEnds.Length > 0 || other != one
              select (one, other, _wayEnds.Length == 0
                  ? 1.0 / _classOf.Length / (end - start - 1)
                  : (double)Ways(one) / _wayEnds[^1] * Ways(other) / Enumerable.Range(start, end - start).Sum(Ways));
        return from e in ofGroups
               let ones = PeopleOf(e.One).ToArray()
               let others = PeopleOf(e.Other).ToArray()
               from one in ones
               from other in others
               select (one, other, e.Chance / ones.Length / others.Length);
    }

    /// <summary>All people that a group can be.</summary>
    private IEnumerable<int[]> PeopleOf(int group)
    {
        IEnumerable<int[]> chosen = [[]];
        foreach (int kind in Members(group).ToArray())
        {
            chosen = chosen.SelectMany(c => _kinds[kind].Where(i => !c.Contains(i)), (c, i) => (int[])[.. c, i]);
        }

        return chosen.DistinctBy(c => string.Join(' ', c.Order()), StringComparer.Ordinal);
    }

    /// <summary>All groups whose sum some other group has, and perhaps a few more, by their sums.</summary>
    private static (ulong[] Sums, ulong[] Groups) Repeated(int size, IReadOnlyList<int[]> kinds, ulong[] keys)
    {
        int bits = Math.Clamp((int)Math.Ceiling(Math.Log2(GroupsOf(size, kinds.Count) + 1)) + 3, LeastTableBits, MostTableBits);
        byte[] seen = new byte[1 << bits];
        ForEach(size, kinds, keys, (sum, _) =>
        {
            ref byte times = ref seen[Scatter(sum) >> (64 - bits)];
            times += (byte)(times < 2 ? 1 : 0);
        });
        List<ulong> sums = [];
        List<ulong> groups = [];
        ForEach(size, kinds, keys, (sum, group) =>
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

        // The order of equal sums depends on the framework's sort: made certain.
        int end;
        for (int i = 0; i < sorted.Length; i = end)
        {
            for (end = i + 1; end < sorted.Length && sorted[end] == sorted[i]; end++)
            {
            }

            Array.Sort(inOrder, i, end - i);
        }

        return (sorted, inOrder);
    }

    private static ulong Scatter(ulong sum) => sum * 0x9E3779B97F4A7C15;

    /// <summary>Goes through all groups: kinds in descending order, none more often than it has people.</summary>
    private static void ForEach(int size, IReadOnlyList<int[]> kinds, ulong[] keys, Action<ulong, ulong> action)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            if (size == 1)
            {
                action(keys[i], (ulong)i);
                continue;
            }

            for (int j = 0; j < i || (j == i && kinds[i].Length > 1); j++)
            {
                ulong two = keys[i] + keys[j];
                ulong group = ((ulong)i << PlaceBits) | (uint)j;
                if (size == 2)
                {
                    action(two, group);
                    continue;
                }

                for (int l = 0; l < j || (l == j && kinds[j].Length > (i == j ? 2 : 1)); l++)
                {
                    action(two + keys[l], (group << PlaceBits) | (uint)l);
                }
            }
        }
    }

    private (int One, int Other)[] WriteDown()
    {
        List<(int, int)> written = [];
        for (int one = 0; one < _classOf.Length; one++)
        {
            for (int other = _starts[_classOf[one]]; other < one; other++)
            {
                if (!Members(one).ContainsAny(Members(other)))
                {
                    written.Add((one, other));
                }
            }
        }

        return [.. written];
    }

    /// <summary>
    /// Weights by how many ways there are to choose the people of both groups, and how likely these are found on some ballot, if people were on ballots
    /// independently; and where to begin to look for a number below the
    /// sum of all.
    /// </summary>
    private (long[] Ends, int[] Guide) Weigh(Func<int, double> chanceOf, int ballots)
    {
        long[] ends = new long[_written.Length];
        double most = _written.Select(WaysOf).DefaultIfEmpty(1).Max();
        long sum = 0;
        for (int e = 0; e < ends.Length; e++)
        {
            sum += 1 + (long)(WeightScale * Found(_written[e].One) * Found(_written[e].Other) * (WaysOf(_written[e]) / most));
            ends[e] = sum;
        }

        int[] guide = new int[ends.Length];
        int at = 0;
        for (int g = 0; g < guide.Length; g++)
        {
            // The first number of this part of the guide: those before it belong to earlier parts.
            Int128 first = ((Int128)sum * g + guide.Length - 1) / guide.Length;
            while (ends[at] <= first)
            {
                at++;
            }

            guide[g] = at;
        }

        return (ends, guide);

        double WaysOf((int One, int Other) exchange) => (double)Ways(exchange.One) * Ways(exchange.Other);

        double Found(int group)
        {
            double expected = ballots;
            foreach (int kind in Members(group))
            {
                expected *= chanceOf(_kinds[kind][0]);
            }

            return Math.Min(1, expected);
        }
    }
}
