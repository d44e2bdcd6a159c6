using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Populations from CSV and workbooks, and quota files made from them.</summary>
public sealed class PopulationFileTests
{
    private const string Margins = "feature,value,count\ngender,female,510\ngender,male,490\nage,young,200\nage,old,800\n";
    private const string CrossTable = "gender,age,count\nfemale,young,110\nfemale,old,400\nmale,young,90\nmale,old,400\n";
    private const string Quotas = "category,feature,min,max\ngender,female,5,6\ngender,male,4,5\nage,young,2,2\nage,old,8,8\n";

    [Theory]
    [InlineData("da-DK")]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    public void Every_form_of_one_file_gives_the_same_quotas(string culture) => Cultures.In(culture, () =>
    {
        Assert.Equal(Quotas, Written(Margins));
        Assert.Equal(Quotas, Written(CrossTable));
        Assert.Equal(Quotas, Written("gender,age,share,count\nfemale,young,11 %,110\nfemale,old,,400\nmale,young,,90\nmale,old,,400\n"));
        Assert.Equal(Quotas, Written("AGE;Antal;gender\nyoung;110;female\nold;400;Female\nyoung;90;male\nold;400;male\n", inOrderOf: "gender"));
        Assert.Equal(Quotas, Written("category\tname\tshare\tyear\ngender\tfemale\t51\t\ngender\tmale\t49 %\tabout\nage\tyoung\t20.0\t\nage\told\t80.0\n"));
        Assert.Equal(Quotas, Written("category,feature,number\ngender,female,51 %\ngender,male,49%\nage,young,20%\nage,old,80%\n"));
        Assert.Equal(Quotas, Written("feature,value,share\ngender,female,0.51\ngender,male,4.9E-01\nage,young,0.2\nage,old,0.8\n"));
        Assert.Equal(Quotas, Written("feature,value,count\ngender & age,female & young,110\ngender & age,female & old,400\ngender & age,male & young,90\ngender & age,male & old,400\n"));
    });

    [Fact]
    public void The_quotas_of_Albertslund_are_made_from_its_population_byte_for_byte()
    {
        using TemporaryFolder folder = new();
        Population population = PopulationFiles.Load(TestFiles.PathOf("albertslund", "population.csv"));
        Assert.True(population.IsCrossTable);
        QuotaFiles.Write(folder["quotas.csv"], QuotaTargets.Compute(population, 36).Select(t => t.ToQuota()));
        Assert.Equal(File.ReadAllBytes(TestFiles.PathOf("albertslund", "categories.csv")), File.ReadAllBytes(folder["quotas.csv"]));
    }

    [Fact]
    public void A_workbook_is_read_the_same_whoever_wrote_it()
    {
        Assert.Equal(Quotas, Written(Workbooks.Of(("people", Workbooks.Data(Loading.People)), ("quotas", Workbooks.Data(Loading.Quotas)), ("numbers", Workbooks.Data(CrossTable)))));
        Assert.Equal(Quotas, Written(Workbooks.Of(("numbers", Workbooks.Data("gender,age,count\nx,y,1\n")), ("Population", Workbooks.Data(Margins)))));
        Assert.Equal(Quotas, Written(Workbooks.ByAnotherProgram(("Sheet1", [.. CrossTable.TrimEnd('\n').Split('\n').Select(line => line.Split(','))]))));

        // Numbers as spreadsheets store them; parts of 1 under a heading that fits them.
        const string Cells = """
            <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>gender</t></is></c><c r="B1" t="inlineStr"><is><t>share</t></is></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>female</t></is></c><c r="B2"><v>0.51</v></c></row>
            <row r="3"><c r="A3" t="inlineStr"><is><t>male</t></is></c><c r="B3"><v>0.49</v></c></row></sheetData>
            """;
        Assert.Equal("category,feature,min,max\ngender,female,5,6\ngender,male,4,5\n", Written(Workbooks.Of(("x", Cells))));
        Assert.Equal("files/no-sheet-of-population", Assert.Single(Faults(Workbooks.Of(("a", Workbooks.Data(Loading.People)), ("b", Workbooks.Data(Loading.Quotas))))).Code.Name);
    }

    [Fact]
    public void A_sheet_of_the_population_is_not_taken_for_the_people() => Assert.Equal(4, Workbooks.Load(Workbooks.Of(
        ("population", Workbooks.Data(Margins)), ("quotas", Workbooks.Data(Loading.Quotas)), ("volunteers", Workbooks.Data(Loading.People)))).Problem.People.Count);

    [Fact]
    public void Every_fault_is_listed_with_its_place()
    {
        const string File = "feature,value,number\ngender,female,\"50,4\"\ngender,male,\ngender,other,-1\nage,young,many\nage,Young,20 %\nage,,5\nage\nage,old,1.234.567\n";
        Assert.Equal(
            """
            population.csv, line 2, column "number": a whole number has decimals (gender = female), found "50,4"; expected a whole number, such as 11336, 11 336 or 11.336; or a heading of percentages
            population.csv, line 3, column "number": a number is missing (gender = male); expected a number, such as 11336 or 50.4
            population.csv, line 4, column "number": a number is negative (gender = other), found "-1"; expected 0 or more
            population.csv, line 5, column "number": not a number (age = young), found "many"; expected a number, such as 11336 or 50.4
            population.csv, line 6, column "number": not a number (age = Young), found "20 %"; expected a number without a percent sign, like those above
            population.csv, line 7: a feature or value has no name (age = ); expected a name for every feature and value
            population.csv, line 8: a row has another number of fields than the header, found "1 field(s)"; expected 3, as in the header; text that holds the delimiter must stand in quotes
            """,
            string.Join('\n', Faults(File).Select(FileTexts.English.Describe)));
    }

    [Theory]
    [InlineData("feature,value\na,b\n", "files/missing-column-of-several")]
    [InlineData("count\n3\n", "files/missing-feature-columns")]
    [InlineData("feature,value,count\n", "core/empty-population")]
    [InlineData("feature,value,count\na,b,0\n", "core/nobody-counted")]
    [InlineData("feature,value,count\na,b,1\na,B,1\n", "core/duplicate-group")]
    [InlineData("feature,value,count\na,b,1\na & b,c & d,1\n", "core/mixed-groups")]
    [InlineData("feature,value,percent\na,b,60\na,c,60\n", "core/percentages-do-not-add-up")]
    [InlineData("a,b,count\nx,y,1\nX,Y,2\n", "core/duplicate-group")]
    [InlineData("a,b,count\nx,,1\n", "core/missing-name")]
    [InlineData("a,a,count\nx,y,1\n", "files/duplicate-column")]
    [InlineData("a,b,count,count\nx,y,1,1\n", "files/duplicate-column")]
    [InlineData("feature,value,count\na,b,1E30\n", "files/not-a-number")]
    [InlineData("feature,value,count\na,b,9999999999999999\n", "core/number-too-large")]
    [InlineData("feature,value,count\na,b,0.1234567890123456789012345678901\n", "files/not-a-number")]
    [InlineData("", "files/empty-file")]
    public void What_is_malformed_is_a_fault_of_the_file(string text, params string[] codes)
    {
        IReadOnlyList<Fault> faults = Faults(text);
        Assert.Equal(codes, faults.Select(f => f.Code.Name));
        Assert.All(faults, f => Assert.Equal("population.csv", f.Location.Source));
    }

    [Fact]
    public void The_column_of_numbers_can_be_named()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("p.csv", "gender,Zahl\nfemale,1\nmale,3\n");
        Assert.Equal(4, (int)PopulationFiles.Load(path, numberColumn: "zahl").By("gender").Total);
        Assert.Equal("files/missing-column-of-several", Assert.Single(Assert.Throws<MalformedInputException>(() => PopulationFiles.Load(path)).Faults).Code.Name);
        Assert.Equal("files/missing-column", Assert.Single(Assert.Throws<MalformedInputException>(() => PopulationFiles.Load(path, numberColumn: "other")).Faults).Code.Name);
    }

    [Fact]
    public void A_quota_file_is_written_whole_or_not_at_all()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("quotas.csv", "precious");
        QuotaInput quota = new() { Condition = [new("a", "x, \"y\""), new("b", "=1")], Min = 0, Max = 1 };
        Assert.Throws<IOException>(() => QuotaFiles.Write(path, [quota]));
        Assert.Throws<MalformedInputException>(() => QuotaFiles.Write(folder["other.csv"], [quota.Change(condition: [new("a", "x & y"), new("b", "z")])]));
        Assert.Equal(["quotas.csv"], folder.Names());
        Assert.Equal("precious", folder.Read("quotas.csv"));
        QuotaFiles.Write(folder["other.csv"], [quota, quota.Change(condition: [new("c", "=1 & more")])]);
        Assert.Equal("category,feature,min,max\na & b,\"x, \"\"y\"\" & =1\",0,1\nc,'=1 & more,0,1\n", folder.Read("other.csv"));
        Assert.Equal(["other.csv", "quotas.csv"], folder.Names());
    }

    [Theory]
    [InlineData("-18 år")]
    [InlineData("=1+1")]
    [InlineData("'=1+1")]
    [InlineData("''-18 år")]
    [InlineData("'s-Hertogenbosch")]
    [InlineData("'")]
    [InlineData("-5")]
    public void What_a_quota_is_about_is_the_same_when_its_file_is_read_again(string value)
    {
        using TemporaryFolder folder = new();
        string path = folder["quotas.csv"];
        QuotaFiles.Write(path, [new QuotaInput { Condition = [new(value, value)], Min = 0, Max = 1 }]);
        Assert.Equal([new FeatureValue(value, value)], Assert.Single(QuotaFiles.Load(path, 1).Quotas).Condition);
    }

    /// <summary>The quota file for a panel of 10.</summary>
    private static string Written(string population, string? inOrderOf = null) => Written(System.Text.Encoding.UTF8.GetBytes(population), inOrderOf);

    private static string Written(byte[] population, string? inOrderOf = null)
    {
        using TemporaryFolder folder = new();
        IEnumerable<QuotaTarget> targets = QuotaTargets.Compute(PopulationFiles.Load(folder.Write("population.csv", population)), 10);
        QuotaFiles.Write(folder["quotas.csv"], targets.OrderByDescending(t => t.Group.Condition[0].Feature == inOrderOf).Select(t => t.ToQuota()));
        return folder.Read("quotas.csv").Replace("AGE", "age", StringComparison.Ordinal);
    }

    private static IReadOnlyList<Fault> Faults(string population) => Faults(System.Text.Encoding.UTF8.GetBytes(population));

    private static IReadOnlyList<Fault> Faults(byte[] population)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("population.csv", population);
        return Assert.Throws<MalformedInputException>(() => PopulationFiles.Load(path)).Faults;
    }
}
