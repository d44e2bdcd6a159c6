using System.Text;
using Sortition.Core;
using Sortition.Files.Mapping;
using Xunit;
using static Sortition.Files.Tests.MappingTables;

namespace Sortition.Files.Tests;

/// <summary>Ids that were made are kept, and no stranger gets one.</summary>
public sealed class IdRegisterTests
{
    private const string Head = "name;email;phone;street;answer";
    private const string Members = """
         "contact": { "name": ["name"], "email": "email", "phone": "phone" }, "household": ["street"], "status": { "column": "answer", "in": ["yes"], "out": ["no"] }
        """;

    private static readonly string[] s_people =
        ["Ada;ada@example.org;111111;Elm 1;yes", "Ben;ben@example.org;222222;Elm 2;yes", "Cyd;cyd@example.org;333333;Elm 3;yes"];

    private readonly IdRegister _ids = IdRegister.Create();

    [Fact]
    public void Ids_stay_with_their_rows_when_others_are_deleted_moved_and_added()
    {
        Assert.Equal(["P01 Ada", "P02 Ben", "P03 Cyd"], Give(s_people));
        Assert.Equal(["P03 Cyd", "P01 Ada"], Give([s_people[2], s_people[0]]));
        Assert.Equal(["P04 Dee", "P03 Cyd"], Give(["Dee;dee@example.org;444444;Elm 4;yes", s_people[2]]));
        Assert.Equal(["P02 Ben", "P05 Eve"], Give([s_people[1], "Eve;eve@example.org;555555;Elm 5;yes"]));
        Assert.Equal(5, _ids.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_runs_at_the_same_time_never_give_one_number_twice(bool isNew)
    {
        using TemporaryFolder folder = new();
        string path = folder["ids.csv"];
        if (!isNew)
        {
            IdRegister before = IdRegister.Open(path);
            before.Add(new RegisteredRow("P01", "", "", "", "", "", ""));
            before.Save(path);
        }

        IdRegister one = IdRegister.Open(path);
        IdRegister other = IdRegister.Open(path);
        one.Add(new RegisteredRow("P02", "", "", "", "", "", ""));
        other.Add(new RegisteredRow("P02", "", "", "", "", "", ""));
        one.Save(path);
        string saved = System.IO.File.ReadAllText(path);
        Assert.Throws<RegisterChangedException>(() => other.Save(path));
        Assert.Equal(saved, System.IO.File.ReadAllText(path));
        one.Add(new RegisteredRow("P03", "", "", "", "", "", ""));
        one.Save(path);
        Assert.Equal(one.Count, IdRegister.Open(path).Count);
    }

    [Fact]
    public void Ids_stay_when_columns_are_moved_or_empty_ones_added()
    {
        Give(s_people);
        PreparedPool pool = Apply(OfPeople(Members), Table("note;answer;street;phone;EMAIL;Name", ";yes;Elm 2;222222;ben@example.org;Ben"), _ids);
        Assert.Equal("P02", pool.Rows[0][0]);
        Assert.Empty(pool.ChangedIds);
    }

    [Theory]
    [InlineData("Ben;ben@example.org;222222;Elm 2;yes", "P02", false)]
    [InlineData("Ben;new@example.org;222222;Elm 2;yes", "P02", true)]
    [InlineData("Ben;new@example.org;999999;Elm 2;yes", "P02", true)]
    [InlineData("BEN ; BEN@example.org;+45 99 99 99;Oak 9;yes", "P02", true)]
    [InlineData("Bo;ben@example.org;222222;Elm 2;yes", "P04", false)]
    [InlineData("Ben;new@example.org;999999;Oak 9;yes", "P04", false)]
    public void Somebody_whose_row_has_changed_is_known_by_the_name_and_one_thing_more(string row, string id, bool changed)
    {
        Give(s_people);
        PreparedPool pool = Apply(OfPeople(Members), Table(Head, row), _ids);
        Assert.Equal(id, pool.Rows[0][0]);
        Assert.Equal(changed ? [id] : [], pool.ChangedIds);
    }

    [Fact]
    public void A_changed_status_changes_no_id()
    {
        Give(s_people);
        PreparedPool pool = Apply(OfPeople(Members), Table([Head, .. s_people.Select(p => p.Replace(";yes", ";no", StringComparison.Ordinal)), "Flo;;;;yes"]), _ids);
        Assert.Equal(["2 P01 LeftOutStatus", "3 P02 LeftOutStatus", "4 P03 LeftOutStatus"], Actions(pool));
        Assert.Empty(pool.ChangedIds);
    }

    [Fact]
    public void Whoever_could_be_two_people_gets_a_new_id()
    {
        Give(["Ben;a@example.org;;Elm 2;yes", "Ben;b@example.org;;Elm 2;yes"]);
        Assert.Equal(["P03 Ben"], Give(["Ben;c@example.org;;Elm 2;yes"]));
    }

    [Fact]
    public void A_new_id_for_somebody_reached_where_another_was_is_told()
    {
        Give(s_people);
        PreparedPool pool = Apply(OfPeople(Members), Table(Head, "Bo;ben@example.org;222222;Elm 2;yes"), _ids);
        Fault warning = Assert.Single(pool.Warnings);
        Assert.Equal("files/new-id-though-alike", warning.Code.Name);
        Assert.Equal(("P04", "P02"), (warning["subject"], Assert.Single((IEnumerable<string>)warning["ids"]!)));
    }

    [Fact]
    public void A_register_written_and_read_is_the_same_and_holds_nothing_of_anybody()
    {
        Give(s_people);
        IdRegister read = IdRegister.Read(File("ids.csv", Text(_ids.Write)), File("ids.key", Text(_ids.WriteKey)));
        Assert.Equal(Text(_ids.Write), Text(read.Write));
        Assert.Equal(Text(_ids.WriteKey), Text(read.WriteKey));
        Assert.All(["Ben", "@", "Elm", "yes"], personal => Assert.DoesNotContain(personal, Text(_ids.Write), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["P02 Ben"], [.. Apply(OfPeople(Members), Table(Head, s_people[1]), read).Rows.Select(r => $"{r[0]} {r[1]}")]);
    }

    [Fact]
    public void Fingerprints_of_two_projects_have_nothing_in_common()
    {
        Give(s_people);
        IdRegister other = IdRegister.Create();
        Apply(OfPeople(Members), Table([Head, .. s_people]), other);
        string[] Prints(IdRegister ids) => [.. Text(ids.Write).Split('\n').Skip(1).SelectMany(line => line.Split(',').Skip(1)).Where(p => p.Length > 0)];
        Assert.Empty(Prints(_ids).Intersect(Prints(other)));
    }

    [Theory]
    [InlineData("id,row,rest,name,email,phone,household\nP01,zz,,,,,\n", "files/malformed-register")]
    [InlineData("id,row,rest,name,email,phone,household\nP01,,,,,,\nP01,,,,,,\n", "files/malformed-register")]
    [InlineData("id,row,rest,name,email,phone,household\n,00000000000000000000000000000000,,,,,\n", "files/malformed-register")]
    [InlineData("id,row\nP01,\n", "files/missing-column")]
    public void A_register_that_was_changed_is_a_fault(string ids, string code) => Assert.Contains(
        code,
        Assert.Throws<MalformedInputException>(() => IdRegister.Read(File("ids.csv", ids), File("ids.key", Text(_ids.WriteKey)))).Faults.Select(f => f.Code.Name));

    [Theory]
    [InlineData("")]
    [InlineData("sortition-key/1 00")]
    [InlineData("sortition-key/2 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sortition-key/1 000000000000000000000000000000000000000000000000000000000000000g")]
    public void A_key_that_is_none_is_a_fault(string key) => Assert.Equal(
        "files/malformed-key", Assert.Single(Assert.Throws<MalformedInputException>(() => IdRegister.Read(null, File("ids.key", key))).Faults).Code.Name);

    [Fact]
    public void On_disk_the_key_is_written_once_and_ids_without_it_are_a_fault()
    {
        using TemporaryFolder folder = new();
        IdRegister ids = IdRegister.Open(folder["ids.csv"]);
        Apply(OfPeople(Members), Table([Head, .. s_people]), ids);
        ids.Save(folder["ids.csv"]);
        string key = folder.Read("ids.key");
        IdRegister again = IdRegister.Open(folder["ids.csv"]);
        Apply(OfPeople(Members), Table(Head, "Dee;;;;yes"), again);
        again.Save(folder["ids.csv"]);
        Assert.Equal(["ids.csv", "ids.key"], folder.Names());
        Assert.Equal(key, folder.Read("ids.key"));
        Assert.Equal(4, IdRegister.Open(folder["ids.csv"]).Count);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(folder["ids.key"]));
        }

        System.IO.File.Delete(folder["ids.key"]);
        Assert.Equal("files/missing-key", Assert.Single(Assert.Throws<MalformedInputException>(() => IdRegister.Open(folder["ids.csv"])).Faults).Code.Name);
    }

    [Fact]
    public void Ids_of_a_column_are_taken_and_two_rows_of_one_id_are_a_fault()
    {
        const string Column = """{ "column": "nr" }""";
        Assert.Equal(["7", "8"], Values(Apply(OfPeople("", Column), Table("nr;x", "7;a", "8;b", "7;a")), columns: 1));
        Fault two = OnlyFault(OfPeople("", Column), Table("nr;x", "7;a", "7;b"));
        Assert.Equal("people.csv, line 3, column \"nr\": two rows have the id 7 and differ, rows 2, 3; expected one row for each id", FileTexts.English.Describe(two));
        Assert.Equal("files/people-without-id", OnlyFault(OfPeople(""" "contact": { "name": ["x"] } """, Column), Table("nr;x", "7;a", ";b")).Code.Name);
    }

    private string[] Give(IEnumerable<string> people) => [.. Apply(OfPeople(Members), Table([Head, .. people]), _ids).Rows.Select(row => $"{row[0]} {row[1]}")];

    private static string Text(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
