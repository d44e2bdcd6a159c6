using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Sampling;

namespace Sortition.Core.Algorithms;

/// <summary>The classic greedy draw ("legacy"): seat after seat goes to a random person of the group that is most urgently short of people.</summary>
/// <remarks>
/// <para>How urgent a quota is: (minimum − seated) / people remaining; the first in file order wins ties. Whoever is drawn is seated; then housemates beyond the household limit
/// and everybody whose group is full drop out. An attempt fails when a minimum can no longer be met; there are up to <see cref="MaxAttempts"/> attempts. The ratio keeps its
/// sign, as in the published benchmark (Flanigan et al., Nature 2021, supplementary information): with slack minima the seats do not all go to the group listed first.</para>
/// <para>Nobody knows the chances this gives to people except by trying: <see cref="EstimateChances"/>. It may find no panel where there are some.</para>
/// <para>Stateless; safe to use from any number of threads at once.</para>
/// </remarks>
public sealed class Greedy : IPanelAlgorithm
{
    /// <summary>How many attempts a draw makes before it gives up.</summary>
    public const int MaxAttempts = 100;

    /// <inheritdoc/>
    public string Name => "greedy";

    /// <inheritdoc/>
    /// <remarks>Where all attempts fail, an exact check tells whether there is a panel at all. <see cref="SolveOptions.TimeLimit"/> is not used.</remarks>
    public PanelResult DrawPanel(SelectionProblem problem, RandomSource random, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(random);
        int[] members = RoomForMembers(problem);
        int attempts = new GreedyDraw(new GreedyPool(problem)).Run(random, members, MaxAttempts, cancellationToken);
        if (attempts > 0)
        {
            return new PanelDrawn(new Panel(problem, members), attempts);
        }

        FeasibilityReport report = FeasibilityCheck.Run(problem, cancellationToken);
        return report.IsFeasible ? new NoPanelFound(MaxAttempts) : new NoPanelExists(report);
    }

    /// <summary>Estimates everybody's chance by drawing many panels, on all processors.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="draws">How many panels to draw, 1 or more.</param>
    /// <param name="seed">The seed; draw i uses stream i of its generator, so that the result does not depend on the number of processors.</param>
    /// <param name="progress">Told the number of draws done, now and then, from any thread; may be null.</param>
    /// <param name="cancellationToken">Stops the estimation.</param>
    /// <returns>How often everybody was drawn.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SelectionFrequencies EstimateChances(
        SelectionProblem problem, int draws, string seed, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        GreedyPool pool = new(problem);
        SeededRandomSource generator = new(seed);
        int[] counts = new int[problem.People.Count];
        int succeeded = 0;
        int done = 0;
        Lock merging = new();
        Parallel.For(
            0,
            draws,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => new Tally(pool, counts.Length, RoomForMembers(problem)),
            (i, _, tally) =>
            {
                tally.Draw(generator.Stream(i), cancellationToken);
                int now = Interlocked.Increment(ref done);
                if (now % 1_000 == 0)
                {
                    progress?.Report(now);
                }

                return tally;
            },
            tally =>
            {
                lock (merging)
                {
                    succeeded += tally.Succeeded;
                    for (int i = 0; i < counts.Length; i++)
                    {
                        counts[i] += tally.Counts[i];
                    }
                }
            });
        return new SelectionFrequencies(draws, succeeded, counts);
    }

    /// <summary>A panel can be asked for that is larger than any pool; no draw of it succeeds.</summary>
    private static int[] RoomForMembers(SelectionProblem problem) => new int[Math.Min(problem.PanelSize, problem.People.Count)];

    /// <summary>What one thread has drawn.</summary>
    private sealed class Tally(GreedyPool pool, int people, int[] members)
    {
        private readonly GreedyDraw _draw = new(pool);

        public int[] Counts { get; } = new int[people];

        public int Succeeded { get; private set; }

        public void Draw(RandomSource random, CancellationToken cancellationToken)
        {
            if (_draw.Run(random, members, MaxAttempts, cancellationToken) == 0)
            {
                return;
            }

            Succeeded++;
            foreach (int i in members)
            {
                Counts[i]++;
            }
        }
    }
}
