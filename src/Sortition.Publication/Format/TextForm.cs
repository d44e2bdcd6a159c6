using System.Globalization;
using System.Numerics;
using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Publication.Format;

/// <summary>The form of the text that decides a draw. A result that everybody can look up is written in this form in one way only, in ASCII.</summary>
/// <remarks>
/// <c>numbers c min max distinct|any sorted|drawn</c>: so many numbers from min to max in digits without leading zeros, single spaces between them, in
/// ascending order or as they were drawn. <c>hex n</c>: so many hexadecimal digits in lower case.
/// </remarks>
internal sealed class TextForm
{
    private const int MostNumbers = 40;
    private const int MostDigits = 1024;
    private const int LettersShown = 80;

    private readonly Lazy<BigInteger> _evenAs;

    private TextForm(int count, int min, int max, bool isDistinct, bool isSorted)
    {
        (Count, Min, Max, IsDistinct, IsSorted) = (count, min, max, isDistinct, isSorted);
        _evenAs = new(CountEquallyLikely);
    }

    /// <summary>How many numbers, or how many hexadecimal digits.</summary>
    private int Count { get; }

    private int Min { get; }

    /// <summary>The largest number; 0 where the text is hexadecimal digits.</summary>
    private int Max { get; }

    private bool IsDistinct { get; }

    private bool IsSorted { get; }

    private bool IsHex => Max == 0;

    private int Values => Max - Min + 1;

    /// <summary>How many texts have this form.</summary>
    public BigInteger Possible => this switch
    {
        { IsHex: true } => BigInteger.Pow(16, Count),
        { IsDistinct: true, IsSorted: true } => Binomial(Values, Count),
        { IsDistinct: true } => Enumerable.Range(0, Count).Aggregate(BigInteger.One, (product, i) => product * (Values - i)),
        { IsSorted: true } => Binomial(Values + Count - 1L, Count),
        _ => BigInteger.Pow(Values, Count),
    };

    /// <summary>
    /// N: so many equally likely texts would make ballots as uneven as these do, rounded down; 1/Σp² for chances p of the texts. It is
    /// <see cref="Possible"/>, except where numbers can come again and are put in order: 1 2 comes up twice as often as 1 1.
    /// </summary>
    public BigInteger EvenAs => _evenAs.Value;

    /// <summary>Reads a form.</summary>
    /// <returns>The form; null if it is none, or not written as it should be.</returns>
    public static TextForm? Read(string text)
    {
        string[] words = text.Split(' ');
        TextForm? form = words switch
        {
            ["hex", string n] when Number(n) is int digits and >= 1 and <= MostDigits => new TextForm(digits, 0, 0, isDistinct: false, isSorted: false),
            ["numbers", string c, string from, string to, "distinct" or "any", "sorted" or "drawn"]
                when Number(c) is int count and >= 1 and <= MostNumbers && Number(from) is int min && Number(to) is int max && min < max =>
                new TextForm(count, min, max, words[4] is "distinct", words[5] is "sorted"),
            _ => null,
        };
        return form is { IsDistinct: true } && form.Count > form.Values ? null : form;
    }

    /// <summary>A number as it is written in a text and in a form: digits, no zeros before them. Null for anything else.</summary>
    private static int? Number(string text) =>
        text.Length is >= 1 and <= 9 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0')
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Forms that leave ballots even enough, this one with more numbers first.</summary>
    /// <param name="least">So many equally likely texts are needed.</param>
    public IReadOnlyList<string> Larger(BigInteger least)
    {
        List<string> forms = [];
        if (!IsHex)
        {
            TextForm? more = Enumerable.Range(Count, MostNumbers - Count + 1)
                .Where(c => !IsDistinct || c <= Values)
                .Select(c => new TextForm(c, Min, Max, IsDistinct, IsSorted))
                .FirstOrDefault(f => f.EvenAs >= least);
            forms.AddRange(more is null ? [] : [more.ToString()]);
        }

        int dice = Enumerable.Range(1, MostNumbers).First(d => BigInteger.Pow(6, d) >= least);
        return [.. forms.Append(FormattableString.Invariant($"numbers {dice} 1 6 any drawn")).Append("hex 64").Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What about a text is not of this form; at most one fault.</summary>
    public void Check(string text, FaultLocation location, FaultList faults)
    {
        FaultCode? wrong = IsHex ? (text.Length == Count && RootHash.AreDigits(text) ? null : PublicationFaults.TextNotHex) : WrongWithNumbers(text);
        if (wrong is not null)
        {
            faults.Add(wrong, location, Shown(text), ToString());
        }
    }

    private FaultCode? WrongWithNumbers(string text)
    {
        int?[] numbers = [.. text.Split(' ').Select(Number)];
        return numbers switch
        {
            _ when numbers.Contains(null) => PublicationFaults.TextNotNumbers,
            _ when numbers.Length != Count => PublicationFaults.TextOtherCount,
            _ when numbers.Any(n => n < Min || n > Max) => PublicationFaults.TextOutOfRange,
            _ when IsDistinct && numbers.Distinct().Count() < Count => PublicationFaults.TextRepeats,
            _ when IsSorted && numbers.Zip(numbers.Skip(1)).Any(pair => pair.First > pair.Second) => PublicationFaults.TextNotSorted,
            _ => null,
        };
    }

    /// <summary>A text in which everything is seen: what is no visible ASCII stands as its code.</summary>
    public static string Shown(string text)
    {
        IEnumerable<string> letters = text.EnumerateRunes().Select(r => r.Value is >= ' ' and <= '~' ? r.ToString() : $"[U+{r.Value:X4}]");
        return string.Concat(letters.Take(LettersShown)) + (letters.Skip(LettersShown).Any() ? "…" : "");
    }

    /// <summary>The form as it is announced.</summary>
    public override string ToString() => IsHex
        ? FormattableString.Invariant($"hex {Count}")
        : FormattableString.Invariant($"numbers {Count} {Min} {Max} {(IsDistinct ? "distinct" : "any")} {(IsSorted ? "sorted" : "drawn")}");

    /// <remarks>
    /// Two draws of c numbers out of n come to the same text when put in order in S(c, n) of n^2c cases, and Σp² = S(c, n) / n^2c. The numbers fall into two
    /// parts a and b of the range: S(c, a + b) = Σ_j C(c, j)² S(j, a) S(c − j, b), as each draw has its own places for those of the first part.
    /// </remarks>
    private BigInteger CountEquallyLikely()
    {
        if (IsHex || IsDistinct || !IsSorted)
        {
            return Possible;
        }

        BigInteger[] all = [1, .. new BigInteger[Count]];
        BigInteger[] part = [.. Enumerable.Repeat(BigInteger.One, Count + 1)];
        for (int left = Values; left > 0; left >>= 1)
        {
            all = (left & 1) == 1 ? Joined(all, part) : all;
            part = left > 1 ? Joined(part, part) : part;
        }

        return BigInteger.Pow(Values, 2 * Count) / all[Count];

        static BigInteger[] Joined(BigInteger[] a, BigInteger[] b) =>
        [
            .. a.Select((_, c) => Enumerable.Range(0, c + 1).Aggregate(
                BigInteger.Zero, (sum, j) => sum + (BigInteger.Pow(Binomial(c, j), 2) * a[j] * b[c - j]))),
        ];
    }

    private static BigInteger Binomial(long n, int k) =>
        Enumerable.Range(1, k).Aggregate(BigInteger.One, (product, i) => product * (n - k + i) / i);
}
