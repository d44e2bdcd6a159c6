using System.Buffers;
using System.Globalization;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>How a style shows numbers, as far as that changes what people see in them.</summary>
/// <param name="IsDate">As a date or a time: workbooks store dates as numbers of days.</param>
/// <param name="IsPercent">As a percentage.</param>
/// <param name="Digits">With zeros before them and signs between them, as postcodes and phone numbers: one character <c>0</c> a digit; null for others.</param>
internal sealed record CellFormat(bool IsDate = false, bool IsPercent = false, string? Digits = null);

/// <summary>Reads the styles of a workbook's cells.</summary>
internal static class CellFormats
{
    private const int LongestDigits = 40;

    private static readonly SearchValues<char> Units = SearchValues.Create("hHmMsS");
    private static readonly CellFormat General = new();

    /// <summary>For each style, by its number, how it shows numbers.</summary>
    public static CellFormat[] Read(XmlPart xml)
    {
        Dictionary<int, CellFormat> own = [];
        List<CellFormat> styles = [];
        bool isInCellStyles = false;
        while (xml.Read())
        {
            if (xml.IsStart("numFmt") && Number(xml, "numFmtId") is int id && xml.Attribute("formatCode") is string code)
            {
                own[id] = Of(code);
            }
            else if (xml.IsStart("cellXfs") || xml.IsStart("cellStyleXfs") || xml.IsStart("cellStyles"))
            {
                // Two lists have entries of one name; cells refer to the first of these.
                isInCellStyles = xml.IsStart("cellXfs");
            }
            else if (isInCellStyles && xml.IsStart("xf"))
            {
                int format = Number(xml, "numFmtId") ?? 0;
                styles.Add(own.TryGetValue(format, out CellFormat? known) ? known : BuiltIn(format));
            }
        }

        return [.. styles];
    }

    /// <summary>What a format does that is written out.</summary>
    public static CellFormat Of(string code)
    {
        string section = FirstSection(code);
        return IsDate(code) ? new CellFormat(IsDate: true)
            : DigitsOf(section) is string digits ? new CellFormat(Digits: digits)
            : Bare(section).Contains('%') ? new CellFormat(IsPercent: true)
            : General;
    }

    /// <summary>Whether a format shows a day, a month, a year, an hour, a minute or a second. Durations such as <c>[h]:mm</c> are numbers.</summary>
    public static bool IsDate(string code)
    {
        for (int i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case ';':
                    // What follows is for negative numbers, zero and text.
                    return false;
                case '"':
                    i = EndOf(code, i, '"');
                    break;
                case '[':
                    int end = EndOf(code, i, ']');
                    if (IsDuration(code.AsSpan(i + 1, Math.Max(0, end - i - 1))))
                    {
                        return false;
                    }

                    i = end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'd' or 'm' or 'y' or 'h' or 's' or 'D' or 'M' or 'Y' or 'H' or 'S':
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>A whole number in a format of digits: <c>2620</c> is <c>02620</c> in <c>00000</c>.</summary>
    public static string Fill(string digits, string number)
    {
        int extra = number.Length - digits.Count(c => c == '0');
        string padded = extra < 0 ? new string('0', -extra) + number : number;
        int next = Math.Max(0, extra);
        return padded[..next] + string.Concat(digits.Select(c => c == '0' ? padded[next++] : c));
    }

    // The numbers that the format gives to its own formats; 27 to 36 and 50 to 58 are dates of East Asia.
    private static CellFormat BuiltIn(int format) => format switch
    {
        (>= 14 and <= 22) or (>= 27 and <= 36) or 45 or 47 or (>= 50 and <= 58) => new CellFormat(IsDate: true),
        9 or 10 => new CellFormat(IsPercent: true),
        _ => General,
    };

    /// <summary>The digits of a format that shows whole numbers with zeros before them; null for a format of any other kind.</summary>
    private static string? DigitsOf(string section)
    {
        List<char> shape = [];
        for (int i = 0; i < section.Length; i++)
        {
            switch (section[i])
            {
                case '0':
                    shape.Add('0');
                    break;
                case '#' or '?':
                    // Digits behind a zero are shown as zeros too; those before the first zero are shown only where there are any.
                    if (shape.Contains('0'))
                    {
                        shape.Add('0');
                    }

                    break;
                case '"':
                    int end = EndOf(section, i, '"');
                    shape.AddRange(section.AsSpan(i + 1, Math.Max(0, end - i - 1)).ToArray().Where(c => c != '0'));
                    i = end;
                    break;
                case '\\' when i + 1 < section.Length && section[i + 1] != '0':
                    shape.Add(section[++i]);
                    break;
                case ' ' or '-' or '(' or ')' or '+':
                    shape.Add(section[i]);
                    break;
                case '[':
                    i = EndOf(section, i, ']');
                    break;
                default:
                    return null;
            }
        }

        return shape.Count(c => c == '0') > 1 && shape.Count <= LongestDigits ? new string([.. shape]) : null;
    }

    /// <summary>The part of a format that is for positive numbers.</summary>
    private static string FirstSection(string code)
    {
        for (int i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case ';':
                    return code[..i];
                case '"':
                    i = EndOf(code, i, '"');
                    break;
                case '\\':
                    i++;
                    break;
                default:
                    break;
            }
        }

        return code;
    }

    /// <summary>A format without the texts in it.</summary>
    private static string Bare(string section)
    {
        List<char> bare = [];
        for (int i = 0; i < section.Length; i++)
        {
            if (section[i] is '"')
            {
                i = EndOf(section, i, '"');
            }
            else if (section[i] is '\\' or '_' or '*')
            {
                i++;
            }
            else
            {
                bare.Add(section[i]);
            }
        }

        return new string([.. bare]);
    }

    private static bool IsDuration(ReadOnlySpan<char> bracketed) => bracketed.Length > 0 && !bracketed.ContainsAnyExcept(Units);

    private static int EndOf(string code, int start, char end) => code.IndexOf(end, start + 1) is >= 0 and int found ? found : code.Length - 1;

    private static int? Number(XmlPart xml, string attribute) =>
        int.TryParse(xml.Attribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
