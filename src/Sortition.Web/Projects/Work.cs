using Sortition.Core;

namespace Sortition.Web.Projects;

/// <summary>Something that takes long, done in the background, one after the other for all projects.</summary>
public sealed class Work : IProgress<SolveProgress>, IProgress<double>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();

    private Work(WorkKind kind) => Kind = kind;

    /// <summary>What is done.</summary>
    public WorkKind Kind { get; }

    /// <summary>Whether it has not come to an end yet.</summary>
    public bool IsRunning => !Task.IsCompleted;

    /// <summary>Why nothing came of it: the key of a text; null where something did, or it goes on.</summary>
    public string? Failure { get; private set; }

    /// <summary>How far a lottery is; null before anything is known.</summary>
    public SolveProgress? Progress { get; private set; }

    /// <summary>How much of the last part is done, 0..1; null while that is not known.</summary>
    public double? Share { get; private set; }

    /// <summary>How long it has been at work.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    /// <summary>Asks for the best so far.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <summary>Ends with it.</summary>
    public Task Task { get; private set; } = Task.CompletedTask;

    /// <summary>Puts work at the end of the queue.</summary>
    public static Work Start(Workbench queue, WorkKind kind, Action<Work, CancellationToken> run)
    {
        Work work = new(kind);
        work.Task = queue.Add(
            () =>
            {
                try
                {
                    run(work, work._cancel.Token);
                }
                catch (OperationCanceledException)
                {
                    work.Failure = "work/cancelled";
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    work.Failure = "work/not-written";
                }
                catch (Exception e) when (e is MalformedInputException or ArgumentException)
                {
                    work.Failure = "work/changed";
                }
            });
        return work;
    }

    /// <summary>Ends it with what there is.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends it, and nothing comes of it.</summary>
    public void Cancel()
    {
        _cancel.Cancel();
        _stop.Cancel();
    }

    /// <inheritdoc/>
    public void Report(SolveProgress value) => Progress = value;

    /// <inheritdoc/>
    public void Report(double value) => Share = value;

    /// <summary>Says that nothing came of it.</summary>
    /// <param name="key">The key of a text.</param>
    public void Fail(string key) => Failure = key;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _cancel.Dispose();
    }
}

/// <summary>What is done.</summary>
public enum WorkKind
{
    /// <summary>The chances are computed.</summary>
    Chances,

    /// <summary>Ballots are made, and published.</summary>
    Ballots,
}

/// <summary>Does one thing after the other, on a thread of its own: two computations at once would take longer than one after the other.</summary>
public sealed class Workbench : IDisposable
{
    private readonly System.Collections.Concurrent.BlockingCollection<Action> _open = [];
    private readonly Thread _thread;

    public Workbench()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "Sortition work" };
        _thread.Start();
    }

    /// <summary>Adds something at the end.</summary>
    /// <returns>Ends when it is done.</returns>
    public Task Add(Action work)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _open.Add(() =>
        {
            try
            {
                work();
            }
            finally
            {
                done.SetResult();
            }
        });
        return done.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open.CompleteAdding();
        _thread.Join();
        _open.Dispose();
    }

    private void Run()
    {
        foreach (Action work in _open.GetConsumingEnumerable())
        {
            work();
        }
    }
}
