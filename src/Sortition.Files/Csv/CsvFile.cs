using Sortition.Core.Problems;
using Sylvan.Data.Csv;

namespace Sortition.Files.Csv;

/// <summary>A delimited file: its header, then its rows one after the other.</summary>
internal sealed class CsvFile : IDisposable
{
    private const int MaxRecordChars = 1 << 20;
    private const int MaxRows = 10_000_000;

    private static readonly char[] Delimiters = [',', ';', '\t'];

    private readonly CsvDataReader _reader;
    private readonly CellPool _pool = new();
    private readonly Action<ProblemFault> _report;
    private readonly string _name;
    private int _nextLine = 1;
    private int _rows;
    private bool _ended;

    private CsvFile(SourceFile file, char delimiter, Action<ProblemFault> report)
    {
        _name = file.Name;
        _report = report;
        Delimiter = delimiter;
        _reader = CsvDataReader.Create(file.OpenText(), new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = delimiter,
            CsvStyle = CsvStyle.Standard,

            // By default rows that begin with # are comments; here they may be somebody's id.
            Comment = '\0',
            BufferSize = 1 << 16,
            MaxBufferSize = MaxRecordChars,
            OwnsReader = true,
        });
    }

    public char Delimiter { get; }

    public CsvHeader Header { get; private set; } = null!;

    /// <summary>The line of the row last read, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>How many fields the row last read has, empty ones included.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The cells of the row last read, without empty ones at the end.</summary>
    public string[] Cells { get; private set; } = [];

    /// <summary>Opens a file and reads its header, or reports why not and returns null.</summary>
    public static CsvFile? Open(SourceFile file, Action<ProblemFault> report)
    {
        CsvFile csv = new(file, DetectDelimiter(file), report);
        if (csv.ReadRecord())
        {
            csv.Header = new CsvHeader(file.Name, csv.Line, csv.Cells);
            return csv;
        }

        if (!csv._ended)
        {
            report(new ProblemFault(FaultCode.EmptyFile, new FaultLocation(file.Name), null, null, ["a line of headings"]));
        }

        csv.Dispose();
        return null;
    }

    /// <summary>Reads the next row that holds something. A row that breaks the format is reported and ends the file: where the next one begins cannot be known.</summary>
    public bool Read()
    {
        if (_ended || !ReadRecord())
        {
            return false;
        }

        if (++_rows <= MaxRows)
        {
            return true;
        }

        _ended = true;
        _report(new ProblemFault(FaultCode.FileTooLarge, new FaultLocation(_name, Line), null, null, [FormattableString.Invariant($"at most {MaxRows} rows")]));
        return false;
    }

    /// <summary>Reports a row that lacks columns it needs, or has something beyond the last heading.</summary>
    /// <param name="neededFields">The least number of fields that holds all the columns needed.</param>
    /// <returns>Whether the row is sound.</returns>
    public bool CheckFieldCount(int neededFields)
    {
        // Spreadsheets leave empty cells at the end out, or add some.
        int headings = Header.Headings.Length;
        if (FieldCount >= neededFields && Cells.Length <= headings)
        {
            return true;
        }

        _report(new ProblemFault(
            FaultCode.WrongFieldCount,
            new FaultLocation(_name, Line),
            null,
            FormattableString.Invariant($"{FieldCount} field(s)"),
            [FormattableString.Invariant($"{headings}, as in the header; text that holds the delimiter must stand in quotes")]));
        return false;
    }

    /// <summary>A cell of the row last read; empty where the row is shorter.</summary>
    public string Cell(int column) => column < Cells.Length ? Cells[column] : "";

    public void Dispose() => _reader.Dispose();

    private bool ReadRecord()
    {
        try
        {
            while (_reader.Read())
            {
                Line = _nextLine;
                _nextLine += CountLines(_reader.GetRawRecordSpan());
                FieldCount = _reader.RowFieldCount;
                int length = FieldCount;
                while (length > 0 && _reader.GetFieldSpan(length - 1).IsWhiteSpace())
                {
                    length--;
                }

                if (length == 0)
                {
                    continue;
                }

                string[] cells = new string[length];
                for (int c = 0; c < length; c++)
                {
                    cells[c] = _pool.Get(c, _reader.GetFieldSpan(c));
                }

                Cells = cells;
                return true;
            }
        }
        catch (CsvRecordTooLargeException)
        {
            ReportUnreadable("a row longer than 1,048,576 characters, or a quote that is never closed");
        }
        catch (CsvFormatException)
        {
            ReportUnreadable("a quote that is not closed, or text after a closing quote");
        }

        return false;
    }

    private void ReportUnreadable(string found)
    {
        _ended = true;
        _report(new ProblemFault(
            FaultCode.UnreadableRow, new FaultLocation(_name, _nextLine), null, found, ["every quote closed before the next delimiter, and quotes inside quotes doubled; later rows were not read"]));
    }

    /// <summary>How many lines a record takes; more than one where quoted fields hold line breaks.</summary>
    private static int CountLines(ReadOnlySpan<char> record)
    {
        if (!record.Contains('"'))
        {
            return 1;
        }

        int lines = 0;
        for (int i = 0; i < record.Length; i++)
        {
            if (record[i] == '\n' || (record[i] == '\r' && (i + 1 == record.Length || record[i + 1] != '\n')))
            {
                lines++;
            }
        }

        return lines;
    }

    /// <summary>The delimiter that stands most often in the first line that holds something, quoted text apart; the comma if none does.</summary>
    private static char DetectDelimiter(SourceFile file)
    {
        using TextReader reader = file.OpenText();
        int[] counts = new int[Delimiters.Length];
        bool quoted = false;
        bool any = false;
        for (int read = 0; read < MaxRecordChars; read++)
        {
            int c = reader.Read();
            if (c < 0 || (!quoted && any && c is '\r' or '\n'))
            {
                break;
            }

            any |= !char.IsWhiteSpace((char)c);
            quoted ^= c == '"';
            int d = Array.IndexOf(Delimiters, (char)c);
            if (d >= 0 && !quoted)
            {
                counts[d]++;
            }
        }

        return counts.Max() == 0 ? ',' : Delimiters[Array.IndexOf(counts, counts.Max())];
    }
}
