using System.Numerics;

namespace Sortition.Core.Replacements;

/// <summary>What every quota asks of one or two people who fill open seats, as sets of quotas: 64 to a word.</summary>
/// <remarks>
/// Kinds of people are sets of quotas as well: those that count them. A quota of a panel that lost two members lacks at most two people and has room for none
/// or more, so four sets say everything.
/// </remarks>
internal sealed class QuotaSlack
{
    private readonly ulong[] _needsOne;
    private readonly ulong[] _needsTwo;
    private readonly ulong[] _takesNone;
    private readonly ulong[] _takesOne;

    /// <param name="quotas">The quotas.</param>
    /// <param name="staying">Entry q: how many of those who stay count towards quota q.</param>
    public QuotaSlack(IReadOnlyList<Quota> quotas, int[] staying)
    {
        int words = Words(quotas.Count);
        (_needsOne, _needsTwo, _takesNone, _takesOne) = (new ulong[words], new ulong[words], new ulong[words], new ulong[words]);
        for (int q = 0; q < quotas.Count; q++)
        {
            Set(_needsOne, q, quotas[q].Min - staying[q] >= 1);
            Set(_needsTwo, q, quotas[q].Min - staying[q] >= 2);
            Set(_takesNone, q, quotas[q].Max - staying[q] <= 0);
            Set(_takesOne, q, quotas[q].Max - staying[q] <= 1);
        }
    }

    /// <summary>Some of the quotas as a set.</summary>
    public static ulong[] SetOf(int[] members, int quotas)
    {
        ulong[] set = new ulong[Words(quotas)];
        foreach (int q in members)
        {
            Set(set, q, true);
        }

        return set;
    }

    private static int Words(int quotas) => (quotas + 63) / 64;

    private static void Set(ulong[] set, int quota, bool isIn) => set[quota / 64] |= isIn ? 1UL << (quota % 64) : 0;

    /// <summary>Whether nothing stands in the way of a kind: no quota that counts it is full.</summary>
    public bool HasRoomFor(ulong[] kind)
    {
        for (int w = 0; w < kind.Length; w++)
        {
            if ((_takesNone[w] & kind[w]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a set has a quota.</summary>
    public static bool Has(ulong[] set, int quota) => ((set[quota / 64] >> (quota % 64)) & 1) != 0;

    /// <summary>Whether a kind counts towards every quota that lacks two people.</summary>
    public bool IsWhatTwoSeatsNeed(ulong[] kind)
    {
        for (int w = 0; w < kind.Length; w++)
        {
            if ((_needsTwo[w] & ~kind[w]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first quota that lacks somebody and does not count a kind, so that whoever else comes must count; -1 if there is none.</summary>
    public int FirstMissing(ulong[] kind)
    {
        for (int w = 0; w < kind.Length; w++)
        {
            if ((_needsOne[w] & ~kind[w]) is > 0 and ulong missing)
            {
                return 64 * w + BitOperations.TrailingZeroCount(missing);
            }
        }

        return -1;
    }

    /// <summary>How many full quotas count a kind.</summary>
    public int CountOver(ulong[] kind)
    {
        int count = 0;
        for (int w = 0; w < kind.Length; w++)
        {
            count += BitOperations.PopCount(_takesNone[w] & kind[w]);
        }

        return count;
    }

    /// <summary>The quotas that one person of a kind leaves short, or overfills.</summary>
    public (ulong Short, ulong Over) Broken(int word, ulong[] kind) => (_needsOne[word] & ~kind[word], _takesNone[word] & kind[word]);

    /// <summary>The quotas that a person of each of two kinds leave short, or overfill, together.</summary>
    public (ulong Short, ulong Over) Broken(int word, ulong[] first, ulong[] second)
    {
        ulong both = first[word] & second[word];
        ulong any = first[word] | second[word];
        return ((_needsOne[word] & ~any) | (_needsTwo[word] & ~both), (_takesNone[word] & any) | (_takesOne[word] & both));
    }

    /// <summary>How many quotas are broken by one person of a kind, or by two of two kinds.</summary>
    public int CountBroken(ulong[] first, ulong[]? second)
    {
        int count = 0;
        for (int w = 0; w < first.Length; w++)
        {
            (ulong @short, ulong over) = second is null ? Broken(w, first) : Broken(w, first, second);
            count += BitOperations.PopCount(@short) + BitOperations.PopCount(over);
        }

        return count;
    }

    /// <summary>Whether people of two kinds fit together.</summary>
    public bool Fit(ulong[] first, ulong[] second)
    {
        for (int w = 0; w < first.Length; w++)
        {
            (ulong @short, ulong over) = Broken(w, first, second);
            if ((@short | over) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
