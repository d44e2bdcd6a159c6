using Sortition.Files.Tables.Model;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>Writes a sheet. Text becomes cells of text, which no spreadsheet program takes for a formula, whatever it begins with.</summary>
/// <param name="book">The workbook, at the beginning of the sheet.</param>
/// <param name="name">The name of the table.</param>
/// <param name="headingStyle">The style of the first row.</param>
/// <param name="textStyle">The style of text in the others.</param>
internal sealed class SheetWriter(Spreadsheet book, string name, StyleId headingStyle, StyleId textStyle) : TableWriter
{
    private const int MaxCellChars = 32_767;

    private readonly List<StyledCell> _row = [];

    public override TableWriter Cell(string text)
    {
        if (text.Length > MaxCellChars)
        {
            throw TooMuch(FormattableString.Invariant($"has a text of {text.Length} characters in row {book.NextRowNumber}, but a cell"), MaxCellChars, "characters");
        }

        return Add(text.Length == 0 ? default : new StyledCell(RichText.Encode(text), book.NextRowNumber == 1 ? headingStyle : textStyle));
    }

    public override TableWriter Cell(double number) => Add(new StyledCell(number, styleId: null));

    public override void EndRow()
    {
        if (book.NextRowNumber > SheetReader.MaxSheetRows)
        {
            throw TooMuch("has more rows, but a sheet", SheetReader.MaxSheetRows, "rows");
        }

        book.AddRowAsync(_row).AsTask().GetAwaiter().GetResult();
        _row.Clear();
    }

    public override void Dispose()
    {
        // The workbook ends the sheet.
    }

    private SheetWriter Add(StyledCell cell)
    {
        if (_row.Count == SheetReader.MaxColumns)
        {
            throw TooMuch("has more columns, but a sheet", SheetReader.MaxColumns, "columns");
        }

        _row.Add(cell);
        return this;
    }

    private NotSupportedException TooMuch(string what, int limit, string unit) => new(FormattableString.Invariant($"The table \"{name}\" {what} holds at most {limit} {unit}."));
}
