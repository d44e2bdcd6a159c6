using System.IO.Compression;
using Sortition.Shared;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>Writes a workbook. The bytes depend on the tables only: every part bears the first time that archives can tell.</summary>
internal static class WorkbookWriter
{
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes all sheets.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="tables">The name of each sheet, and what writes it.</param>
    /// <exception cref="SheetLimitException">A table is too large for a sheet, or a text for a cell.</exception>
    public static void Write(Stream stream, IReadOnlyList<(string Sheet, Action<TableWriter> Write)> tables)
    {
        // Times can be taken out of an archive only where it can be sought.
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
            foreach ((string name, Action<TableWriter> write) in tables)
            {
                book.StartWorksheetAsync(name, new WorksheetOptions { FrozenRows = 1 }).AsTask().GetAwaiter().GetResult();
                using SheetWriter sheet = new(book, name, headingStyle, textStyle);
                write(sheet);
            }

            book.FinishAsync().AsTask().GetAwaiter().GetResult();
        }

        RemoveTimes(archive);
        archive.WriteTo(stream);
    }

    private static void RemoveTimes(MemoryStream stream)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Update, leaveOpen: true);
        foreach (ZipArchiveEntry part in archive.Entries)
        {
            part.LastWriteTime = NoTime;
        }
    }
}
