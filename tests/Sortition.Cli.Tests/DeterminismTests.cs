using System.Security.Cryptography;

namespace Sortition.Cli.Tests;

/// <summary>Same inputs, same seed, same bytes: in another process, culture and number of processors, and, but for the order of rows kept, with the people in another order.</summary>
public sealed class DeterminismTests(DeterminismTests.HomeRuns runs) : IClassFixture<DeterminismTests.HomeRuns>
{
    private static readonly Dictionary<string, string> Home = new() { ["LC_ALL"] = "C.UTF-8", ["LANG"] = "C.UTF-8", ["DOTNET_PROCESSOR_COUNT"] = "1" };
    private static readonly Dictionary<string, string> Away = new() { ["LC_ALL"] = "tr_TR.UTF-8", ["LANG"] = "tr_TR.UTF-8", ["DOTNET_PROCESSOR_COUNT"] = "2" };

    [Theory]
    [InlineData("--algorithm", "maximin")]
    [InlineData("--algorithm", "greedy")]
    [InlineData("--algorithm", "uniform")]
    [InlineData("--ballots", "100")]
    [InlineData("--household-columns", "adresse,postnr")]
    [InlineData("--algorithm", "nash")]
    [InlineData("--algorithm", "goldilocks", "--gamma", "extremes")]
    public void Another_process_culture_and_processor_count_give_the_same_bytes(params string[] options)
    {
        using TemporaryFolder folder = new();
        string home = runs.Of(options);
        Run(folder["away"], Away, Example.Albertslund, options);
        Assert.Equal(folder.Names(home), folder.Names("away"));
        Assert.All(folder.Names(home), name => Assert.Equal(Bytes(folder, home, name), Bytes(folder, "away", name)));
    }

    [Theory]
    [InlineData("--algorithm", "maximin")]
    [InlineData("--algorithm", "greedy")]
    [InlineData("--algorithm", "uniform")]
    [InlineData("--ballots", "100")]
    [InlineData("--household-columns", "adresse,postnr")]
    public void Another_order_of_the_people_changes_only_the_order_of_rows_and_the_hash_of_the_file(params string[] options)
    {
        using TemporaryFolder folder = new();
        string original = TestFiles.PathOf("albertslund", "respondents.csv");
        string[] lines = File.ReadAllLines(original);
        string[] rows = lines[1..];
        Array.Reverse(rows);
        (rows[3], rows[500]) = (rows[500], rows[3]);
        Directory.CreateDirectory(folder["shuffled"]);
        string shuffled = Path.Combine(folder["shuffled"], "respondents.csv");
        File.WriteAllText(shuffled, string.Concat(rows.Prepend(lines[0]).Select(line => line + "\n")));
        string[] input = ["--quotas", TestFiles.PathOf("albertslund", "categories.csv"), "--size", "36", "--people"];
        string home = runs.Of(options);
        Run(folder["second"], Home, [.. input, shuffled], options);
        Assert.Equal(folder.Names(home), folder.Names("second"));
        foreach (string name in folder.Names(home))
        {
            string first = File.ReadAllText(Path.Combine(home, name));
            string second = File.ReadAllText(Path.Combine(folder["second"], name));
            switch (name)
            {
                case "selected.csv" or "remaining.csv":
                    Assert.NotEqual(first, second);
                    Assert.Equal(first.Split('\n').Order(StringComparer.Ordinal), second.Split('\n').Order(StringComparer.Ordinal));
                    break;
                case "report.json":
                    Assert.Contains(Hash(original), first, StringComparison.Ordinal);
                    Assert.Equal(first.Replace(Hash(original), Hash(shuffled), StringComparison.Ordinal), second);
                    break;
                default:
                    Assert.Equal(first, second);
                    break;
            }
        }
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        using TemporaryFolder folder = new();
        Run(folder["one"], Home, Example.Albertslund, ["--threads", "1"]);
        Run(folder["many"], Away, Example.Albertslund, ["--threads", "8"]);
        Assert.All(folder.Names("one"), name => Assert.Equal(Bytes(folder, "one", name), Bytes(folder, "many", name)));
    }

    [Fact]
    public void Another_seed_gives_another_panel_from_the_same_lottery()
    {
        using TemporaryFolder folder = new();
        Run(folder["first"], Home, Example.Albertslund, ["--seed", "one"]);
        Run(folder["second"], Home, Example.Albertslund, ["--seed", "two"]);
        Assert.Equal(Bytes(folder, "first", "lottery.csv"), Bytes(folder, "second", "lottery.csv"));
        Assert.NotEqual(Bytes(folder, "first", "selected.csv"), Bytes(folder, "second", "selected.csv"));
    }

    private static void Run(string output, Dictionary<string, string> environment, string[] input, string[] options)
    {
        string[] seed = options.Contains("--seed") ? [] : ["--seed", "İstanbul ıssız"];
        CommandRun run = CommandRun.Of(environment, ["select", .. input, .. options, .. seed, "--output", output]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private static byte[] Bytes(TemporaryFolder folder, string part, string name) => File.ReadAllBytes(Path.Combine(folder[part], name));

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    /// <summary>Runs at home, with the people as they are, with which several tests compare theirs.</summary>
    public sealed class HomeRuns : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        /// <summary>The folder with the files of the run with these options.</summary>
        internal string Of(string[] options)
        {
            string output = _folder[string.Join(' ', options).Replace(',', ' ')];
            if (!Directory.Exists(output))
            {
                Run(output, Home, Example.Albertslund, options);
            }

            return output;
        }

        public void Dispose() => _folder.Dispose();
    }
}
