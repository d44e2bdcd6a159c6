using System.Globalization;
using System.Text;

namespace Sortition.Files.Xlsx;

/// <summary>The parts of a written workbook that are not sheets. They hold no names, times or programs.</summary>
internal static class WorkbookParts
{
    public const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>The style of cells of text: their format is that of text, so that they stay text when somebody edits them.</summary>
    public const int TextStyle = 1;

    /// <summary>The same in bold.</summary>
    public const int HeadingStyle = 2;

    public const string Styles = Declaration + $"""
        <styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    public const string PackageRelationships = Declaration
        + $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Document}/officeDocument" Target="xl/workbook.xml"/></Relationships>""";

    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>The name of the part of a sheet, from 1.</summary>
    public static string SheetPart(int sheet) => FormattableString.Invariant($"worksheets/sheet{sheet}.xml");

    public static string ContentTypes(int sheets)
    {
        StringBuilder text = new(Declaration);
        text.Append(CultureInfo.InvariantCulture, $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>""");
        text.Append(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/workbook.xml" ContentType="{ContentType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{ContentType}.styles+xml"/>""");
        for (int s = 1; s <= sheets; s++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/{SheetPart(s)}" ContentType="{ContentType}.worksheet+xml"/>""");
        }

        return text.Append("</Types>").ToString();
    }

    /// <summary>The list of sheets, whose names need no escaping.</summary>
    public static string Workbook(IReadOnlyList<string> sheets)
    {
        StringBuilder text = new(Declaration);
        text.Append(CultureInfo.InvariantCulture, $"""<workbook xmlns="{Main}" xmlns:r="{Document}"><sheets>""");
        for (int s = 1; s <= sheets.Count; s++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""<sheet name="{sheets[s - 1]}" sheetId="{s}" r:id="rId{s}"/>""");
        }

        return text.Append("</sheets></workbook>").ToString();
    }

    public static string WorkbookRelationships(int sheets)
    {
        StringBuilder text = new(Declaration);
        text.Append(CultureInfo.InvariantCulture, $"""<Relationships xmlns="{Package}/relationships">""");
        for (int s = 1; s <= sheets; s++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{s}" Type="{Document}/worksheet" Target="{SheetPart(s)}"/>""");
        }

        return text.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{sheets + 1}" Type="{Document}/styles" Target="styles.xml"/></Relationships>""").ToString();
    }
}
