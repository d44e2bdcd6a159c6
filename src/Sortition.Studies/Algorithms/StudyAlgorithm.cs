using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Sortition.Core.Sampling;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Algorithms;

/// <summary>How an algorithm is run in a study.</summary>
public sealed class StudyRun
{
    /// <summary>Decides whatever is random.</summary>
    public required string Seed { get; init; }

    /// <summary>How many panels to draw where chances are estimated, 20 or more; 1000 by default.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>When to stop; null (the default) for never. What a limit cuts off depends on the machine.</summary>
    public TimeSpan? TimeLimit { get; init; }
}

/// <summary>Something that is compared in a study: a name, and how it comes to a lottery.</summary>
/// <remarks>Stateless as far as the algorithm behind it is; safe to use from several threads at once.</remarks>
public sealed class StudyAlgorithm
{
    private static readonly StudyAlgorithm[] s_drawing =
    [
        FromDraws(new Greedy(), alike: true), new(new UniformPanels().Name, Uniform), FromDraws(new SwapSearch(), alike: true),
    ];

    private readonly Func<SelectionProblem, StudyRun, CancellationToken, StudyOutcome> _run;

    private StudyAlgorithm(string name, Func<SelectionProblem, StudyRun, CancellationToken, StudyOutcome> run) => (Name, _run) = (name, run);

    /// <summary>What tables call it; a study has no two of one name.</summary>
    public string Name { get; }

    /// <summary>All that come with the library: those that compute lotteries, in the order of <see cref="LotteryAlgorithms.All"/>, then others.</summary>
    public static IReadOnlyList<StudyAlgorithm> All { get; } = [.. LotteryAlgorithms.All.Select(FromLottery), .. s_drawing];

    /// <summary>Those that are compared unless others are asked for.</summary>
    public static IReadOnlyList<StudyAlgorithm> Usual { get; } = [.. LotteryAlgorithms.All.Select(FromLottery), s_drawing[0]];

    /// <summary>The algorithm of a name.</summary>
    /// <param name="name">The name, such as <c>leximin</c>.</param>
    /// <returns>The algorithm; null if there is none of this name among <see cref="All"/>.</returns>
    public static StudyAlgorithm? Find(string name) => All.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.Ordinal));

    /// <summary>An algorithm that computes a lottery; its figures are exact.</summary>
    /// <param name="algorithm">The algorithm.</param>
    public static StudyAlgorithm FromLottery(ILotteryAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return new StudyAlgorithm(algorithm.Name, (problem, run, token) =>
            algorithm.Solve(problem, new SolveOptions { MaxThreads = 1, TimeLimit = run.TimeLimit }, token) switch
            {
                SolveResult.Solved solved => new StudyOutcome(StudyStatus.Done, StudyLottery.FromLottery(solved.Lottery)),
                SolveResult.Stopped { Best: { } best } => new StudyOutcome(StudyStatus.Stopped, StudyLottery.FromLottery(best)),
                SolveResult.Stopped => new StudyOutcome(StudyStatus.Stopped, null),
                _ => new StudyOutcome(StudyStatus.Infeasible, null),
            });
    }

    /// <summary>An algorithm that draws panels; its figures are estimated from many draws, with errors.</summary>
    /// <param name="algorithm">The algorithm. Draw i, from 0, has the generator of the seed, a slash and i in decimal digits.</param>
    /// <param name="alike">
    /// Whether it treats people of one type (<see cref="SelectionProblem.Types"/>) alike, so that all draws of the type tell of each of them.
    /// </param>
    public static StudyAlgorithm FromDraws(IPanelAlgorithm algorithm, bool alike)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return new StudyAlgorithm(algorithm.Name, (problem, run, token) =>
        {
            FeasibilityReport report = FeasibilityAnalysis.Check(problem, token);
            if (!report.IsFeasible)
            {
                return new StudyOutcome(StudyStatus.Infeasible, null);
            }

            List<Panel> panels = [];
            int failures = 0;
            SolveOptions options = new() { MaxThreads = 1 };
            for (int i = 0; i < run.Draws; i++)
            {
                token.ThrowIfCancellationRequested();
                RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"{run.Seed}/{i}"));
                if (algorithm.DrawPanel(problem, random, options, token) is PanelResult.Drawn drawn)
                {
                    panels.Add(drawn.Panel);
                }
                else if (++failures == StudyLottery.Batches && panels.Count == 0)
                {
                    break;
                }
            }

            return panels.Count < StudyLottery.Batches
                ? new StudyOutcome(StudyStatus.NothingFound, null)
                : new StudyOutcome(StudyStatus.Done, StudyLottery.FromDraws(problem, panels, report.Uncovered, alike)) { FailedDraws = failures };
        });
    }

    /// <summary>Runs it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="run">How.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few draws.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public StudyOutcome Run(SelectionProblem problem, StudyRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(run.Draws, StudyLottery.Batches, nameof(run));
        return _run(problem, run, cancellationToken);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static StudyOutcome Uniform(SelectionProblem problem, StudyRun run, CancellationToken cancellationToken)
    {
        if (UniformPanels.Draw(problem, run.Draws, run.Seed, new UniformOptions { MaxThreads = 1 }, cancellationToken) is not UniformResult.Drawn drawn)
        {
            return new StudyOutcome(StudyStatus.Infeasible, null);
        }

        IReadOnlyList<UnselectablePerson> uncovered = FeasibilityAnalysis.Check(problem, cancellationToken).Uncovered;
        StudyLottery lottery = StudyLottery.FromSample(drawn.Sample, uncovered);
        return new StudyOutcome(drawn.Sample.Status == UniformStatus.NotConverged ? StudyStatus.NotConverged : StudyStatus.Done, lottery);
    }
}

/// <summary>How a run of an algorithm on an instance ended. The numbers are those of files.</summary>
public enum StudyStatus
{
    /// <summary>It ran to its end.</summary>
    Done = 0,

    /// <summary>No panel meets the quotas.</summary>
    Infeasible = 1,

    /// <summary>A time limit was reached; where there are figures, they are of the best that was found.</summary>
    Stopped = 2,

    /// <summary>The algorithm found no panel, or too few to say anything.</summary>
    NothingFound = 3,

    /// <summary>There are panels, but chains that made them do not agree: the figures say little.</summary>
    NotConverged = 4,

    /// <summary>The instance could not be read, or the algorithm failed.</summary>
    Failed = 5,
}

/// <summary>What a run of an algorithm came to.</summary>
public sealed class StudyOutcome
{
    internal StudyOutcome(StudyStatus status, StudyLottery? lottery) => (Status, Lottery) = (status, lottery);

    /// <summary>How it ended.</summary>
    public StudyStatus Status { get; }

    /// <summary>The lottery; null where there is none.</summary>
    public StudyLottery? Lottery { get; }

    /// <summary>How many draws found no panel; they are not among those of the lottery.</summary>
    public int FailedDraws { get; internal init; }
}
