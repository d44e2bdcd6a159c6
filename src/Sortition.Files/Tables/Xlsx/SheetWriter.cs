using Sortition.Shared;
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
            throw TooMuch(SheetLimit.Characters, MaxCellChars, text.Length);
        }

        return Add(text.Length == 0 ? default : new StyledCell(RichText.Encode(text), book.NextRowNumber == 1 ? headingStyle : textStyle));
    }

    public override TableWriter Cell(double number) => Add(new StyledCell(number, styleId: null));

    public override void Dispose()
    {
        // The workbook ends the sheet.
    }

    protected override void FinishRow()
    {
        if (book.NextRowNumber > SheetReader.MaxSheetRows)
        {
            throw TooMuch(SheetLimit.Rows, SheetReader.MaxSheetRows);
        }

        book.AddRowAsync(_row).AsTask().GetAwaiter().GetResult();
        _row.Clear();
    }

    private SheetWriter Add(StyledCell cell)
    {
        if (_row.Count == SheetReader.MaxColumns)
        {
            throw TooMuch(SheetLimit.Columns, SheetReader.MaxColumns);
        }

        _row.Add(cell);
        return this;
    }

    private SheetLimitException TooMuch(SheetLimit limit, int max, int? characters = null) => new(name, limit, max, book.NextRowNumber, characters);
}
