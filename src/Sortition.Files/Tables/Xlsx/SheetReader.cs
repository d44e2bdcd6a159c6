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

    private readonly XmlPart _xml;
    private readonly CellReader _cellReader;
    private readonly CellPool _pool = new();
    private readonly List<string> _cells = [];
    private int _row;
    private int _textEnd;
    private long _charsRead;
    private long _cellsRead;
    private bool _isInside;

    public SheetReader(string name, XmlPart xml, CellReader cellReader, FaultList faults)
        : base(name, faults)
    {
        _xml = xml;
        _cellReader = cellReader;
    }

    public override char Delimiter => ',';

    public override bool MarkEncoding => true;

    protected override FaultCode WrongFields => FileFaults.TextWithoutHeading;

    public override void Dispose() => _xml.Dispose();

    protected override bool ReadRecord()
    {
        try
        {
            while (MoveToRow())
            {
                ReadCells();
                if (_textEnd == 0)
                {
                    continue;
                }

                Cells = [.. _cells];
                TextEnd = _textEnd;

                // A row of a sheet reaches every column: what is not stored is blank.
                FieldCount = Math.Max(TextEnd, Header?.Headings.Length ?? 0);
                return true;
            }
        }
        catch (Exception e) when (WorkbookException.From(e) is WorkbookException wrong)
        {
            HasEnded = true;
            Faults.Add(wrong.Of(Name, Math.Max(1, _row)));
        }

        return false;
    }

    /// <summary>Moves to the beginning of the next row; false behind the last.</summary>
    private bool MoveToRow()
    {
        while (_xml.Read())
        {
            if (!_isInside)
            {
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
                Line = next;
                return true;
            }
        }

        return false;
    }

    private static int ParseRow(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int row) ? row : -1;

    private void ReadCells()
    {
        _cells.Clear();
        _textEnd = 0;
        if (_xml.IsEmptyElement)
        {
            return;
        }

        // Text beyond the last heading is a fault of the row, and not kept.
        int kept = Header?.Headings.Length ?? MaxColumns;
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
            if (text.Length == 0)
            {
                continue;
            }

            chars += text.Length;
            if (chars > MaxRecordChars)
            {
                throw new WorkbookException(FileFaults.SheetRowTooLong, MaxRecordChars);
            }

            if (column < kept)
            {
                while (_cells.Count < column)
                {
                    _cells.Add("");
                }

                _cells.Add(text);
            }

            if (!string.IsNullOrWhiteSpace(text))
            {
                _textEnd = column + 1;
            }
        }

        if (_cells.Count > _textEnd)
        {
            _cells.RemoveRange(_textEnd, _cells.Count - _textEnd);
        }

        _charsRead += chars;
        _cellsRead += _cells.Count;
        if (_charsRead > MaxChars || _cellsRead > MaxCells)
        {
            throw new WorkbookException(FileFaults.SheetTooLarge, MaxCells, MaxChars);
        }
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
