using Sortition.Core;
using Sortition.Files.Mapping;
using Xunit;
using static Sortition.Files.Tests.MappingTables;

namespace Sortition.Files.Tests;

/// <summary>What each rule of a mapping does to a table made for it.</summary>
public sealed class MappingApplyTests
{
    private const string Born = """ "kind": "birthYear", "bands": { "16-24": [16, 24], "25-34": [25, 34], "75+": [75, null] } """;
    private const string AsOf = """ "asOf": "2026-05-01" """;

    [Fact]
    public void Words_that_mean_a_value_become_it_and_others_follow_the_rule()
    {
        RawTable table = Table("id;x", "1;Kvinde", "2; kvinder", "3;K", "4;M", "5;", "6;Andet", "7;andet");
        string values = """ "values": { "Kvinde": ["Kvinder", "K"], "Mand": ["M"] }""";
        PreparedPool pool = Apply(OfFeature(values + """, "blank": "leaveOut", "other": { "value": "Ukendt" } """), table);
        Assert.Equal(["1 Kvinde", "2 Kvinde", "3 Kvinde", "4 Mand", "6 Ukendt", "7 Ukendt"], Values(pool));
        Assert.Equal(
            ["3 2 Translated f", "4 3 Translated f", "5 4 Translated f", "6 5 LeftOutBlank f", "7 6 DefaultForOther f", "8 7 DefaultForOther f"], Actions(pool));
        Assert.Equal("f = Ukendt", Assert.Single(pool.DefaultValues).ToString());

        IReadOnlyList<Fault> faults = Faults(OfFeature(values), table);
        Assert.Equal(["files/blank-not-mapped", "files/value-not-mapped"], faults.Select(f => f.Code.Name));
        Assert.Equal(
            "people.csv, column \"x\": \"Andet\" (2 people, rows 7, 8) is none of the values of f; expected one of: Kvinde, Mand; or a rule in the mapping, under values or other",
            FileTexts.English.Describe(faults[1]));
        Assert.Equal(
            ["files/ask-blank", "files/ask-other"], Faults(OfFeature(values + """, "blank": "?", "other": "?" """), table).Select(f => f.Code.Name));
    }

    [Fact]
    public void A_likely_value_is_named_where_a_value_is_unknown() => Assert.EndsWith(
        "did you mean \"Kvinder\"?; expected one of: Kvinder, Mænd; or a rule in the mapping, under values or other",
        FileTexts.English.Describe(OnlyFault(OfFeature(""" "values": { "Kvinder": [], "Mænd": [] } """), Table("id;x", "1;Kvinde"))),
        StringComparison.Ordinal);

    [Fact]
    public void A_year_of_birth_that_leaves_two_values_is_asked_or_decided_by_its_rule()
    {
        RawTable table = Table("id;x;date", "1;2001;2001-05-01", "2;2001;2001-05-02", "3;1999;", "4;1950;1950-12-31");
        Fault asked = OnlyFault(OfFeature(Born, AsOf), table);
        Assert.Equal("files/ask-edge", asked.Code.Name);
        Assert.Equal(["2", "3"], (IEnumerable<string>)asked["rows"]!);
        Assert.Equal(["1 25-34", "2 25-34", "3 25-34", "4 75+"], Values(Apply(OfFeature(Born + """, "edge": "older" """, AsOf), table)));
        Assert.Equal(["1 16-24", "2 16-24", "3 25-34", "4 75+"], Values(Apply(OfFeature(Born + """, "edge": "younger" """, AsOf), table)));
        PreparedPool dated = Apply(OfFeature(Born + """, "edge": { "column": "date" } """, AsOf), Table("id;x;date", "1;2001;2001-05-01", "2;2001;2001-05-02", "3;1999;"));
        Assert.Equal(["1 25-34", "2 16-24", "3 25-34"], Values(dated));
        Assert.Equal(["2 1 EdgeDecided f", "3 2 EdgeDecided f"], Actions(dated));
    }

    [Fact]
    public void A_date_of_another_year_than_the_year_of_birth_is_no_answer() => Assert.Equal(
        "files/value-not-mapped",
        OnlyFault(OfFeature(Born + """, "edge": { "column": "date" } """, AsOf), Table("id;x;date", "1;2001;2000-05-01")).Code.Name);

    [Fact]
    public void On_the_last_day_of_a_year_every_year_of_birth_is_one_age() => Assert.Equal(
        ["1 16-24", "2 25-34"], Values(Apply(OfFeature(Born, """ "asOf": "2025-12-31" """), Table("id;x", "1;2001", "2;2000"))));

    [Fact]
    public void People_in_no_band_follow_the_rule()
    {
        RawTable table = Table("id;x", "1;2015", "2;1980", "3;2005");
        Assert.Equal("files/outside-bands", OnlyFault(OfFeature(Born, AsOf), table).Code.Name);
        Assert.Equal("files/ask-outside", OnlyFault(OfFeature(Born + """, "outside": "?" """, AsOf), table).Code.Name);
        PreparedPool pool = Apply(OfFeature(Born + """, "outside": { "value": "other" } """, AsOf), table);
        Assert.Equal(["1 other", "2 other", "3 16-24"], Values(pool));
        Assert.Equal(["2 1 DefaultForOutside f", "3 2 DefaultForOutside f"], Actions(pool));
    }

    [Theory]
    [InlineData("03/04/1990", "files/ask-date-order")]
    [InlineData("03/04/1990|25/12/1990", null)]
    [InlineData("03/04/1990|12/25/1990", null)]
    [InlineData("25/12/1990|12/25/1990|03/04/1990", "files/two-date-orders")]
    [InlineData("25/12/1990|12/25/1990", null)]
    [InlineData("03-04-1990|3.4.1990", "files/ask-date-order")]
    [InlineData("04/04/1990", null)]
    [InlineData("1990-04-03|1990/4/3|3 April 1990|3 Apr 1990|1990-04-03T00:00:00|1990-04-03 10:11", null)]
    [InlineData("03/04/90", "files/value-not-mapped")]
    [InlineData("31/02/1990", "files/value-not-mapped")]
    [InlineData("2027-01-01", "files/value-not-mapped")]
    public void A_date_is_read_in_the_one_way_it_can_be_read_or_asked(string cells, string? code)
    {
        RawTable table = Table(["id;x", .. cells.Split('|').Select((cell, i) => $"{i};{cell}")]);
        string mapping = OfFeature(""" "kind": "birthDate", "bands": { "all": [0, null] } """, AsOf);
        Assert.Equal(code is null ? [] : [code], PoolMapping.Deserialize(mapping).FindOpenPoints(table).Select(f => f.Code.Name));
    }

    [Theory]
    [InlineData("dmy", "2 May 2001", "16-24")]
    [InlineData("mdy", "5 Feb 2001", "25-34")]
    public void The_mapping_can_say_the_order_of_days_and_months(string order, string meant, string value)
    {
        string mapping = OfFeature($$""" "kind": "birthDate", "bands": { "16-24": [16, 24], "25-34": [25, 34] }, "dateOrder": "{{order}}" """, AsOf);
        Assert.Equal([$"1 {value}", $"2 {value}"], Values(Apply(mapping, Table("id;x", "1;02/05/2001", $"2;{meant}"))));
    }

    [Fact]
    public void A_value_beside_dates_is_taken_by_its_name() => Assert.Equal(
        ["1 Not said", "2 16-24"],
        Values(Apply(OfFeature(Born + """, "values": { "Not said": ["Prefer not to say"] } """, AsOf), Table("id;x", "1;prefer not to  say", "2;2005"))));

    [Fact]
    public void Numbers_fall_into_bands_with_the_decimal_mark_of_the_mapping()
    {
        string mapping = OfFeature(""" "kind": "number", "bands": { "low": [0, 9], "high": [10, null] } """);
        Assert.Equal(["1 low", "2 high", "3 low"], Values(Apply(mapping, Table("id;x", "1;9", "2;10", "3;9,5"))));
        Assert.Equal("files/decimal-mark-unknown", OnlyFault(mapping, Table("id;x", "1;9.500")).Code.Name);
        Assert.Equal(["1 low"], Values(Apply(OfFeature(""" "kind": "number", "bands": { "low": [0, 9], "high": [10, null] } """, """ "table": { "decimal": "." } """), Table("id;x", "1;9.500"))));
    }

    [Fact]
    public void A_long_table_of_translations_is_looked_up()
    {
        string areas = "postnr,område\n" + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i:00000},{(i % 2 == 0 ? "even" : "odd")}\n")) + "00002,EVEN\n";
        string mapping = OfFeature(""" "lookup": { "file": "areas.csv", "from": "postnr", "to": "område" }, "values": { "Even": [], "Odd": [] }, "other": { "value": "Elsewhere" } """);
        PreparedPool pool = Apply(mapping, Table("id;x", "1;00002", "2;39999", "3;2"), open: name => File(name, areas));
        Assert.Equal(["1 Even", "2 Odd", "3 Elsewhere"], Values(pool));
        Assert.Equal(["4 3 DefaultForOther f"], Actions(pool));
    }

    [Fact]
    public void A_table_of_translations_that_says_two_things_is_a_fault_that_names_both_lines()
    {
        string mapping = OfFeature(""" "lookup": { "file": "a.csv", "from": "p", "to": "a" } """);
        Fault fault = OnlyFault(mapping, Table("id;x", "1;1"), open: name => File(name, "p,a\n1,north\n2,\n1,south\n".Replace("2,\n", "", StringComparison.Ordinal)));
        Assert.Equal("a.csv, line 3, column \"a\": \"1\" is both south and north (a.csv, line 2, column \"a\"); expected one answer for each", FileTexts.English.Describe(fault));
        Assert.Equal("files/lookup-without-answer", OnlyFault(mapping, Table("id;x", "1;1"), open: name => File(name, "p,a\n1,north\n2,\n")).Code.Name);
        Assert.Equal("files/missing-column", OnlyFault(mapping, Table("id;x", "1;1"), open: name => File(name, "p,b\n1,north\n")).Code.Name);
    }

    [Fact]
    public void A_status_says_who_takes_part_and_an_unknown_one_is_asked()
    {
        RawTable table = Table("id;svar", "1;Ja", "2;nej", "3;måske", "4;");
        string Status(string other) => OfPeople($$""" "status": { "column": "Svar", "in": ["ja"], "out": ["nej"]{{other}} } """, """{ "column": "id" }""");
        Fault asked = OnlyFault(Status(""), table);
        Assert.Equal("files/ask-status", asked.Code.Name);
        Assert.Equal(["\"måske\" (1)", "\"\" (1)"], (IEnumerable<string>)asked["found"]!);
        Assert.Equal(["1", "3", "4"], Values(Apply(Status(""", "other": "in" """), table), columns: 1));
        PreparedPool pool = Apply(Status(""", "other": "out" """), table);
        Assert.Equal(["1"], Values(pool, columns: 1));
        Assert.Equal(["3 2 LeftOutStatus", "4 3 LeftOutStatus", "5 4 LeftOutStatus"], Actions(pool));
    }

    [Fact]
    public void Titles_second_headings_totals_and_notes_are_nobody()
    {
        RawTable table = Table("Registrations", "", "id;x;note", "number;choice;", "1;a;", "2;b;hello", ";;printed on Monday", "Total: 2;;");
        PreparedPool pool = Apply(OfFeature("", """ "table": { "headerRow": 3, "firstRow": 5, "notPeople": ["Total"] } """), table);
        Assert.Equal(["1 a", "2 b"], Values(pool));
        Assert.Equal(["7  NotAPerson", "8  NotAPerson"], Actions(pool));
        Assert.Equal(["id", "f", "x", "note"], pool.Header);
    }

    [Fact]
    public void All_columns_are_kept_and_names_that_clash_are_told_apart()
    {
        PreparedPool pool = Apply(
            """{ "format": "sortition-mapping/1", "id": { "column": "No" }, "features": [{ "name": "gender", "column": "Gender", "values": { "female": ["K"] } }, { "name": "age", "column": "band" }] }""",
            Table("No;Gender;Age;band;id;;note", "7;K;44;mid;old-7;beside;=1+1"));
        Assert.Equal(["id", "gender", "age", "No", "Age (original)", "band", "id (original)", "column 6", "note"], pool.Header);
        Assert.Equal("id,gender,age,No,Age (original),band,id (original),column 6,note\n7,female,mid,7,44,mid,old-7,beside,'=1+1\n", Written(pool)["pool.csv"]);
    }

    [Fact]
    public void Rows_with_more_cells_than_headings_are_a_fault() => Assert.Equal(
        "files/rows-beyond-headings", OnlyFault(OfFeature(""), Table("id;x", "1;a", "2;b;c")).Code.Name);

    [Fact]
    public void Columns_that_are_missing_or_repeated_are_all_told()
    {
        string mapping = """
            { "format": "sortition-mapping/1", "id": { "column": "nr" }, "household": ["street"], "contact": { "name": ["name"], "email": "mail", "phone": "tel" },
              "status": { "column": "state", "in": [], "out": [] }, "features": [{ "name": "f", "column": "x" }, { "name": "g", "column": "y" }] }
            """;
        Assert.Equal(
            [
                "duplicate-column y", "missing-column mail", "missing-column name", "missing-column nr", "missing-column state", "missing-column street",
                "missing-column tel", "missing-column x",
            ],
            Faults(mapping, Table("y;y;z", "1;2;3")).Select(f => $"{f.Code.Name["files/".Length..]} {f.Location.Column}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null, "id;x")]
    [InlineData(3, "id;x", "1;a")]
    public void A_table_without_people_is_a_fault(int? header, params string[] lines) => Assert.StartsWith(
        "files/no-",
        Faults(OfFeature("", $$""" "table": { "headerRow": {{(header is null ? "null" : "3")}} } """), Table(lines))[^1].Code.Name,
        StringComparison.Ordinal);

    [Fact]
    public void Everything_open_and_wrong_is_told_at_once()
    {
        string mapping = """
            { "format": "sortition-mapping/1", "asOf": "?", "id": { "column": "id" }, "features": [
              { "name": "f", "column": "?" }, { "name": "g", "column": "x", "kind": "birthYear", "bands": "?", "edge": "?" },
              { "name": "h", "column": "y", "values": { "a": [] }, "other": "?" } ] }
            """;
        Assert.Equal(
            ["files/ask-bands", "files/ask-column", "files/ask-day", "files/ask-other"],
            Faults(mapping, Table("id;x;y", "1;1990;b")).Select(f => f.Code.Name).Order(StringComparer.Ordinal));
    }
}
