using System.Diagnostics;
using System.Globalization;
using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Core.Replacements;

namespace Sortition.Benchmarks;

/// <summary>One row of the table of alternates: one for every three members of a panel, everybody dropping out with a chance of 10 %, against the simple practices on fresh scenarios.</summary>
internal static class AlternatesRun
{
    /// <summary>The command, and what stands in place of an objective.</summary>
    public const string Name = "alternates";

    public const string Header =
        """
        | instance | people | seats | alternates | breach on 300 | no less than | seconds | fresh | quotas kept | same profile | best of 20 | quotas kept | random | best of 20 | quotas kept | least lead | sampling error | look ahead s |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        """;

    private const double Chance = 0.1;
    private const int Scenarios = 300;
    private const int Fresh = 10_000;
    private const int Rivals = 20;

    public static string Row(Instance instance)
    {
        SelectionProblem problem = instance.Load();
        Panel panel = new Leximin().Solve(problem).GetLotteryOrThrow().Draw(RandomSource.Seeded("panel"));
        Stopwatch clock = Stopwatch.StartNew();
        ReplaceabilityAnalysis.Run(panel);
        double lookedAhead = clock.Elapsed.TotalSeconds;
        DropOutChances chances = DropOutChances.Equal(problem, Chance);
        int count = (problem.PanelSize + 2) / 3;
        clock.Restart();
        DropOutSample sample = DropOutSample.Draw(panel, chances, Scenarios, RandomSource.Seeded("scenarios"));
        AlternatesResult.Chosen result = (AlternatesResult.Chosen)AlternateSelection.Optimize(sample, count, RandomSource.Seeded("alternates"));
        double chosen = clock.Elapsed.TotalSeconds;
        DropOutSample fresh = DropOutSample.Draw(panel, chances, Fresh, RandomSource.Seeded("fresh"));
        Outcome ours = Outcome.Of(result.Alternates, fresh);
        RandomSource random = RandomSource.Seeded("rivals");
        Outcome[] alike = [.. Enumerable.Range(0, Rivals).Select(_ => Outcome.Of(AlternateSelection.SameProfile(panel, count, random)!, fresh))];
        Outcome[] drawn = [.. Enumerable.Range(0, Rivals).Select(_ => Outcome.Of(AlternateSelection.AtRandom(panel, count, random)!, fresh))];
        (double lead, double error) = alike.Concat(drawn).Select(rival => ours.LeadOver(rival)).MinBy(lead => lead.Mean);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {instance.Name} | {problem.People.Count} | {problem.PanelSize} | {count} | {result.ExpectedBreach:0.0000} | {result.LowerBound:0.0000} | {chosen:0.0} | {ours.Mean:0.0000} ± {ours.Error:0.0000} | {ours.Kept:0 %} | {Three(alike)} | {Three(drawn)} | {lead:0.0000} | {error:0.0000} | {lookedAhead:0.00} |");

        static string Three(Outcome[] rivals) =>
            string.Create(CultureInfo.InvariantCulture, $"{rivals.Average(r => r.Mean):0.0000} | {rivals.Min(r => r.Mean):0.0000} | {rivals.Average(r => r.Kept):0 %}");
    }

    /// <summary>How some alternates did in each of the fresh scenarios.</summary>
    private sealed record Outcome(double[] Breaches, double Mean, double Error, double Kept)
    {
        public static Outcome Of(AlternateSet alternates, DropOutSample sample)
        {
            BreachEstimate estimate = alternates.Assess(sample);
            return new Outcome(new ReserveScenarios(sample, alternates.People, alternates.People.Count).Breaches(CancellationToken.None), estimate.Mean, estimate.StandardError, estimate.KeptShare);
        }

        /// <summary>By how much these breach less than others, and the sampling error of that: both met the same scenarios.</summary>
        public (double Mean, double Error) LeadOver(Outcome other)
        {
            double[] differences = [.. other.Breaches.Zip(Breaches, (theirs, ours) => theirs - ours)];
            double mean = differences.Average();
            return (mean, Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1) / differences.Length));
        }
    }
}
