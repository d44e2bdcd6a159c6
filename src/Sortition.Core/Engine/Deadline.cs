namespace Sortition.Core.Engine;

/// <summary>A token that is cancelled when a time limit is reached, or with another token.</summary>
/// <remarks>
/// The clock runs on a thread of its own. The timers of the framework call back on the thread pool; in a host that computes there, all of its threads may be
/// busy, and the limit would be seen only when one of the computations has ended.
/// </remarks>
internal sealed class Deadline : IDisposable
{
    // The longest that can be waited for, 24 days; a computation that long has no use for a limit.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly CancellationTokenSource _source;
    private readonly ManualResetEventSlim _isOver = new();
    private readonly Thread? _clock;

    /// <param name="limit">The time from now on; null for none.</param>
    /// <param name="cancellationToken">The other token.</param>
    /// <param name="stopToken">One more.</param>
    public Deadline(TimeSpan? limit, CancellationToken cancellationToken, CancellationToken stopToken = default)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopToken);
        if (limit is { } time)
        {
            _clock = new Thread(() => CancelAfter(time < s_longest ? time : s_longest)) { IsBackground = true, Name = "Sortition time limit" };
            _clock.Start();
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _isOver.Set();
        _clock?.Join();
        _isOver.Dispose();
        _source.Dispose();
    }

    private void CancelAfter(TimeSpan time)
    {
        if (!_isOver.Wait(time))
        {
            _source.Cancel();
        }
    }
}
