using Xunit;

namespace Sortition.Files.Tests;

/// <summary>What programs put into workbooks, told by the cells that come out: rows with a slash, cells with a bar between them.</summary>
public sealed class WorkbookQuirkTests
{
    private const string Styles = """
        <numFmts count="4"><numFmt numFmtId="164" formatCode="0&quot; dage&quot;"/><numFmt numFmtId="165" formatCode="[$-406]d\.\ mmmm\ yyyy;@"/><numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="[Red]0.00E+00;dd"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="10"/></cellXfs>
        """;

    [Fact]
    public void Texts_are_stored_in_place_or_shared_or_in_runs() => Assert.Equal(
        "id|note/p1|rød og blå/p2| spaced  /p3|\U0001F5F3\uFE0F x\r\ny_x0041_/p4|seven",
        Workbooks.Cells(
            """
            <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>note</t></is></c></row>
            <row r="2"><c r="A2" t="s"><v> 1 </v></c><c r="B2" t="s"><v>2</v></c></row>
            <row r="3"><c r="A3" t="inlineStr"><is><r><t>p</t></r><r><rPr><b/></rPr><t>2</t></r></is></c><c r="B3" t="s"><v>3</v></c></row>
            <row r="4"><c r="A4" t="str"><f>"p"&amp;3</f><v>p3</v></c><c r="B4" t="s"><v>4</v></c></row>
            <row r="5"><c r="A5" t="str"><v><![CDATA[p4]]></v></c><c r="B5" t="s"><v>5</v></c></row></sheetData>
            """,
            """
            <si><t>id</t></si><si><t>p1</t></si><si><r><t>rød</t></r><r><t xml:space="preserve"> og </t></r><r><t>blå</t></r><rPh sb="0" eb="1"><t>hint</t></rPh><phoneticPr fontId="1"/></si>
            <si><t xml:space="preserve"> spaced  </t></si><si><t>&#x1F5F3;&#xFE0F; x_x000D_
            y_x005F_x0041_</t></si><si><t>seven</t></si>
            """.ReplaceLineEndings("\n")));

    [Theory]
    [InlineData("<v>5</v>", "5")]
    [InlineData("<v>5.0</v>", "5")]
    [InlineData("<v>0.5</v>", "0.5")]
    [InlineData("<v>-3.25</v>", "-3.25")]
    [InlineData("<v>1E3</v>", "1000")]
    [InlineData("<v>-0</v>", "0")]
    [InlineData("<v>0.30000000000000004</v>", "0.3")]
    [InlineData("<v>18.000000000000004</v>", "18")]
    [InlineData("<v>1234567890123456</v>", "1234567890123456")]
    [InlineData("<v>1.23E+20</v>", "123000000000000000000")]
    [InlineData("<v>1E-05</v>", "1E-05")]
    [InlineData("<v>nonsense</v>", "nonsense")]
    [InlineData("<v>NaN</v>", "NaN")]
    [InlineData("<f>SUM(A1:A2)</f><v>7</v>", "7")]
    [InlineData("<f>A1</f><v>7</v>", "7")]
    [InlineData("<v/>", "")]
    public void Numbers_become_text_alike_in_every_culture(string inside, string expected)
    {
        foreach (string culture in new[] { "", "da-DK", "tr-TR" })
        {
            Cultures.In(culture, () => Assert.Equal(expected, Cell($"<c r=\"B2\">{inside}</c>")));
        }
    }

    [Theory]
    [InlineData("s=\"1\"", "44000", "2020-06-18")]
    [InlineData("s=\"2\"", "44000.5", "2020-06-18T12:00:00")]
    [InlineData("s=\"2\"", "0.75", "18:00:00")]
    [InlineData("s=\"4\"", "1", "1900-01-01")]
    [InlineData("s=\"4\"", "59", "1900-02-28")]
    [InlineData("s=\"4\"", "60", "1900-02-29")]
    [InlineData("s=\"4\"", "61", "1900-03-01")]
    [InlineData("s=\"4\"", "43999.999999999", "2020-06-18")]
    [InlineData("s=\"4\"", "2958465", "9999-12-31")]
    [InlineData("s=\"4\"", "2958466", "2958466")]
    [InlineData("s=\"4\"", "2958465.9999999", "2958465.9999999")]
    [InlineData("s=\"4\"", "-1", "-1")]
    [InlineData("s=\"3\"", "5", "5")]
    [InlineData("s=\"5\"", "1.5", "1.5")]
    [InlineData("s=\"6\"", "5", "5")]
    [InlineData("s=\"7\"", "0.5", "50%")]
    [InlineData("s=\"999\"", "5", "5")]
    [InlineData("t=\"d\"", "2020-05-06T00:00:00", "2020-05-06")]
    [InlineData("t=\"b\"", "1", "TRUE")]
    [InlineData("t=\"b\"", "0", "FALSE")]
    [InlineData("t=\"e\"", "#REF!", "#REF!")]
    [InlineData("t=\"n\" s=\"1\"", "44000", "2020-06-18")]
    public void Dates_and_truth_become_text(string attributes, string value, string expected) => Cultures.In("da-DK", () =>
        Assert.Equal(expected, Cell($"<c r=\"B2\" {attributes}><v>{value}</v></c>")));

    [Fact]
    public void Some_workbooks_count_days_from_1904() =>
        Assert.Equal("id|x/p|1904-01-01", Workbooks.Cells(Sheet("<c r=\"B2\" s=\"1\"><v>0</v></c>"), styles: Styles, properties: "<workbookPr date1904=\"1\"/>"));

    [Theory]
    [InlineData("A1")]
    [InlineData("A1:XFD1048576")]
    [InlineData("nonsense")]
    public void A_dimension_that_lies_changes_nothing(string dimension) =>
        Assert.Equal("id|x/p|5", Workbooks.Cells($"<dimension ref=\"{dimension}\"/><cols><col min=\"1\" max=\"16384\" width=\"9\"/></cols>{Sheet("<c r=\"B2\"><v>5</v></c>")}<mergeCells><mergeCell ref=\"A1:XFD9\"/></mergeCells>"));

    [Fact]
    public void Cells_and_rows_need_not_say_where_they_stand() =>
        Assert.Equal("id|x/p|5", Workbooks.Cells("<sheetData><row/><row><c/></row><row><c t=\"str\"><v>id</v></c><c t=\"str\"><v>x</v></c></row><row><c t=\"str\"><v>p</v></c><c><v>5</v></c></row></sheetData>"));

    [Fact]
    public void Blank_rows_and_columns_around_a_table_are_passed_over()
    {
        const string Data = """
            <sheetData><row r="2"><c r="C2" s="1"/></row><row r="4" spans="1:99"><c r="B4" t="str"><v>id</v></c><c r="C4"/><c r="D4" t="str"><v>x</v></c><c r="E4" t="str"><v> </v></c></row>
            <row r="6"><c r="B6" t="str"><v>p</v></c><c r="D6"><v>5</v></c><c r="XFD6" s="3"/></row><row r="7"><c r="XFD7" t="str"><v>  </v></c></row><row r="1048576"><c r="XFD1048576"/></row></sheetData>
            """;
        Assert.Equal("|id||x/|p||5", Workbooks.Cells(Data));
    }

    [Fact]
    public void The_strict_edition_of_the_format_is_read()
    {
        (string Name, string Text)[] parts = Workbooks.Parts([("quotas", Workbooks.Data(Loading.Quotas)), ("people", Workbooks.Data(Loading.People))]);
        byte[] strict = Workbooks.Zip([.. parts.Select(p => (p.Name, p.Text
            .Replace(Workbooks.Main, "http://purl.oclc.org/ooxml/spreadsheetml/main", StringComparison.Ordinal)
            .Replace(Workbooks.Document, "http://purl.oclc.org/ooxml/officeDocument/relationships", StringComparison.Ordinal)))]);
        Assert.Equal(4, Workbooks.Load(strict).Problem.People.Count);
    }

    [Fact]
    public void Elements_of_other_vocabularies_are_passed_over() => Assert.Equal(
        "id|x/p|5",
        Workbooks.Cells(Sheet("<c r=\"B2\"><x:v xmlns:x=\"urn:x\">9</x:v><v>5</v><extLst><ext><x:c xmlns:x=\"urn:x\" r=\"C2\"><x:v>7</x:v></x:c></ext></extLst></c>") + "<extLst><ext><x:row xmlns:x=\"urn:x\"/></ext></extLst>"));

    private static string Cell(string cell) => Workbooks.Cells(Sheet(cell), styles: Styles) is { } cells && cells.Split('/', 2)[1].Split('|') is [_, string text] ? text : "";

    private static string Sheet(string cell) =>
        $"<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>id</v></c><c r=\"B1\" t=\"str\"><v>x</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>p</v></c>{cell}</row></sheetData>";
}
