using System.Diagnostics;
using System.Globalization;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Publication;
using Sortition.Publication.Format;

namespace Sortition.Benchmarks;

/// <summary>One row of the table of roundings: a leximin lottery rounded to a thousand ballots, published and verified.</summary>
internal static class BallotRun
{
    /// <summary>The command, and what stands in place of an objective.</summary>
    public const string Name = "ballots";

    public const string Header =
        """
        | instance | people | seats | lowest: ideal · 1000 | lowest ballots | at most | ballots off, largest | ballots off, typical | not below | literature | lottery s | rounding s | verify s |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        """;

    private const int Ballots = 1000;

    public static string Row(Instance instance)
    {
        PanelLottery lottery = new Leximin().Solve(instance.Load()).GetLotteryOrThrow();
        Stopwatch clock = Stopwatch.StartNew();
        lottery = new Leximin().Solve(lottery.Problem).GetLotteryOrThrow();
        double solved = clock.Elapsed.TotalSeconds;
        clock.Restart();
        PanelTable ballots = BallotRounding.Round(lottery, Ballots, RandomSource.Seeded("benchmark"));
        double rounded = clock.Elapsed.TotalSeconds;
        RoundingError quality = RoundingError.Compute(lottery, ballots);
        string folder = Directory.CreateTempSubdirectory("sortition-").FullName;
        try
        {
            PublishedLottery published = PublishedLottery.Create(lottery, ballots, new PublicationOptions { Seed = "benchmark" });
            published.Write(folder);
            clock.Restart();
            bool isGenuine = PublicationVerifier.Verify(folder, new VerificationOptions { Root = published.Root }).IsGenuine;
            double verified = clock.Elapsed.TotalSeconds;
            double known = Math.Min(quality.KnownBoundBySeats, quality.KnownBoundByTypes ?? double.PositiveInfinity);
            return isGenuine
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {instance.Name} | {lottery.Problem.People.Count} | {lottery.Problem.PanelSize} | {quality.IdealMinProbability * Ballots:0.000} | {quality.MinBallots} | {quality.MinBallotsUpperBound} | {quality.MaxDeviation * Ballots:0.00} | {quality.RootMeanSquareDeviation * Ballots:0.00} | {quality.UnavoidableDistance * Ballots:0.00} | {known * Ballots:0.0} | {solved:0.00} | {rounded:0.00} | {verified:0.00} |")
                : throw new InvalidOperationException($"{instance.Name}: what was published does not verify.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
