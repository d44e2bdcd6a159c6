using System.IO.Compression;
using System.Text;
using MiniExcelLibs;
using Sortition.Core;
using Sortition.Files.Dialects;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Workbooks made by hand, part by part, and by another program's writer; and problems loaded from them.</summary>
internal static class Workbooks
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    public const string Package = "http://schemas.openxmlformats.org/package/2006";
    public const string RootRelationships = $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="r" Type="{Document}/officeDocument" Target="xl/workbook.xml"/></Relationships>""";

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in parts)
            {
                using Stream part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    /// <summary>The parts of a workbook whose sheets have the given elements inside.</summary>
    public static (string Name, string Text)[] Parts((string Name, string Inside)[] sheets, string? sharedStrings = null, string? styles = null, string properties = "")
    {
        StringBuilder list = new();
        StringBuilder relationships = new();
        List<(string, string)> parts = [("_rels/.rels", RootRelationships)];
        for (int s = 0; s < sheets.Length; s++)
        {
            list.Append(null, $"""<sheet name="{sheets[s].Name}" sheetId="{s + 1}" r:id="s{s}"/>""");
            relationships.Append(null, $"""<Relationship Id="s{s}" Type="{Document}/worksheet" Target="worksheets/sheet{s + 1}.xml"/>""");
            parts.Add(($"xl/worksheets/sheet{s + 1}.xml", $"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{Main}">{sheets[s].Inside}</worksheet>"""));
        }

        if (sharedStrings is not null)
        {
            relationships.Append($"""<Relationship Id="strings" Type="{Document}/sharedStrings" Target="/xl/sharedStrings.xml"/>""");
            parts.Add(("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{sharedStrings}</sst>"""));
        }

        if (styles is not null)
        {
            relationships.Append($"""<Relationship Id="styles" Type="{Document}/styles" Target="./x/../styles.xml"/>""");
            parts.Add(("xl/styles.xml", $"""<styleSheet xmlns="{Main}">{styles}</styleSheet>"""));
        }

        parts.Add(("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Document}">{properties}<sheets>{list}</sheets></workbook>"""));
        parts.Add(("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships">{relationships}</Relationships>"""));
        return [.. parts];
    }

    public static byte[] Of(params (string Name, string Inside)[] sheets) => Zip(Parts(sheets));

    /// <summary>A sheet whose cells are all text, stored in place.</summary>
    public static string Data(params string[][] rows)
    {
        StringBuilder data = new("<sheetData>");
        for (int r = 0; r < rows.Length; r++)
        {
            data.Append(null, $"<row r=\"{r + 1}\">");
            for (int c = 0; c < rows[r].Length; c++)
            {
                data.Append(null, $"<c r=\"{(char)('A' + c)}{r + 1}\" t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(rows[r][c])}</t></is></c>");
            }

            data.Append("</row>");
        }

        return data.Append("</sheetData>").ToString();
    }

    /// <summary>The same of simple CSV text.</summary>
    public static string Data(string csv) => Data([.. csv.TrimEnd('\n').Split('\n').Select(line => line.Split(','))]);

    /// <summary>A workbook as another program writes it.</summary>
    public static byte[] ByAnotherProgram(params (string Name, string[][] Rows)[] sheets)
    {
        Dictionary<string, object> tables = sheets.ToDictionary(
            s => s.Name, s => (object)s.Rows.Skip(1).Select(row => s.Rows[0].Select((heading, c) => (heading, c)).ToDictionary(h => h.heading, h => (object)row.ElementAtOrDefault(h.c)!)).ToArray());
        using MemoryStream stream = new();
        stream.SaveAs(tables);
        return stream.ToArray();
    }

    public static LoadedProblem Load(byte[] book, Func<DraftOptions, DraftOptions>? change = null)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("book.xlsx", book);
        DraftOptions options = new(path, path, 2);
        return ProblemFiles.Load(change is null ? options : change(options));
    }

    public static IReadOnlyList<Fault> Faults(byte[] book, Func<DraftOptions, DraftOptions>? change = null) =>
        Assert.Throws<MalformedInputException>(() => Load(book, change)).Faults;

    public static Fault OnlyFault(byte[] book, Func<DraftOptions, DraftOptions>? change = null) => Assert.Single(Faults(book, change));

    /// <summary>The cells of the people of a workbook with sound quotas and the given sheet of people.</summary>
    public static string Cells(string people, string? sharedStrings = null, string? styles = null, string properties = "") => Cells(
        Load(Zip(Parts([("quotas", Data("category,feature,min,max")), ("people", people)], sharedStrings, styles, properties))));

    public static string Cells(LoadedProblem loaded) => string.Join('/', loaded.People.Rows.Prepend(loaded.People.Header).Select(row => string.Join('|', row)));

    public static byte[] Json(SelectionProblem problem)
    {
        using MemoryStream stream = new();
        ProblemJson.Write(stream, problem);
        return stream.ToArray();
    }
}
