using System.Security.Cryptography;
using System.Text;
using Sortition.Core;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Xunit;

namespace Sortition.Files.Tests;

public sealed class PeopleFileTests
{
    [Theory]
    [InlineData("gender,ID,person_id\nfemale,a,1\nmale,b,2\n", null, "a b")]
    [InlineData("gender,respondent_id,person_id\nfemale,a,1\nmale,b,2\n", null, "1 2")]
    [InlineData("gender,nationbuilder_id\nfemale,a\nmale,b\n", null, "a b")]
    [InlineData("gender,ID,code\nfemale,a,1\nmale,b,2\n", " CODE ", "1 2")]
    [InlineData("gender\nfemale\n\nmale\n", null, "1 2")]
    public void Ids_come_from_the_column_asked_for_or_a_usual_one_or_the_row(string people, string? idColumn, string ids)
    {
        LoadedProblem loaded = Loading.Load(Loading.Quotas, people, o => o with { IdColumn = idColumn });
        Assert.Equal(ids, string.Join(' ', loaded.Problem.People.Select(p => p.Id)));
        Assert.Equal(people.Contains("id", StringComparison.OrdinalIgnoreCase), loaded.People.HasIds);
    }

    [Fact]
    public void Ids_that_look_like_comments_are_ids()
    {
        SelectionProblem problem = Loading.Load(Loading.Quotas, "id,gender\n#1,female\n#2,male\n").Problem;
        Assert.Equal(["#1", "#2"], problem.People.Select(p => p.Id));
    }

    [Fact]
    public void All_columns_and_rows_are_kept_as_they_were()
    {
        LoadedProblem loaded = Loading.Load(Loading.Quotas, "Note, ID ,gender,\n\"x, \"\"y\"\"\nz\",p2, Male \n, p1 ,female\n,,,\n");
        Assert.Equal(["Note", " ID ", "gender"], loaded.People.Header);
        Assert.Equal(2, loaded.People.Rows.Count);
        Assert.Equal(["x, \"y\"\nz", "p2", " Male "], loaded.People.Rows[0]);
        Assert.Equal(["", " p1 ", "female"], loaded.People.Rows[1]);
        Assert.Equal(["p2", "p1"], Enumerable.Range(0, 2).Select(r => loaded.Problem.People[loaded.People.PersonOf(r)].Id));
    }

    [Fact]
    public void Inputs_are_named_without_their_folder_and_hashed()
    {
        LoadedProblem loaded = Loading.Load(Loading.Quotas, Loading.People);
        byte[] people = Encoding.UTF8.GetBytes(Loading.People);
        Assert.Equal(["quotas.csv", "people.csv"], loaded.Inputs.Select(i => i.Name));
        InputFile file = loaded.Inputs[1];
        Assert.Equal(("people.csv", Convert.ToHexStringLower(SHA256.HashData(people)), people.Length), (file.Name, file.Sha256, file.Bytes));
    }

    [Fact]
    public void Households_share_an_address_and_blank_ones_are_unknown()
    {
        SelectionProblem problem = Loading.Load(
            Loading.Quotas,
            "id,gender,Street,city\np1,female,Elm  3,A\np2,male, ELM 3 ,a\np3,male,Elm 3,B\np4,male,,A\np5,male,,A\n",
            o => o with { HouseholdColumns = ["street", "City"] }).Problem;
        Assert.Equal(1, problem.HouseholdLimit);
        Assert.Equal([0, 0, 1, null, null], problem.People.Select(p => p.Household));
    }

    [Fact]
    public void The_household_limit_can_be_set_but_not_without_columns()
    {
        Assert.Equal(2, Loading.Load(Loading.Quotas, Loading.People, o => o with { HouseholdColumns = ["street"], HouseholdLimit = 2 }).Problem.HouseholdLimit);
        Assert.Null(Loading.Load(Loading.Quotas, Loading.People).Problem.HouseholdLimit);
        Assert.Throws<ArgumentException>(() => Loading.Load(Loading.Quotas, Loading.People, o => o with { HouseholdLimit = 2 }));
    }

    [Fact]
    public void People_can_have_to_be_in_or_out()
    {
        SelectionProblem problem = Loading.Load(Loading.Quotas, Loading.People, o => o with { MustBeIn = [" p1"], MustBeOut = ["p2", "p4"] }).Problem;
        Assert.Equal([PersonStatus.MustBeIn, PersonStatus.MustBeOut, PersonStatus.Free, PersonStatus.MustBeOut], problem.People.Select(p => p.Status));
    }

    [Fact]
    public void Identical_rows_are_merged_with_a_warning_of_the_line()
    {
        LoadedProblem loaded = Loading.Load(Loading.Quotas, "id,gender,note\np1,female,x\np2,male,\np1,female,x\np2,male\n");
        Assert.Equal(2, loaded.Problem.People.Count);
        Assert.Equal(
            [("core/duplicate-merged", 4, 5)],
            loaded.Problem.Warnings.Select(w => (w.Code.Name, w.Lines[0], w.Lines[^1])));
        Assert.Equal([0, 1, 0, 1], Enumerable.Range(0, 4).Select(loaded.People.PersonOf));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Rows_longer_than_any_buffer_and_many_of_them_keep_their_lines(string newLine)
    {
        StringBuilder people = new("id,gender,note" + newLine);
        for (int i = 0; i < 5000; i++)
        {
            // Every row takes two lines, one of them inside quotes; some are longer than the reader's first buffer.
            people.Append("p" + i.ToString("D5", null)).Append(i == 4999 ? ",unknown,\"" : ",female,\"").Append('x', i % 1000 == 0 ? 100_000 : i % 97).Append(newLine).Append('"').Append(newLine);
        }

        Fault fault = Loading.OnlyFault(Loading.Quotas, people.ToString());
        Assert.Equal(("core/unknown-value", 10_000, "p04999"), (fault.Code.Name, fault.Location.Line ?? 0, fault["subject"]));
    }

    [Fact]
    public void Cancellation_stops_the_loading()
    {
        using TemporaryFolder folder = new();
        ProblemFilesOptions options = new() { Quotas = folder.Write("q.csv", Loading.Quotas), People = folder.Write("p.csv", Loading.People), PanelSize = 2 };
        Assert.Throws<OperationCanceledException>(() => ProblemFiles.Load(options, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("albertslund", 36, 547, 22, 5)]
    [InlineData("sf_e_like_110", 110, 1727, 29, 7)]
    [InlineData("obf_like_30", 30, 321, 44, 8)]
    public void The_instances_load(string folder, int size, int people, int quotas, int features)
    {
        SelectionProblem problem = InstanceFiles.Load(folder, size).Problem;
        Assert.Equal((people, quotas, features), (problem.People.Count, problem.Quotas.Count, problem.Features.Count));
        Assert.Empty(problem.Warnings);
    }

    [Fact]
    public void Entitlements_come_from_the_column_asked_for()
    {
        LoadedProblem loaded = Loading.Load(Loading.Quotas, "id,gender, Share \np1,female,0.5\np2,male, 2 \np3,male,1e-3\n", o => o with { EntitlementColumn = "share" });
        Assert.Equal([0.5, 2, 0.001], loaded.Problem.People.Select(p => p.Entitlement));
        Assert.Equal("share", loaded.EntitlementColumn);
        LoadedProblem comma = Loading.Load(Loading.Quotas, "id;gender;share\np1;female;0,5\np2;male;2\n", o => o with { EntitlementColumn = "share" });
        Assert.Equal([0.5, 2], comma.Problem.People.Select(p => p.Entitlement));
        LoadedProblem without = Loading.Load(Loading.Quotas, "id,gender,share\np1,female,x\np2,male,\n");
        Assert.Equal([1, 1], without.Problem.People.Select(p => p.Entitlement));
        Assert.Null(without.EntitlementColumn);
    }

    [Fact]
    public void Every_faulty_entitlement_is_reported_with_its_place_and_text()
    {
        IReadOnlyList<Fault> faults = Loading.Faults(
            Loading.Quotas, "id,gender,share\np1,female,\"1,250\"\np2,mail,\np3,male,-1\np4,male,0\np5,male,NaN\np6,male,1e7\np7,male\n", o => o with { EntitlementColumn = "share" });
        Assert.Equal(
            ["2 share core/entitlement-out-of-range 1,250", "3 gender core/unknown-value mail", "3 share files/missing-entitlement ", "4 share core/entitlement-out-of-range -1", "5 share core/entitlement-out-of-range 0",
                "6 share core/entitlement-out-of-range NaN", "7 share core/entitlement-out-of-range 10000000", "8  files/wrong-field-count 2"],
            faults.Select(f => FormattableString.Invariant($"{f.Location.Line} {f.Location.Column} {f.Code.Name} {f["found"]}")).Order(StringComparer.Ordinal));
        Assert.Equal("files/missing-column", Loading.OnlyFault(Loading.Quotas, Loading.People, o => o with { EntitlementColumn = "share" }).Code.Name);
        Assert.Equal(
            "files/duplicate-column",
            Loading.OnlyFault(Loading.Quotas, "id,gender,share,share\np1,female,1,1\np2,male,1,1\n", o => o with { EntitlementColumn = "share" }).Code.Name);
    }
}
