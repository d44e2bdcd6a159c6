using System.Text.Json;
using Sortition.Files.Storage;

namespace Sortition.Cli.Tests;

/// <summary>Whatever writes something leaves a line, and a line that is missing shows.</summary>
public sealed class LogTests
{
    [Fact]
    public void Every_draw_leaves_a_line_with_what_it_was_made_from()
    {
        using TemporaryFolder folder = new();
        string[] select = ["select", .. Example.Small(folder), "--output"];
        Assert.Equal(0, CommandRun.Of([.. select, folder["first"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of([.. select, folder["second"], "--seed", "a b"]).ExitCode);
        Assert.Equal(0, CommandRun.Of([.. select, folder["third.zip"]]).ExitCode);
        RunLogContent log = RunLog.Read(folder["sortition.log"]);
        Assert.Equal(["select", "select", "select"], log.Runs.Select(run => run.What.Command));
        Assert.Equal(3, log.Runs.Select(run => run.What.Seed).Distinct().Count());
        Assert.Equal("a b", log.Runs[1].What.Seed);
        Assert.All(log.Runs, run => Assert.Equal(["quotas.csv", "people.csv"], run.What.Inputs.Select(file => file.Name)));
        Assert.Contains("second/selected.csv", log.Runs[1].Writings.Single().Files.Select(file => file.Name));
        Assert.Equal("third.zip", log.Runs[2].Writings.Single().Files.Single().Name);
        Assert.All(log.Runs.SelectMany(run => run.Writings), writing => Assert.True(writing.IsFinished));
        foreach ((string name, string sha256) in log.Runs.SelectMany(run => run.Writings).SelectMany(w => w.Files))
        {
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder[name]))), sha256);
        }

        CommandRun shown = CommandRun.Of("log", folder.Path);
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Contains("--seed \"a b\"", shown.Output, StringComparison.Ordinal);

        // Neither where files lie, nor what people answered.
        string text = folder.Read("sortition.log");
        Assert.DoesNotContain(Path.GetFileName(folder.Path), text, StringComparison.Ordinal);
        Assert.DoesNotContain("female", text, StringComparison.Ordinal);
        Assert.DoesNotContain("p1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draw_in_public_is_logged_beside_the_lottery_and_not_within_what_is_published()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), .. Example.Announced, "--output", folder["lottery"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of("publish", folder["lottery"], "--output", folder["published"]).ExitCode);
        Assert.Equal(0, CommandRun.Of("draw", folder["lottery"], "--text", Example.Text, "--published", folder["published"]).ExitCode);
        Assert.Equal(0, CommandRun.Of("draw", folder["lottery"], "--annul", "the evening was cut short", "--published", folder["published"]).ExitCode);
        RunLogContent log = RunLog.Read(folder["sortition.log"]);
        Assert.Equal(["lottery", "publish", "draw", "draw"], log.Runs.Select(run => run.What.Command));
        Assert.Equal(["lottery/draw.json", "published/draw.json"], log.Runs[2].Writings.SelectMany(w => w.Files).Select(file => file.Name));
        Assert.Contains(("--text", Example.Text), log.Runs[2].What.Options);
        Assert.DoesNotContain("sortition.log", folder.Names("published"));
    }

    /// <summary>Where a folder is there already and has no log beside it, as one that came from elsewhere, the log lies within, and does no harm to what is verified.</summary>
    [Fact]
    public void A_log_within_a_published_folder_is_no_part_of_it()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), .. Example.CalledOut, "--ballots", "10", "--output", folder["lottery"]]).ExitCode);
        File.Delete(folder["sortition.log"]);
        Assert.Equal(0, CommandRun.Of("draw", folder["lottery"], "--number", "3").ExitCode);
        Assert.Contains("sortition.log", folder.Names("lottery"));
        CommandRun verified = CommandRun.Of("verify", folder["lottery"]);
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
    }

    [Fact]
    public void Lines_that_are_taken_out_put_in_or_changed_show()
    {
        using TemporaryFolder folder = new();
        string[] select = ["select", .. Example.Small(folder), "--output"];
        foreach (string name in (string[])["a", "b", "c"])
        {
            Assert.Equal(0, CommandRun.Of([.. select, folder[name]]).ExitCode);
        }

        string[] lines = File.ReadAllLines(folder["sortition.log"]);
        Assert.Equal(9, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] others = [.. lines[..i], .. lines[(i + 1)..]];
            if (i < lines.Length - 1)
            {
                AssertBroken(others);
            }

            AssertBroken([.. lines[..i], lines[i].Replace("2", "3", StringComparison.Ordinal), .. lines[(i + 1)..], .. i == lines.Length - 1 ? (string[])[lines[i]] : []]);
            AssertBroken([.. lines[..i], lines[(i + 4) % lines.Length], .. lines[i..]]);
        }

        AssertBroken(["{}", .. lines]);

        File.WriteAllLines(folder["sortition.log"], lines);

        // Lines cut off at the end show to whoever kept the hash of the last one.
        string head = RunLog.Read(folder["sortition.log"]).Hashes[^1];
        Assert.Equal(0, CommandRun.Of("log", folder.Path, "--head", head.ToUpperInvariant()).ExitCode);
        File.WriteAllLines(folder["sortition.log"], lines[..^3]);
        Assert.Equal(0, CommandRun.Of("log", folder.Path).ExitCode);
        CommandRun cut = CommandRun.Of("log", folder.Path, "--head", head);
        Assert.Equal(4, cut.ExitCode);
        Assert.Contains("were cut off", cut.Error, StringComparison.Ordinal);

        void AssertBroken(string[] changed)
        {
            File.WriteAllLines(folder["sortition.log"], changed);
            CommandRun run = CommandRun.Of("log", folder.Path);
            Assert.True(run.ExitCode == 4, string.Join('\n', changed) + run.Output);
        }
    }

    [Fact]
    public void A_result_that_was_changed_since_is_named()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["select", .. Example.Small(folder), "--output", folder["out"]]).ExitCode);
        File.AppendAllText(folder["out/selected.csv"], "p9,female,young,z\n");
        CommandRun run = CommandRun.Of("log", folder["sortition.log"]);
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("changed since: out/selected.csv", run.Output, StringComparison.Ordinal);
        File.Delete(folder["out/selected.csv"]);
        run = CommandRun.Of("log", folder["sortition.log"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no longer there: out/selected.csv", run.Output, StringComparison.Ordinal);
    }

    /// <summary>A log is no way to look at other files: a forger of one learns nothing of what lies elsewhere.</summary>
    [Fact]
    public void Files_outside_of_the_folder_of_the_log_are_not_looked_at()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["log"]);
        folder.Write("secret.txt", "secret");
        string inputs = "\"format\":\"sortition-log/1\",\"command\":\"select\",\"options\":[],\"seed\":null,\"software\":\"x\",\"inputs\":[]";
        string first = $"{{\"previous\":\"{new string('0', 64)}\",\"run\":\"a\",\"time\":\"2026-11-30T17:00:00Z\",{inputs}}}";
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(first)));
        foreach (string name in (string[])["../secret.txt", folder["secret.txt"], "x/../../secret.txt"])
        {
            string files = JsonSerializer.Serialize(new[] { new { name, sha256 = hash } });
            folder.Write("log/sortition.log", $"{first}\n{{\"previous\":\"{hash}\",\"run\":\"a\",\"time\":\"2026-11-30T17:00:00Z\",\"writing\":{files}}}\n");
            CommandRun run = CommandRun.Of("log", folder["log"], "--json");
            Assert.Equal("notLookedAt", JsonDocument.Parse(run.Output).RootElement.GetProperty("written")[0].GetProperty("files")[0].GetProperty("state").GetString());
        }
    }

    [Fact]
    public async Task Runs_at_the_same_time_share_a_log()
    {
        using TemporaryFolder folder = new();
        string[] select = ["select", .. Example.Small(folder), "--output"];
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Assert.Equal(0, CommandRun.Of([.. select, folder[$"out{i}"]]).ExitCode))));
        RunLogContent log = RunLog.Read(folder["sortition.log"]);
        Assert.Equal(12, log.Runs.Count);
        Assert.Empty(log.Gaps);
        Assert.Empty(log.Unreadable);
    }

    [Fact]
    public void A_log_that_cannot_be_written_stops_a_draw_before_it_begins()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["sortition.log"]);
        CommandRun run = CommandRun.Of(["select", .. Example.Small(folder), "--output", folder["out"]]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("the log, cannot be written to", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void Without_a_log_there_is_nothing_to_show()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("log", folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is no log", run.Error, StringComparison.Ordinal);
    }
}
