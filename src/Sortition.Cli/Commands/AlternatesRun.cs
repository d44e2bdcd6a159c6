using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Results;

namespace Sortition.Cli.Commands;

/// <summary>
/// Draws scenarios, chooses alternates against them, and compares them with the simple practices. Each part has a random stream of its own, from the seed and a
/// name.
/// </summary>
internal sealed class AlternatesRun(Terminal terminal, Panel panel, DropOutChances chances, int count, string seed, IReadOnlyList<string> declined)
{
    /// <summary>The most scenarios against which alternates are chosen: even these take long with a large pool.</summary>
    public const int MostScenarios = 20_000;

    /// <summary>Up to so many members alternates are chosen against all scenarios that there can be: 1,024 at most.</summary>
    public const int MostMembersForChoiceAgainstAll = 10;

    private const int DefaultScenarios = 300;
    private const int FreshScenarios = 10_000;

    // Each practice leaves its alternates to the lot: one draw would say little.
    private const int DrawsOfPractices = 10;

    /// <exception cref="UsageException">There are too few people.</exception>
    public AlternatesOutcome Do(
        LoadedProblem input, LoadedDropOuts? loaded, double? givenChance, int? scenarios, double? timeLimit, CancellationToken cancellationToken)
    {
        // Of few members all sets of drop-outs can be listed, and nothing is left to sampling. To look at them takes little; to choose against them takes long
        // sooner.
        DropOutSample? all = panel.Members.Count <= DropOutSample.MaxEnumerableMembers ? DropOutSample.All(panel, chances) : null;
        DropOutSample sample = scenarios is null && all is not null && panel.Members.Count <= MostMembersForChoiceAgainstAll
            ? all
            : DropOutSample.Draw(panel, chances, scenarios ?? DefaultScenarios, Stream("scenarios"));
        AlternatesResult answer = ProgressDisplay.RunWithWords<AlternatesProgress, AlternatesResult>(
            terminal,
            "progress/alternates",
            p => terminal.Text(
                "progress/alternates-so-far",
                ("breach", terminal.Language.Number(p.ExpectedBreach, "0.0000")),
                ("least", terminal.Language.Number(p.LowerBound, "0.0000"))),
            progress => Choose(sample, timeLimit, progress, cancellationToken));
        if (answer is AlternatesResult.TooFewCandidates tooFew)
        {
            throw Refusal(tooFew);
        }

        AlternatesResult.Chosen result = (AlternatesResult.Chosen)answer;
        DropOutSample fresh = all ?? DropOutSample.Draw(panel, chances, FreshScenarios, Stream("fresh"));
        AlternatesComparison comparison = ProgressDisplay.RunWithShare(
            terminal,
            "progress/comparing",
            progress => AlternatesComparison.Run(
                result.Alternates,
                fresh,
                DrawsOfPractices,
                Stream("same profile"),
                Stream("random"),
                declined,
                new ComputeOptions { Progress = progress },
                cancellationToken));
        return new AlternatesOutcome
        {
            Input = input,
            Result = result,
            Scenarios = sample,
            Chances = chances,
            SoftwareVersion = Software.Version,
            Seed = seed,
            Generator = RandomSource.SeededGenerator,
            Declined = declined,
            Comparison = comparison,
            GivenChance = givenChance,
            ChanceFile = loaded?.File,
            Model = loaded?.Model,
        };
    }

    private AlternatesResult Choose(DropOutSample sample, double? timeLimit, IProgress<AlternatesProgress>? progress, CancellationToken cancellationToken)
    {
        AlternatesOptions options = new() { TimeLimit = timeLimit is double seconds ? TimeSpan.FromSeconds(seconds) : null, Progress = progress };
        return AlternateSelection.Optimize(sample, count, Stream("alternates"), declined, options, cancellationToken);
    }

    private UsageException Refusal(AlternatesResult.TooFewCandidates found) => found.Candidates < count
        ? new("usage/too-few-candidates", ("count", found.Candidates))
        : new("usage/not-together", ("count", count), ("most", found.MostTogether));

    private RandomSource Stream(string name) => RandomSource.Seeded($"{seed}/{name}");
}
