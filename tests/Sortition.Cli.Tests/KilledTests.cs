namespace Sortition.Cli.Tests;

/// <summary>A command that is killed leaves what was there or all of what it was to write, whichever of its writes it was killed at, and the log tells which.</summary>
/// <remarks>A small library in C, loaded before the system's own, kills the process at its n-th change of the folder; n grows until a run comes to its end.</remarks>
public sealed class KilledTests
{
    private const int Killed = 128 + 9;
    private const int Stride = 12;

    [TheoryOn("linux")]
    [InlineData("draw")]
    [InlineData("report")]
    public void Killed_at_any_write(string command) => KillAtEveryWrite(command);

    [TheoryOn("linux")]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Others))]
    public void Killed_at_any_write_of_others(string command) => KillAtEveryWrite(command);

    /// <summary>What is replaced is there whole until all of the new takes its place; where two folders cannot be exchanged, it may be aside, and the next command brings it back.</summary>
    [TheoryOn("linux")]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Lane", "Slow")]
    public void Killed_while_it_replaces(bool exchanges)
    {
        using TemporaryFolder folder = new();
        string library = Killing.Compile(folder);
        string[] input = Example.Small(folder);
        string output = Path.Combine(folder["project"], "out");
        string[] select = ["select", .. input, "--seed", "1", "--output", output];
        Directory.CreateDirectory(folder["project"]);
        Assert.Equal(0, CommandRun.Of([.. select, "--contact-columns", "note"]).ExitCode);
        Copy(folder["project"], folder["before"]);
        string[] again = [.. select, "--overwrite"];
        Dictionary<string, string> old = Contents(folder["before"]);
        Dictionary<string, string>? made = null;

        // While the new files are being made nothing else happens than in the tests above: of these steps some will do.
        int last = 0;
        while (Run(last + Stride) == Killed)
        {
            last += Stride;
        }

        int[] steps = [.. Enumerable.Range(1, last / Stride).Select(n => n * Stride), .. Enumerable.Range(Math.Max(1, last - Stride), 2 * Stride)];
        int killed = 0;
        foreach (int step in steps.Distinct())
        {
            killed += Run(step) == Killed ? 1 : 0;
            Dictionary<string, string> now = Contents(folder["project"]);
            bool isAside = now.Count == 0 && !exchanges;
            CommandRun log = CommandRun.Of("log", folder["project"]);
            Assert.True(log.ExitCode == 0, $"Step {step}: {log.Output}{log.Error}");
            now = isAside ? Contents(folder["project"]) : now;
            bool isNew = !now.ContainsKey("out/letters.csv");
            made ??= isNew ? now : null;
            Assert.Equal((isNew ? made! : old).OrderBy(f => f.Key, StringComparer.Ordinal), now.OrderBy(f => f.Key, StringComparer.Ordinal));
            Assert.True(isNew == log.Output.Contains("in place of", StringComparison.Ordinal), $"Step {step}: {log.Output}");

            // Again: it is done, whatever was left, and nothing lies about.
            CommandRun next = CommandRun.Of(again);
            Assert.True(next.ExitCode == 0, $"Step {step}: {next.Error}");
            Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder["project"], ".sortition-*", SearchOption.AllDirectories), _ => true);
            Assert.DoesNotContain("out/letters.csv", Contents(folder["project"]).Keys);
        }

        Assert.True(killed > Stride, $"Only {killed} writes were seen.");
        Assert.NotNull(made);

        int Run(int step)
        {
            Directory.Delete(folder["project"], recursive: true);
            Copy(folder["before"], folder["project"]);
            Dictionary<string, string> environment = Killing.At(library, folder["project"], step);
            if (!exchanges)
            {
                environment["SORTITION_NO_EXCHANGE"] = "1";
            }

            return CommandRun.Of(environment, again).ExitCode;
        }
    }

    /// <summary>Commands that write in different ways; with SORTITION_KILL=all in the environment all the others too.</summary>
    public static TheoryData<string> Others() =>
    [
        "select",
        "select into a folder that exists",
        "select into an archive",
        "draw in an archive",
        .. Environment.GetEnvironmentVariable("SORTITION_KILL") is "all" ? (string[])["replace", "lottery", "publish", "annul", "prepare", "alternates"] : [],
    ];

    private static void KillAtEveryWrite(string name)
    {
        using TemporaryFolder folder = new();
        string library = Killing.Compile(folder);
        string[] arguments = Begin(name, folder);
        string before = Directory.CreateDirectory(folder["before"]).FullName;
        Copy(folder["project"], before);
        int killed = 0;
        while (true)
        {
            Directory.Delete(folder["project"], recursive: true);
            Copy(before, folder["project"]);
            CommandRun run = CommandRun.Of(
                Killing.At(library, folder["project"], killed + 1),
                arguments);
            if (run.ExitCode != Killed)
            {
                Assert.True(run.ExitCode is 0 or 3, run.Error);
                break;
            }

            killed++;
            AssertOldOrNew(folder, before, arguments, killed);
        }

        // A file that is opened, written by halves and moved, and a log, are more changes than this.
        Assert.True(killed >= 10, $"Only {killed} writes were seen.");
    }

    private static void AssertOldOrNew(TemporaryFolder folder, string before, string[] arguments, int killed)
    {
        string project = folder["project"];
        Dictionary<string, string> old = Contents(before);
        CommandRun log = Log(project);
        Dictionary<string, string> now = Contents(project);
        string[] changed = [.. now.Where(f => old.GetValueOrDefault(f.Key) != f.Value).Select(f => f.Key)];
        Assert.All(old.Keys, key => Assert.True(now.ContainsKey(key), $"{key} is gone after step {killed}."));
        bool isLogged = Writings(log) > Writings(CommandRun.Of("log", before));
        Assert.True(isLogged == changed.Length > 0, $"Step {killed}: {string.Join(", ", changed)}; the log says: {log.Output}{log.Error}");
        Assert.True(log.ExitCode is 0 or 2, log.Error);

        // Once more: it is done now, or is refused, since it was done already; either way all is there and nothing lies about.
        CommandRun again = CommandRun.Of(arguments);
        Assert.True(changed.Length > 0 ? again.ExitCode == 2 : again.ExitCode is 0 or 3, $"Step {killed}: {again.Error}");
        Dictionary<string, string> last = Contents(project);
        string[] written = [.. last.Where(f => old.GetValueOrDefault(f.Key) != f.Value).Select(f => f.Key).Order(StringComparer.Ordinal)];
        if (changed.Length > 0)
        {
            Assert.Equal(written, changed.Order(StringComparer.Ordinal));
        }

        Assert.NotEmpty(written);

        // What was written once is told once.
        CommandRun after = Log(project);
        Assert.True(Writings(CommandRun.Of("log", before)) + 1 == Writings(after), $"Step {killed}: {after.Output}{after.Error}");
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(project, ".sortition-*", SearchOption.AllDirectories), _ => true);
    }

    /// <summary>Does what has to come before a command, into the folder <c>project</c>, and gives the command's arguments.</summary>
    private static string[] Begin(string name, TemporaryFolder folder)
    {
        string[] input = Example.Small(folder);
        string project = Directory.CreateDirectory(folder["project"]).FullName;
        string At(string file) => Path.Combine(project, file);
        string[] select = ["select", .. input, "--seed", "1", "--output"];
        string[] lottery = ["lottery", .. input, "--ballots", "10", "--randomness", "here", "--form", "number", "--seed", "1", "--output"];
        switch (name)
        {
            case "select":
                return [.. select, At("out")];
            case "select into a folder that exists":
                Directory.CreateDirectory(At("out"));
                File.WriteAllText(Path.Combine(At("out"), "mine.txt"), "mine");
                return [.. select, At("out")];
            case "select into an archive":
                return [.. select, At("out.zip")];
            case "replace":
                // The panel is outside of the project, whose log is to tell of one command only.
                Assert.Equal(0, CommandRun.Of([.. select, folder["first"]]).ExitCode);
                return ["replace", .. input, "--confirmed", "p1", "--declined", "p2", "--seed", "1", "--output", At("out")];
            case "alternates":
                return ["alternates", .. input, "--panel", "p1,p2,p4", "--count", "1", "--drop-out", "0.2", "--seed", "1", "--output", At("out")];
            case "lottery":
                return [.. lottery, At("out")];
            case "prepare":
                string table = folder.Write("table.csv", "id;gender;age\n1;female;old\n2;male;young\n");
                return ["prepare", table, "--quotas", folder["quotas.csv"], "--output", At("mapping.json")];
        }

        string place = name.EndsWith("archive", StringComparison.Ordinal) ? At("lottery.zip") : At("lottery");
        Assert.Equal(0, CommandRun.Of([.. lottery, place]).ExitCode);
        if (name is "annul")
        {
            Assert.Equal(0, CommandRun.Of("draw", place, "--number", "3").ExitCode);
        }

        return name switch
        {
            "publish" => ["publish", place, "--output", At("published")],
            "annul" => ["draw", place, "--annul", "a ball fell down"],
            "report" => ["report", place, "--output", At("report.html")],
            _ => ["draw", place, "--number", "3"],
        };
    }

    /// <summary>What the log says, which lies within where nothing is beside.</summary>
    private static CommandRun Log(string project) =>
        CommandRun.Of("log", File.Exists(Path.Combine(project, "sortition.log")) ? project : Path.Combine(project, "out"));

    /// <summary>How many times something was written, by the log; none where there is no log.</summary>
    private static int Writings(CommandRun log) => log.ExitCode == 0 ? log.Output.Split("wrote  ").Length - 1 : 0;

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string directory in Directory.GetDirectories(from))
        {
            Copy(directory, Path.Combine(to, Path.GetFileName(directory)));
        }

        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    /// <summary>What is in a folder but for the log and what is hidden, which readers pass over.</summary>
    private static Dictionary<string, string> Contents(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path)))
            .Where(file => Path.GetFileName(file.Name) != "sortition.log" && !file.Name.Split('/').Any(part => part.StartsWith('.')))
            .ToDictionary(file => file.Name, file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.Path))), StringComparer.Ordinal);
}
