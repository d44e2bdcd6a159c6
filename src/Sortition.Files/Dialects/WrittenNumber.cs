using System.Globalization;
using System.Text.RegularExpressions;
using Sortition.Core.Problems;

namespace Sortition.Files.Dialects;

/// <summary>How a number is written, as far as that can be seen without the other numbers of its column.</summary>
internal enum NumberForm
{
    /// <summary>It is no number.</summary>
    None,

    /// <summary>A number of a workbook, which is not text.</summary>
    Exact,

    /// <summary>Digits, perhaps with spaces or apostrophes between thousands.</summary>
    Whole,

    /// <summary>1.234.567: the marks stand between thousands.</summary>
    Groups,

    /// <summary>1.234,5 or 50,5 or 0.125: the last mark stands before decimals.</summary>
    Decimals,

    /// <summary>1.250 or 1,250: either.</summary>
    Ambiguous,

    /// <summary>1,5E+03, as spreadsheets shorten long numbers: the digits left out are lost.</summary>
    Exponent,
}

/// <summary>A number as it is written: its digits, and the marks between them.</summary>
internal sealed partial class WrittenNumber
{
    private readonly string _digits;

    private WrittenNumber(NumberCell cell, string digits, NumberForm form, char mark)
    {
        Cell = cell;
        _digits = digits;
        Form = form;
        Mark = mark;
    }

    public NumberCell Cell { get; }

    public NumberForm Form { get; }

    /// <summary>The mark before its decimals; of groups, the one between them; of an ambiguous number, its only one.</summary>
    public char Mark { get; }

    public bool IsAmbiguous => Form == NumberForm.Ambiguous;

    /// <summary>The mark before decimals in its column, where this cell leaves no doubt about it.</summary>
    public char? DecimalMark => Form switch
    {
        NumberForm.Decimals or NumberForm.Exponent when Mark != '\0' => Mark,
        NumberForm.Groups => Other(Mark),
        _ => null,
    };

    public static char Other(char mark) => mark == '.' ? ',' : '.';

    public static WrittenNumber Of(NumberCell cell)
    {
        if (cell.IsExact)
        {
            return new WrittenNumber(cell, cell.Text, NumberForm.Exact, '.');
        }

        // Spaces, dashes and apostrophes of one kind each.
        string text = NameComparer.Key(cell.Text);
        if (SpacedThousands().IsMatch(text))
        {
            text = text.Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        }

        if (Whole().IsMatch(text))
        {
            return new WrittenNumber(cell, text, NumberForm.Whole, '\0');
        }

        if (Groups().Match(text) is { Success: true } groups)
        {
            return new WrittenNumber(cell, text, NumberForm.Groups, groups.Groups["g"].ValueSpan[0]);
        }

        if (GroupsAndDecimals().Match(text) is { Success: true } both && both.Groups["g"].ValueSpan[0] != both.Groups["d"].ValueSpan[0])
        {
            return new WrittenNumber(cell, text, NumberForm.Decimals, both.Groups["d"].ValueSpan[0]);
        }

        if (Decimals().Match(text) is { Success: true } one)
        {
            char mark = one.Groups["d"].ValueSpan is [char found] ? found : '\0';
            NumberForm form = one.Groups["e"].Success ? NumberForm.Exponent : Ambiguous().IsMatch(text) ? NumberForm.Ambiguous : NumberForm.Decimals;
            return new WrittenNumber(cell, text, form, mark);
        }

        return new WrittenNumber(cell, text, NumberForm.None, '\0');
    }

    /// <summary>
    /// A number, or a percentage, with a point where it has a comma that can only stand before decimals; any other text as it is. Of <c>1,250</c> nobody can
    /// tell.
    /// </summary>
    public static string WithPoint(string text) =>
        CommaDecimals().IsMatch(text) && !Ambiguous().IsMatch(text.TrimEnd('%', ' ', '\u00A0')) ? text.Replace(',', '.') : text;

    /// <summary>The number, given the mark before decimals in its column; null where it is none, or would have to have another mark.</summary>
    public decimal? Value(char? mark)
    {
        char point = Form is NumberForm.Exact ? '.' : mark ?? DecimalMark ?? '.';
        if (Form == NumberForm.None || (DecimalMark is char own && own != point))
        {
            return null;
        }

        string plain = _digits.Replace(Other(point).ToString(), "", StringComparison.Ordinal).Replace(point, '.');
        return decimal.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;
    }

    [GeneratedRegex("^[+-]?[0-9]{1,3}(?<g>[ '])[0-9]{3}(?:\\k<g>[0-9]{3})*(?:[.,][0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpacedThousands();

    [GeneratedRegex("^[+-]?[0-9]{0,28},[0-9]{1,28}[ \u00A0]?%?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommaDecimals();

    [GeneratedRegex("^[+-]?[0-9]{1,28}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex("^[+-]?[1-9][0-9]{0,2}(?<g>[.,])[0-9]{3}(\\k<g>[0-9]{3}){1,8}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Groups();

    [GeneratedRegex("^[+-]?[1-9][0-9]{0,2}(?<g>[.,])[0-9]{3}(\\k<g>[0-9]{3}){0,8}(?<d>[.,])[0-9]{1,28}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GroupsAndDecimals();

    [GeneratedRegex("^[+-]?[0-9]{0,28}((?<d>[.,])[0-9]{1,28})?(?<e>E[+-]?[0-9]{1,2})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Decimals();

    [GeneratedRegex("^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ambiguous();
}
