using System.Globalization;
using MiniExcelLibs;

namespace Sortition.Cli.Tests;

/// <summary>Workbooks in and out, with another program's reader and writer at the other end.</summary>
public sealed class WorkbookTests
{
    [Fact]
    public void From_a_workbook_comes_the_same_panel_as_from_csv_and_the_workbook_written_agrees_with_the_files()
    {
        using TemporaryFolder folder = new();
        string book = Book(folder, ("Kvoter", Csv.Read(TestFiles.PathOf("albertslund", "categories.csv"))), ("Tilmeldte", Csv.Read(TestFiles.PathOf("albertslund", "respondents.csv"))));
        string[] options = ["--size", "36", "--seed", "s", "--household-columns", "adresse,postnr"];
        CommandRun csv = CommandRun.In(folder[""], ["select", .. Example.Albertslund[..4], .. options, "--output", "out"]);
        Directory.Move(folder["out"], folder["csv"]);
        CommandRun xlsx = CommandRun.In(folder[""], ["select", "--quotas", book, "--people", book, .. options, "--output", "out", "--workbook"]);
        Assert.Equal((0, "Read: the sheet \"Kvoter\" of book.xlsx.\nRead: the sheet \"Tilmeldte\" of book.xlsx.\n" + csv.Error), (xlsx.ExitCode, xlsx.Error));
        Assert.Equal(Shown.WithoutTime(csv.Output), Shown.WithoutTime(xlsx.Output).Replace("report.json, selection.xlsx in", "report.json in", StringComparison.Ordinal));
        Assert.Equal(folder.Names("csv").Append("selection.xlsx").Order(StringComparer.Ordinal), folder.Names("out"));
        foreach ((string sheet, string file) in new[] { ("selected", "selected.csv"), ("remaining", "remaining.csv"), ("lottery", "lottery.csv"), ("types", "types.csv"), ("chances", "probabilities.csv") })
        {
            string[][] expected = Csv.Read(Path.Combine(folder["out"], file));
            Assert.Equal(Csv.Read(Path.Combine(folder["csv"], file)), expected);
            Assert.Equal(expected, Sheet(Path.Combine(folder["out"], "selection.xlsx"), sheet));
        }
    }

    [Fact]
    public void Another_process_culture_and_time_zone_give_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["select", .. Example.Small(folder), "--ballots", "7", "--seed", "s", "--workbook", "--output"];
        Assert.Equal(0, CommandRun.Of(new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8", ["TZ"] = "UTC" }, [.. arguments, folder["one"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of(new Dictionary<string, string> { ["LC_ALL"] = "tr_TR.UTF-8", ["TZ"] = "Asia/Tokyo" }, [.. arguments, folder["two"]]).ExitCode);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["one"], "selection.xlsx")), File.ReadAllBytes(Path.Combine(folder["two"], "selection.xlsx")));
        Assert.Equal(["selected", "remaining", "ballots", "chances"], MiniExcel.GetSheetNames(Path.Combine(folder["one"], "selection.xlsx")));
    }

    [Fact]
    public void Every_command_reads_workbooks_and_the_sheet_asked_for()
    {
        using TemporaryFolder folder = new();
        folder.Write("q.csv", Example.SmallQuotas);
        folder.Write("p.csv", Example.SmallPeople);
        folder.Write("out.csv", "id\np6\n");
        string book = Book(folder, ("old", Csv.Read(folder["out.csv"])), ("new quotas", Csv.Read(folder["q.csv"])), ("people", Csv.Read(folder["out.csv"])), ("volunteers", Csv.Read(folder["p.csv"])));
        string[] input = ["--quotas", book, "--people", book, "--people-sheet", "Volunteers", "--size", "3"];
        Assert.Equal(0, CommandRun.Of(["check", .. input, "--quotas-sheet", "new quotas"]).ExitCode);
        CommandRun explained = CommandRun.Of(["explain", .. input, "--person", "p1", "--must-out", book]);
        Assert.Contains("(of 6) who can be chosen", explained.Output, StringComparison.Ordinal);
        Assert.Contains("of the 5 people", explained.Output, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("generate", "--quotas", book, "--quotas-sheet", "new quotas", "--size", "3", "--count", "9", "--output", folder["made.csv"]).ExitCode);
        CommandRun missing = CommandRun.Of(["check", .. input, "--quotas-sheet", "quotas"]);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("book.xlsx: a sheet is missing, found \"old, new quotas, people, volunteers\"; expected a sheet named \"quotas\"", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_name_sheet_row_and_column()
    {
        using TemporaryFolder folder = new();
        folder.Write("q.csv", Example.SmallQuotas.Replace("female,1", "female,x", StringComparison.Ordinal));
        folder.Write("p.csv", Example.SmallPeople.Replace("p3,female", "p3,femail", StringComparison.Ordinal));
        string book = Book(folder, ("People", Csv.Read(folder["p.csv"])), ("Quotas", Csv.Read(folder["q.csv"])));
        CommandRun run = CommandRun.Of("select", "-q", book, "-p", book, "-k", "3", "-o", folder["out"], "--workbook");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("book.xlsx [Quotas], line 2, column \"min\": not a whole number (gender = female), found \"x\"", run.Error, StringComparison.Ordinal);
        Assert.Contains("book.xlsx [People], line 4, column \"gender\": a value that no quota names (p3), found \"femail\"", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder["out"]));
    }

    [Fact]
    public void A_workbook_needs_a_folder_and_must_hold_what_is_written()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, people: Example.SmallPeople.Replace(",f\n", "," + new string('f', 40_000) + "\n", StringComparison.Ordinal));
        CommandRun nowhere = CommandRun.Of(["select", .. input, "--workbook"]);
        Assert.Equal(2, nowhere.ExitCode);
        Assert.Contains("--workbook needs --output", nowhere.Error, StringComparison.Ordinal);
        CommandRun large = CommandRun.Of(["select", .. input, "--workbook", "--output", folder["out"]]);
        Assert.Equal(2, large.ExitCode);
        Assert.Matches("--workbook: The table \"(selected|remaining)\" has a text of 40000 characters in row ., but a cell holds at most 32767 characters. Nothing was written; leave --workbook out.", large.Error);
        Assert.False(Path.Exists(folder["out"]));
    }

    private static string Book(TemporaryFolder folder, params (string Name, string[][] Rows)[] sheets)
    {
        string path = folder["book.xlsx"];
        MiniExcel.SaveAs(path, sheets.ToDictionary(
            s => s.Name, s => (object)s.Rows.Skip(1).Select(row => s.Rows[0].Zip(row).ToDictionary(cell => cell.First, cell => (object)cell.Second)).ToArray()));
        return path;
    }

    private static string[][] Sheet(string path, string name) => [.. MiniExcel.Query(path, sheetName: name).Select(
        row => ((IDictionary<string, object?>)row).Values.Select(cell => cell is double number ? number.ToString("R", CultureInfo.InvariantCulture) : (string?)cell ?? "").ToArray())];
}
