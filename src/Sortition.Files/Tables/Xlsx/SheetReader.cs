using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>A sheet of a workbook: its headings, then its rows one after the other.</summary>
internal sealed class SheetReader : TableReader
{
    /// <summary>The most rows of a sheet.</summary>
    public const int MaxSheetRows = 1_048_576;

    /// <summary>The most columns of a sheet, A to XFD.</summary>
    public const int MaxColumns = 16_384;

    // A few bytes can repeat a long text, or put a cell so far to the right that thousands of blank ones stand before it.
    private const long MaxChars = 1L << 28;
    private const long MaxCells = 50_000_000;

    private readonly string _sheet;
    private readonly XmlPart _xml;
    private readonly CellReader _cellReader;
    private readonly CellPool _pool = new();
    private readonly MergedAreas? _merged;
    private readonly List<string> _cells = [];
    private readonly List<bool> _isNumber = [];
    private int _row;
    private bool _isHidden;
    private bool _hidesRows;
    private long _charsRead;
    private long _cellsRead;
    private bool _isInside;

    public SheetReader(
        string file, string sheet, XmlPart xml, MergedAreas? merged, CellReader cellReader, ReadingOptions reading, FaultList faults)
        : base($"{file} [{sheet}]", reading, faults)
    {
        _sheet = sheet;
        _merged = merged;
        _xml = xml;
        _cellReader = cellReader;
    }

    public override TextForm Form { get; } = new(TextForm.Plain.Delimiter, TextForm.Marked);

    public override string? Sheet => _sheet;

    public override void Dispose() => _xml.Dispose();

    protected override Fault WrongFields(int headings) => new(FileFaults.TextWithoutHeading, new FaultLocation(Name, Line), TextEnd, headings);

    protected override TableRow? ReadRecord()
    {
        try
        {
            while (MoveToRow())
            {
                ReadCells();
                _merged?.Fill(_row, _cells, _isNumber);
                TrimEnd();
                Count();
                if (_cells.Count > 0)
                {
                    // A row of a sheet reaches every column: what is not stored is blank.
                    return new TableRow(_row, [.. _cells], MaxColumns, _isNumber.Contains(true) ? [.. _isNumber] : null, _isHidden);
                }
            }
        }
        catch (Exception e) when (WorkbookException.From(e) is WorkbookException wrong)
        {
            HasEnded = true;
            Faults.Add(wrong.Of(Name, Math.Max(1, _row)));
        }

        return null;
    }

    /// <summary>Moves to the beginning of the next row; false behind the last.</summary>
    private bool MoveToRow()
    {
        while (_xml.Read())
        {
            if (!_isInside)
            {
                _hidesRows |= _xml.IsStart("sheetFormatPr") && _xml.Attribute("zeroHeight") is "1" or "true";
                _isInside = _xml.IsStart("sheetData") && !_xml.IsEmptyElement;
            }
            else if (_xml.IsStart("row"))
            {
                int next = _xml.Attribute("r") is string number ? ParseRow(number) : _row + 1;
                if (next <= _row || next > MaxSheetRows)
                {
                    throw new WorkbookException(FileFaults.RowsOutOfOrder);
                }

                _row = next;
                _isHidden = _xml.Attribute("hidden") is string hidden ? hidden is "1" or "true" : _hidesRows || _xml.Attribute("ht") is "0";
                return true;
            }
        }

        return false;
    }

    private static int ParseRow(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int row) ? row : -1;

    private void ReadCells()
    {
        _cells.Clear();
        _isNumber.Clear();
        if (_xml.IsEmptyElement)
        {
            return;
        }

        int chars = 0;
        int column = -1;
        int depth = _xml.Depth;
        while (_xml.ReadInside(depth))
        {
            if (!_xml.IsStart("c"))
            {
                continue;
            }

            column = ColumnOf(_xml.Attribute("r"), column);
            string text = _cellReader.Read(_xml, _pool, column);
            if (_cellReader.IsUncomputed)
            {
                Faults.Add(FileFaults.FormulaWithoutResult, new FaultLocation(Name, _row, NameOf(column)));
            }

            if (text.Length == 0)
            {
                continue;
            }

            chars += text.Length;
            if (chars > MaxRecordChars)
            {
                throw new WorkbookException(FileFaults.SheetRowTooLong, MaxRecordChars);
            }

            while (_cells.Count < column)
            {
                _cells.Add("");
                _isNumber.Add(false);
            }

            _cells.Add(text);
            _isNumber.Add(_cellReader.IsNumber);
        }

        _charsRead += chars;
    }

    private void TrimEnd()
    {
        int end = _cells.Count;
        while (end > 0 && string.IsNullOrWhiteSpace(_cells[end - 1]))
        {
            end--;
        }

        _cells.RemoveRange(end, _cells.Count - end);
        _isNumber.RemoveRange(end, _isNumber.Count - end);
    }

    private void Count()
    {
        _cellsRead += _cells.Count;
        if (_charsRead > MaxChars || _cellsRead > MaxCells)
        {
            throw new WorkbookException(FileFaults.SheetTooLarge, MaxCells, MaxChars);
        }
    }

    /// <summary>The letters of a column, as spreadsheet programs show them.</summary>
    private static string NameOf(int column)
    {
        string letters = "";
        for (int c = column + 1; c > 0; c = (c - 1) / 26)
        {
            letters = (char)('A' + ((c - 1) % 26)) + letters;
        }

        return letters;
    }

    /// <summary>The column that a reference such as <c>AB12</c> names, from 0; the next one where there is none.</summary>
    private static int ColumnOf(string? reference, int last)
    {
        int column = last + 1;
        if (reference is not null)
        {
            int number = 0;
            for (int i = 0; i < reference.Length && char.IsAsciiLetter(reference[i]) && number <= MaxColumns; i++)
            {
                number = (number * 26) + (char.ToUpperInvariant(reference[i]) - 'A' + 1);
            }

            column = number - 1;
        }

        return column > last && column < MaxColumns ? column : throw new WorkbookException(FileFaults.CellsOutOfOrder);
    }
}
