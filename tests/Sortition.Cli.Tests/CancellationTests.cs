using System.Globalization;
using Sortition.Cli.Options;
using Sortition.Core;
using Sortition.Core.Algorithms;

namespace Sortition.Cli.Tests;

public sealed class CancellationTests
{
    [TheoryOn("linux", "macos")]
    [InlineData("select", "-INT")]
    [InlineData("select", "-TERM")]
    [InlineData("generate", "-INT")]
    [InlineData("explain", "-INT", "--person", "P0001")]
    public void A_signal_half_way_ends_with_130_and_leaves_nothing(string command, string signal, params string[] options) =>
        Interrupt(command, signal, options);

    [TheoryOn("linux", "macos")]
    [Trait("Lane", "Slow")]
    [InlineData("select", "-INT", "--algorithm", "maximin")]
    [InlineData("select", "-INT", "--algorithm", "nash")]
    [InlineData("select", "-INT", "--algorithm", "minimax")]
    [InlineData("select", "-INT", "--algorithm", "goldilocks")]
    [InlineData("select", "-INT", "--algorithm", "goldilocks", "--gamma", "extremes")]
    public void A_signal_half_way_of_any_algorithm_ends_with_130_and_leaves_nothing(string command, string signal, params string[] options) =>
        Interrupt(command, signal, options);

    /// <summary>Every algorithm, stopped the moment it says that it has come to a phase.</summary>
    [Theory]
    [MemberData(nameof(Phases))]
    public void Every_algorithm_stops_in_every_phase(string algorithm, string gamma, SolvePhase phase)
    {
        SelectionProblem problem = InstanceFiles.Load("albertslund", 36).Problem;
        using CancellationTokenSource source = new();
        Listener<SolveProgress> progress = new(value =>
        {
            if (value.Phase == phase)
            {
                source.Cancel();
            }
        });
        LotteryComputation computation = new(LotteryAlgorithms.Find(algorithm)!, gamma == "extremes" ? Gamma.Extremes : new Gamma(1), null, 1);
        Assert.Throws<OperationCanceledException>(() => computation.Solve(problem, progress, source.Token));
        Assert.True(source.IsCancellationRequested);
    }

    public static TheoryData<string, string, SolvePhase> Phases()
    {
        TheoryData<string, string, SolvePhase> data = [];
        foreach (SolvePhase phase in Enum.GetValues<SolvePhase>())
        {
            foreach (string algorithm in new[] { "leximin", "maximin", "nash", "minimax", "weighted-leximin", "goldilocks" })
            {
                data.Add(algorithm, "1", phase);
            }

            data.Add("goldilocks", "extremes", phase);
        }

        return data;
    }

    [Theory]
    [InlineData("leximin")]
    [InlineData("maximin")]
    [InlineData("nash")]
    [InlineData("minimax")]
    [InlineData("goldilocks")]
    [InlineData("goldilocks", "--gamma", "extremes")]
    [InlineData("weighted-leximin", "--entitlement-column", "nationbuilder_id")]
    public void A_time_limit_ends_every_algorithm_with_exit_code_3(params string[] algorithm)
    {
        // Minutes of searching for a first panel: whatever the machine, the limit comes before it is found.
        using TemporaryFolder folder = new();
        string[] work = MuchWork(folder, idColumn: "nationbuilder_id", digitsOnly: true);
        CommandRun run = CommandRun.Of(["select", .. work, "--time-limit", "0.3", "--output", folder["out"], "--algorithm", .. algorithm]);
        Assert.Equal(3, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("Stopped by the time limit before ", run.Error, StringComparison.Ordinal);
        Assert.Contains("a panel was found. Nothing was written; give it more time.", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder["out"]));
    }

    [FactOn("linux")]
    public void The_solvers_leave_Ctrl_C_to_the_command()
    {
        const ulong sigint = 1UL << 1;
        using Interruption interruption = new();
        Assert.NotEqual(0UL, CaughtSignals() & sigint);
        SelectionProblemBuilder builder = new(1);
        builder.Quota("side", "left", 0, 1).Quota("side", "right", 0, 1);
        builder.People([("a", "left"), ("b", "right")], p => p.Item1, null, p => new Dictionary<string, string> { ["side"] = p.Item2 });
        Assert.IsType<SolveResult.Solved>(new Maximin().Solve(builder.Build(), cancellationToken: interruption.Token));
        Assert.NotEqual(0UL, CaughtSignals() & sigint);
    }

    private static void Interrupt(string command, string signal, string[] options)
    {
        using TemporaryFolder folder = new();
        using TemporaryFolder input = new();
        string[] work = command == "generate"
            ? ["--quotas", TestFiles.PathOf("albertslund", "categories.csv"), "--size", "36", "--count", "10000000"]
            : MuchWork(input);
        string[] output = command == "explain" ? [] : ["--output", folder["out"]];
        CommandRun run = CommandRun.Interrupted(signal, [command, .. work, .. options, .. output]);
        Assert.Equal(130, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("Cancelled. Nothing was written.", run.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    /// <summary>Fourteen features with exact quotas: minutes of searching for a first panel.</summary>
    /// <param name="folder">Where to make the files.</param>
    /// <param name="idColumn">The heading of the ids.</param>
    /// <param name="digitsOnly">Whether the ids are numbers, so that they can stand for entitlements.</param>
    private static string[] MuchWork(TemporaryFolder folder, string idColumn = "id", bool digitsOnly = false)
    {
        IEnumerable<string> rows = Enumerable.Range(0, 14 * 4).Select(i => FormattableString.Invariant($"feature {i / 4},value {i % 4},25,25\n"));
        string quotas = folder.Write("quotas.csv", "category,feature,min,max\n" + string.Concat(rows));
        CommandRun made = CommandRun.Of("generate", "--quotas", quotas, "--size", "100", "--count", "3000", "--seed", "a", "--output", folder["people.csv"]);
        Assert.Equal(0, made.ExitCode);
        string people = File.ReadAllText(folder["people.csv"]);
        string changed = digitsOnly ? people.Replace("\nP", "\n", StringComparison.Ordinal) : people;
        File.WriteAllText(folder["people.csv"], idColumn + changed["id".Length..]);
        return ["--quotas", quotas, "--people", folder["people.csv"], "--size", "100"];
    }

    private static ulong CaughtSignals()
    {
        const string field = "SigCgt:";
        string line = File.ReadLines("/proc/self/status").Single(l => l.StartsWith(field, StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan(field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
