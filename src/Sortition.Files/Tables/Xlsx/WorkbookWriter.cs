using System.IO.Compression;
using System.Text;
using Sortition.Shared;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>Writes a workbook. The bytes depend on the tables only: every part bears the first time that archives can tell.</summary>
internal static class WorkbookWriter
{
    /// <summary>Where in a part its first elements are looked for.</summary>
    private const int BeginningBytes = 1 << 14;

    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes all sheets.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="tables">The name of each sheet, and what writes it.</param>
    /// <exception cref="SheetLimitException">A table is too large for a sheet, or a text for a cell.</exception>
    public static void Write(Stream stream, IReadOnlyList<(string Sheet, Action<TableWriter> Write)> tables)
    {
        SheetLayout[] layouts = [.. tables.Select(table => SheetLayout.Of(table.Write))];
        using MemoryStream archive = new();
        SpreadCheetahOptions options = new()
        {
            CompressionLevel = SpreadCheetahCompressionLevel.Optimal,

            // These would name the writing program and tell the time.
            DocumentProperties = null,
            PreserveStringWhitespace = true,
            WriteCellReferenceAttributes = true,
        };
        using (Spreadsheet book = Spreadsheet.CreateNewAsync(archive, options).AsTask().GetAwaiter().GetResult())
        {
            // The format of text: so cells stay text when somebody edits them.
            Style text = new() { Format = NumberFormat.Standard(StandardNumberFormat.Text) };
            StyleId textStyle = book.AddStyle(text);
            StyleId headingStyle = book.AddStyle(text with { Font = new Font { Bold = true } });
            foreach (((string name, Action<TableWriter> write), SheetLayout layout) in tables.Zip(layouts))
            {
                WorksheetOptions sheetOptions = new() { FrozenRows = 1 };
                for (int c = 0; c < Math.Min(layout.Widths.Count, SheetReader.MaxColumns); c++)
                {
                    sheetOptions.Column(c + 1).Width = layout.Widths[c];
                }

                book.StartWorksheetAsync(name, sheetOptions).AsTask().GetAwaiter().GetResult();
                using SheetWriter sheet = new(book, name, headingStyle, textStyle);
                write(sheet);
            }

            book.FinishAsync().AsTask().GetAwaiter().GetResult();
        }

        archive.Position = 0;
        Copy(archive, stream, part => Additions(part, tables, layouts));
    }

    /// <summary>What a part gets that the library does not write: after its beginning up to a sign, and before its end.</summary>
    private static (string After, string First, string Before, string Last)? Additions(
        string part, IReadOnlyList<(string Sheet, Action<TableWriter> Write)> tables, SheetLayout[] layouts)
    {
        if (string.Equals(part, "xl/workbook.xml", StringComparison.Ordinal))
        {
            string names = string.Concat(tables.Select((table, i) => layouts[i].NamesFor(table.Sheet, i)));
            return ("</sheets>", names.Length == 0 ? "" : $"<definedNames>{names}</definedNames>", "</workbook>", "");
        }

        int sheet = Enumerable.Range(0, layouts.Length)
            .FirstOrDefault(i => string.Equals(part, FormattableString.Invariant($"xl/worksheets/sheet{i + 1}.xml"), StringComparison.Ordinal), -1);
        return sheet < 0 ? null : ("/relationships\">", SheetLayout.Beginning, "</worksheet>", layouts[sheet].End);
    }

    /// <summary>Copies an archive without its times, with additions to some of its parts.</summary>
    private static void Copy(Stream from, Stream to, Func<string, (string After, string First, string Before, string Last)?> additions)
    {
        using MemoryStream whole = new();
        using (ZipArchive source = new(from, ZipArchiveMode.Read, leaveOpen: true))
        using (ZipArchive target = new(whole, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry part in source.Entries)
            {
                ZipArchiveEntry copy = target.CreateEntry(part.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = NoTime;
                using Stream input = part.Open();
                using Stream output = copy.Open();
                if (additions(part.FullName) is { } added)
                {
                    Add(input, part.Length, output, added);
                }
                else
                {
                    input.CopyTo(output);
                }
            }
        }

        whole.WriteTo(to);
    }

    /// <summary>Copies a part, which may be too large for a text, with an addition after a sign near its beginning and one before its end.</summary>
    private static void Add(Stream input, long length, Stream output, (string After, string First, string Before, string Last) added)
    {
        byte[] head = new byte[Math.Min(length, BeginningBytes)];
        input.ReadExactly(head);
        int place = head.AsSpan().IndexOf(Encoding.UTF8.GetBytes(added.After));
        place = place < 0 ? throw new InvalidOperationException("A part of the workbook does not begin as it should.") : place + added.After.Length;
        output.Write(head.AsSpan(0, place));
        output.Write(Encoding.UTF8.GetBytes(added.First));

        // What is left, all but its end.
        byte[] end = Encoding.UTF8.GetBytes(added.Before);
        using MemoryStream rest = new(head, place, head.Length - place);
        long left = length - place - end.Length;
        byte[] buffer = new byte[1 << 16];
        while (left > 0)
        {
            int read = Read((int)Math.Min(left, buffer.Length));
            output.Write(buffer.AsSpan(0, read));
            left -= read;
        }

        int last = 0;
        while (last < end.Length)
        {
            last += Read(end.Length - last, last);
        }

        if (!buffer.AsSpan(0, end.Length).SequenceEqual(end))
        {
            throw new InvalidOperationException("A part of the workbook does not end as it should.");
        }

        output.Write(Encoding.UTF8.GetBytes(added.Last));
        output.Write(end);

        int Read(int count, int at = 0)
        {
            int read = rest.Read(buffer, at, count);
            read = read > 0 ? read : input.Read(buffer, at, count);
            return read > 0 ? read : throw new EndOfStreamException();
        }
    }
}
