using System.Globalization;
using Sortition.Shared;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>How a sheet is shown and printed: wide enough columns, the headings on every page, its name and page numbers below.</summary>
internal sealed class SheetLayout
{
    private const int NarrowestColumn = 6;
    private const int WidestColumn = 60;
    private const int WidestNumber = 12;

    /// <summary>What a page takes beside one another at a size that can be read, in characters.</summary>
    private const int PortraitWidth = 95;
    private const int LandscapeWidth = 180;

    private readonly List<int> _widths = [];
    private int _rows;

    private SheetLayout()
    {
    }

    /// <summary>The width of each column, in characters.</summary>
    public IReadOnlyList<int> Widths => _widths;

    private int Width => _widths.Sum();

    private bool IsLandscape => Width > PortraitWidth;

    /// <summary>The layout of a table, which is written once to see it.</summary>
    public static SheetLayout Of(Action<TableWriter> write)
    {
        SheetLayout layout = new();
        using Measure measure = new(layout);
        write(measure);
        return layout;
    }

    /// <summary>What stands first in the part of the sheet.</summary>
    public static string Beginning => "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>";

    /// <summary>What stands last in the part of the sheet.</summary>
    public string End => string.Create(
        CultureInfo.InvariantCulture,
        $"<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.7\" header=\"0.3\" footer=\"0.3\"/>"
        + $"<pageSetup paperSize=\"9\" orientation=\"{(IsLandscape ? "landscape" : "portrait")}\" fitToWidth=\"{PagesBeside}\" fitToHeight=\"0\"/>"
        + $"<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>");

    /// <summary>A table that is wider than it can be read on one page goes on beside it.</summary>
    private int PagesBeside => Math.Max(1, (Width + LandscapeWidth - 1) / LandscapeWidth);

    /// <summary>What the workbook says of the sheet: which cells are printed, and that the headings come again on every page.</summary>
    /// <param name="sheet">The name of the sheet, without signs that would have to be quoted.</param>
    /// <param name="index">Which sheet it is, from 0.</param>
    public string NamesFor(string sheet, int index) => _widths.Count == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"<definedName name=\"_xlnm.Print_Area\" localSheetId=\"{index}\">'{sheet}'!$A$1:${Letters(_widths.Count)}${_rows}</definedName>"
        + $"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{index}\">'{sheet}'!$1:$1</definedName>");

    /// <summary>What a column is called: A, …, Z, AA, and so on.</summary>
    private static string Letters(int column) => column == 0 ? "" : Letters((column - 1) / 26) + (char)('A' + ((column - 1) % 26));

    private sealed class Measure(SheetLayout layout) : TableWriter
    {
        private int _column;

        public override TableWriter Cell(string text)
        {
            // Lines of one cell stand below one another.
            int longest = text.Length <= NarrowestColumn ? text.Length : text.Split('\n').Max(line => line.Length);
            return Add(longest);
        }

        public override TableWriter Cell(double number) =>
            Add(Math.Min(WidestNumber, number.ToString("R", CultureInfo.InvariantCulture).Length));

        protected override void FinishRow()
        {
            _column = 0;
            layout._rows++;
        }

        public override void Dispose()
        {
            // Nothing is held.
        }

        private Measure Add(int length)
        {
            // One more for the margins of a cell, and one for headings in bold.
            int width = Math.Clamp(length + 2, NarrowestColumn, WidestColumn);
            if (_column == layout._widths.Count)
            {
                layout._widths.Add(width);
            }
            else
            {
                layout._widths[_column] = Math.Max(layout._widths[_column], width);
            }

            _column++;
            return this;
        }
    }
}
