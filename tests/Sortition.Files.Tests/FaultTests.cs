using System.Globalization;
using System.Text;
using Sortition.Core;
using Xunit;

namespace Sortition.Files.Tests;

public sealed class FaultTests
{
    private const string Header = "category,feature,min,max\n";

    [Theory]
    [InlineData("gender,female,1.5,2", "files/seats-not-whole", "min", "1.5")]
    [InlineData("gender,female,3.0,4", "files/seats-not-whole", "min", "3.0")]
    [InlineData("gender,female,0,\"3,5\"", "files/seats-not-whole", "max", "3,5")]
    [InlineData("gender,female,1e0,4", "files/seats-not-whole", "min", "1e0")]
    [InlineData("gender,female,+1,4", "files/seats-not-whole", "min", "+1")]
    [InlineData("gender,female,one,4", "files/seats-not-whole", "min", "one")]
    [InlineData("gender,female,-1,4", "core/negative-number", "min", "-1")]
    [InlineData("gender,female,0,-99999999999999999999", "core/negative-number", "max", "-99999999999999999999")]
    [InlineData("gender,female,0,99999999999999999999", "core/number-too-large", "max", "99999999999999999999")]
    [InlineData("gender,female,0,1000000001", "core/number-too-large", "max", "1000000001")]
    [InlineData("gender,female,,4", "files/missing-seats", "min", null)]
    [InlineData("gender,female,0, ,x", "files/wrong-field-count", null, "5")]
    [InlineData("gender,female,0", "files/wrong-field-count", null, "3")]
    [InlineData("gender,female,2,1", "core/min-above-max", "min", "2")]
    [InlineData(",female,1,1", "core/missing-feature-name", "category", null)]
    [InlineData("gender,,1,1", "core/missing-value-name", "feature", null)]
    [InlineData("gender,MALE,1,1", "core/duplicate-quota", "feature", null)]
    [InlineData("gender & gender,male & male,1,1", "core/feature-twice-in-condition", "category", "gender")]
    [InlineData("gender & ,male & x,1,1", "core/missing-feature-name", "category", null)]
    [InlineData("gender & street,male,1,1", "files/values-unlike-features", "feature", "male")]
    [InlineData("gender & street,queer & Elm 1,1,1", "core/unknown-value", "feature", "queer")]
    public void A_malformed_quota_is_one_fault_with_its_place(string row, string code, string? column, string? found)
    {
        // Whatever is wrong with the row on line 3, the people of line 2 and the value it names must not be blamed.
        string people = row.Contains("gender,female", StringComparison.Ordinal) ? Loading.People : Loading.People.Replace("female", "male", StringComparison.Ordinal);
        foreach (string culture in new[] { "", "da-DK", "tr-TR" })
        {
            Cultures.In(culture, () =>
            {
                Fault fault = Loading.OnlyFault(Header + "gender,male,1,1\n" + row + "\n", people);
                Assert.Equal((code, new FaultLocation("quotas.csv", 3, column), found), (fault.Code.Name, fault.Location, fault["found"]?.ToString()));
            });
        }
    }

    [Theory]
    [InlineData("5", "1", "core/min-flex-above-min", "min_flex")]
    [InlineData("1", "0", "core/max-flex-below-max", "max_flex")]
    [InlineData("x", "2", "files/seats-not-whole", "min_flex")]
    [InlineData("1", "-2", "core/negative-number", "max_flex")]
    public void Malformed_flexible_bounds_are_faults(string minFlex, string maxFlex, string code, string column)
    {
        Fault fault = Loading.OnlyFault($"feature,value,min,max,min_flex,max_flex\ngender,female,1,1,{minFlex},{maxFlex}\ngender,male,1,1\n", Loading.People);
        Assert.Equal((code, new FaultLocation("quotas.csv", 2, column)), (fault.Code.Name, fault.Location));
    }

    [Fact]
    public void Everything_wrong_in_both_files_is_told_at_once()
    {
        IReadOnlyList<Fault> faults = Loading.Faults(
            "category,feature,min,max\ngender,female,1.5,2\ngender,male,3,2\n\nage,\"16-24\",-1,\nage,25+,0,9\nhome,flat,0,9\n",
            "id,gender,age,note\np1,female,16-24,\"two\nlines\"\np2,mail,25+,\n,female,16-24,\np3,male,,\np4,male\np1,male,25+,\np5,male,25+,x,y\n",
            o => o with { PanelSize = 0, MustBeIn = ["p9"] });
        Assert.Equal(
            """
            quotas.csv, line 2, column "min": files/seats-not-whole (gender = female) 1.5
            quotas.csv, line 3, column "min": core/min-above-max (gender = male) 3
            quotas.csv, line 5, column "min": core/negative-number (age = 16-24) -1
            quotas.csv, line 5, column "max": files/missing-seats (age = 16-24)
            people.csv, line 1, column "home": core/missing-feature (home) 4
            people.csv, line 4, column "gender": core/unknown-value (p2) mail
            people.csv, line 5, column "id": core/missing-id ()
            people.csv, line 6, column "age": core/missing-value (p3)
            people.csv, line 7: files/wrong-field-count () 2
            people.csv, line 9: files/wrong-field-count () 5
            panel size: core/panel-size-not-positive () 0
            must be in: core/unknown-person (p9)
            """.ReplaceLineEndings("\n"),
            string.Join('\n', faults.Select(f => $"{f.Location}: {f.Code.Name} ({f["subject"]}) {(f["found"] is IReadOnlyList<string> found ? found.Count : f["found"])}".TrimEnd())));
    }

    [Fact]
    public void Faults_name_the_remedy()
    {
        Fault unknown = Loading.OnlyFault(Loading.Quotas, "id,gender\np1,femal\n");
        Assert.Equal("people.csv, line 2, column \"gender\": a value that no quota names (p1), found \"femal\"; did you mean \"female\"?; expected one of: female, male", FileTexts.English.Describe(unknown));
        Fault column = Loading.OnlyFault(Loading.Quotas, "id,Gender,age\np1,female,1\n", o => o with { IdColumn = "number" });
        Assert.Equal("people.csv, line 1, column \"number\": a column is missing, found \"id, Gender, age\"; expected a column named \"number\"", FileTexts.English.Describe(column));
        Fault number = Loading.OnlyFault("category,feature,min,max\ngender,female,1.0,2\ngender,male,0,1\n", Loading.People);
        Assert.Equal(
            "quotas.csv, line 2, column \"min\": not a whole number (gender = female), found \"1.0\"; expected a whole number of seats, 0..1000000000, in digits only",
            FileTexts.English.Describe(number));
    }

    [Fact]
    public void Conflicting_duplicates_are_faults_even_if_they_differ_only_in_other_columns()
    {
        Fault fault = Loading.OnlyFault(Loading.Quotas, "id,gender,note\np1,female,x\n\np1,female,y\n");
        Assert.Equal(("core/conflicting-duplicate", new FaultLocation("people.csv", 4, "id"), "p1"), (fault.Code.Name, fault.Location, fault["subject"]));
        Assert.Contains("people.csv, line 2", FileTexts.English.Describe(fault), StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_cannot_have_to_be_in_and_out()
    {
        Assert.Equal("core/contradictory-status", Loading.OnlyFault(Loading.Quotas, Loading.People, o => o with { MustBeIn = ["p1"], MustBeOut = ["p1"] }).Code.Name);
    }

    [Theory]
    [InlineData("category,feature,min\ngender,female,1\n", "files/missing-column", 1, "max")]
    [InlineData("\ncategory,feature,max\ngender,female,1\n", "files/missing-column", 2, "min")]
    [InlineData("a,b,min,max\ngender,female,1,1\n", "files/missing-pair-of-columns", 1, null)]
    [InlineData("category,feature,min,max, MIN \ngender,female,1,1,1\ngender,male,1,1,1\n", "files/duplicate-column", 1, "min")]
    [InlineData("", "files/empty-file", null, null)]
    [InlineData("\n , \n\n", "files/empty-file", null, null)]
    public void Malformed_headers_of_quota_files_are_faults(string quotas, string code, int? line, string? column)
    {
        Fault fault = Loading.OnlyFault(quotas, Loading.People);
        Assert.Equal((code, new FaultLocation("quotas.csv", line, column)), (fault.Code.Name, fault.Location));
    }

    [Theory]
    [InlineData("id,gender,Gender\np1,female,male\n", "files/duplicate-column", "gender")]
    [InlineData("id,ID,gender\np1,1,male\n", "files/duplicate-column", "id")]
    [InlineData("id,sex,age\np1,female,1\np2,male,1\n", "core/missing-feature", "gender")]
    [InlineData("", "files/empty-file", null)]
    public void Malformed_headers_of_people_files_are_faults(string people, string code, string? column)
    {
        Fault fault = Loading.OnlyFault(Loading.Quotas, people);
        Assert.Equal((code, new FaultLocation("people.csv", column is null ? null : 1, column)), (fault.Code.Name, fault.Location));
    }

    [Fact]
    public void Headings_that_nobody_needs_may_stand_twice() =>
        Assert.Single(Loading.Load(Loading.Quotas, "id,gender,note,note\np1,female,a,b\n").Problem.People);

    [Fact]
    public void A_missing_household_column_is_a_fault()
    {
        Fault fault = Loading.OnlyFault(Loading.Quotas, Loading.People, o => o with { HouseholdColumns = ["street", "zip"], MustBeIn = ["p1"] });
        Assert.Equal(("files/missing-column", new FaultLocation("people.csv", 1, "zip")), (fault.Code.Name, fault.Location));
    }

    [Fact]
    public void A_missing_id_column_does_not_blame_those_who_are_named_by_id()
    {
        Fault fault = Loading.OnlyFault(Loading.Quotas, Loading.People, o => o with { IdColumn = "no", MustBeIn = ["p1"] });
        Assert.Equal(("files/missing-column", "no"), (fault.Code.Name, fault.Location.Column));
    }

    [Fact]
    public void A_household_limit_below_one_is_a_fault() =>
        Assert.Equal("core/household-limit-not-positive", Loading.OnlyFault(Loading.Quotas, Loading.People, o => o with { HouseholdColumns = ["street"], HouseholdLimit = 0 }).Code.Name);

    [Theory]
    [InlineData("id,gender\np1,female\np2,\"male\np3,male\n", 3)]
    [InlineData("id,gender\n\np1,female\np2,\"male\"x\np3,male\n", 4)]
    [InlineData("id,gender,note\np1,female,\"a\nb\"\np2,male,\"", 4)]
    public void Quotes_that_do_not_close_are_faults_where_they_begin(string people, int line)
    {
        Fault fault = Loading.OnlyFault(Loading.Quotas, people);
        Assert.Equal(("files/unclosed-quote", new FaultLocation("people.csv", line)), (fault.Code.Name, fault.Location));
    }

    [Fact]
    public void A_quote_that_never_closes_in_a_large_file_is_found()
    {
        StringBuilder people = new("id,gender\np0,\"female\n");
        for (int i = 1; people.Length < 3_000_000; i++)
        {
            people.Append(CultureInfo.InvariantCulture, $"p{i},female\n");
        }

        Fault fault = Loading.OnlyFault(Loading.Quotas, people.ToString());
        Assert.Equal(("files/row-too-long", 2), (fault.Code.Name, fault.Location.Line));
    }

    public static TheoryData<byte[]> NoTexts => new()
    {
        { [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00] },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] },
        { "id,gen\0der\np1,female\n"u8.ToArray() },
        { Encoding.Unicode.GetBytes("id,gender\np1,female\n") },
        { [0xFF, 0xFE, 0x41, 0x00, 0x42] },
        { [0xFF, 0xFE, 0x00, 0xD8, 0x42, 0x00] },
        { [0xEF, 0xBB, 0xBF, 0x69, 0x64, 0xE6] },
    };

    [Theory]
    [MemberData(nameof(NoTexts))]
    public void What_is_no_text_is_refused_with_a_remedy(byte[] people)
    {
        Fault fault = Assert.Single(Assert.Throws<MalformedInputException>(() => Loading.Load(Encoding.UTF8.GetBytes(Loading.Quotas), people)).Faults);
        string code = people[0] switch
        {
            0x50 => "files/workbook-damaged",
            0xD0 => "files/old-workbook",
            0xEF => "files/mixed-encoding",
            _ => "files/no-text",
        };
        Assert.Equal((code, "people.csv", people[0] == 0xEF ? 1 : null), (fault.Code.Name, fault.Location.Source, fault.Location.Line));
        Assert.Contains(people[0] is 0x50 or 0xD0 ? "CSV UTF-8" : "UTF-8", FileTexts.English.Describe(fault), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_folders_and_impossible_names_are_faults()
    {
        using TemporaryFolder folder = new();
        DraftOptions options = new(folder["no.csv"], folder.Path, 2) { MustBeIn = ["p1"] };
        IReadOnlyList<Fault> faults = Assert.Throws<MalformedInputException>(() => ProblemFiles.Load(options)).Faults;
        Assert.Equal([("files/unreadable-file", "no.csv"), ("files/unreadable-file", Path.GetFileName(folder.Path))], faults.Select(f => (f.Code.Name, f.Location.Source)));
        Assert.DoesNotContain(folder.Path, string.Join('\n', faults.Select(FileTexts.English.Describe)), StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<MalformedInputException>(() => ProblemFiles.Load(options with { People = "a\0b" })).Faults.Count);
    }

    [Fact]
    public void Files_beyond_the_limit_are_refused()
    {
        int length = Loading.People.Length;
        Assert.Equal(4, Loading.Load(Loading.Quotas, Loading.People, o => o with { MaxFileBytes = length }).Problem.People.Count);
        Fault fault = Loading.OnlyFault(Loading.Quotas, Loading.People, o => o with { MaxFileBytes = length - 1 });
        Assert.Equal(("files/file-too-large", "people.csv"), (fault.Code.Name, fault.Location.Source));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loading.Load(Loading.Quotas, Loading.People, o => o with { MaxFileBytes = 0 }));
    }

    [Fact]
    public void A_hundred_thousand_faults_of_one_cause_are_one_and_no_kind_hides_another()
    {
        StringBuilder people = new("id,gender\n");
        for (int i = 0; i < 100_000; i++)
        {
            people.Append(CultureInfo.InvariantCulture, $"p{i},x\n");
        }

        people.Append("p1,female\nq1,female\nq1,male\n");
        MalformedInputException e = Assert.Throws<MalformedInputException>(() => Loading.Load(Loading.Quotas, people.ToString()));
        Assert.Equal(["core/unknown-value", "core/conflicting-duplicate"], e.Faults.Select(f => f.Code.Name));
        Assert.Equal((2, 100_000, 1_000), (e.FaultCount, e.Faults[0].LineCount, e.Faults[0].Lines.Count));
        Assert.Equal(
            "people.csv, 100000 lines (2–1001, …), column \"gender\": a value that no quota names, found \"x\"; expected one of: female, male",
            FileTexts.English.Describe(e.Faults[0]));
        string different = "id,gender\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => FormattableString.Invariant($"p{i / 2},{(i % 2 == 0 ? "fe" : "")}male\n")));
        e = Assert.Throws<MalformedInputException>(() => Loading.Load(Loading.Quotas, different));
        Assert.Equal((1_500, 1_000), (e.FaultCount, e.Faults.Count));
    }
}
