using System.IO.Compression;
using System.Text;
using Sortition.Files.Tables;

namespace Sortition.Files.Xlsx;

/// <summary>Writes a workbook. The bytes depend on the tables only: every part bears the first time that archives can tell.</summary>
internal static class WorkbookWriter
{
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes all sheets.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="tables">The name of each sheet, in letters only, and what writes it.</param>
    /// <exception cref="NotSupportedException">A table is too large for a sheet, or a text for a cell.</exception>
    public static void Write(Stream stream, IReadOnlyList<(string Sheet, Action<TableWriter> Write)> tables)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        AddText("[Content_Types].xml", WorkbookParts.ContentTypes(tables.Count));
        AddText("_rels/.rels", WorkbookParts.PackageRelationships);
        AddText("xl/workbook.xml", WorkbookParts.Workbook([.. tables.Select(t => t.Sheet)]));
        AddText("xl/_rels/workbook.xml.rels", WorkbookParts.WorkbookRelationships(tables.Count));
        AddText("xl/styles.xml", WorkbookParts.Styles);
        for (int t = 0; t < tables.Count; t++)
        {
            using Stream part = Add("xl/" + WorkbookParts.SheetPart(t + 1));
            using SheetWriter sheet = new(tables[t].Sheet, part);
            tables[t].Write(sheet);
        }

        Stream Add(string name)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name);
            entry.LastWriteTime = NoTime;
            return entry.Open();
        }

        void AddText(string name, string text)
        {
            using Stream part = Add(name);
            part.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
