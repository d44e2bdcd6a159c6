using System.Text;
using System.Text.Json;
using Sortition.Core;
using Sortition.Files.Mapping;
using Sortition.Files.Storage;
using Xunit;
using static Sortition.Files.Tests.MappingTables;

namespace Sortition.Files.Tests;

/// <summary>Raw tables from files: what their form needs to be said stands in the mapping.</summary>
public sealed class MappingReadingTests
{
    private const string Sheet = """
        <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Our people</t></is></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>id</t></is></c><c r="B2" t="inlineStr"><is><t>Born</t></is></c><c r="C2" t="inlineStr"><is><t>f</t></is></c></row>
        <row r="3"><c r="A3"><v>1</v></c><c r="B3"><v>1990</v></c><c r="C3" t="inlineStr"><is><t>x</t></is></c></row>
        <row r="4" hidden="1"><c r="A4"><v>2</v></c><c r="B4"><v>1950</v></c><c r="C4" t="inlineStr"><is><t>y</t></is></c></row></sheetData>
        """;

    [Fact]
    public void Of_a_workbook_the_sheet_is_named_and_hidden_rows_are_asked()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("people.xlsx", Workbooks.Of(("Ark 1", Sheet)));
        RawTable table = TableFiles.LoadRaw(path);
        PoolMapping mapping = PoolMapping.Suggest(table, Features("f: x, y"));
        JsonElement form = JsonDocument.Parse(mapping.Serialize()).RootElement.GetProperty("table");
        Assert.Equal(("Ark 1", 2, "?"), (form.GetProperty("sheet").GetString(), form.GetProperty("headerRow").GetInt32(), form.GetProperty("hiddenRows").GetString()));
        Fault asked = Assert.Single(mapping.FindOpenPoints(table));
        Assert.Equal(("files/ask-hidden-rows", "4"), (asked.Code.Name, Assert.Single((IEnumerable<string>)asked["rows"]!)));
        Assert.Equal("mapping $.table.hiddenRows: do rows count that are hidden (1 person, row 4)? Put \"use\" or \"leaveOut\"", FileTexts.English.Describe(asked));

        PoolMapping use = PoolMapping.Deserialize(mapping.Serialize().Replace("\"?\"", "\"use\"", StringComparison.Ordinal));
        Assert.Equal(["1 x", "2 y"], Values(use.Apply(use.LoadTable(path))));
        PoolMapping leave = PoolMapping.Deserialize(mapping.Serialize().Replace("\"?\"", "\"leaveOut\"", StringComparison.Ordinal));
        PreparedPool pool = leave.Apply(leave.LoadTable(path));
        Assert.Equal(["1 x"], Values(pool));
        Assert.Equal(["4 2 LeftOutHidden"], Actions(pool));
    }

    [Fact]
    public void An_encoding_that_was_assumed_is_told_and_stands_in_the_mapping()
    {
        byte[] bytes = [.. "id,f\n1,S"u8, 0xF8, .. "ren\n2,Ane\n"u8];
        RawTable table = TableFiles.LoadRaw(FileSource.From(new MemoryStream(bytes), "people.csv"));
        Assert.Equal("files/encoding-assumed", Assert.Single(table.Warnings).Code.Name);
        PoolMapping mapping = PoolMapping.Suggest(table, Features("f: Søren, Ane"));
        Assert.Contains("\"encoding\": \"windows-1252\"", mapping.Serialize(), StringComparison.OrdinalIgnoreCase);
        RawTable again = mapping.LoadTable(FileSource.From(new MemoryStream(bytes), "people.csv"));
        Assert.Empty(again.Warnings);
        Assert.Equal(["1 Søren", "2 Ane"], Values(mapping.Apply(again)));
    }

    [Fact]
    public void A_separator_can_be_said()
    {
        string mapping = OfFeature("", """ "table": { "separator": ";" } """);
        PoolMapping said = PoolMapping.Deserialize(mapping);
        Assert.Equal(["1 a,b,c", "2 d,e,f"], Values(said.Apply(said.LoadTable(File("p.csv", "id;x\n1;a,b,c\n2;d,e,f\n")))));
    }

    [Fact]
    public void The_pool_is_written_in_the_form_of_the_table()
    {
        byte[] marked = [.. Encoding.UTF8.GetPreamble(), .. "id;x;note\n1;a;ø\n"u8];
        PoolMapping mapping = PoolMapping.Deserialize(OfFeature(""));
        Assert.Equal("\uFEFFid;f;x;note\n1;a;a;ø\n", Written(mapping.Apply(mapping.LoadTable(FileSource.From(new MemoryStream(marked), "p.csv"))))["pool.csv"]);
        Assert.Equal("id,f,x\n1,a,a\n", Written(mapping.Apply(mapping.LoadTable(File("p.csv", "id,x\n1,a\n"))))["pool.csv"]);
    }
}
