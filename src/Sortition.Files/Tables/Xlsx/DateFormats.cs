using System.Buffers;
using System.Globalization;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>Which styles of cells show numbers as dates or times: workbooks store dates as numbers of days.</summary>
internal static class DateFormats
{
    private static readonly SearchValues<char> Units = SearchValues.Create("hHmMsS");

    /// <summary>For each style, by its number, whether it is for dates or times.</summary>
    public static bool[] Read(XmlPart xml)
    {
        Dictionary<int, bool> own = [];
        List<bool> styles = [];
        bool isInCellStyles = false;
        while (xml.Read())
        {
            if (xml.IsStart("numFmt") && Number(xml, "numFmtId") is int id && xml.Attribute("formatCode") is string code)
            {
                own[id] = IsDate(code);
            }
            else if (xml.IsStart("cellXfs") || xml.IsStart("cellStyleXfs") || xml.IsStart("cellStyles"))
            {
                // Two lists have entries of one name; cells refer to the first of these.
                isInCellStyles = xml.IsStart("cellXfs");
            }
            else if (isInCellStyles && xml.IsStart("xf"))
            {
                int format = Number(xml, "numFmtId") ?? 0;
                styles.Add(own.TryGetValue(format, out bool isDate) ? isDate : IsBuiltInDate(format));
            }
        }

        return [.. styles];
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

    // The numbers that the format gives to its own formats; 27 to 36 and 50 to 58 are dates of East Asia.
    private static bool IsBuiltInDate(int format) => format is (>= 14 and <= 22) or (>= 27 and <= 36) or 45 or 47 or (>= 50 and <= 58);

    private static bool IsDuration(ReadOnlySpan<char> bracketed) => bracketed.Length > 0 && !bracketed.ContainsAnyExcept(Units);

    private static int EndOf(string code, int start, char end) => code.IndexOf(end, start + 1) is >= 0 and int found ? found : code.Length - 1;

    private static int? Number(XmlPart xml, string attribute) =>
        int.TryParse(xml.Attribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
