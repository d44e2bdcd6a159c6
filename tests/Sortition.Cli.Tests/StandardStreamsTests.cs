using System.IO.Compression;
using System.Text;

namespace Sortition.Cli.Tests;

/// <summary>A lone dash where a file is meant.</summary>
public sealed class StandardStreamsTests
{
    [Theory]
    [InlineData("--quotas", "quotas.csv")]
    [InlineData("--people", "people.csv")]
    public void A_file_can_come_from_standard_input(string option, string file)
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        string expected = CommandRun.Of(["check", .. input]).Output;
        byte[] content = File.ReadAllBytes(folder[file]);
        input[Array.IndexOf(input, option) + 1] = "-";
        (CommandRun run, byte[] output) = CommandRun.Fed(content, ["check", .. input]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(expected, Encoding.UTF8.GetString(output));
    }

    [Fact]
    public void A_workbook_of_ids_on_standard_input_is_seen_from_its_bytes()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Assert.Equal(0, CommandRun.Of(["select", .. input, "--seed", "a", "--workbook", "--output", folder["out"]]).ExitCode);
        byte[] workbook = File.ReadAllBytes(Path.Combine(folder["out"], "selection.xlsx"));
        string[] selected = Csv.Column(Csv.Read(Path.Combine(folder["out"], "selected.csv")), "id");
        foreach (string[] arguments in (string[][])[["select", .. input, "--must-in", "-"], ["alternates", .. input, "--panel", "-", "--count", "1"]])
        {
            (CommandRun run, _) = CommandRun.Fed(workbook, [.. arguments, "--json"]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.All(selected, id => Assert.Contains($"\"{id}\"", run.Output, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Faults_name_the_standard_input()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        (CommandRun run, _) = CommandRun.Fed("id,gender,age\np1,femail,young\n"u8.ToArray(), ["check", .. input[..3], "-", .. input[4..]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("standard input, line 2, column \"gender\"", run.Error, StringComparison.Ordinal);
        (run, _) = CommandRun.Fed("id\np9\n"u8.ToArray(), ["replace", .. input, "--panel", "-", "--declined", "p1"]);
        Assert.Equal(2, run.ExitCode);
        (run, _) = CommandRun.Fed("id\np9\n"u8.ToArray(), ["alternates", .. input, "--panel", "-", "--count", "1"]);
        Assert.Contains("standard input", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_dash_is_refused()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        (CommandRun run, byte[] output) = CommandRun.Fed([], ["select", .. input[..3], "-", .. input[4..], "--must-in", "-"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(output);
        Assert.Contains("--people, --must-in: \"-\" is the standard input, which holds one file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_that_is_a_dash_is_a_seed()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["select", .. Example.Small(folder), "--must-in", "p1", "--seed", "-"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("Seed +-\n", run.Output);
    }

    [Fact]
    public void Quotas_and_people_are_written_to_standard_output_as_into_files()
    {
        using TemporaryFolder folder = new();
        string[] small = Example.Small(folder);
        string population = folder.Write("population.csv", "feature,value,count\nkøn,kvinde,51\nkøn,mand,49\n");
        Same(["quotas", "--population", population, "--size", "9"], "kvinde");
        Same(["generate", .. small[..2], .. small[4..], "--count", "5", "--seed", "a"], "Seed: a");
        string[] tight = Example.Small(folder, quotas: Example.SmallQuotas.Replace("old,0,2", "old,4,4", StringComparison.Ordinal));
        Same(["check", .. tight, "--apply", "1"], "The quotas of way out 1 are in standard output.");

        void Same(string[] arguments, string told)
        {
            string file = folder[arguments[0]];
            Assert.Equal(0, CommandRun.Of([.. arguments, "--output", file]).ExitCode);
            (CommandRun run, byte[] output) = CommandRun.Fed([], [.. arguments, "--output", "-"]);
            Assert.Equal(0, run.ExitCode);
            Assert.Equal(File.ReadAllBytes(file), output);
            Assert.Contains(told, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Results_are_written_to_standard_output_as_one_archive()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Same(["select", .. input, "--seed", "a"]);
        Same(["alternates", .. input, "--panel", "p1,p2,p4", "--count", "1", "--seed", "a"]);
        folder.Write("keys.csv", "id,key\n" + string.Concat(Enumerable.Range(1, 6).Select(i => $"p{i},{new string((char)('0' + i), 64)}\n")));
        Same(["lottery", .. input, "--ballots", "20", "--seed", "a", "--keys", folder["keys.csv"]]);
        Same(["publish", folder["lottery"]]);

        void Same(string[] arguments)
        {
            string files = folder[arguments[0]];
            Assert.Equal(0, CommandRun.Of([.. arguments, "--output", files]).ExitCode);
            (CommandRun run, byte[] output) = CommandRun.Fed([], [.. arguments, "--output", "-"]);
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("in a zip archive on standard output", run.Error, StringComparison.Ordinal);
            using MemoryStream stream = new(output);
            using ZipArchive archive = new(stream);
            Assert.Equal(folder.Names(arguments[0]), archive.Entries.Select(e => e.Name).Order(StringComparer.Ordinal));
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using MemoryStream content = new();
                using Stream unpacked = entry.Open();
                unpacked.CopyTo(content);
                Assert.Equal(File.ReadAllBytes(Path.Combine(files, entry.Name)), content.ToArray());
            }
        }
    }

    [Fact]
    public void A_lottery_goes_from_command_to_command_without_a_folder()
    {
        using TemporaryFolder folder = new();
        (_, byte[] lottery) = CommandRun.Fed([], ["lottery", .. Example.Small(folder), "--ballots", "20", "--seed", "a", "--output", "-"]);
        (_, byte[] published) = CommandRun.Fed(lottery, "publish", "-", "--output", "-");
        string path = folder.Write("published.zip", published);
        (CommandRun verify, _) = CommandRun.Fed(published, "verify", "-");
        Assert.True(verify.ExitCode == 0, verify.Error);
        (verify, _) = CommandRun.Fed(lottery, "verify", "-");
        Assert.True(verify.ExitCode == 0, verify.Error);
        Assert.Contains("All that is public follows from private.json", verify.Output, StringComparison.Ordinal);
        (CommandRun report, byte[] page) = CommandRun.Fed(lottery, "report", "-", "--published", path, "--output", "-");
        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Contains("</html>", Encoding.UTF8.GetString(page), StringComparison.Ordinal);

        (CommandRun none, _) = CommandRun.Fed("no archive"u8.ToArray(), "verify", "-");
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("standard input", none.Error, StringComparison.Ordinal);
        (CommandRun two, _) = CommandRun.Fed(published, "report", "-", "--published", "-", "--output", "-");
        Assert.Equal(2, two.ExitCode);
        Assert.Contains("FOLDER|ZIP, --published: \"-\" is the standard input, which holds one file", two.Error, StringComparison.Ordinal);
        (CommandRun draw, _) = CommandRun.Fed(published, "draw", "-", "--number", "1");
        Assert.Equal(2, draw.ExitCode);
        Assert.Contains("name the folder or the archive", draw.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_written_to_standard_output()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--ballots", "20", "--seed", "a", "--output", folder["lottery"]]).ExitCode);
        (CommandRun run, byte[] output) = CommandRun.Fed([], "report", folder["lottery"], "--output", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("</html>", Encoding.UTF8.GetString(output), StringComparison.Ordinal);
        Assert.Contains("Written: standard output", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lottery --json", "both are for the standard output")]
    [InlineData("select --json", "both are for the standard output")]
    public void What_cannot_be_written_to_standard_output_is_refused(string command, string expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of([.. command.Split(' '), .. Example.Small(folder), "--output", "-"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists("-"));
    }
}
