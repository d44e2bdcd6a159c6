using Sortition.Core.Engine.Search;

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
    /// <summary>The most groups that are looked at.</summary>
    public const int MaxGroups = 6_000_000;

    private const long MaxWritten = 1_000_000;
    private const double WeightScale = 1 << 30;

    private readonly IReadOnlyList<int[]> _kinds;
    private readonly AlikeGroups _groups;
    private readonly (int One, int Other)[] _written = [];
    private readonly long[] _ends = [];
    private readonly int[] _guide = [];
    private readonly long[] _wayEnds = [];

    /// <param name="size">How many people are in a group, 1..<see cref="AlikeGroups.MaxSize"/>.</param>
    /// <param name="kinds">The people, in kinds of one or of more who are counted alike by all rules.</param>
    /// <param name="keyOf">For each person of the pool a number that stands for the rules that count them; for groups the sums are compared.</param>
    /// <param name="chanceOf">On what share of the ballots a person is.</param>
    /// <param name="ballots">How many ballots there are.</param>
    public ExchangeList(int size, IReadOnlyList<int[]> kinds, ulong[] keyOf, Func<int, double> chanceOf, int ballots)
    {
        _kinds = kinds;
        _groups = new AlikeGroups(size, [.. kinds.Select(k => k.Length)], [.. kinds.Select(k => keyOf[k[0]])]);
        long exchanges = 0;
        for (int c = 0; c + 1 < _groups.Starts.Length; c++)
        {
            long groups = _groups.Starts[c + 1] - _groups.Starts[c];
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
            _wayEnds = [.. Enumerable.Range(0, _groups.ClassOf.Length).Select(group => sum += Ways(group))];
        }

        Count = _ends.Length > 0 || exchanges > MaxWritten ? exchanges : 0;
    }

    /// <summary>Whether it is drawn who of a kind changes places.</summary>
    public bool DrawsPeople => _kinds.Any(k => k.Length > 1);

    /// <summary>How many people are in a group.</summary>
    public int Size => _groups.Size;

    /// <summary>How many pairs of groups there are, those with people in common included; 0 where there is nothing to draw.</summary>
    public long Count { get; }

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
            int first = DrawByWays(0, _groups.ClassOf.Length, random);
            return (first, DrawByWays(_groups.Starts[_groups.ClassOf[first]], _groups.Starts[_groups.ClassOf[first] + 1], random));
        }

        int one = random.NearlyBelow(_groups.ClassOf.Length);
        int start = _groups.Starts[_groups.ClassOf[one]];
        int other = start + random.NearlyBelow(_groups.Starts[_groups.ClassOf[one] + 1] - start - 1);
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
            int[] kind = _kinds[_groups.Members(group)[m]];
            do
            {
                people[m] = kind.Length == 1 ? kind[0] : kind[random.NearlyBelow(kind.Length)];
            }
            while (people[..m].Contains(people[m]));
        }
    }

    /// <summary>How many ways there are to choose a group's people. Equal kinds stand together.</summary>
    private long Ways(int group)
    {
        ReadOnlySpan<int> members = _groups.Members(group);
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
            : from one in Enumerable.Range(0, _groups.ClassOf.Length)
              let start = _groups.Starts[_groups.ClassOf[one]]
              let end = _groups.Starts[_groups.ClassOf[one] + 1]
              from other in Enumerable.Range(start, end - start)
              where _wayEnds.Length > 0 || other != one
              select (one, other, _wayEnds.Length == 0
                  ? 1.0 / _groups.ClassOf.Length / (end - start - 1)
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
        foreach (int kind in _groups.Members(group).ToArray())
        {
            chosen = chosen.SelectMany(c => _kinds[kind].Where(i => !c.Contains(i)), (c, i) => (int[])[.. c, i]);
        }

        return chosen.DistinctBy(c => string.Join(' ', c.Order()), StringComparer.Ordinal);
    }

    private (int One, int Other)[] WriteDown()
    {
        List<(int, int)> written = [];
        for (int one = 0; one < _groups.ClassOf.Length; one++)
        {
            for (int other = _groups.Starts[_groups.ClassOf[one]]; other < one; other++)
            {
                if (!_groups.Members(one).ContainsAny(_groups.Members(other)))
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
            foreach (int kind in _groups.Members(group))
            {
                expected *= chanceOf(_kinds[kind][0]);
            }

            return Math.Min(1, expected);
        }
    }
}
