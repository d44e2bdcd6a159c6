using System.Diagnostics;
using System.Globalization;
using Sortition.Core.Algorithms;
using Sortition.Core.Problems;

namespace Sortition.Cli.Tests;

public sealed class CancellationTests
{
    [Theory]
    [InlineData("select", "-INT")]
    [InlineData("select", "-TERM")]
    [InlineData("generate", "-INT")]
    public void ASignalHalfWayEndsWith130AndLeavesNothing(string command, string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Folder folder = new();
        using Folder input = new();
        string[] work = command == "select" ? MuchWork(input) : ["--quotas", Example.File("albertslund", "categories.csv"), "--size", "36", "--people", "10000000"];
        using Process process = CommandRun.Start(new Dictionary<string, string>(), [command, .. work, "--output", folder["out"]]);
        WaitForWork(process);
        using (Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        CommandRun run = CommandRun.Finish(process);
        Assert.Equal(130, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("Cancelled. Nothing was written.", run.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void TheSolversLeaveCtrlCToTheCommand()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const ulong sigint = 1UL << 1;
        using Interruption interruption = new();
        Assert.NotEqual(0UL, CaughtSignals() & sigint);
        SelectionProblemBuilder builder = new(1);
        builder.Quota("side", "left", 0, 1).Quota("side", "right", 0, 1);
        builder.People([("a", "left"), ("b", "right")], p => p.Item1, null, p => new Dictionary<string, string> { ["side"] = p.Item2 });
        Assert.IsType<Solved>(new Maximin().Solve(builder.Build(), cancellationToken: interruption.Token));
        Assert.NotEqual(0UL, CaughtSignals() & sigint);
    }

    /// <summary>Fourteen features with exact quotas: minutes of searching for a first panel.</summary>
    private static string[] MuchWork(Folder folder)
    {
        IEnumerable<string> rows = Enumerable.Range(0, 14 * 4).Select(i => FormattableString.Invariant($"feature {i / 4},value {i % 4},25,25\n"));
        string quotas = folder.Write("quotas.csv", "category,feature,min,max\n" + string.Concat(rows));
        CommandRun made = CommandRun.Of("generate", "--quotas", quotas, "--size", "100", "--people", "3000", "--seed", "a", "--output", folder["people.csv"]);
        Assert.Equal(0, made.ExitCode);
        return ["--quotas", quotas, "--people", folder["people.csv"], "--size", "100"];
    }

    private static ulong CaughtSignals()
    {
        const string field = "SigCgt:";
        string line = File.ReadLines("/proc/self/status").Single(l => l.StartsWith(field, StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan(field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Waits until the process has spent more processor time than starting and loading take. In a pipe it says nothing by which one could tell, and this work keeps it
    /// busy for many times as long.
    /// </summary>
    private static void WaitForWork(Process process)
    {
        while (process.TotalProcessorTime < TimeSpan.FromSeconds(1))
        {
            Assert.False(process.WaitForExit(10), "The run ended before it could be cancelled.");
            process.Refresh();
        }
    }
}
