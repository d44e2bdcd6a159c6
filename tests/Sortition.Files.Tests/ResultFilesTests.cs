using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Storage;
using Xunit;

namespace Sortition.Files.Tests;

public sealed class ResultFilesTests
{
    private static readonly string[] Usual = ["lottery.csv", "probabilities.csv", "remaining.csv", "report.json", "selected.csv", "types.csv"];

    [Fact]
    public void Everybody_is_selected_or_remaining_with_all_columns_in_the_order_of_the_file()
    {
        LoadedProblem input = Lotteries.Load();
        DraftOutcome outcome = Lotteries.Outcome(input) with { Panel = Panel.Create(input.Problem, ["p3", "p4"]) };
        using TemporaryFolder folder = new();
        ResultFiles.Write(folder.Path, outcome);
        Assert.Equal("Name,id,home,street\nÅse,p4,flat,Elm 1\n\"'-Bo; \"\"B\"\"\",p3,house,Elm 3\n", folder.Read("selected.csv"));
        Assert.Equal("Name,id,home,street\n'=1+1,p1,flat,Elm 2\n-12.5,p2,house,Elm 1\n", folder.Read("remaining.csv"));
    }

    [Fact]
    public void Housemates_of_a_full_household_do_not_remain()
    {
        LoadedProblem input = Lotteries.Load(change: o => o with { HouseholdColumns = ["street"] });
        using TemporaryFolder folder = new();
        Assert.Equal(["selected.csv", "remaining.csv", "report.json"], ResultFiles.Write(folder.Path, Greedy(input)));
        Assert.Equal("Name,id,home,street\n\"'-Bo; \"\"B\"\"\",p3,house,Elm 3\n", folder.Read("remaining.csv"));

        LoadedProblem lax = Lotteries.Load(change: o => o with { HouseholdColumns = ["street"], HouseholdLimit = 2 });
        ResultFiles.Write(folder["lax"], Greedy(lax));
        Assert.Contains("\n-12.5,p2,house,Elm 1\n", folder.Read("lax/remaining.csv"), StringComparison.Ordinal);

        static SelectionOutcome Greedy(LoadedProblem input) => new()
        {
            Input = input,
            Panel = Panel.Create(input.Problem, ["p1", "p4"]),
            Algorithm = "greedy",
            SoftwareVersion = "1",
            Seed = "s",
            Generator = "g",
            Attempts = 3,
        };
    }

    [Fact]
    public void Repeated_rows_are_written_once()
    {
        LoadedProblem input = Lotteries.Load("id,home\np1,flat\np2,house\np1,flat\np3,flat\np2,house\n");
        SelectionOutcome outcome = new() { Input = input, Panel = Panel.Create(input.Problem, ["p1", "p3"]), Algorithm = "a", SoftwareVersion = "1", Seed = "s", Generator = "g" };
        using TemporaryFolder folder = new();
        ResultFiles.Write(folder.Path, outcome);
        Assert.Equal("id,home\np1,flat\np3,flat\n", folder.Read("selected.csv"));
        Assert.Equal("id,home\np2,house\n", folder.Read("remaining.csv"));
    }

    [Fact]
    public void Files_without_ids_get_a_column_of_them()
    {
        LoadedProblem input = Lotteries.Load("home,note\nflat,x\nhouse\n\nflat,y\n");
        SelectionOutcome outcome = new() { Input = input, Panel = Panel.Create(input.Problem, ["2", "3"]), Algorithm = "a", SoftwareVersion = "1", Seed = "s", Generator = "g" };
        using TemporaryFolder folder = new();
        ResultFiles.Write(folder.Path, outcome);
        Assert.Equal("id,home,note\n2,house,\n3,flat,y\n", folder.Read("selected.csv"));
    }

    [Fact]
    public void People_come_back_with_the_delimiter_of_their_file_and_a_mark_if_it_was_not_plain()
    {
        byte[] people = [0xEF, 0xBB, 0xBF, .. "id;home;note\np1;flat;a;\np2;house;\"b;c\"\n"u8];
        LoadedProblem input = Loading.Load(System.Text.Encoding.UTF8.GetBytes(Lotteries.Quotas), people);
        SelectionOutcome outcome = new() { Input = input, Panel = Panel.Create(input.Problem, ["p1", "p2"]), Algorithm = "a", SoftwareVersion = "1", Seed = "s", Generator = "g" };
        using TemporaryFolder folder = new();
        ResultFiles.Write(folder.Path, outcome);
        Assert.Equal("\uFEFFid;home;note\np1;flat;a\np2;house;\"b;c\"\n", folder.Read("selected.csv"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("da-DK")]
    [InlineData("tr-TR")]
    public void The_lottery_and_everybodys_chance_are_exact(string culture) => Cultures.In(culture, () =>
    {
        using TemporaryFolder folder = new();
        SelectionOutcome outcome = Lotteries.Outcome(Lotteries.Load(), drawnPanel: 1);
        Assert.Equal(["selected.csv", "remaining.csv", "lottery.csv", "types.csv", "probabilities.csv", "report.json"], ResultFiles.Write(folder.Path, outcome));
        Assert.Equal("id,probability\no,0\np1,0.625\np2,0.375\np3,0.375\np4,0.625\n", folder.Read("probabilities.csv"));

        // Of a type's two people each has half of its seats: (3/4·1 + 1/4·2)/2 = 5/8 and (3/4·1)/2 = 3/8.
        Assert.Equal("panel,probability,type,seats\n1,0.75,1,1\n1,0.75,2,1\n2,0.25,1,2\n", folder.Read("lottery.csv"));
        Assert.Equal("id,type,household\np1,1,\np2,2,\np3,2,\np4,1,\n", folder.Read("types.csv"));
        using JsonDocument report = JsonDocument.Parse(folder.Read("report.json"));
        Assert.Equal(2, report.RootElement.GetProperty("result").GetProperty("drawnPanel").GetInt32());
    });

    [Fact]
    public void With_ballots_the_chances_are_those_of_the_ballots()
    {
        LoadedProblem input = Lotteries.Load();
        PanelLottery lottery = Lotteries.Of(input.Problem);
        PanelTable ballots = DependentRounding.Round(lottery, 3, RandomSource.Seeded("rounding"));
        SelectionOutcome outcome = Lotteries.Outcome(input) with { Ballots = ballots, DrawnPanel = 2, Panel = ballots.Rows[2].Panel };
        using TemporaryFolder folder = new();
        ResultFiles.Write(folder.Path, outcome);
        string third = (1 / 3.0).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(["0", "1", "2"], folder.Read("lottery.csv").Split('\n')[1..^1].Select(l => l.Split(',')[0]));
        Assert.All(folder.Read("lottery.csv").Split('\n')[1..^1], l => Assert.Equal(third, l.Split(',')[1]));
        double[] chances = [.. folder.Read("probabilities.csv").Split('\n')[1..^1].Select(l => double.Parse(l.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(ballots.SelectionProbabilities(), chances);
        using JsonDocument report = JsonDocument.Parse(folder.Read("report.json"));
        JsonElement result = report.RootElement.GetProperty("result");
        Assert.Equal((JsonValueKind.Null, "2", 3), (result.GetProperty("drawnPanel").ValueKind, result.GetProperty("drawnBallot").GetString(), result.GetProperty("ballots").GetInt32()));
    }

    [Fact]
    public void The_report_tells_everything_but_who_the_people_are()
    {
        LoadedProblem input = Lotteries.Load("Name,id,home,street\nÅse,p4,flat,Elm 1\nÅse,p4,flat,Elm 1\nIb,p1,flat,Elm 2\nBo,p3,house,Elm 3\nBe,p2,house,Elm 1\n");
        using TemporaryFolder folder = new();
        ResultFiles.Write(folder.Path, Lotteries.Outcome(input));
        string text = folder.Read("report.json");
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement report = document.RootElement;
        Assert.Equal("sortition-report/1", report.GetProperty("format").GetString());
        Assert.Equal(("not proven", "maximin", "1.2.3"), (report.GetProperty("status").GetString(), report.GetProperty("algorithm").GetString(), report.GetProperty("softwareVersion").GetString()));
        Assert.Equal(("sha256-ctr/1", "a seed"), (report.GetProperty("random").GetProperty("generator").GetString(), report.GetProperty("random").GetProperty("seed").GetString()));
        Assert.Equal(input.Inputs.Select(i => i.Sha256), report.GetProperty("inputs").EnumerateArray().Select(i => i.GetProperty("sha256").GetString()));
        Assert.Equal((2, 4), (report.GetProperty("problem").GetProperty("panelSize").GetInt32(), report.GetProperty("problem").GetProperty("people").GetInt32()));
        Assert.Equal(1, report.GetProperty("result").GetProperty("drawnPanel").GetInt32());

        JsonElement house = report.GetProperty("groups")[1];
        Assert.Equal("home house 0 2 2 1 0.375 0.375 0.375", string.Join(' ', house.EnumerateObject().Select(p => p.Value.ToString())));
        JsonElement lottery = report.GetProperty("lottery");
        Assert.Equal(0.375, lottery.GetProperty("lowestChance").GetDouble());
        Assert.Equal(0.625, lottery.GetProperty("highestChance").GetDouble());

        // Gini over .375 .375 .625 .625: (−3·.375 − .375 + .625 + 3·.625) / (4·2) = 1/8.
        Assert.Equal(0.125, lottery.GetProperty("gini").GetDouble(), 15);
        Assert.Equal((0.375, 0.5, 0.25), (
            report.GetProperty("certificate").GetProperty("value").GetDouble(),
            report.GetProperty("certificate").GetProperty("bound").GetDouble(),
            report.GetProperty("certificate").GetProperty("gap").GetDouble()));
        JsonElement claim = report.GetProperty("certificate").GetProperty("claims")[0];
        Assert.Equal(["1=1", "2=1"], claim.GetProperty("weights").EnumerateObject().Select(w => $"{w.Name}={w.Value.GetString()}"));
        Assert.Empty(claim.GetProperty("capWeights").EnumerateObject());
        Assert.Equal(("2", "adding up"), (claim.GetProperty("limit").GetString(), claim.GetProperty("confirmedBy").GetString()));
        Assert.Equal("2 members in all=1", string.Join(' ', claim.GetProperty("prices").EnumerateArray().Select(p => $"{p.GetProperty("constraint")}={p.GetProperty("price")}")));
        Assert.Equal("core/duplicate-merged", report.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Empty(report.GetProperty("uncovered").EnumerateArray());
        Assert.DoesNotContain("Åse", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Elm", text, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void Files_of_an_earlier_run_are_never_replaced_and_others_left_alone()
    {
        using TemporaryFolder folder = new();
        LoadedProblem input = Lotteries.Load();
        folder.Write("notes.txt", "mine");
        ResultFiles.Write(folder.Path, Lotteries.Outcome(input));
        SelectionOutcome greedy = new() { Input = input, Panel = Panel.Create(input.Problem, ["p1", "p2"]), Algorithm = "greedy", SoftwareVersion = "1", Seed = "s", Generator = "g", Attempts = 1 };
        Assert.Equal("drawn without a lottery", greedy.Status);
        string[] names = folder.Names();
        string[] before = [.. names.Select(folder.Read)];
        FilesExistException refused = Assert.Throws<FilesExistException>(() => ResultFiles.Write(folder.Path, greedy));
        Assert.Equal(names.Except(["notes.txt"]), refused.Names);
        Assert.Equal(names, folder.Names());
        Assert.Equal(before, names.Select(folder.Read));

        // One file of a draw is enough, even one that this run would not write.
        Assert.All(refused.Names.Except(["lottery.csv"]), name => File.Delete(folder[name]));
        Assert.Equal(["lottery.csv"], Assert.Throws<FilesExistException>(() => ResultFiles.Write(folder.Path, greedy)).Names);
        File.Delete(folder["lottery.csv"]);
        ResultFiles.Write(folder.Path, greedy);
        Assert.Equal(["notes.txt", "remaining.csv", "report.json", "selected.csv"], folder.Names());
        Assert.Equal("mine", folder.Read("notes.txt"));
    }

    [Fact]
    public void A_failure_while_files_are_moved_in_takes_those_back_that_were()
    {
        using TemporaryFolder folder = new();
        folder.Write("notes.txt", "mine");

        // A folder stands where a file belongs that is moved in after others.
        Directory.CreateDirectory(folder["probabilities.csv"]);
        Assert.ThrowsAny<IOException>(() => ResultFiles.Write(folder.Path, Lotteries.Outcome(Lotteries.Load())));
        Assert.Equal(["notes.txt", "probabilities.csv"], folder.Names());
        Assert.Equal("mine", folder.Read("notes.txt"));
    }

    [Fact]
    public void Cancellation_leaves_the_folder_as_it_was()
    {
        using TemporaryFolder folder = new();
        LoadedProblem input = Lotteries.Load();
        SelectionOutcome outcome = Lotteries.Outcome(input);
        ResultFiles.Write(folder.Path, outcome);
        string before = folder.Read("selected.csv");
        Assert.Throws<OperationCanceledException>(() => ResultFiles.Write(folder.Path, Lotteries.Outcome(input, drawnPanel: 1), new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => ResultFiles.Write(folder["new/deep"], outcome, new CancellationToken(canceled: true)));
        Assert.Equal(Usual, folder.Names());
        Assert.Equal(before, folder.Read("selected.csv"));
    }

    [Fact]
    public void Folders_that_do_not_exist_are_made()
    {
        using TemporaryFolder folder = new();
        ResultFiles.Write(folder["new/deep"], Lotteries.Outcome(Lotteries.Load()));
        Assert.Equal(Usual.Length, Directory.GetFileSystemEntries(folder["new/deep"]).Length);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_and_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        folder.Write("file", "");
        Assert.ThrowsAny<IOException>(() => ResultFiles.Write(folder["file/deep"], Lotteries.Outcome(Lotteries.Load())));
        Assert.Equal(["file"], folder.Names());
    }

    [Fact]
    public void Outcomes_that_contradict_themselves_are_refused()
    {
        using TemporaryFolder folder = new();
        DraftOutcome outcome = Lotteries.Outcome(Lotteries.Load());
        DraftOutcome other = Lotteries.Outcome(Other());
        PanelTable ballots = DependentRounding.Round(outcome.Lottery!, 3, RandomSource.Seeded("rounding"));
        int differing = Enumerable.Range(0, ballots.Rows.Count).First(r => !ballots.Rows[r].Panel.Members.SequenceEqual(outcome.Panel.Members));
        SelectionOutcome[] wrong =
        [
            outcome with { DrawnPanel = 1 },
            outcome with { DrawnPanel = 2 },
            outcome with { DrawnPanel = -1 },
            outcome with { DrawnPanel = null },
            outcome with { Lottery = null },
            outcome with { Ballots = ballots, DrawnPanel = differing },
            outcome with { Ballots = ballots, DrawnPanel = 3 },
            outcome with { Ballots = ballots, DrawnPanel = null },
            outcome with { Ballots = ballots, DrawnPanel = null, Lottery = null },
            outcome with { Panel = other.Panel },
            outcome with { Lottery = other.Lottery },
            outcome with { Ballots = DependentRounding.Round(other.Lottery!, 3, RandomSource.Seeded("rounding")) },
        ];
        Assert.All(wrong, w => Assert.Throws<ArgumentException>(() => ResultFiles.Write(folder.Path, w)));
        Assert.Empty(folder.Names());

        // Two loads of the same files are the same problem.
        ResultFiles.Write(folder.Path, outcome with { Lottery = Lotteries.Outcome(Lotteries.Load()).Lottery });
        Assert.NotEmpty(folder.Names());

        static LoadedProblem Other() => Lotteries.Load(Lotteries.People.Replace("p1", "p0", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_outcome_gives_the_same_bytes_whatever_the_order_of_rows()
    {
        using TemporaryFolder one = new();
        using TemporaryFolder two = new();
        string[] rows = Lotteries.People.TrimEnd('\n').Split('\n');
        ResultFiles.Write(one.Path, Lotteries.Outcome(Lotteries.Load()));
        Cultures.In("da-DK", () => ResultFiles.Write(two.Path, Lotteries.Outcome(Lotteries.Load(string.Join("\r\n", rows.Take(1).Concat(rows.Skip(1).Reverse()))))));
        foreach (string name in new[] { "lottery.csv", "probabilities.csv" })
        {
            Assert.Equal(one.Read(name), two.Read(name));
        }

        Assert.Equal(one.Read("selected.csv").Split('\n').Order(), two.Read("selected.csv").Split('\n').Order());
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("-", "'-")]
    [InlineData("-1-", "'-1-")]
    [InlineData("+1.2.3", "'+1.2.3")]
    [InlineData("-.5", "'-.5")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("-3,5", "\"-3,5\"")]
    [InlineData("+4512345678", "+4512345678")]
    [InlineData("a=1", "a=1")]
    [InlineData("'=1", "'=1")]
    [InlineData("''=1", "''=1")]
    [InlineData("'-5", "'-5")]
    [InlineData("'a", "'a")]
    public void Formulas_are_neutralised_in_cells_headings_and_ids(string cell, string written)
    {
        string quoted = "\"" + cell + "\"";
        LoadedProblem input = Lotteries.Load($"id,home,note,{quoted}\np1,flat,{quoted},z\np2,house,b,z\n");
        SelectionOutcome outcome = new() { Input = input, Panel = Panel.Create(input.Problem, ["p1", "p2"]), Algorithm = "a", SoftwareVersion = "1", Seed = "s", Generator = "g" };
        using TemporaryFolder folder = new();
        ResultFiles.Write(folder.Path, outcome);
        Assert.Equal($"id,home,note,{written}\np1,flat,{written},z\np2,house,b,z\n", folder.Read("selected.csv"));
    }
}
