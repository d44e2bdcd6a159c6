using Sortition.Core;
using Xunit;
using static Sortition.Files.Tests.MappingTables;

namespace Sortition.Files.Tests;

/// <summary>Mappings as documents: everything that can be said is kept, and everything else is a fault with its path.</summary>
public sealed class MappingFileTests
{
    private const string Whole = """
        { "format": "sortition-mapping/1",
          "table": { "sheet": "Ark1", "headerRow": 3, "firstRow": 5, "notPeople": ["I alt"], "encoding": "windows-1250", "separator": ";", "decimal": ",", "hiddenRows": "leaveOut" },
          "asOf": "2026-05-01",
          "id": { "create": "P{0000}", "keep": "ids.csv" },
          "status": { "column": "Svar", "in": ["ja"], "out": ["nej"], "other": "in" },
          "household": ["Adresse", "Postnr"],
          "contact": { "name": ["Fornavn", "Efternavn"], "email": "E-mail", "phone": "Mobil" },
          "features": [
            { "name": "køn", "column": "Køn", "values": { "Kvinde": ["Kvinder", "K"], "Mand": ["M"] }, "blank": "fault", "other": "?" },
            { "name": "alder", "column": "Fødselsår", "kind": "birthYear", "bands": { "under 25": [null, 24], "75+ år": [75, null] }, "edge": { "column": "Født" }, "dateOrder": "dmy", "outside": "leaveOut" },
            { "name": "område", "column": "Postnr", "lookup": { "file": "areas.csv", "from": "postnr", "to": "område" }, "other": { "value": "Ukendt" } } ],
          "duplicates": { "by": [["email"], ["phone"], ["name", "household"]], "decisions": [{ "ids": ["P0012", "P0311"], "keep": "P0012" }, { "ids": ["a", "b"], "keep": "?" }, { "ids": ["a", "b"], "keep": ["a", "b"] }] } }
        """;

    private const string Written = """
        {
          "format": "sortition-mapping/1",
          "table": {
            "sheet": "Ark1",
            "headerRow": 3,
            "firstRow": 5,
            "notPeople": ["I alt"],
            "encoding": "windows-1250",
            "separator": ";",
            "decimal": ",",
            "hiddenRows": "leaveOut"
          },
          "asOf": "2026-05-01",
          "id": {
            "create": "P{0000}",
            "keep": "ids.csv"
          },
          "status": {
            "column": "Svar",
            "in": ["ja"],
            "out": ["nej"],
            "other": "in"
          },
          "household": ["Adresse", "Postnr"],
          "contact": {
            "name": ["Fornavn", "Efternavn"],
            "email": "E-mail",
            "phone": "Mobil"
          },
          "features": [
            {
              "name": "køn",
              "column": "Køn",
              "values": {
                "Kvinde": ["Kvinder", "K"],
                "Mand": ["M"]
              },
              "blank": "fault",
              "other": "?"
            },
            {
              "name": "alder",
              "column": "Fødselsår",
              "kind": "birthYear",
              "bands": {
                "under 25": [0, 24],
                "75+ år": [75, null]
              },
              "edge": {
                "column": "Født"
              },
              "dateOrder": "dmy",
              "blank": "fault",
              "other": "fault",
              "outside": "leaveOut"
            },
            {
              "name": "område",
              "column": "Postnr",
              "lookup": {
                "file": "areas.csv",
                "from": "postnr",
                "to": "område"
              },
              "blank": "fault",
              "other": {
                "value": "Ukendt"
              }
            }
          ],
          "duplicates": {
            "by": [["email"], ["phone"], ["name", "household"]],
            "decisions": [
              {
                "ids": ["P0012", "P0311"],
                "keep": "P0012"
              },
              {
                "ids": ["a", "b"],
                "keep": "?"
              },
              {
                "ids": ["a", "b"],
                "keep": ["a", "b"]
              }
            ]
          }
        }

        """;

    [Fact]
    public void All_that_a_mapping_says_is_kept_and_written_in_one_form()
    {
        Assert.Equal(Written.ReplaceLineEndings("\n"), PoolMapping.Deserialize(Whole).Serialize());
        Assert.Equal(Written.ReplaceLineEndings("\n"), PoolMapping.Deserialize(Written).Serialize());
    }

    [Fact]
    public void A_mapping_in_a_file_is_read_with_the_tables_beside_it()
    {
        using TemporaryFolder folder = new();
        folder.Write("areas.csv", "from,to\n1,north\n");
        folder.Write("mapping.json", OfFeature(""" "lookup": { "file": "areas.csv", "from": "from", "to": "to" } """));
        PoolMapping mapping = PoolMapping.Read(folder["mapping.json"]);
        Assert.Equal((false, null, "f"), (mapping.CreatesIds, mapping.IdsFile, Assert.Single(mapping.Features)));
        Assert.Equal(["7 north"], Values(mapping.Apply(Table("id;x", "7;1"))));
    }

    [Theory]
    [InlineData("\"asOf\"", "\"as_of\"", "files/unknown-member", "$")]
    [InlineData("\"edge\":", "\"edges\":", "files/unknown-member", "$.features[1]")]
    [InlineData("\"column\": \"Køn\", ", "", "files/missing-member", "$.features[0].column")]
    [InlineData("\"column\": \"Køn\"", "\"column\": \" \"", "files/missing-member", "$.features[0].column")]
    [InlineData("mapping/1", "mapping/2", "files/unknown-format", "$.format")]
    [InlineData("2026-05-01", "1/5/2026", "files/not-a-day", "$.asOf")]
    [InlineData("2026-05-01", "2026-02-30", "files/not-a-day", "$.asOf")]
    [InlineData("P{0000}", "P", "files/malformed-id-pattern", "$.id.create")]
    [InlineData("P{0000}", "P{0}{0}", "files/malformed-id-pattern", "$.id.create")]
    [InlineData("P{0000}", "P{01}", "files/malformed-id-pattern", "$.id.create")]
    [InlineData("\"create\": \"P{0000}\"", "\"column\": \"a\"", "files/either-column-or-create", "$.id")]
    [InlineData("\"create\": \"P{0000}\", ", "", "files/either-column-or-create", "$.id")]
    [InlineData("\"headerRow\": 3", "\"headerRow\": 5", "files/first-row-above-header", "$.table.firstRow")]
    [InlineData("\"headerRow\": 3", "\"headerRow\": 0", "core/negative-number", "$.table.headerRow")]
    [InlineData("\"headerRow\": 3", "\"headerRow\": \"3\"", "files/not-a-whole-number", "$.table.headerRow")]
    [InlineData("\"separator\": \";\"", "\"separator\": \"|\"", "files/unknown-word", "$.table.separator")]
    [InlineData("\"hiddenRows\": \"leaveOut\"", "\"hiddenRows\": \"no\"", "files/unknown-word", "$.table.hiddenRows")]
    [InlineData("\"out\": [\"nej\"]", "\"out\": [\"JA\"]", "files/said-twice", "$.status")]
    [InlineData("\"out\": [\"nej\"]", "\"out\": \"nej\"", "files/not-an-array", "$.status.out")]
    [InlineData("[\"M\"]", "[\"k\"]", "files/said-twice", "$.features[0].values")]
    [InlineData("\"Mand\": [", "\"KVINDE\": [", "files/member-twice", "$.features[0].values.KVINDE")]
    [InlineData("birthYear", "year", "files/unknown-word", "$.features[1].kind")]
    [InlineData("\"kind\": \"birthYear\", ", "", "files/member-of-other-kind", "$.features[1].bands")]
    [InlineData("[null, 24]", "[null, 80]", "files/bands-overlap", "$.features[1].bands.75+ år")]
    [InlineData("[null, 24]", "[24, 16]", "files/malformed-band", "$.features[1].bands.under 25")]
    [InlineData("[null, 24]", "[24]", "files/malformed-band", "$.features[1].bands.under 25")]
    [InlineData("[null, 24]", "[-1, 24]", "core/negative-number", "$.features[1].bands.under 25[0]")]
    [InlineData("\"name\": \"alder\"", "\"name\": \"KØN\"", "files/duplicate-feature", "$.features")]
    [InlineData("\"leaveOut\" },", "\"drop\" },", "files/unknown-word", "$.features[1].outside")]
    [InlineData("{ \"value\": \"Ukendt\" }", "{ \"values\": \"Ukendt\" }", "files/unknown-member", "$.features[2].other")]
    [InlineData("\"keep\": \"P0012\"", "\"keep\": \"P0013\"", "files/keeps-another", "$.duplicates.decisions[0].keep")]
    [InlineData("\"keep\": \"P0012\"", "\"keep\": []", "files/missing-member", "$.duplicates.decisions[0].keep")]
    [InlineData("[\"phone\"]", "[\"fax\"]", "files/unknown-word", "$.duplicates.by[1][0]")]
    [InlineData("\"E-mail\"", "1", "files/not-a-text", "$.contact.email")]
    [InlineData("{ \"format\"", "[] { \"format\"", "files/malformed-json", "$")]
    public void What_is_no_mapping_is_a_fault_with_its_path(string part, string instead, string code, string path)
    {
        Assert.Contains(part, Whole, StringComparison.Ordinal);
        string changed = Whole.Replace(part, instead, StringComparison.Ordinal);
        IReadOnlyList<Fault> faults = Assert.Throws<MalformedInputException>(() => PoolMapping.Deserialize(changed)).Faults;
        Assert.Contains((code, "mapping " + path), faults.Select(f => (f.Code.Name, f.Location.Source)));
    }
}
