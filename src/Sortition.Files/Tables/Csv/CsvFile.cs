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
    private readonly CsvDataReader _reader;
    private readonly CellPool _pool = new();
    private int _nextLine;

    public CsvFile(CsvSource file, FaultList faults)
        : base(file.Name, file.Reading, faults)
    {
        _nextLine = file.FirstLine;
        Form = new TextForm(file.Reading.Separator ?? file.Separator ?? FindDelimiter(file), file.EncodingToWrite);
        _reader = CsvDataReader.Create(file.OpenText(), new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = Form.Delimiter,
            CsvStyle = CsvStyle.Standard,

            // By default rows that begin with # are comments; here they may be somebody's id.
            Comment = '\0',
            BufferSize = 1 << 16,
            MaxBufferSize = MaxRecordChars,
            OwnsReader = true,
        });
    }

    public override TextForm Form { get; }

    public override void Dispose() => _reader.Dispose();

    protected override Fault WrongFields(int headings)
    {
        FaultLocation location = new(Name, Line);
        for (int c = 0; Form.Delimiter == ',' && TextEnd > headings && c + 1 < TextEnd; c++)
        {
            if (AreDigits(Cells[c]) && AreDigits(Cells[c + 1].TrimEnd('%', ' ')))
            {
                return new Fault(FileFaults.DecimalComma, location, $"{Cells[c]},{Cells[c + 1]}", headings);
            }
        }

        return new Fault(FileFaults.WrongFieldCount, location, FieldCount, headings);
    }

    protected override TableRow? ReadRecord()
    {
        try
        {
            while (_reader.Read())
            {
                int line = _nextLine;
                _nextLine += CountLines(_reader.GetRawRecordSpan());
                int length = _reader.RowFieldCount;
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

                return new TableRow(line, cells, _reader.RowFieldCount);
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

        return null;
    }

    private static bool AreDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

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

    private static char FindDelimiter(CsvSource file)
    {
        using TextReader text = file.OpenText();
        return Csv.Delimiter.Find(text);
    }
}
