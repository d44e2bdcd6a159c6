using Sortition.Core.Problems;
using Sortition.Files.Tables.Model;
using Sortition.Shared;
using Sylvan.Data.Csv;

namespace Sortition.Files.Tables.Csv;

/// <summary>A delimited file: its header, then its rows one after the other.</summary>
internal sealed class CsvFile : TableReader
{
    private static readonly char[] Delimiters = [',', ';', '\t'];

    private readonly CsvDataReader _reader;
    private readonly CellPool _pool = new();
    private int _nextLine = 1;

    public CsvFile(CsvSource file, Action<ProblemFault> report)
        : base(file.Name, report)
    {
        Delimiter = DetectDelimiter(file);
        MarkEncoding = !file.IsPlainUtf8;
        _reader = CsvDataReader.Create(file.OpenText(), new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = Delimiter,
            CsvStyle = CsvStyle.Standard,

            // By default rows that begin with # are comments; here they may be somebody's id.
            Comment = '\0',
            BufferSize = 1 << 16,
            MaxBufferSize = MaxRecordChars,
            OwnsReader = true,
        });
    }

    public override char Delimiter { get; }

    public override bool MarkEncoding { get; }

    protected override string FieldAdvice => "text that holds the delimiter must stand in quotes";

    public override void Dispose() => _reader.Dispose();

    protected override bool ReadRecord()
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
                    cells[c] = FormulaGuard.Restore(_pool.Get(c, _reader.GetFieldSpan(c)));
                }

                Cells = cells;
                TextEnd = length;
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
        HasEnded = true;
        Report(
            FaultCode.UnreadableRow,
            new FaultLocation(Name, _nextLine),
            found,
            "every quote closed before the next delimiter, and quotes inside quotes doubled; later rows were not read");
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
    private static char DetectDelimiter(CsvSource file)
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
