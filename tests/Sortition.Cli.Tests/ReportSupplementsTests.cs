using Sortition.Publication.Format;
using MiniExcelLibs;

namespace Sortition.Cli.Tests;

/// <summary>What a report is told beside the lottery: first wishes, the population, alternates; and what goes wrong with them.</summary>
public sealed class ReportSupplementsTests
{
    private const string Population = "feature,value,count\ngender,female,3\ngender,male,1\nage,young,1\nage,old,1\n";
    private static readonly string[] Everybody = ["p1", "p2", "p3", "p4", "p5", "p6"];
    private static readonly string[] Sections = ["id=\"changes\"", "id=\"mirror\"", "id=\"alternates\""];

    [Fact]
    public void Each_is_told_when_asked_for_and_nobody_is_named()
    {
        using TemporaryFolder folder = new();
        Draw(folder);
        string[] ready = Ready(folder);
        string wished = folder.Write("wished.csv", "feature;value;min;max\ngender;female;1;2\ngender;male;2;2\nage;young;1;3\nage;old;0;2\n");
        string population = folder.Write("population.csv", Population);
        string alternates = folder.Write("alternates.csv", $"number,id\n1,{ready[0]}\n2,{ready[1]}\n");
        foreach ((string language, string changed, string women, string kept) in new[]
        {
            ("en", "Loosened: <strong>1 quota</strong>, by <strong>1 seat</strong>", "<td>75.0%</td><td>50.0%</td>", "How many: <strong>2 people</strong>"),
            ("da", "Lempet: <strong>1 kvote</strong>, med <strong>1 plads</strong>", "<td>75,0\u00a0%</td><td>50,0\u00a0%</td>", "Så mange er de: <strong>2 personer</strong>"),
        })
        {
            string plain = Report(folder, "--language", language);
            Assert.All(Sections, section => Assert.DoesNotContain(section, plain, StringComparison.Ordinal));
            string full = Report(folder, "--language", language, "--quotas-before", wished, "--population", population, "--alternates", alternates, "--drop-out", "20%", "--charts", folder["charts-" + language]);
            Assert.All([.. Sections, changed, women, kept], text => Assert.Contains(text, full, StringComparison.Ordinal));
            Assert.DoesNotMatch(@"\bp[1-6]\b", full);
            Assert.Contains("mirror-2.svg", folder.Names("charts-" + language));

            // Whatever else the page says stays as it is.
            Assert.Empty(plain.Split('\n').Except(full.Split('\n'), StringComparer.Ordinal));

            // A list of ids, and a chance written as a number, are the same.
            Assert.Equal(full, Report(folder, "--language", language, "--quotas-before", wished, "--population", population, "--alternates", string.Join(',', ready), "--drop-out", "0.2"));
        }
    }

    [Fact]
    public void Charts_of_an_earlier_report_are_kept_and_no_page_is_written()
    {
        using TemporaryFolder folder = new();
        Draw(folder);
        _ = Report(folder, "--charts", folder["charts"]);
        string chances = File.ReadAllText(folder["charts/chances.svg"]);
        CommandRun run = CommandRun.Of("report", folder["lottery"], "--language", "da", "--charts", folder["charts"], "--output", folder["second.html"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("chances.svg", run.Error, StringComparison.Ordinal);
        Assert.Equal(chances, File.ReadAllText(folder["charts/chances.svg"]));
        Assert.False(File.Exists(folder["second.html"]));
    }

    [Fact]
    public void Workbooks_with_named_sheets_are_read_too()
    {
        using TemporaryFolder folder = new();
        Draw(folder);
        MiniExcel.SaveAs(folder["book.xlsx"], new Dictionary<string, object>
        {
            ["old quotas"] = new[] { new { category = "gender", feature = "female", min = 2, max = 2 } },
            ["people"] = new[] { new { gender = "female", inhabitants = 1 }, new { gender = "male", inhabitants = 3 } },
        });
        CommandRun run = CommandRun.Of(
            "report", folder["lottery"], "--quotas-before", folder["book.xlsx"], "--quotas-before-sheet", "old quotas",
            "--population", folder["book.xlsx"], "--population-sheet", "people", "--number-column", "inhabitants", "--output", folder["report.html"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("Note: the population does not tell of age.", run.Error, StringComparison.Ordinal);
        string page = File.ReadAllText(folder["report.html"]);
        Assert.Contains("Added: <strong>3 quotas</strong>", page, StringComparison.Ordinal);
        Assert.Contains("<td>25.0%</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("mirror-2-title", page, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_all_files_are_listed_at_once()
    {
        using TemporaryFolder folder = new();
        Draw(folder);
        string wished = folder.Write("wished.csv", "category,feature,min,max\ngender,female,3,2\nincome,high,1,2\nage,middle,1,2\ngender & age,female & 12,0,1\ngender & shoe,female,0,1\n");
        string population = folder.Write("population.csv", "feature,value,count\ngender,female,3\nage,young,1\nage,ancient,1\n");
        string alternates = folder.Write("alternates.csv", "id\np9\np8\n");
        CommandRun run = CommandRun.Of("report", folder["lottery"], "--quotas-before", wished, "--population", population, "--alternates", alternates, "--output", folder["report.html"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.All(
            (string[])[
                "The input has 9 fault(s).",
                "wished.csv, line 2, column \"min\": the minimum is above the maximum",
                "wished.csv, line 3, column \"category\": the quotas name no such feature (income = high), found \"income\"; expected one of: gender, age",
                "wished.csv, line 4, column \"feature\": a value that no quota names (age = middle), found \"middle\"; expected one of: young, old",
                "wished.csv, line 5, column \"feature\": a value that no quota names (gender = female & age = 12), found \"12\"",
                "wished.csv, line 6, column \"feature\": a row cannot be read",
                "population.csv: a value is missing (gender = male)",
                "population.csv: a value is missing (age = old)",
                "alternates.csv, line 2: nobody in the pool has this id (p9)",
                "alternates.csv, line 3: nobody in the pool has this id (p8)",
            ],
            text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        Assert.False(File.Exists(folder["report.html"]));
    }

    [Fact]
    public void Everybody_who_cannot_be_an_alternate_is_named_at_once()
    {
        using TemporaryFolder folder = new();
        Draw(folder);
        string[] ready = Ready(folder);
        string[] members = Members(folder);
        string alternates = folder.Write("alternates.csv", $"{members[0]}\n{ready[0]}\n{ready[0]}\n{members[1]}\n");
        CommandRun run = CommandRun.Of("report", folder["lottery"], "--alternates", alternates, "--output", folder["report.html"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            [
                "The input has 3 fault(s). Nothing was written.",
                $"  alternates.csv, line 1: {members[0]} is a member of the panel",
                $"  alternates.csv, line 3: {ready[0]} is named twice",
                $"  alternates.csv, line 4: {members[1]} is a member of the panel",
            ],
            run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("the quotas name no such feature, found \"shoe\"; expected one of: gender, age", "--population", "shoes.csv")]
    [InlineData("nowhere.csv: the file cannot be read", "--population", "nowhere.csv")]
    [InlineData("a column is missing", "--quotas-before", "people.csv")]
    [InlineData("alternates: there are no alternates", "--alternates", ",")]
    [InlineData("--drop-out: \"10\" is not a chance from 0 to 1", "--alternates", "p1", "--drop-out", "10")]
    [InlineData("--drop-out: \"101%\" is not a chance", "--alternates", "p1", "--drop-out", "101%")]
    [InlineData("--drop-out: \"-0.1\" is not a chance", "--alternates", "p1", "--drop-out", "-0.1")]
    [InlineData("--drop-out goes with --alternates", "--drop-out", "10%")]
    [InlineData("--id-column goes with --alternates", "--id-column", "id")]
    [InlineData("--population-sheet goes with --population", "--population-sheet", "x")]
    [InlineData("--number-column goes with --population", "--number-column", "x")]
    [InlineData("--quotas-before-sheet goes with --quotas-before", "--quotas-before-sheet", "x")]
    public void Misuse_is_explained_and_writes_nothing(string said, params string[] options)
    {
        using TemporaryFolder folder = new();
        Draw(folder);
        folder.Write("shoes.csv", "feature,value,count\nshoe,left,1\n");
        CommandRun run = CommandRun.In(folder[""], ["report", "lottery", .. options, "--output", "report.html"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["report.html"]));
    }

    [Fact]
    public void Alternates_are_those_of_a_whole_panel_that_was_drawn()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", "--output", folder["lottery"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--confirmed", "p1,p4", "--declined", "p6", "--seed", "s", "--ballots", "20", .. Example.CalledOut, "--output", folder["round"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of("draw", folder["round"], "--number", "7").ExitCode);
        foreach (string lottery in (string[])["lottery", "round"])
        {
            CommandRun run = CommandRun.Of("report", folder[lottery], "--alternates", "p2", "--output", folder["report.html"]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains("alternates are those of a whole panel that was drawn", run.Error, StringComparison.Ordinal);
        }

        // The quotas of the whole panel are those that a round is compared with.
        CommandRun round = CommandRun.Of("report", folder["round"], "--quotas-before", folder["quotas.csv"], "--population", folder.Write("population.csv", Population), "--output", folder["report.html"]);
        Assert.True(round.ExitCode == 0, round.Error);
        string page = File.ReadAllText(folder["report.html"]);
        Assert.Contains("No quota was changed. Compared and the same: <strong>4 quotas</strong>.", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">Whole panel</th>", page[page.IndexOf("mirror-table-1", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private static void Draw(TemporaryFolder folder)
    {
        CommandRun lottery = CommandRun.Of(["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", .. Example.CalledOut, "--output", folder["lottery"]]);
        Assert.True(lottery.ExitCode == 0, lottery.Error);
        Assert.Equal(0, CommandRun.Of("draw", folder["lottery"], "--number", "7").ExitCode);
    }

    /// <summary>The panel.</summary>
    private static string[] Members(TemporaryFolder folder)
    {
        PublishedLottery lottery = PublishedLottery.Read(folder["lottery"]);
        return [.. lottery.Ballots![7].Select(i => lottery.People[i].Id!)];
    }

    /// <summary>Two people off the panel.</summary>
    private static string[] Ready(TemporaryFolder folder) => [.. Everybody.Except(Members(folder)).Take(2)];

    private static string Report(TemporaryFolder folder, params string[] options)
    {
        File.Delete(folder["report.html"]);
        CommandRun run = CommandRun.Of(["report", folder["lottery"], .. options, "--output", folder["report.html"]]);
        Assert.True((run.ExitCode, run.Error) == (0, ""), run.Error);
        return File.ReadAllText(folder["report.html"]);
    }
}
