namespace Sortition.Cli.Tests;

/// <summary>A run within the process of the tests says and writes what one in a process of its own does.</summary>
public sealed class InnerRunTests
{
    [Fact]
    public void Every_command_does_the_same_alone()
    {
        using TemporaryFolder within = new();
        using TemporaryFolder alone = new();
        string[] expected = [.. Commands(alone).Select(arguments => Said(CommandRun.Alone(arguments), alone))];

        // Keys are secret and new each time, unless there are some.
        File.Copy(alone["keys.csv"], within["keys.csv"]);
        string[] said = [.. Commands(within).Select(arguments => Said(CommandRun.Of(arguments), within))];
        Assert.Equal(expected.Select(text => text.Replace("keys.csv: secret", "keys.csv (as they were): secret", StringComparison.Ordinal)), said);
        string[] files = Files(alone);
        Assert.Equal(files, Files(within));

        // The log has the times.
        Assert.All(files.Where(file => Path.GetFileName(file) is not "sortition.log"), file => Assert.Equal(File.ReadAllBytes(alone[file]), File.ReadAllBytes(within[file])));
    }

    /// <summary>What each of the commands is asked once, and what goes wrong in different ways.</summary>
    private static IEnumerable<string[]> Commands(TemporaryFolder folder)
    {
        string[] input = Example.Small(folder);
        yield return ["check", .. input];
        yield return ["select", .. input, "--seed", "ı", "--output", folder["out"]];
        yield return ["select", .. input, "--output", folder["out"]];
        yield return ["explain", .. input, "--person", "p2", "--exact"];
        yield return ["replace", .. input, "--confirmed", "p1,p4", "--declined", "p6", "--seed", "a", "--output", folder["round"]];
        yield return ["alternates", .. input, "--panel", "p1,p2,p4", "--count", "2", "--seed", "a", "--output", folder["ready"]];
        yield return ["quotas", "--population", folder.Write("population.csv", "feature,value,percent\ngender,female,50.3\ngender,male,49.6\n"), "--size", "9"];
        yield return ["generate", .. input[..2], .. input[4..], "--count", "7", "--seed", "a", "--output", folder["made-up.csv"]];
        yield return ["lottery", .. input, "--ballots", "20", "--seed", "a", "--keys", folder["keys.csv"], .. Example.CalledOut, "--output", folder["lottery"]];
        yield return ["publish", folder["lottery"], "--output", folder["published"]];
        yield return ["draw", folder["lottery"], "--number", "3", "--published", folder["published"]];
        yield return ["verify", folder["published"]];
        yield return ["report", folder["lottery"], "--published", folder["published"], "--output", folder["report.html"]];
        yield return ["elect"];
        yield return ["check", .. input[..2], "--size", "3", "--people", folder.Write("faulty.csv", "id,gender,age\np1,femail,young\n")];
        yield return ["check", .. Example.Small(folder, quotas: Example.SmallQuotas.Replace("old,0,2", "old,4,5", StringComparison.Ordinal))];
    }

    private static string Said(CommandRun run, TemporaryFolder folder) =>
        $"{run.ExitCode}\n{Shown.WithoutTime(run.Output)}\n{run.Error}".Replace(folder.Path, "folder", StringComparison.Ordinal);

    private static string[] Files(TemporaryFolder folder) =>
    [
        .. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder.Path, path))
            .Order(StringComparer.Ordinal),
    ];
}
