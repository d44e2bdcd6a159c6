using System.Diagnostics;
using Sortition.Core;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Instances;
using Sortition.Studies.Lotteries;
using Sortition.Studies.Metrics;

namespace Sortition.Studies.Running;

/// <summary>Computes one cell. Whatever fails becomes part of the cell, not the end of the study.</summary>
internal static class CellRun
{
    private const int MostFaults = 20;
    private const double Mebibyte = 1 << 20;

    private static readonly string s_weighted = new Core.Algorithms.WeightedLeximin().Objective.Name;

    /// <param name="options">The study.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="name">The name of one of the algorithms, or of a lottery that the instance brings.</param>
    /// <param name="problem">The instance's problem, which is read when it is asked for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static StudyCell Run(StudyOptions options, StudyInstance instance, string name, Lazy<SelectionProblem> problem, CancellationToken cancellationToken)
    {
        long start = 0;
        try
        {
            SelectionProblem read = problem.Value;
            ResponseRates? rates = instance.LoadRates(read, cancellationToken);
            start = Stopwatch.GetTimestamp();
            StudyRun run = new() { Seed = $"{options.Seed}\n{instance.Name}\n{name}", Draws = options.Draws, TimeLimit = options.TimeLimit };
            StudyAlgorithm? algorithm = options.Algorithms.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.Ordinal));
            StudyOutcome outcome = algorithm?.Run(EntitledBy(rates, algorithm, read), run, cancellationToken)
                ?? Foreign(options, instance, name, read, cancellationToken);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            IReadOnlyList<MetricValue> metrics = outcome.Lottery is null ? []
                : StudyMetrics.Compute(
                    new MetricInput
                    {
                        Lottery = outcome.Lottery,
                        Algorithm = algorithm,
                        Run = run,
                        Rates = rates,
                        Shares = instance.Shares is { } shares ? PopulationShare.Load(shares, read, cancellationToken) : [],
                    },
                    options.Metrics,
                    cancellationToken);
            return new StudyCell
            {
                Instance = instance.Name,
                Algorithm = name,
                Status = outcome.Status,
                Metrics = outcome.Lottery is null ? [] : [.. Sizes(read, outcome), .. metrics],
                People = outcome.Lottery is null ? [] : [.. read.People.Select(p => p.Id)],
                Chances = outcome.Lottery is { } l ? [.. l.Chances.Select((chance, i) => (chance, l.ErrorOf(i)))] : [],
                Seconds = seconds,
                PeakMemory = PeakMemory(),
            };
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return new StudyCell
            {
                Instance = instance.Name,
                Algorithm = name,
                Status = StudyStatus.Failed,
                Faults = e is MalformedInputException malformed
                    ? [.. malformed.Faults.Take(MostFaults).Select(CellFault.Of)]
                    : [new CellFault(e.GetType().Name, "")],
                Seconds = start == 0 ? 0 : Stopwatch.GetElapsedTime(start).TotalSeconds,
                PeakMemory = PeakMemory(),
            };
        }
    }

    /// <summary>Weighted leximin is given entitlements of 1 / response rate, where these are known and the files do not say otherwise.</summary>
    private static SelectionProblem EntitledBy(ResponseRates? rates, StudyAlgorithm algorithm, SelectionProblem problem) =>
        rates is { IsConverged: true } && string.Equals(algorithm.Name, s_weighted, StringComparison.Ordinal) && problem.People.All(p => p.Entitlement == 1)
            ? rates.WithEntitlements()
            : problem;

    private static StudyOutcome Foreign(
        StudyOptions options, StudyInstance instance, string name, SelectionProblem problem, CancellationToken cancellationToken)
    {
        int number = StudyPlan.LotteryNames(instance, options).ToList().IndexOf(name);
        return new StudyOutcome(StudyStatus.Done, ForeignLottery.Load(instance.Lotteries[number], problem, cancellationToken));
    }

    private static IEnumerable<MetricValue> Sizes(SelectionProblem problem, StudyOutcome outcome)
    {
        yield return new MetricValue("people", problem.People.Count);
        yield return new MetricValue("panel_size", problem.PanelSize);
        yield return new MetricValue("types", problem.Types.Count);
        yield return new MetricValue("covered", outcome.Lottery!.Covered.Count(isCovered => isCovered));
        if (outcome.Lottery.Draws is not null)
        {
            yield return new MetricValue("failed_draws", outcome.FailedDraws);
        }
    }

    private static double PeakMemory()
    {
        using Process process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / Mebibyte, 1);
    }
}
