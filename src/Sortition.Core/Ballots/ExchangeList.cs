namespace Sortition.Core.Ballots;

/// <summary>
/// Which groups of people can change places: groups of one size, whom the rules that leave no room count alike. A ballot can give one of them for another as
/// far as these rules go.
/// </summary>
/// <remarks>
/// Lists are made, and drawn from, by what no exchange changes: the people, the rules, and on how many ballots somebody is. So an exchange and its way back are
/// drawn equally often. Where there are not too many, all exchanges are written down, and those that are likelier to find their ballots are drawn more often.
/// Else two groups that are counted alike are drawn; they may have people in common, who then stay.
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

    private readonly int[] _members;
    private readonly int[] _starts;
    private readonly int[] _classOf;
    private readonly (int One, int Other)[] _written = [];
    private readonly long[] _ends = [];
    private readonly int[] _guide = [];

    private ExchangeList(int size, int[] members, int[] starts, int[] classOf, Func<int, double> chanceOf, int ballots)
    {
        (Size, _members, _starts, _classOf) = (size, members, starts, classOf);
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

        Count = _ends.Length > 0 || exchanges > MaxWritten ? exchanges : 0;
    }

    /// <summary>How many people are in a group.</summary>
    public int Size { get; }

    /// <summary>How many pairs of groups there are, those with people in common included; 0 where there is nothing to draw.</summary>
    public long Count { get; }

    /// <summary>Lists the groups.</summary>
    /// <param name="size">How many people are in a group, 1..<see cref="MaxSize"/>.</param>
    /// <param name="people">The people, ascending.</param>
    /// <param name="keyOf">For each person of the pool a number that stands for the rules that count them; for groups the sums are compared.</param>
    /// <param name="chanceOf">On what share of the ballots a person is.</param>
    /// <param name="ballots">How many ballots there are.</param>
    public static ExchangeList Of(int size, int[] people, ulong[] keyOf, Func<int, double> chanceOf, int ballots)
    {
        (ulong[] sums, ulong[] groups) = Repeated(size, people, keyOf);
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
                    members.Add(people[(int)(group >> (PlaceBits * m)) & ((1 << PlaceBits) - 1)]);
                }
            }
        }

        starts.Add(classOf.Count);
        return new ExchangeList(size, [.. members], [.. starts], [.. classOf], chanceOf, ballots);
    }

    /// <summary>How many groups of a size some people have.</summary>
    public static double GroupsOf(int size, int people) => size switch
    {
        1 => people,
        2 => people * (people - 1.0) / 2,
        _ => people * (people - 1.0) * (people - 2.0) / 6,
    };

    /// <summary>The people of a group.</summary>
    public ReadOnlySpan<int> Members(int group) => _members.AsSpan(group * Size, Size);

    /// <summary>Draws two groups that are counted alike.</summary>
    public (int One, int Other) Draw(QuickRandomSource random)
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

        int one = random.NearlyBelow(_classOf.Length);
        int start = _starts[_classOf[one]];
        int other = start + random.NearlyBelow(_starts[_classOf[one] + 1] - start - 1);
        return (one, other >= one ? other + 1 : other);
    }

    /// <summary>Every exchange with the chance that it is drawn, for tests: two groups in either order are one.</summary>
    internal IEnumerable<(int One, int Other, double Chance)> All()
    {
        if (_ends.Length > 0)
        {
            return _written.Select((e, i) => (e.One, e.Other, (_ends[i] - (i == 0 ? 0 : _ends[i - 1])) / (double)_ends[^1]));
        }

        return Enumerable.Range(0, _classOf.Length).SelectMany(
            one => Enumerable.Range(_starts[_classOf[one]], _starts[_classOf[one] + 1] - _starts[_classOf[one]]).Where(other => other < one),
            (one, other) => (one, other, 2.0 / _classOf.Length / (_starts[_classOf[one] + 1] - _starts[_classOf[one]] - 1)));
    }

    /// <summary>All groups whose sum some other group has, and perhaps a few more, by their sums.</summary>
    private static (ulong[] Sums, ulong[] Groups) Repeated(int size, int[] people, ulong[] keyOf)
    {
        int bits = Math.Clamp((int)Math.Ceiling(Math.Log2(GroupsOf(size, people.Length) + 1)) + 3, LeastTableBits, MostTableBits);
        byte[] seen = new byte[1 << bits];
        ForEach(size, people, keyOf, (sum, _) =>
        {
            ref byte times = ref seen[Scatter(sum) >> (64 - bits)];
            times += (byte)(times < 2 ? 1 : 0);
        });
        List<ulong> sums = [];
        List<ulong> groups = [];
        ForEach(size, people, keyOf, (sum, group) =>
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

    private static void ForEach(int size, int[] people, ulong[] keyOf, Action<ulong, ulong> action)
    {
        for (int i = 0; i < people.Length; i++)
        {
            ulong one = keyOf[people[i]];
            if (size == 1)
            {
                action(one, (ulong)i);
                continue;
            }

            for (int j = 0; j < i; j++)
            {
                ulong two = one + keyOf[people[j]];
                ulong group = ((ulong)i << PlaceBits) | (uint)j;
                if (size == 2)
                {
                    action(two, group);
                    continue;
                }

                for (int l = 0; l < j; l++)
                {
                    action(two + keyOf[people[l]], (group << PlaceBits) | (uint)l);
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
    /// Weights by how likely both groups are found on some ballot, if people were on ballots independently; and where to begin to look for a number below the
    /// sum of all.
    /// </summary>
    private (long[] Ends, int[] Guide) Weigh(Func<int, double> chanceOf, int ballots)
    {
        long[] ends = new long[_written.Length];
        long sum = 0;
        for (int e = 0; e < ends.Length; e++)
        {
            sum += 1 + (long)(WeightScale * Found(_written[e].One) * Found(_written[e].Other));
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

        double Found(int group)
        {
            double expected = ballots;
            foreach (int i in Members(group))
            {
                expected *= chanceOf(i);
            }

            return Math.Min(1, expected);
        }
    }
}
