using System.Diagnostics;
using System.Globalization;
using Sortition.Core;

namespace Sortition.Benchmarks;

/// <summary>Solves one instance under growing time limits, and says by how much each was overrun and what came of it.</summary>
internal static class LimitRun
{
    /// <summary>The command.</summary>
    public const string Name = "limits";

    private const string Header =
        """
        | instance | objective | limit s | took s | over s | allowed s | ended in | panels | without a chance | value | bound |
        |---|---|--:|--:|--:|--:|---|--:|--:|--:|--:|
        """;

    /// <summary>A row for each objective and limit; the problem is read once.</summary>
    /// <returns>How many limits were overrun by more than is allowed: 1 s, or 2 % of the limit.</returns>
    public static int Print(string source, string objectives, string limits)
    {
        Instance instance = Instance.Parse(source);
        SelectionProblem problem = instance.Load();
        double[] seconds = [.. limits.Split(',').Select(l => double.Parse(l, CultureInfo.InvariantCulture))];
        Console.WriteLine(Header);
        int overruns = 0;
        foreach (string objective in objectives.Split(','))
        {
            foreach (double limit in seconds)
            {
                (string row, bool isOverrun) = Row(instance.Name, problem, LotteryAlgorithms.Find(objective)!, limit);
                Console.WriteLine(row);
                overruns += isOverrun ? 1 : 0;
            }
        }

        return overruns == 0 ? 0 : 1;
    }

    private static (string Row, bool IsOverrun) Row(string name, SelectionProblem problem, ILotteryAlgorithm objective, double limit)
    {
        Last last = new();
        long start = Stopwatch.GetTimestamp();
        SolveResult result = objective.Solve(problem, new SolveOptions { TimeLimit = TimeSpan.FromSeconds(limit), Progress = last });
        double took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double allowed = Math.Max(1, 0.02 * limit);
        PanelLottery? lottery = result is SolveResult.Stopped stopped ? stopped.Best : (result as SolveResult.Solved)?.Lottery;
        string ended = result is SolveResult.Solved ? "the end" : $"{last.Report?.Phase}".ToLowerInvariant();
        string reached = lottery is null ? "no lottery | |" : FormattableString.Invariant(
            $"{lottery.WithoutChance.Count} | {lottery.Certificate.Value:G7} | {lottery.Certificate.Bound:G7}");
        string row = FormattableString.Invariant(
            $"| {name} | {objective.Name} | {limit} | {took:F2} | {Math.Max(0, took - limit):F2} | {allowed:F2} | {ended} | {last.Report?.Panels} | {reached} |");
        return (row, took - limit > allowed);
    }

    private sealed class Last : IProgress<SolveProgress>
    {
        public SolveProgress? Report { get; private set; }

        void IProgress<SolveProgress>.Report(SolveProgress value) => Report = value;
    }
}
