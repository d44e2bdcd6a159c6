namespace Sortition.Studies.Running;

/// <summary>Lets a cell begin only while the process is within its memory, or nothing else is being computed.</summary>
internal sealed class MemoryGate(long budget, CancellationToken cancellationToken) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _changed = new(0);
    private int _running;
    private int _waiting;

    /// <summary>Waits for leave to begin.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Enter()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_running == 0 || Environment.WorkingSet <= budget)
                {
                    _running++;
                    return;
                }

                _waiting++;
            }

            _changed.Wait(cancellationToken);
        }
    }

    public void Dispose() => _changed.Dispose();

    /// <summary>A cell is done.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _running--;
            _changed.Release(Math.Max(1, _waiting));
            _waiting = 0;
        }
    }
}
