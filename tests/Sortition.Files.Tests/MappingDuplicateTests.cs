using Sortition.Core;
using Sortition.Files.Mapping;
using Xunit;
using static Sortition.Files.Tests.MappingTables;

namespace Sortition.Files.Tests;

/// <summary>People who have registered twice are found, asked about, and decided.</summary>
public sealed class MappingDuplicateTests
{
    private const string Head = "time;name;email;phone;street";
    private const string Contact = """ "contact": { "name": ["name"], "email": "email", "phone": "phone" }, "household": ["street"] """;
    private const string By = """[["email"], ["phone"], ["name", "household"]]""";

    [Theory]
    [InlineData("2;Ada;ADA@example.org;;", "email")]
    [InlineData("2;Ada L.;other@example.org;+45 11 11 11 11;", "phone")]
    [InlineData("2;Ada;other@example.org;0045-11111111;", "phone")]
    [InlineData("2; ada ;other@example.org;99999999;elm  1", "name + household")]
    [InlineData("2;Bea;other@example.org;99999999;Elm 1", null)]
    [InlineData("2;Ada;;;", null)]
    [InlineData("2;Ada;no address;123;", null)]
    public void Equal_mail_phone_or_name_and_address_are_asked(string second, string? alike)
    {
        RawTable table = Table(Head, "1;Ada;ada@example.org;11111111;Elm 1", second);
        IReadOnlyList<Fault> faults = PoolMapping.Deserialize(Mapping("")).FindOpenPoints(table);
        if (alike is null)
        {
            Assert.Empty(faults);
            return;
        }

        Fault asked = Assert.Single(faults);
        Assert.Equal("files/ask-duplicates", asked.Code.Name);
        Assert.Equal("mapping $.duplicates.decisions", asked.Location.Source);
        Assert.Equal(["P01", "P02"], (IEnumerable<string>)asked["ids"]!);
        Assert.Equal([alike], (IEnumerable<string>)asked["alike"]!);
        Assert.Equal(["P02"], Ids(Mapping("""{ "ids": ["P02", "P01"], "keep": "P02" }"""), table));
        Assert.Equal(["P01", "P02"], Ids(Mapping("""{ "ids": ["P01", "P02"], "keep": ["P01", "P02"] }"""), table));
        Assert.Equal("mapping $.duplicates.decisions[0].keep", OnlyFault(Mapping("""{ "ids": ["P01", "P02"], "keep": "?" }"""), table).Location.Source);
    }

    [Fact]
    public void Rows_that_are_equal_are_one_person_where_the_person_is_named()
    {
        RawTable table = Table(Head, "1;Ada;;;Elm 1", "1;Ada ;;;elm 1", "1;;;;", "1;;;;");
        PreparedPool pool = Apply("""{ "format": "sortition-mapping/1", "id": { "create": "P{00}" }, "contact": { "name": ["name"] }, "features": [{ "name": "f", "column": "time" }] }""", table);
        Assert.Equal(["P01 1", "P03 1", "P04 1"], Values(pool));
        Assert.Equal(["3 P02 LeftOutDuplicate P01"], Actions(pool));
        Assert.Equal((1, "files/equal-rows"), (Assert.Single(pool.Warnings)["count"], pool.Warnings[0].Code.Name));
    }

    [Fact]
    public void A_decision_holds_for_the_people_it_names_and_for_nobody_else()
    {
        string[] three = ["1;Ada;a@example.org;;", "2;Ada;a@example.org;;", "3;Ada;a@example.org;;"];
        string decided = Mapping("""{ "ids": ["P01", "P02"], "keep": "P01" }""");
        IdRegister ids = IdRegister.Create();
        Assert.Equal(["P01"], Ids(decided, Table([Head, .. three[..2]]), ids));
        Assert.Equal(["P01", "P02", "P03"], (IEnumerable<string>)OnlyFault(decided, Table([Head, .. three]), ids)["ids"]!);

        // The one who was kept is gone: the other is nobody's double.
        Assert.Equal(["P02"], Ids(decided, Table(Head, three[1]), ids));
    }

    [Fact]
    public void A_decision_about_people_who_are_not_alike_is_told()
    {
        PreparedPool pool = Apply(Mapping("""{ "ids": ["P01", "P02"], "keep": "P01" }"""), Table(Head, "1;Ada;a@example.org;;", "2;Bea;b@example.org;;"));
        Assert.Equal(2, pool.Rows.Count);
        Assert.Equal("files/decision-not-needed", Assert.Single(pool.Warnings).Code.Name);
    }

    [Fact]
    public void Whoever_withdrew_one_registration_of_two_is_asked_about_like_others()
    {
        RawTable table = Table("name;email;state", "Ada;a@example.org;no", "Ada;a@example.org;yes");
        string Decided(string keep) => OfPeople($$"""
             "contact": { "name": ["name"], "email": "email" }, "status": { "column": "state", "in": ["yes"], "out": ["no"] },
             "duplicates": { "by": [["email"]], "decisions": [{{(keep.Length == 0 ? "" : $$"""{ "ids": ["P01", "P02"], "keep": "{{keep}}" }""")}}] }
            """);
        Assert.Equal("files/ask-duplicates", OnlyFault(Decided(""), table).Code.Name);
        Assert.Empty(Ids(Decided("P01"), table));
        Assert.Equal(["P02"], Ids(Decided("P02"), table));
    }

    private static string[] Ids(string mapping, RawTable table, IdRegister? ids = null) => Values(Apply(mapping, table, ids), columns: 1);

    private static string Mapping(string decisions) => OfPeople($$"""{{Contact}}, "duplicates": { "by": {{By}}, "decisions": [{{decisions}}] } """);
}
