using System.Collections.Concurrent;
using System.Threading.Channels;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;

/// <summary>Computes lotteries one after the other, as many at once as the solver has places for.</summary>
/// <remarks>What is to be done stands in the database; here is only what is lost when the process ends: progress, and the way to cancel.</remarks>
internal sealed class LotteryQueue(Database database, Solver solver, ILogger<LotteryQueue> log) : BackgroundService
{
    private readonly Channel<LotteryJob> _waiting = Channel.CreateUnbounded<LotteryJob>();
    private readonly ConcurrentDictionary<string, LotteryJob> _jobs = new();

    public void Add(string id)
    {
        LotteryJob job = _jobs.GetOrAdd(id, new LotteryJob(id));
        _waiting.Writer.TryWrite(job);
    }

    /// <summary>How far a lottery is; null where its computation has not begun or has ended.</summary>
    public SolveProgress? ProgressOf(string id) => _jobs.GetValueOrDefault(id)?.Progress;

    /// <summary>Cancels a lottery that is not there yet.</summary>
    /// <returns>Whether there was anything to cancel.</returns>
    public bool Cancel(string id)
    {
        bool cancelled = database.Finish(id, LotteryState.Cancelled);
        if (cancelled)
        {
            _jobs.GetValueOrDefault(id)?.Cancellation.Cancel();
        }

        return cancelled;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // What was under way when the process last ended is begun again, and comes to the same lottery.
        database.Unfinished().ForEach(Add);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _waiting.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = solver.AtOnce },
        async (job, _) => await RunAsync(job, stoppingToken));

    private async Task RunAsync(LotteryJob job, CancellationToken stopping)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stopping, job.Cancellation.Token);
        try
        {
            SelectionProblem problem = ProblemJson.Deserialize(database.ProblemOf(job.Id));
            switch (await solver.SolveAsync(problem, job, either.Token))
            {
                case SolveResult.Solved solved:
                    database.Finish(job.Id, LotteryState.Solved, LotteryJson.Serialize(solved.Lottery));
                    break;
                case SolveResult.Infeasible infeasible:
                    string reasons = string.Join(" ", infeasible.Report.Reasons.Select(reason => TextRenderer.English.Describe(reason, problem)));
                    database.Finish(job.Id, LotteryState.Infeasible, message: reasons);
                    break;
                default:
                    // There may be a lottery, but it is not proven to be the best: this host would rather have none.
                    database.Finish(job.Id, LotteryState.OutOfTime);
                    break;
            }

            // Numbers and ids of lotteries are for the log. Ids of people and what they said of themselves are not.
            log.LogInformation(
                "Lottery {Id}: {State}, {People} people for {Seats} seats", job.Id, database.StateOf(job.Id), problem.People.Count, problem.PanelSize);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Either it is cancelled in the database already, or the process ends and the lottery stays unfinished there.
        }
        catch (Exception e)
        {
            log.LogError(e, "Lottery {Id} failed", job.Id);
            database.Finish(job.Id, LotteryState.Failed);
        }
        finally
        {
            _jobs.TryRemove(job.Id, out _);
        }
    }

    /// <summary>A lottery to be computed. It takes its reports of progress itself: Progress&lt;T&gt; would hand them on out of order.</summary>
    private sealed class LotteryJob(string id) : IProgress<SolveProgress>
    {
        private volatile SolveProgress? _progress;

        public string Id { get; } = id;

        public CancellationTokenSource Cancellation { get; } = new();

        public SolveProgress? Progress => _progress;

        public void Report(SolveProgress value) => _progress = value;
    }
}
