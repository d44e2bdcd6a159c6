using Sortition.Core;
using Sortition.Core.DropOuts;
using Sortition.Files.Dialects;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Drop-out chances and past members from CSV and workbooks.</summary>
public sealed class DropOutFileTests
{
    private static readonly SelectionProblem Problem = new SelectionProblemBuilder(2)
        .Quota("gender", "female", 0, 2).Quota("gender", "male", 0, 2).Quota("age", "young", 0, 2).Quota("age", "old", 0, 2).Feature("town & country", "town & sea", "country")
        .People(
            ["p1,female,young,country", "p2,female,old,country", "p3,male,young,country", "p4,male,old,town & sea"],
            row => row.Split(',')[0],
            null,
            row => new Dictionary<string, string> { ["gender"] = row.Split(',')[1], ["age"] = row.Split(',')[2], ["town & country"] = row.Split(',')[3] })
        .Build();

    [Theory]
    [InlineData("da-DK")]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    public void Every_form_of_chances_of_people_gives_the_same(string culture) => Cultures.In(culture, () =>
    {
        double[] expected = [0.1, 0.05, 0.25, 0.05];
        Assert.Equal(expected, Chances("id,chance\np1,0.1\np3,0.25\n"));
        Assert.Equal(expected, Chances("id;chance\np1;0,1\np3;25,0 %\n"));
        Assert.Equal(expected, Chances("CHANCE;Note;Person_ID\n10 %;x;p1\n25%;;p3\n"));
        Assert.Equal(expected, Chances("id\tdrop-out chance\tfeature\tvalue\np3\t2.5E-1\tage\told\n p1 \t10%\tage\told\np1\t0.10\n"));
        Assert.Equal(expected, Chances("number,id,probability\np1,p2,0.1\np3,p4,0.25\n", idColumn: "Number"));
    });

    [Theory]
    [InlineData("da-DK")]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    public void Every_form_of_chances_of_groups_gives_the_same(string culture) => Cultures.In(culture, () =>
    {
        double[] expected = [0.2, 0.05, 0.2, 0.5];
        Assert.Equal(expected, Chances("feature,value,chance\nage,young,0.2\ngender & age,male & old,50 %\n"));
        Assert.Equal(expected, Chances("category;feature;chance\nAGE;Young;20%\n age&GENDER ; old & MALE ;0.5\n"));
        Assert.Equal(expected, Chances("chance,category,name\n0.2,age,young\n0.5,town & country,town & sea\n"));
        Assert.Equal(expected, Chances("FeatureName\tValueName\tsandsynlighed\nage\tyoung\t20 %\ntown & country\ttown & sea\t5.0e1 %\n"));
        Assert.Equal([0.2, 0.05, 0.28, 0.1], Chances("feature,value,chance\nage,young,0.2\ngender,male,10 %\n").Select(c => Math.Round(c, 12)));
    });

    [Fact]
    public void A_workbook_is_read_the_same()
    {
        double[] expected = [0.1, 0.05, 0.25, 0.05];
        const string Table = "id,chance\np1,0.1\np3,25 %\n";
        Assert.Equal(expected, Chances(Workbooks.Of(("x", Workbooks.Data(Table)))));
        Assert.Equal(expected, Chances(Workbooks.Of(("people", Workbooks.Data(Loading.People)), ("y", Workbooks.Data(Table)))));
        Assert.Equal(expected, Chances(Workbooks.Of(("y", Workbooks.Data("id,chance\np1,1\n")), ("Chances", Workbooks.Data(Table)))));
        Assert.Equal(expected, Chances(Workbooks.Of(("Chances", Workbooks.Data("id,chance\np1,1\n")), ("y", Workbooks.Data(Table))), sheet: "Y"));
        Assert.Equal("files/no-sheet-of-chances", Assert.Single(Faults(Workbooks.Of(("a", Workbooks.Data(Loading.People)), ("b", Workbooks.Data(Loading.Quotas))))).Code.Name);

        // Numbers as spreadsheets store them; a cell that shows 25 % holds 0.25.
        const string Cells = """
            <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>chance</t></is></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>p3</t></is></c><c r="B2"><v>0.25</v></c></row>
            <row r="3"><c r="A3" t="inlineStr"><is><t>p1</t></is></c><c r="B3"><v>0.1</v></c></row></sheetData>
            """;
        Assert.Equal(expected, Chances(Workbooks.Of(("x", Cells))));
    }

    [Fact]
    public void Every_fault_of_people_is_listed_with_its_place()
    {
        const string File = "id,chance\np1,\"1,250\"\np2,10\np9,0.1\n,110 %\np3,\np3\np4,0.1\np4,0.2\np2,-1 %\n";
        Assert.Equal(
            """
            chances.csv, line 2, column "chance": not a number (p1), found "1,250"; expected a chance from 0 to 1, such as 0.1 or 0,1, or a percentage such as 10 %
            chances.csv, line 3, column "chance": a chance is out of range (p2), found "10"; expected a chance from 0 to 1, such as 0.1 or 0,1, or a percentage such as 10 %
            chances.csv, line 4: nobody in the pool has this id (p9); expected the id of somebody in the pool
            chances.csv, line 5, column "chance": a chance is out of range, found "110 %"; expected a chance from 0 to 1, such as 0.1 or 0,1, or a percentage such as 10 %
            chances.csv, line 5: a person has no id; expected the id of somebody in the pool
            chances.csv, line 6, column "chance": a number is missing (p3); expected a chance from 0 to 1, such as 0.1 or 0,1, or a percentage such as 10 %
            chances.csv, line 7: a row has another number of fields than the header, found "1 field(s)"; expected 2, as in the header; text that holds the delimiter must stand in quotes
            chances.csv, line 9: two rows have this id and differ (p4); expected one chance for each id; another one stands at chances.csv, line 8
            chances.csv, line 10, column "chance": a chance is out of range (p2), found "-1 %"; expected a chance from 0 to 1, such as 0.1 or 0,1, or a percentage such as 10 %
            """.ReplaceLineEndings("\n"),
            Described(Faults(File)));
    }

    [Fact]
    public void Every_fault_of_groups_is_listed_with_its_place()
    {
        const string File = "feature,value,chance\nage,middle,2\nincome,low,x\ngender & age,female,0.1\nage,old,0.1\nAge,OLD,0.1\nage & Age,old & young,1\n,,0\n";
        Assert.Equal(
            """
            chances.csv, line 2, column "chance": files/chance-out-of-range (age = middle) 2
            chances.csv, line 2: core/unknown-value (age = middle) middle
            chances.csv, line 3, column "chance": files/not-a-chance (income = low) x
            chances.csv, line 3: core/unknown-feature (income = low) income
            chances.csv, line 4, column "value": files/values-unlike-features (gender & age) female
            chances.csv, line 6: core/duplicate-group (Age = OLD)
            chances.csv, line 7: core/feature-twice-in-condition (age = old & Age = young)
            chances.csv, line 8: core/missing-name ( = )
            """.ReplaceLineEndings("\n"),
            string.Join('\n', Faults(File).Select(f => $"{f.Location}: {f.Code.Name} ({f["subject"]}) {f["found"]}".TrimEnd())));
    }

    [Theory]
    [InlineData("id,risk\np1,0.1\n", "files/missing-column-of-several")]
    [InlineData("who,chance\np1,0.1\n", "files/missing-people-or-groups")]
    [InlineData("who,what\np1,0.1\n", "files/missing-column-of-several", "files/missing-people-or-groups")]
    [InlineData("id,chance,Chance\np1,0.1,0.2\n", "files/duplicate-column")]
    [InlineData("feature,feature,value,chance\nage,age,old,0.2\n", "files/duplicate-column")]
    [InlineData("id,chance\np1,0.12345678901234567890123456789\n", "files/not-a-chance")]
    [InlineData("id,chance\np1,NaN\n", "files/not-a-chance")]
    [InlineData("", "files/empty-file")]
    public void What_is_malformed_is_a_fault_of_the_file(string text, params string[] codes)
    {
        IReadOnlyList<Fault> faults = Faults(text);
        Assert.Equal(codes, faults.Select(f => f.Code.Name));
        Assert.All(faults, f => Assert.Equal("chances.csv", f.Location.Source));
    }

    [Fact]
    public void Faults_without_end_are_counted_but_not_all_kept()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("chances.csv", "id,chance\n" + string.Concat(Enumerable.Repeat("nobody,2\n", 12_000)));
        MalformedInputException exception = Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadChances(path, Problem, 0));
        Assert.Equal((12_001, 1_001), (exception.FaultCount, exception.Faults.Count));
        path = folder.Write("past.csv", "age,dropped out\n" + string.Concat(Enumerable.Repeat("old,perhaps\n", 12_000)));
        exception = Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadPast(path));
        Assert.Equal((1, 1, 12_000), (exception.FaultCount, exception.Faults.Count, exception.Faults[0].LineCount));
    }

    [Theory]
    [InlineData("da-DK")]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    public void Every_form_of_the_past_gives_the_same(string culture) => Cultures.In(culture, () =>
    {
        const string Expected = "gender=female age=old:stayed, age=young:dropped";
        Assert.Equal(Expected, Past("gender,age,dropped out\nfemale,old,no\n,young,yes\n"));
        Assert.Equal(Expected, Past("id;gender;age;Dropped_Out;\na; female ;old;NEJ;\nb;;young;Ja;\n"));
        Assert.Equal(Expected, Past("dropout\tgender\tage\n0\tfemale\told\n\n1\t\tyoung\n"));
        Assert.Equal(Expected, Past("outcome,gender,age\nstayed,female,old\nDropped out,,young\n"));
        Assert.Equal(Expected, Past("Frafaldet,gender,age\nFALSE,female,old\nTRUE,,young\n"));
        Assert.Equal(Expected, Past("id,gender,number,age,dropped-out\nx,female,7,old,blev\ny,,8,young,frafaldet\n", idColumn: "NUMBER").Replace("id=x ", "", StringComparison.Ordinal).Replace("id=y ", "", StringComparison.Ordinal));
    });

    [Fact]
    public void The_past_may_be_a_workbook()
    {
        const string Table = "gender,age,dropped out\nfemale,old,no\nmale,young,yes\n";
        const string Expected = "gender=female age=old:stayed, gender=male age=young:dropped";
        Assert.Equal(Expected, Past(Workbooks.Of(("people", Workbooks.Data(Loading.People)), ("y", Workbooks.Data(Table)))));
        Assert.Equal(Expected, Past(Workbooks.Of(("y", Workbooks.Data("age,outcome\nold,stayed\n")), ("Past members", Workbooks.Data(Table)))));
        const string Cells = """
            <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>gender</t></is></c><c r="B1" t="inlineStr"><is><t>dropped out</t></is></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>female</t></is></c><c r="B2" t="b"><v>1</v></c></row></sheetData>
            """;
        Assert.Equal("gender=female:dropped", Past(Workbooks.Of(("x", Cells))));
    }

    [Fact]
    public void Every_fault_of_the_past_is_listed_with_its_place()
    {
        Assert.Equal(
            """
            past.csv, line 2, column "outcome": not said whether this member dropped out (m1), found "yes"; expected one of: stayed, blev, dropped, dropped out, dropped_out, frafaldet
            past.csv, line 4, column "outcome": not said whether this member dropped out (m3); expected one of: stayed, blev, dropped, dropped out, dropped_out, frafaldet
            past.csv, line 5: a row has another number of fields than the header, found "2 field(s)"; expected 3, as in the header; text that holds the delimiter must stand in quotes
            """.ReplaceLineEndings("\n"),
            Described(PastFaults("id,age,outcome\nm1,old,yes\nm2,old,stayed\nm3,old, \nm4,old\n")));
        Assert.Equal(
            "past.csv, line 2, column \"dropped out\": not said whether this member dropped out, found \"x\"; expected one of: yes, true, 1, ja, no, false, 0, nej, stayed, blev, dropped, dropped out, …",
            Described(PastFaults("age,dropped out\nold,x\n")));
    }

    [Theory]
    [InlineData("age,left\nold,no\n", "files/missing-column-of-several")]
    [InlineData("age,age,dropped out\nold,old,no\n", "files/duplicate-column")]
    [InlineData("age,outcome,OUTCOME\nold,stayed,stayed\n", "files/duplicate-column")]
    [InlineData("age,dropped out\n", "core/no-past-members")]
    [InlineData("", "files/empty-file")]
    public void What_is_malformed_is_a_fault_of_the_past(string text, string code) => Assert.Equal(code, Assert.Single(PastFaults(text)).Code.Name);

    [Fact]
    public void Chances_are_learnt_from_the_past()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("past.csv", "age,phone,dropped out\nold,1,no\nold,2,no\nold,3,no\nold,,yes\nyoung,5,no\nyoung,6,yes\n");
        LoadedDropOuts loaded = DropOutFiles.LoadModel(path, Problem);
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal(("past.csv", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), bytes.Length), (loaded.File.Name, loaded.File.Sha256, loaded.File.Bytes));
        DropOutModel model = loaded.Model!;
        Assert.Same(model.Chances, loaded.Chances);
        Assert.Equal([0.5, 0.25, 0.5, 0.25], model.Chances.Chances.Select(c => Math.Round(c, 9)));
        Assert.Equal(["gender", "town & country"], model.FeaturesWithoutPast);
        Assert.Equal(["phone"], model.IgnoredFeatures);
        Assert.Equivalent(model.Factors, DropOutModel.Fit(Problem, DropOutFiles.LoadPast(path)).Factors, strict: true);
    }

    [Fact]
    public void Faults_of_the_estimate_are_told_with_those_of_the_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("past.csv", "id,gender,age,dropped out\n1,female,old,no\n\n2,male,,yes\n3,male,old,maybe\n4,,old,no\n");
        Assert.Equal(
            """
            past.csv, line 4, column "age": core/missing-past-value
            past.csv, line 5, column "dropped out": files/unknown-outcome
            past.csv, line 6, column "gender": core/missing-past-value
            """.ReplaceLineEndings("\n"),
            string.Join('\n', Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadModel(path, Problem)).Faults.Select(f => $"{f.Location}: {f.Code.Name}")));
        Assert.Equal("core/no-past-members", Assert.Single(Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadModel(folder.Write("empty.csv", "age,outcome\n"), Problem)).Faults).Code.Name);
        Assert.Equal("files/missing-column-of-several", Assert.Single(Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadModel(folder.Write("other.csv", "age\nold\n"), Problem)).Faults).Code.Name);
    }

    [Fact]
    public void A_file_that_is_not_there_or_too_large_is_a_fault()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("files/unreadable-file", Assert.Single(Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadChances(folder["none"], Problem, 0)).Faults).Code.Name);
        Assert.Equal("files/unreadable-file", Assert.Single(Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadPast(folder["none"])).Faults).Code.Name);
        string large = folder.Write("large.csv", new byte[(16 << 20) + 1]);
        Assert.Equal("files/file-too-large", Assert.Single(Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadPast(large)).Faults).Code.Name);
    }

    private static IReadOnlyList<double> Chances(string text, string? idColumn = null) => Chances(System.Text.Encoding.UTF8.GetBytes(text), idColumn: idColumn);

    private static IReadOnlyList<double> Chances(byte[] file, string? sheet = null, string? idColumn = null)
    {
        using TemporaryFolder folder = new();
        return DropOutFiles.LoadChances(folder.Write("chances.csv", file), Problem, 0.05, sheet, idColumn).Chances.Chances;
    }

    private static IReadOnlyList<Fault> Faults(string text) => Faults(System.Text.Encoding.UTF8.GetBytes(text));

    private static IReadOnlyList<Fault> Faults(byte[] file)
    {
        using TemporaryFolder folder = new();
        return Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadChances(folder.Write("chances.csv", file), Problem, 0.05)).Faults;
    }

    private static string Past(string text, string? idColumn = null) => Past(System.Text.Encoding.UTF8.GetBytes(text), idColumn);

    private static string Past(byte[] file, string? idColumn = null)
    {
        using TemporaryFolder folder = new();
        return string.Join(", ", DropOutFiles.LoadPast(folder.Write("past.csv", file), idColumn: idColumn)
            .Select(m => string.Join(' ', m.Values.Select(v => $"{v.Feature}={v.Value}")) + (m.DroppedOut ? ":dropped" : ":stayed")));
    }

    private static IReadOnlyList<Fault> PastFaults(string text)
    {
        using TemporaryFolder folder = new();
        return Assert.Throws<MalformedInputException>(() => DropOutFiles.LoadPast(folder.Write("past.csv", text))).Faults;
    }

    private static string Described(IEnumerable<Fault> faults) => string.Join('\n', faults.Select(FileTexts.English.Describe));
}
