using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;

namespace Sortition.Benchmarks;

/// <summary>Stops a run at growing counts of effort, not of time, and says whether what a later stop leaves is ever worse.</summary>
/// <remarks>Effort is counted in reports of progress; where a run takes long, only stops within its first seconds are tried.</remarks>
internal static class StopRun
{
    /// <summary>The command.</summary>
    public const string Name = "stops";

    private const int Stops = 10;

    private static readonly TimeSpan s_tried = TimeSpan.FromSeconds(2);

    /// <summary>A row for each instance and objective.</summary>
    /// <returns>How many rows have a stop that is worse than an earlier one, or 1 if that is more.</returns>
    public static int Print(string folder, string objectives)
    {
        Console.WriteLine("| instance | n | k | objective | reports | stops | without a chance: first, last | value: first | last | later is worse |");
        Console.WriteLine("|---|--:|--:|---|--:|--:|--:|--:|--:|---|");
        int worse = 0;
        foreach (string path in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            Instance instance = Instance.Parse(path);
            SelectionProblem problem = instance.Load();
            foreach (ILotteryAlgorithm algorithm in objectives.Split(',').Select(o => LotteryAlgorithms.Find(o)!))
            {
                worse += Row(instance.Name, problem, algorithm) ? 0 : 1;
            }
        }

        return worse == 0 ? 0 : 1;
    }

    /// <summary>Prints it; false if a later stop was worse.</summary>
    private static bool Row(string name, SelectionProblem problem, ILotteryAlgorithm algorithm)
    {
        int reports = 0;
        algorithm.Solve(problem, new SolveOptions { TimeLimit = s_tried, Progress = new Counter(_ => reports++) });
        List<PanelLottery> left = [];
        int stops = 0;
        string verdict = "never";
        Random random = new(problem.People.Count);
        foreach (int at in random.GetItems(Enumerable.Range(0, reports).ToArray(), Stops).Distinct().Order())
        {
            stops++;
            PanelLottery? lottery = StopAt(algorithm, problem, at);
            if (left.Count > 0 && (lottery is null || IsWorse(algorithm, lottery, left[^1])))
            {
                verdict = FormattableString.Invariant($"at report {at}");
            }

            left.AddRange(lottery is null ? [] : [lottery]);
        }

        string figures = left.Count == 0 ? "| |" : FormattableString.Invariant(
            $"{left[0].WithoutChance.Count}, {left[^1].WithoutChance.Count} | {Value(algorithm, left[0]):G7} | {Value(algorithm, left[^1]):G7}");
        Console.WriteLine(
            FormattableString.Invariant(
                $"| {name} | {problem.People.Count} | {problem.PanelSize} | {algorithm.Name} | {reports} | {stops} | {figures} | {verdict} |"));
        return verdict == "never";
    }

    private static PanelLottery? StopAt(ILotteryAlgorithm algorithm, SelectionProblem problem, int at)
    {
        using CancellationTokenSource stop = new();
        int index = 0;
        Counter progress = new(_ => StopIf(index++ == at));
        LotteryRun run = algorithm.Objective.Name switch
        {
            "maximin" => new MaximinRun(problem, Options(progress), algorithm.Objective),
            "nash" => new NashRun(problem, Options(progress), algorithm.Objective),
            "minimax" or "goldilocks" => new SpreadRun(problem, Options(progress), algorithm.Objective),
            _ => new LeximinRun(problem, Options(progress), algorithm.Objective),
        };
        try
        {
            return (run.ToTheEnd(stop.Token) as SolveResult.Solved)?.Lottery;
        }
        catch (OperationCanceledException)
        {
            return run.Stop().Best;
        }

        void StopIf(bool isTime)
        {
            if (isTime)
            {
                stop.Cancel();
            }
        }
    }

    private static SolveOptions Options(IProgress<SolveProgress> progress) => new() { TimeLimit = TimeSpan.FromDays(1), Progress = progress };

    /// <summary>Worse is: more people without a chance, or else the objective over the others, by values as computed; minimax the other way round.</summary>
    private static bool IsWorse(ILotteryAlgorithm algorithm, PanelLottery later, PanelLottery earlier)
    {
        int byChance = Without(earlier).CompareTo(Without(later));
        int byValue = Value(algorithm, later).CompareTo(Value(algorithm, earlier)) * (algorithm.Objective.IsMaximized ? 1 : -1);
        (int first, int second) = algorithm.Objective.Explains == ExplainedValue.HighestChance ? (byValue, byChance) : (byChance, byValue);
        return first < 0 || (first == 0 && second < 0);
    }

    /// <summary>People without any chance. Those proven to be on no panel are as many in both, whether or not it was known at the stop.</summary>
    private static int Without(PanelLottery lottery) => lottery.SelectionProbabilities().Count(c => c == 0);

    private static double Value(ILotteryAlgorithm algorithm, PanelLottery lottery)
    {
        double[] served = [.. lottery.Types.Select((type, t) => lottery.ProbabilityOfType(t) > 0 ? (double)type.Members.Count : 0)];
        return algorithm.Objective.ValueOf(
            [.. lottery.Types.Select((_, t) => lottery.ProbabilityOfType(t))], new CoveredPeople(lottery.Problem.PanelSize, lottery.Types, served));
    }

    private sealed class Counter(Action<SolveProgress> told) : IProgress<SolveProgress>
    {
        public void Report(SolveProgress value) => told(value);
    }
}
