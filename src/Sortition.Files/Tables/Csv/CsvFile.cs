using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
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

    public CsvFile(CsvSource file, FaultList faults)
        : base(file.Name, faults)
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

    protected override FaultCode WrongFields => FileFaults.WrongFieldCount;

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
            End(FileFaults.RowTooLong, MaxRecordChars);
        }
        catch (CsvFormatException)
        {
            End(FileFaults.UnclosedQuote);
        }

        return false;
    }

    private void End(FaultCode code, params IReadOnlyList<object?> values)
    {
        HasEnded = true;
        Faults.Add(code, new FaultLocation(Name, _nextLine), values);
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
