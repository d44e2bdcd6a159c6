using System.Diagnostics;
using Sortition.Core;
using Sortition.Core.Algorithms;

namespace Sortition.Benchmarks;

/// <summary>Draws panels of one instance greedily, on one core, failed attempts in between included in the time.</summary>
internal static class GreedyRun
{
    public const string Name = "greedy";

    public const string Header =
        """
        | instance | n | k | types | panels/s | attempts that succeed |
        |---|--:|--:|--:|--:|--:|
        """;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(1);

    /// <summary>One row of the table.</summary>
    public static string Row(Instance instance)
    {
        SelectionProblem problem = instance.Load();
        GreedyDraw draw = new(new GreedyPool(problem));
        RandomSource random = RandomSource.Seeded("benchmark");
        int[] members = new int[problem.PanelSize];
        Run(s_warmUp);
        (long attempts, long panels, TimeSpan time) = Run(s_time);
        return FormattableString.Invariant(
            $"| {instance.Name} | {problem.People.Count} | {problem.PanelSize} | {problem.TypeTable.Types.Length} | {panels / time.TotalSeconds:N0} | {panels / (double)attempts:P1} |");

        (long Attempts, long Panels, TimeSpan Time) Run(TimeSpan atLeast)
        {
            long start = Stopwatch.GetTimestamp();
            (long attempts, long panels) = (0, 0);
            while (Stopwatch.GetElapsedTime(start) < atLeast)
            {
                attempts++;
                panels += draw.Run(random, members, maxAttempts: 1, CancellationToken.None);
            }

            return (attempts, panels, Stopwatch.GetElapsedTime(start));
        }
    }
}
