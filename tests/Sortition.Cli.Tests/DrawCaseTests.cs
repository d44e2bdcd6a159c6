namespace Sortition.Cli.Tests;

/// <summary>Draws as they went wrong for others, made up after what people reported. The files are in <c>tests/cases</c>.</summary>
public sealed class DrawCaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Whoever lives next door in the spreadsheet is drawn together no more often than anybody else.</summary>
    [Fact]
    public void Case_01_neighbours_in_the_file_are_not_drawn_together()
    {
        const int Draws = 60;
        HashSet<string> panels = [];
        int villages = 0;
        for (int seed = 0; seed < Draws; seed++)
        {
            string output = Run(0, "01", $"select -q q.csv -p p.csv -k 12 --seed case{seed} -o out{seed}").Output;
            string[] rows = [.. File.ReadLines(_folder[$"out{seed}/selected.csv"]).Skip(1)];
            villages += rows.Select(row => row.Split(',')[3]).Distinct().Count();
            panels.Add(string.Join(' ', rows));
            Assert.Contains("A panel of 12", output, StringComparison.Ordinal);
        }

        // Each panel came from two villages once. Twelve of many villages of four: some nine or ten of them on average.
        Assert.True(villages > 7 * Draws, $"{villages} villages on {Draws} panels.");
        Assert.True(panels.Count > Draws - 3, $"{panels.Count} panels.");
    }

    /// <summary>Without quotas any four of twelve may come: each pair sits together with a chance of one in eleven.</summary>
    [Fact]
    public void Case_01_a_plain_draw_has_all_panels()
    {
        const int Draws = 400;
        Dictionary<(string, string), int> together = [];
        HashSet<string> panels = [];
        for (int seed = 0; seed < Draws; seed++)
        {
            Run(0, "01", $"select -q plain.csv -p p12.csv -k 4 --seed case{seed} -o out{seed}");
            string[] ids = [.. File.ReadLines(_folder[$"out{seed}/selected.csv"]).Skip(1).Select(row => row.Split(',')[0]).Order(StringComparer.Ordinal)];
            panels.Add(string.Join(' ', ids));
            for (int i = 0; i < ids.Length; i++)
            {
                for (int j = i + 1; j < ids.Length; j++)
                {
                    together[(ids[i], ids[j])] = together.GetValueOrDefault((ids[i], ids[j])) + 1;
                }
            }
        }

        Assert.Equal(66, together.Count);
        double expected = Draws / 11.0;
        double square = together.Values.Sum(count => (count - expected) * (count - expected) / expected);

        // The counts of pairs of one panel hang together; their sum of squares has the mean of 60 or so. Three panels alone would make thousands.
        Assert.InRange(square, 20, 140);
        Assert.True(panels.Count > 200, $"{panels.Count} panels.");
    }

    [Fact]
    public void Case_12_what_remains_does_for_a_round()
    {
        Run(0, "12", "select -q q.csv -p p.csv -k 5 --seed s -o out");
        string[] members = [.. File.ReadLines(_folder["out/selected.csv"]).Skip(1).Select(row => row.Split(',')[0])];
        CommandRun round = Run(0, "12", $"replace -q q.csv -p out/remaining.csv -k 5 --panel out/selected.csv --declined {members[0]} --seed s -o round");
        Assert.Contains("1 replacement(s) for 4 confirmed member(s)", round.Output, StringComparison.Ordinal);
        Assert.Equal(5, File.ReadLines(_folder["round/panel.csv"]).Count() - 1);

        CommandRun unknown = Run(2, "12", "replace -q q.csv -p out/remaining.csv -k 5 --panel out/selected.csv --declined P99 --seed s");
        Assert.Contains("(P99)", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_14_a_draw_is_not_written_over()
    {
        Run(0, "14", "select -q q.csv -p p.csv -k 5 --seed 1 -o D");
        byte[] first = File.ReadAllBytes(_folder["D/selected.csv"]);
        CommandRun second = Run(2, "14", "select -q q.csv -p p.csv -k 5 --seed 2 -o D");
        Assert.Contains("never written over", second.Error, StringComparison.Ordinal);
        Assert.Equal(first, File.ReadAllBytes(_folder["D/selected.csv"]));
    }

    [Fact]
    public void Case_18_files_with_other_line_ends_are_told_as_that()
    {
        Run(0, "18", "lottery -q q.csv -p p.csv -k 5 --ballots 10 -o lottery");
        string root = Run(0, "18", "publish lottery -o published").Output.Split('\n').Single(line => line.StartsWith("Root", StringComparison.Ordinal))[^64..];
        foreach (string name in _folder.Names("published"))
        {
            _folder.Write("published/" + name, _folder.Read("published/" + name).Replace("\n", "\r\n", StringComparison.Ordinal));
        }

        CommandRun run = Run(4, "18", "verify published");
        Assert.Contains($"ends in CR LF: the files were converted on their way. With LF the root is {root}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3 7 11 19 24 30 36", 0)]
    [InlineData("3  7 11 19 24 30 36", 2)]
    [InlineData("3,7,11,19,24,30,36", 2)]
    [InlineData("03 07 11 19 24 30 36", 2)]
    [InlineData("7 3 11 19 24 30 36", 2)]
    [InlineData(" 3 7 11 19 24 30 36", 2)]
    [InlineData("3 7 11 19 24 30 36\u200B", 2)]
    [InlineData("3 7 11 19 24 30 36.", 2)]
    [InlineData("3\u00A07 11 19 24 30 36", 2)]
    public void Case_19_a_winning_draw_has_one_spelling(string text, int exitCode)
    {
        Prepare("19");
        string[] lottery = ["lottery", "-q", _folder["q.csv"], "-p", _folder["p.csv"], "-k", "5", "--ballots", "10", "--randomness", "the lottery of Saturday", "--form", "numbers 7 1 36 distinct sorted", "-o", _folder["lottery"]];
        Assert.Equal(0, CommandRun.Of(lottery).ExitCode);
        CommandRun run = CommandRun.Of("draw", _folder["lottery"], "--text", text);
        Assert.True(run.ExitCode == exitCode, run.Output + run.Error);
        Assert.Equal(exitCode == 0, File.Exists(_folder["lottery/draw.json"]));
    }

    private CommandRun Run(int exitCode, string number, string command)
    {
        Prepare(number);
        string[] words = [.. command.Split(' ').Select((word, i) => i > 0 && (word.Contains('.', StringComparison.Ordinal) || IsFolder(command, word)) ? _folder[word] : word)];
        CommandRun run = CommandRun.Of(words);
        Assert.True(run.ExitCode == exitCode, run.Output + run.Error);
        return run;
    }

    /// <summary>What follows <c>-o</c>, and the folders that <c>publish</c> and <c>verify</c> are given.</summary>
    private static bool IsFolder(string command, string word) =>
        command.Contains($"-o {word}", StringComparison.Ordinal) || command.StartsWith($"publish {word}", StringComparison.Ordinal)
        || command.StartsWith($"verify {word}", StringComparison.Ordinal);

    private void Prepare(string number)
    {
        foreach (string path in Directory.GetFiles(TestFiles.PathOf("cases", number)))
        {
            string to = _folder[Path.GetFileName(path)];
            if (!File.Exists(to))
            {
                File.Copy(path, to);
            }
        }
    }
}
