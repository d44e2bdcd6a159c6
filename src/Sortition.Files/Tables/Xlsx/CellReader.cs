using System.Globalization;
using System.Text;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>Turns cells into text: what a formula last gave, numbers and dates in one form for all cultures, true and false as TRUE and FALSE.</summary>
internal sealed class CellReader(IReadOnlyList<string> sharedTexts, CellFormat[] formats, bool countsFrom1904)
{
    private const string Midnight = "T00:00:00";

    private readonly StringBuilder _buffer = new();

    /// <summary>Whether the cell last read is a number, which is exact.</summary>
    public bool IsNumber { get; private set; }

    /// <summary>Whether the cell last read is a formula whose result is not stored: programs that do not compute write such.</summary>
    public bool IsUncomputed { get; private set; }

    /// <summary>The text of the cell at hand; moves to its end.</summary>
    /// <param name="xml">At the beginning of the cell.</param>
    /// <param name="pool">Keeps one string for equal cells.</param>
    /// <param name="column">Its column, for the pool.</param>
    public string Read(XmlPart xml, CellPool pool, int column)
    {
        string? type = xml.Attribute("t");
        string? style = xml.Attribute("s");
        IsNumber = false;
        IsUncomputed = false;
        if (xml.IsEmptyElement)
        {
            return "";
        }

        string value = "";
        bool isFormula = false;
        int depth = xml.Depth;
        while (xml.ReadInside(depth))
        {
            if (xml.IsStart("v"))
            {
                _buffer.Clear();
                xml.AppendText(_buffer, RichText.MaxChars);
                value = _buffer.ToString();
            }
            else if (xml.IsStart("is"))
            {
                value = RichText.Read(xml, _buffer);
            }
            else if (xml.IsStart("f"))
            {
                isFormula = true;
            }
        }

        // A formula may give a text without characters; then it says that it gives text.
        IsUncomputed = isFormula && value.Length == 0 && type is not "str";
        return value.Length == 0 ? "" : type is "s" ? Shared(value) : pool.Get(column, ToText(type, style, value));
    }

    private string ToText(string? type, string? style, string value) => type switch
    {
        // As written; an error such as #N/A is told where the value is used.
        "inlineStr" or "e" => value,
        "str" => RichText.Decode(value),
        "b" => value.Trim() is "1" or "true" ? "TRUE" : "FALSE",
        "d" => value.Contains(Midnight, StringComparison.Ordinal) ? value[..value.IndexOf('T', StringComparison.Ordinal)] : value,
        _ => OfNumber(FormatOf(style), value),
    };

    private string OfNumber(CellFormat? format, string value)
    {
        if (format is { IsDate: true })
        {
            return NumberText.OfDate(value, countsFrom1904);
        }

        string text = format is { IsPercent: true } ? NumberText.OfPercentage(value) : NumberText.Of(value);
        IsNumber = true;
        if (format?.Digits is not string digits || !text.All(char.IsAsciiDigit))
        {
            return text;
        }

        IsNumber = false;
        return CellFormats.Fill(digits, text);
    }

    private CellFormat? FormatOf(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < formats.Length ? formats[number] : null;

    private string Shared(string number) =>
        int.TryParse(number, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int index)
        && index < sharedTexts.Count
            ? sharedTexts[index]
            : throw new WorkbookException(FileFaults.UnknownSharedText);
}
