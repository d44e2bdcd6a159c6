using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Mapping;
using Xunit;
using static Sortition.Files.Tests.MappingTables;

namespace Sortition.Files.Tests;

/// <summary>What is suggested from a first look at a table, and what is left to the user.</summary>
public sealed class MappingSuggestTests
{
    private static readonly DateOnly s_day = new(2026, 5, 1);

    private static readonly string[] s_danish =
    [
        "Tilmeldinger til borgersamlingen;;;;;;", "", "Tidspunkt;Fulde navn;E-mail;Hvad er dit køn?;Fødselsår;Bydel;Svar",
        "1;Ane Ask;ane@example.org;Kvinde;1990;Nord;ja", "2;Bo Birk;bo@example.org;mand;1985;Syd;ja", "3;Ea Eg;ea@example.org;K;1972;Syd;nej",
        "4;Ib Iben;ib@example.org;M;1955;Nord;ja", "5;Liv Lind;liv@example.org;Kvinder;1948;Nord;ja", "6;Per Pil;per@example.org;Mand;2000;Syd;ja",
        "I alt: 6;;;;;;",
    ];

    private static readonly IReadOnlyList<Feature> s_features = Features("køn: Kvinde, Mand", "alder: 16-34 år, 35-64 år, 65+ år", "bydel: Nord, Syd");

    [Fact]
    public void A_form_in_Danish_is_understood()
    {
        JsonElement mapping = Suggest(Table(s_danish), s_features);
        JsonElement table = mapping.GetProperty("table");
        Assert.Equal((3, "I alt"), (table.GetProperty("headerRow").GetInt32(), table.GetProperty("notPeople")[0].GetString()));
        Assert.Equal(["Hvad er dit køn?", "Fødselsår", "Bydel"], mapping.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("column").GetString()));
        Assert.Equal("""{"Kvinde":["K","Kvinder"],"Mand":["M"]}""", Compact(mapping.GetProperty("features")[0].GetProperty("values")));
        Assert.Equal("""{"16-34 år":[16,34],"35-64 år":[35,64],"65+ år":[65,null]}""", Compact(mapping.GetProperty("features")[1].GetProperty("bands")));
        Assert.Equal("""{"column":"Svar","in":["ja"],"out":["nej"]}""", Compact(mapping.GetProperty("status")));
        Assert.Equal("""{"name":["Fulde navn"],"email":"E-mail","phone":null}""", Compact(mapping.GetProperty("contact")));
        Assert.Equal("""{"create":"P{0000}","keep":"ids.csv"}""", Compact(mapping.GetProperty("id")));
        Assert.DoesNotContain("\"?\"", mapping.GetRawText(), StringComparison.Ordinal);

        PreparedPool pool = PoolMapping.Suggest(Table(s_danish), s_features, asOf: s_day).Apply(Table(s_danish));
        Assert.Equal(
            ["P0001 Kvinde 35-64 år Nord", "P0002 Mand 35-64 år Syd", "P0004 Mand 65+ år Nord", "P0005 Kvinde 65+ år Nord", "P0006 Mand 16-34 år Syd"], Values(pool, columns: 4));
    }

    [Fact]
    public void Without_a_day_the_day_and_the_edge_are_asked()
    {
        PoolMapping mapping = PoolMapping.Suggest(Table(s_danish), s_features);
        Assert.Equal(["files/ask-day"], mapping.FindOpenPoints(Table(s_danish)).Select(f => f.Code.Name));
        Assert.Equal(2, mapping.Serialize().Split("\"?\"").Length - 1);
    }

    [Theory]
    [InlineData("First name;Last name;Sex", "F,M", "Female,Male", """{"Female":["F"],"Male":["M"]}""")]
    [InlineData("a;b;gender", "female,Man", "woman,man", """{"woman":["female"],"man":[]}""")]
    [InlineData("a;b;geschlecht", "w,m", "Frau,Mann", """{"Frau":["w"],"Mann":["m"]}""")]
    [InlineData("a;b;nem", "n,f", "nő,férfi", """{"nő":["n"],"férfi":["f"]}""")]
    [InlineData("a;b;sexe", "F,H", "femme,homme", """{"femme":["F"],"homme":["H"]}""")]
    [InlineData("a;b;geslacht", "v,m", "vrouw,man", """{"vrouw":["v"],"man":["m"]}""")]
    public void Words_for_one_thing_are_brought_together(string head, string cells, string values, string expected)
    {
        string[] rows = [.. Enumerable.Range(0, 12).Select(i => $"x{i};y{i};{cells.Split(',')[i % 2]}")];
        JsonElement mapping = Suggest(Table([head, .. rows]), Features($"gender: {values.Replace(",", ", ", StringComparison.Ordinal)}"));
        Assert.Equal(expected, Compact(mapping.GetProperty("features")[0].GetProperty("values")));
    }

    [Theory]
    [InlineData("Kvinde", "Kvinder", true)]
    [InlineData("Erhvervsfaglig uddanelse", "Erhvervsfaglig uddannelse", true)]
    [InlineData("non binary", "Non-Binary", true)]
    [InlineData("Privat ejerbolig", "Privat lejebolig", false)]
    [InlineData("unemployed", "employed", false)]
    [InlineData("North East", "North West", false)]
    [InlineData("Ward 11", "Ward 12", false)]
    public void Likely_spellings_are_suggested_and_opposites_are_not(string cell, string value, bool isSuggested)
    {
        JsonElement mapping = Suggest(Table("id;f", $"1;{value}", $"2;{value}", $"3;{cell}", "4;zzz"), Features($"f: {value}, zzz"));
        JsonElement feature = mapping.GetProperty("features")[0];
        Assert.Equal(isSuggested ? [cell] : [], feature.GetProperty("values").GetProperty(value).EnumerateArray().Select(v => v.GetString()));
        Assert.Equal(isSuggested ? "fault" : "?", feature.GetProperty("other").GetString());
    }

    [Theory]
    [InlineData(1, null, "id;gender;age", "1;f;20", "2;m;30")]
    [InlineData(2, null, "Our assembly 2026", "id;gender;age", "1;f;20", "2;m;30")]
    [InlineData(2, null, "Person;;About", "id;gender;age", "1;f;20", "2;m;30")]
    [InlineData(4, null, "Export", "Date: 2026-01-01;;", "", "id;gender;age", "1;f;20", "2;m;30")]
    [InlineData(1, 3, "id;gender;age;mail", "Number;One choice;Years;Address", "1;f;20;a@x", "2;m;30;b@x", "3;f;20;c@x", "4;m;30;d@x")]
    public void The_row_of_the_headings_is_found(int header, int? first, params string[] lines)
    {
        JsonElement table = Suggest(Table(lines), Features("gender: f, m")).GetProperty("table");
        Assert.Equal(header, table.GetProperty("headerRow").GetInt32());
        Assert.Equal(first, table.GetProperty("firstRow") is { ValueKind: JsonValueKind.Number } line ? line.GetInt32() : null);
    }

    [Theory]
    [InlineData("Age", "20,30,40,64,70", "number")]
    [InlineData("Year of birth", "2001,1990,1980,1970,1950", "birthYear")]
    [InlineData("Date of birth", "2001-01-31,1990-02-01,1980-03-03,1970-04-04,1950-05-05", "birthDate")]
    [InlineData("Fødselsdato", "31-01-2001,01-02-1990,03-03-1980,04-04-1970,05-05-1950", "birthDate")]
    public void Ages_come_from_what_tells_them(string heading, string cells, string kind)
    {
        JsonElement feature = Suggest(Table([$"id;{heading}", .. cells.Split(',').Select((c, i) => $"{i};{c}")]), Features("age: 18-34, 35-64, 65+")).GetProperty("features")[0];
        Assert.Equal((heading, kind), (feature.GetProperty("column").GetString(), feature.GetProperty("kind").GetString()));
    }

    [Fact]
    public void Bands_that_stand_in_the_column_are_values()
    {
        JsonElement feature = Suggest(Table("id;age", "1;18-34", "2;35+", "3;35+"), Features("age: 18-34, 35+")).GetProperty("features")[0];
        Assert.False(feature.TryGetProperty("kind", out _));
    }

    [Fact]
    public void A_date_that_can_be_read_in_two_ways_is_asked()
    {
        RawTable table = Table("id;date of birth", "1;03/04/1990", "2;05/06/1980");
        PoolMapping mapping = PoolMapping.Suggest(table, Features("age: 18-39, 40+"));
        Assert.Equal(["files/ask-date-order", "files/ask-day"], mapping.FindOpenPoints(table).Select(f => f.Code.Name).Order(StringComparer.Ordinal));
        Assert.Contains("\"dateOrder\": \"?\"", mapping.Serialize(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_cannot_be_told_is_asked_with_the_headings_there_are()
    {
        RawTable table = Table("id;postcode;colour", "1;2620;red", "2;2600;blue");
        Fault asked = Assert.Single(PoolMapping.Suggest(table, Features("area: North, South")).FindOpenPoints(table));
        Assert.Equal(("files/ask-column", "mapping $.features[0].column"), (asked.Code.Name, asked.Location.Source));
        Assert.Equal(["id", "postcode", "colour"], (IEnumerable<string>)asked["allowed"]!);
    }

    [Fact]
    public void People_who_look_like_one_stand_in_the_file_to_be_decided()
    {
        RawTable table = Table("name;e-mail;f", "Ada;a@example.org;x", "Bea;b@example.org;y", "Ada L;a@example.org;x");
        IdRegister ids = IdRegister.Create();
        PoolMapping mapping = PoolMapping.Suggest(table, Features("f: x, y"), ids);
        Assert.Contains("\"ids\": [\"P0001\", \"P0003\"],\n        \"keep\": \"?\"", mapping.Serialize(), StringComparison.Ordinal);
        Assert.Equal("files/ask-duplicates", Assert.Single(mapping.FindOpenPoints(table, ids)).Code.Name);
        PreparedPool pool = PoolMapping.Deserialize(mapping.Serialize().Replace("\"?\"", "\"P0003\"", StringComparison.Ordinal)).Apply(table, ids);
        Assert.Equal(["P0002 y", "P0003 x"], Values(pool));
        Assert.Equal(3, ids.Count);
    }

    private static JsonElement Suggest(RawTable table, IReadOnlyList<Feature> features) =>
        JsonDocument.Parse(PoolMapping.Suggest(table, features, asOf: s_day).Serialize()).RootElement;

    private static string Compact(JsonElement element) => string.Concat(element.GetRawText().Replace("\n", "", StringComparison.Ordinal).Split("  ")).Replace(": ", ":", StringComparison.Ordinal)
        .Replace(", ", ",", StringComparison.Ordinal);
}
