using System.IO.Compression;
using System.Text.Json.Nodes;
using Sortition.Publication;

namespace Sortition.Cli.Tests;

/// <summary>Whatever a rehearsal writes says so, and nothing takes it for the real thing.</summary>
public sealed class RehearsalTests
{
    private const string Mark = "REHEARSAL";
    private const string InEnglish = "REHEARSAL: nothing of this counts, and nobody is chosen by it.";

    /// <summary>Their one form is that of other programs, or their lines say the hash of the line before.</summary>
    private static readonly string[] s_withoutMark = ["SHA256SUMS"];

    [Fact]
    public void Every_file_page_and_ballot_is_marked()
    {
        using TemporaryFolder folder = new();
        string[] input = [.. Example.Small(folder), "--rehearsal", "--contact-columns", "gender"];
        string panel = folder["result/selected.csv"];
        Ends(Run(0, ["select", .. input, "--seed", "s", "--workbook", "--output", folder["result"]]));
        Ends(Run(0, ["select", .. input, "--seed", "s", "--ballots", "10", "--output", folder["ballots"]]));
        Ends(Run(0, ["select", .. input, "--seed", "s", "--algorithm", "greedy", "--output", folder["greedy"]]));
        Ends(Run(0, ["replace", .. input, "--panel", panel, "--declined", Csv.Column(Csv.Read(panel), "id")[0], "--seed", "s", "--output", folder["round"]]));
        Ends(Run(0, ["alternates", .. Example.Small(folder), "--rehearsal", "--panel", panel, "--count", "1", "--seed", "s", "--output", folder["alternates"]]));
        Ends(Run(0, ["alternates", .. Example.Small(folder), "--rehearsal", "--panel", panel, "--alternates", folder["alternates/alternates.csv"], "--declined", Csv.Column(Csv.Read(panel), "id")[0], "--output", folder["substitution"]]));
        Ends(Run(0, ["lottery", .. input, "--ballots", "20", .. Example.CalledOut, "--keys", folder["keys.csv"], "--output", folder["lottery"]]));
        Ends(Run(0, "publish", folder["lottery"], "--output", folder["published"]));
        Ends(Run(0, "draw", folder["lottery"], "--published", folder["published"], "--number", "7"));
        Ends(Run(0, "draw", folder["lottery"], "--published", folder["published"], "--annul", "a ball fell"));
        Ends(Run(0, "draw", folder["lottery"], "--published", folder["published"], "--number", "8", "--people", folder["people.csv"], "--workbook", "--output", folder["drawn"]));
        Ends(Run(0, "report", folder["lottery"], "--published", folder["published"], "--charts", folder["charts"], "--output", folder["report.html"]));
        Ends(Run(0, "report", folder["result"], "--output", folder["selection.html"]));

        string[] written = [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is not ("quotas.csv" or "people.csv"))];
        Assert.InRange(written.Length, 50, int.MaxValue);
        Assert.All(written, file => Assert.True(s_withoutMark.Contains(Path.GetFileName(file)) || ContentOf(file).Contains(Mark, StringComparison.Ordinal), file));
        foreach (string table in written.Where(f => f.EndsWith(".csv", StringComparison.Ordinal)))
        {
            Assert.All(File.ReadAllLines(table), row => Assert.EndsWith("," + Mark, row, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void It_is_verified_as_a_rehearsal_and_never_genuine()
    {
        using TemporaryFolder folder = new();
        string root = Lottery(folder, rehearsal: true);
        foreach (string place in (string[])["lottery", "published"])
        {
            CommandRun run = Run(5, "verify", folder[place], "--root", root);
            Ends(run);
            Assert.Contains("NOT genuine, but a rehearsal", run.Output, StringComparison.Ordinal);
            CommandRun json = CommandRun.Of("verify", folder[place], "--json");
            JsonNode answer = JsonNode.Parse(json.Output)!;
            Assert.Equal(Mark, (string?)answer["mark"]);
            Assert.False((bool)answer["genuine"]!);
        }

        Assert.Contains("REHEARSAL – prøve", Run(5, "verify", folder["published"], "--language", "da").Output, StringComparison.Ordinal);
    }

    /// <summary>The seed read out in public must not give a panel that somebody has seen before.</summary>
    [Fact]
    public void A_rehearsal_foretells_no_draw()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Albertslund;
        Run(0, ["select", .. input, "--algorithm", "maximin", "--as-found", "--seed", "4 2 6", "--output", folder["real"]]);
        Run(0, ["select", .. input, "--algorithm", "maximin", "--as-found", "--seed", "4 2 6", "--rehearsal", "--output", folder["first"]]);
        Run(0, ["select", .. input, "--algorithm", "maximin", "--as-found", "--seed", "4 2 6", "--rehearsal", "--output", folder["second"]]);
        Run(0, ["select", .. input, "--algorithm", "maximin", "--as-found", "--seed", Mark + " 4 2 6", "--rehearsal", "--output", folder["third"]]);
        string first = folder.Read("first/selected.csv");
        Assert.Equal(first, folder.Read("second/selected.csv"));
        Assert.Equal(first, folder.Read("third/selected.csv"));
        Assert.NotEqual(Csv.Column(Csv.Read(folder["real/selected.csv"]), "id"), Csv.Column(Csv.Read(folder["first/selected.csv"]), "id"));
        Assert.Equal(Mark + " 4 2 6", (string?)JsonNode.Parse(folder.Read("first/report.json"))!["random"]!["seed"]);
        Assert.Equal(Csv.Read(folder["real/probabilities.csv"]).Select(r => r[1]), Csv.Read(folder["first/probabilities.csv"]).Select(r => r[1]));
    }

    [Fact]
    public void Nothing_real_is_made_of_what_a_rehearsal_wrote()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Run(0, ["select", .. input, "--rehearsal", "--seed", "s", "--workbook", "--output", folder["result"]]);
        Lottery(folder, rehearsal: true);
        string panel = folder["result/selected.csv"];
        string declined = Csv.Column(Csv.Read(panel), "id")[0];
        string[] quotas = ["--quotas", folder["quotas.csv"], "--size", "3"];
        foreach (string[] real in (string[][])[
            ["replace", .. input, "--panel", panel, "--declined", declined],
            ["replace", .. input, "--panel", folder["result/selection.xlsx"], "--declined", declined],
            ["alternates", .. input, "--panel", panel, "--count", "1"],
            ["select", .. quotas, "--people", folder["result/remaining.csv"]],
            ["select", .. input, "--must-in", panel],
            ["prepare", folder["result/remaining.csv"], "--quotas", folder["quotas.csv"], "--output", folder["mapping.json"]],
            ["lottery", .. input, "--keys", folder["keys.csv"], "--output", folder["other"]]])
        {
            string[] before = folder.Names("");
            CommandRun run = Run(2, real);
            Assert.Contains("column \"REHEARSAL\": this table was written in a rehearsal", run.Error, StringComparison.Ordinal);
            Assert.Equal(before, folder.Names(""));
        }

        // A rehearsal goes on with them, and marks what it writes once.
        Run(0, ["replace", .. quotas, "--people", folder["result/remaining.csv"], "--panel", panel, "--declined", declined, "--rehearsal", "--output", folder["round"]]);
        Assert.Equal("id,gender,age,note,REHEARSAL", folder.Read("round/panel.csv").Split('\n')[0]);
        Run(0, ["lottery", .. input, "--rehearsal", "--ballots", "20", .. Example.CalledOut, "--keys", folder["keys.csv"], "--output", folder["again"]]);

        // It has keys of its own: those of the real draw would open tickets of it.
        Run(0, ["lottery", .. input, "--keys", folder["real.csv"], "--output", folder["real"]]);
        Assert.Contains("has the keys of the real draw", Run(2, ["lottery", .. input, "--rehearsal", "--keys", folder["real.csv"], "--output", folder["third"]]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_on_which_people_find_themselves_says_so_and_counts_the_seats_rightly()
    {
        using TemporaryFolder folder = new();
        Lottery(folder, rehearsal: true);
        string page = folder.Read("published/" + FindMePage.FileName);
        Assert.Contains("<body class=\"rehearsed\">", page, StringComparison.Ordinal);
        Assert.Contains("data-text=\"find.rehearsal\"", page, StringComparison.Ordinal);
        Lottery(folder, rehearsal: false, "-real");
        string real = folder.Read("published-real/" + FindMePage.FileName);
        Assert.DoesNotContain("class=\"rehearsed\"", real, StringComparison.Ordinal);
        Assert.Equal(Intro(real), Intro(page));

        static string Intro(string page) => page.Split('\n').Single(line => line.Contains("data-text=\"find.intro\"", StringComparison.Ordinal));
    }

    /// <summary>Makes and publishes a lottery, and draws from it.</summary>
    /// <returns>The root.</returns>
    private static string Lottery(TemporaryFolder folder, bool rehearsal, string suffix = "")
    {
        string[] way = rehearsal ? ["--rehearsal"] : [];
        Run(0, ["lottery", .. Example.Small(folder), .. way, "--ballots", "20", .. Example.CalledOut, "--keys", folder[$"keys{suffix}.csv"], "--output", folder["lottery" + suffix]]);
        Run(0, "publish", folder["lottery" + suffix], "--output", folder["published" + suffix]);
        Run(0, "draw", folder["lottery" + suffix], "--published", folder["published" + suffix], "--number", "7");
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder[$"published{suffix}/SHA256SUMS"])));
    }

    private static string ContentOf(string file)
    {
        if (!file.EndsWith(".xlsx", StringComparison.Ordinal))
        {
            return File.ReadAllText(file);
        }

        using ZipArchive workbook = ZipFile.OpenRead(file);
        return string.Concat(workbook.Entries.Select(entry =>
        {
            using StreamReader text = new(entry.Open());
            return text.ReadToEnd();
        }));
    }

    /// <summary>The first and the last line that a person sees.</summary>
    private static void Ends(CommandRun run)
    {
        string[] lines = run.Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(InEnglish, lines[0]);
        Assert.Equal(InEnglish, lines[^1]);
    }

    private static CommandRun Run(int exitCode, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.True(run.ExitCode == exitCode, string.Join(' ', arguments) + "\n" + run.Output + run.Error);
        return run;
    }
}
