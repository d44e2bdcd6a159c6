using System.Numerics;
using System.Runtime.InteropServices;
using Sortition.Core.Engine.Search;

namespace Sortition.Core.Ballots;

/// <summary>
/// Ballots in the course of an exchange. A try draws two groups of people who can change places, then a ballot that has the first group and nobody of the
/// second, and one that has the second and nobody of the first; if both stay panels, the groups change places.
/// </summary>
/// <remarks>
/// <para>A try and its way back are equally likely: the groups are drawn without looking at the ballots, and after the change as many ballots have the one
/// without the other as before. So in the long run every arrangement that tries can reach is as likely as another. Nobody's number of ballots changes.</para>
/// </remarks>
internal sealed class BallotChain
{
    private const int TriesBetweenChecks = 1 << 14;
    private const int BitsInWord = 64;

    /// <summary>Rows are as long as whole vectors of any machine.</summary>
    private const int BitsInVector = 512;


    private readonly ExchangeRules _rules;
    private readonly int _ballots;
    private readonly int _words;
    private readonly ulong[] _has;
    private readonly int[] _counts;
    private readonly ulong[] _first;
    private readonly ulong[] _second;

    /// <param name="rules">The rules of the problem.</param>
    /// <param name="ballots">The members of each ballot, a panel.</param>
    public BallotChain(ExchangeRules rules, IReadOnlyList<IReadOnlyList<int>> ballots)
    {
        _rules = rules;
        _ballots = ballots.Count;
        _words = (ballots.Count + BitsInVector - 1) / BitsInVector * (BitsInVector / BitsInWord);
        _has = new ulong[(long)rules.People * _words];
        _counts = new int[(long)ballots.Count * rules.Quotas];
        (_first, _second) = (new ulong[_words], new ulong[_words]);
        for (int b = 0; b < ballots.Count; b++)
        {
            foreach (int i in ballots[b])
            {
                _has[Word(i, b)] |= Bit(b);
                foreach (int q in rules.QuotasOf[i])
                {
                    _counts[(b * rules.Quotas) + q]++;
                }
            }
        }
    }

    /// <summary>
    /// Whether exchanges are made only if they sort: of two groups the one with the person who stands first in the pool goes to the ballot that is first. Then
    /// arrangements are not equally likely; for a beginning that is far from others.
    /// </summary>
    public bool Sorts { get; init; }

    /// <summary>The members of each ballot, ascending.</summary>
    public int[][] ToBallots()
    {
        List<int>[] members = [.. Enumerable.Range(0, _ballots).Select(_ => new List<int>())];
        for (int i = 0; i < _rules.People; i++)
        {
            for (int w = 0; w < _words; w++)
            {
                for (ulong left = _has[(i * _words) + w]; left != 0; left &= left - 1)
                {
                    members[(w * BitsInWord) + BitOperations.TrailingZeroCount(left)].Add(i);
                }
            }
        }

        return [.. members.Select(m => m.ToArray())];
    }

    /// <summary>Whether a person is on a ballot.</summary>
    public bool Has(int person, int ballot) => (_has[Word(person, ballot)] & Bit(ballot)) != 0;

    /// <summary>Makes tries.</summary>
    /// <param name="lists">From which groups are drawn.</param>
    /// <param name="schedule">Which list each try uses, as indices; one entry is drawn for each try.</param>
    /// <param name="tries">How many.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="done">Told now and then of tries made; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For each list, how many of its tries changed something.</returns>
    public long[] Run(
        IReadOnlyList<ExchangeList> lists, byte[] schedule, long tries, QuickRandomSource random, Action<long>? done, CancellationToken cancellationToken)
    {
        long[] changes = new long[lists.Count];
        for (long t = 0; t < tries; t++)
        {
            if (t % TriesBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                done?.Invoke(Math.Min(TriesBetweenChecks, tries - t));
            }

            int list = schedule[random.NearlyBelow(schedule.Length)];
            changes[list] += Try(lists[list], random) ? 1 : 0;
        }

        return changes;
    }

    /// <summary>Lets two groups change places, if both ballots stay panels.</summary>
    /// <param name="one">The people whom ballot <paramref name="p"/> gives.</param>
    /// <param name="other">The people whom ballot <paramref name="q"/> gives.</param>
    /// <param name="p">A ballot that has the first group and nobody of the other.</param>
    /// <param name="q">A ballot that has the other group and nobody of the first.</param>
    /// <returns>Whether they did.</returns>
    internal bool Exchange(ReadOnlySpan<int> one, ReadOnlySpan<int> other, int p, int q)
    {
        Move(p, one, other);
        Move(q, other, one);
        if (IsAllowed(p, one) && IsAllowed(p, other) && IsAllowed(q, one) && IsAllowed(q, other) && KeepsHouseholds(p, other) && KeepsHouseholds(q, one))
        {
            return true;
        }

        Move(p, other, one);
        Move(q, one, other);
        return false;
    }

    /// <summary>The people of a group who are not in another.</summary>
    internal static int Without(ReadOnlySpan<int> group, ReadOnlySpan<int> other, Span<int> rest)
    {
        int count = 0;
        foreach (int i in group)
        {
            if (!other.Contains(i))
            {
                rest[count++] = i;
            }
        }

        return count;
    }

    private bool Try(ExchangeList list, QuickRandomSource random)
    {
        Span<int> all = stackalloc int[4 * AlikeGroups.MaxSize];
        Span<int> first = all.Slice(0, list.Size);
        Span<int> second = all.Slice(AlikeGroups.MaxSize, list.Size);
        list.Draw(random, first, second);
        Span<int> one = all.Slice(2 * AlikeGroups.MaxSize, AlikeGroups.MaxSize);
        Span<int> other = all[(3 * AlikeGroups.MaxSize)..];
        one = one[..Without(first, second, one)];
        other = other[..Without(second, first, other)];
        if (one.IsEmpty)
        {
            return false;
        }

        int ofOne = Find(one, other, _first);
        int ofOther = ofOne == 0 ? 0 : Find(other, one, _second);
        if (ofOther == 0)
        {
            return false;
        }

        int p = Pick(_first, (int)random.NextBelow(ofOne));
        int q = Pick(_second, (int)random.NextBelow(ofOther));
        return !(Sorts && (q < p) != (First(one) < First(other))) && Exchange(one, other, p, q);
    }

    /// <summary>Finds the ballots that have some people and none of some others.</summary>
    private int Find(ReadOnlySpan<int> with, ReadOnlySpan<int> without, ulong[] found)
    {
        // Most groups are on no ballot together, so that is found out first.
        Span<Vector<ulong>> ballots = MemoryMarshal.Cast<ulong, Vector<ulong>>(found.AsSpan());
        RowOf(with[0]).CopyTo(ballots);
        foreach (int i in with[1..])
        {
            ReadOnlySpan<Vector<ulong>> row = RowOf(i);
            for (int v = 0; v < ballots.Length; v++)
            {
                ballots[v] &= row[v];
            }
        }

        Vector<ulong> any = Vector<ulong>.Zero;
        foreach (Vector<ulong> v in ballots)
        {
            any |= v;
        }

        if (any == Vector<ulong>.Zero)
        {
            return 0;
        }

        foreach (int i in without)
        {
            ReadOnlySpan<Vector<ulong>> row = RowOf(i);
            for (int v = 0; v < ballots.Length; v++)
            {
                ballots[v] = Vector.AndNot(ballots[v], row[v]);
            }
        }

        int count = 0;
        foreach (ulong word in found)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    private ReadOnlySpan<Vector<ulong>> RowOf(int person) => MemoryMarshal.Cast<ulong, Vector<ulong>>(_has.AsSpan(person * _words, _words));

    private static int First(ReadOnlySpan<int> people)
    {
        int first = people[0];
        foreach (int i in people)
        {
            first = Math.Min(first, i);
        }

        return first;
    }

    private static int Pick(ulong[] found, int number)
    {
        int word = 0;
        for (int here = BitOperations.PopCount(found[0]); number >= here; here = BitOperations.PopCount(found[++word]))
        {
            number -= here;
        }

        ulong left = found[word];
        for (; number > 0; number--)
        {
            left &= left - 1;
        }

        return (word * BitsInWord) + BitOperations.TrailingZeroCount(left);
    }

    private void Move(int ballot, ReadOnlySpan<int> leaving, ReadOnlySpan<int> coming)
    {
        Span<int> counts = _counts.AsSpan(ballot * _rules.Quotas, _rules.Quotas);
        foreach (int i in leaving)
        {
            _has[Word(i, ballot)] ^= Bit(ballot);
            foreach (int q in _rules.QuotasOf[i])
            {
                counts[q]--;
            }
        }

        foreach (int i in coming)
        {
            _has[Word(i, ballot)] ^= Bit(ballot);
            foreach (int q in _rules.QuotasOf[i])
            {
                counts[q]++;
            }
        }
    }

    private bool IsAllowed(int ballot, ReadOnlySpan<int> people)
    {
        ReadOnlySpan<int> counts = _counts.AsSpan(ballot * _rules.Quotas, _rules.Quotas);
        foreach (int i in people)
        {
            foreach (int q in _rules.QuotasOf[i])
            {
                if (counts[q] < _rules.Min[q] || counts[q] > _rules.Max[q])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool KeepsHouseholds(int ballot, ReadOnlySpan<int> coming)
    {
        foreach (int i in coming)
        {
            int members = 0;
            foreach (int mate in _rules.HouseholdOf[i])
            {
                members += Has(mate, ballot) ? 1 : 0;
            }

            if (members > _rules.HouseholdLimit)
            {
                return false;
            }
        }

        return true;
    }

    private int Word(int person, int ballot) => (person * _words) + (ballot / BitsInWord);

    private static ulong Bit(int ballot) => 1UL << (ballot % BitsInWord);
}

/// <summary>The rules of a problem as an exchange asks for them.</summary>
internal sealed class ExchangeRules
{
    public ExchangeRules(SelectionProblem problem)
    {
        People = problem.People.Count;
        Quotas = problem.Quotas.Count;
        QuotasOf = problem.QuotasOf;
        Min = [.. problem.Quotas.Select(q => q.Min)];
        Max = [.. problem.Quotas.Select(q => q.Max)];
        HouseholdLimit = problem.HouseholdLimit ?? int.MaxValue;
        HouseholdOf = new int[People][];
        Array.Fill(HouseholdOf, []);
        foreach (IGrouping<int?, int> household in Enumerable.Range(0, People).Where(i => problem.People[i].Household is not null)
            .GroupBy(i => problem.People[i].Household))
        {
            int[] members = [.. household];
            foreach (int i in members.Where(_ => members.Length > HouseholdLimit))
            {
                HouseholdOf[i] = members;
            }
        }
    }

    /// <summary>How many people are in the pool.</summary>
    public int People { get; }

    /// <summary>How many quotas there are.</summary>
    public int Quotas { get; }

    /// <summary>The quotas that count each person.</summary>
    public int[][] QuotasOf { get; }

    /// <summary>The minimum of each quota.</summary>
    public int[] Min { get; }

    /// <summary>The maximum of each quota.</summary>
    public int[] Max { get; }

    /// <summary>The most members of a household.</summary>
    public int HouseholdLimit { get; }

    /// <summary>For each person, all people of the household, where the limit can bind it; else nobody.</summary>
    public int[][] HouseholdOf { get; }
}
