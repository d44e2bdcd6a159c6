using System.Globalization;
using System.Text.RegularExpressions;
using Sortition.Core.Problems;

namespace Sortition.Files.Mapping;

/// <summary>Reads what ages, or other numbers, the names of values stand for: <c>16-24 år</c>, <c>75+</c>, <c>under 25</c>, <c>65 and over</c>.</summary>
internal static partial class BandNames
{
    /// <summary>Larger numbers are years or postcodes, not ages.</summary>
    private const int Largest = 130;

    /// <summary>Longer names tell more than a band.</summary>
    private const int Longest = 60;

    /// <summary>The band of a name; null where it stands for none, or for one that cannot be told.</summary>
    public static Band? TryRead(string name)
    {
        string text = NameComparer.Clean(name).ToLowerInvariant();
        if (text.Length > Longest)
        {
            return null;
        }

        text = Dashes().Replace(text, "-").Replace('\u2265', '≥');
        MatchCollection numbers = Numbers().Matches(text);
        int[] found = [.. numbers.Select(n => int.Parse(n.Value, CultureInfo.InvariantCulture))];
        if (found.Length is < 1 or > 2 || found.Any(n => n > Largest))
        {
            return null;
        }

        string before = text[..numbers[0].Index];
        string after = text[(numbers[^1].Index + numbers[^1].Length)..];
        return found.Length == 2
            ? Between(name, found[0], found[1], before, text[(numbers[0].Index + numbers[0].Length)..numbers[1].Index], after)
            : OneEnd(name, found[0], before, after);
    }

    private static Band? Between(string name, int from, int to, string before, string between, string after)
    {
        if (!Plainly().IsMatch(before) || !Plainly().IsMatch(after) || from > to)
        {
            return null;
        }

        return Under().IsMatch(between) ? (from < to ? new Band(name, from, to - 1) : null)
            : To().IsMatch(between) ? new Band(name, from, to)
            : null;
    }

    private static Band? OneEnd(string name, int number, string before, string after)
    {
        bool isBare = Plainly().IsMatch(before);
        return isBare && AndOver().IsMatch(after) ? new Band(name, number, null)
            : isBare && AndUnder().IsMatch(after) ? new Band(name, 0, number)
            : isBare && UnderAfter().IsMatch(after) ? (number > 0 ? new Band(name, 0, number - 1) : null)
            : isBare && OverAfter().IsMatch(after) ? new Band(name, number + 1, null)
            : !Plainly().IsMatch(after) ? null
            : AtMost().IsMatch(before) ? new Band(name, 0, number)
            : AtLeast().IsMatch(before) ? new Band(name, number, null)
            : Under().IsMatch(before) ? (number > 0 ? new Band(name, 0, number - 1) : null)
            : Over().IsMatch(before) ? new Band(name, number + 1, null)
            : isBare ? new Band(name, number, number)
            : null;
    }

    private const string Unit = "(years?( old| of age)?|yrs?|y|ages?|aged|år(ige)?|ar|jahren?|jahre|j|ans|an|jaar|éves|évesek|év|de|der|of)";

    [GeneratedRegex("[\\u2010-\\u2015\\u2212]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dashes();

    [GeneratedRegex("[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();

    /// <summary>Nothing but units.</summary>
    [GeneratedRegex("^[\\s.:()]*(" + Unit + "[\\s.:()]*)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plainly();

    [GeneratedRegex(
        "^\\s*(" + Unit + "\\s*)?(-|to|til|till|bis|à|a|t/m|tot( en met)?|through|up to|og|and|und|et|en|és)\\s*(" + Unit + "\\s*)?$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex To();

    [GeneratedRegex(
        "(^|[\\s-])(<|under|below|less than|younger than|yngre end|yngre än|yngre enn|mindre end|unter|jünger als|moins de|onder|jonger dan)\\s*$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Under();

    [GeneratedRegex(
        "^\\s*(>|over|above|more than|older than|ældre end|äldre än|eldre enn|mere end|över|über|älter als|plus de|boven|ouder dan)\\s*$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Over();

    [GeneratedRegex(
        "^\\s*(<=|≤|up to|at most|max\\.?|højst|højest|högst|til og med|till och med|til|bis( zu)?|höchstens|jusqu'à|tot en met|t/m|hoogstens)\\s*$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex AtMost();

    [GeneratedRegex(
        "^\\s*(>=|≥|from|at least|min\\.?|fra|från|mindst|minst|ab|mindestens|à partir de|dès|vanaf|minstens)\\s*$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex AtLeast();

    [GeneratedRegex(
        "^\\s*(" + Unit + "\\s*)?(\\+|plus|((and|or|og|eller|und|oder|et|ou|en|of|och|és|vagy)\\s+(over|above|older|more|up|upwards?|derover|ældre|mere|"
        + "opefter|äldre|över|mer|eldre|älter|mehr|darüber|plus|ouder|meer|hoger|idősebb|felette))|opp|oppover|felett)\\s*(" + Unit + "\\s*)?$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex AndOver();

    [GeneratedRegex(
        "^\\s*(" + Unit + "\\s*)?((and|or|og|eller|und|oder|et|ou|en|of|och|és|vagy)\\s+(under|below|younger|less|derunder|yngre|mindre|jünger|weniger|"
        + "darunter|moins|jonger|minder|lager|fiatalabb))\\s*(" + Unit + "\\s*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AndUnder();

    [GeneratedRegex("^\\s*(" + Unit + "\\s*)?(alatt|alatti)\\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnderAfter();

    [GeneratedRegex("^\\s*(" + Unit + "\\s*)?(fölött|feletti)\\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OverAfter();
}
