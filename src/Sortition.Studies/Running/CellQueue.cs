using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Sortition.Core;
using Sortition.Studies.Instances;

namespace Sortition.Studies.Running;

/// <summary>Computes cells side by side, in their order, and keeps each when it is done.</summary>
internal sealed class CellQueue(StudyOptions options, CellStore store)
{
    private readonly Lock _telling = new();
    private int _done;

    /// <param name="cells">The cells that are missing.</param>
    /// <param name="done">How many there were.</param>
    /// <param name="cancellationToken">Stops the work; finished cells are kept.</param>
    public void Run(IReadOnlyList<(string Instance, string Algorithm)> cells, int done, CancellationToken cancellationToken)
    {
        _done = done;
        int total = done + cells.Count;
        Dictionary<string, int> counts = cells.CountBy(c => c.Instance).ToDictionary(StringComparer.Ordinal);
        Dictionary<string, Shared> instances = options.Instances
            .ToDictionary(i => i.Name, i => new Shared(i, counts.GetValueOrDefault(i.Name), cancellationToken), StringComparer.Ordinal);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using MemoryGate gate = new(options.MemoryBudget ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3, stop.Token);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxThreads, CancellationToken = stop.Token };
        try
        {
            Parallel.ForEach(Partitioner.Create(cells, EnumerablePartitionerOptions.NoBuffering), parallel, Compute);
        }
        catch (Exception e) when (e is AggregateException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Exception first = e is AggregateException all ? all.Flatten().InnerExceptions.FirstOrDefault(i => i is not OperationCanceledException) ?? e : e;
            ExceptionDispatchInfo.Throw(first);
        }

        void Compute((string Instance, string Algorithm) cell)
        {
            gate.Enter();
            try
            {
                Shared shared = instances[cell.Instance];
                StudyCell finished = CellRun.Run(options, shared.Instance, cell.Algorithm, shared.Problem, stop.Token);
                shared.Release();
                lock (_telling)
                {
                    store.Add(finished);
                    options.Progress?.Report(new StudyProgress(++_done, total, cell.Instance, cell.Algorithm));
                }
            }
            catch
            {
                // Others need not finish what nobody will keep.
                stop.Cancel();
                throw;
            }
            finally
            {
                gate.Leave();
            }
        }
    }

    /// <summary>An instance whose problem is read once for all its cells, and let go after the last.</summary>
    private sealed class Shared(StudyInstance instance, int cells, CancellationToken cancellationToken)
    {
        private int _left = cells;
        private Lazy<SelectionProblem> _problem = new(() => instance.Load(cancellationToken));

        public StudyInstance Instance { get; } = instance;

        public Lazy<SelectionProblem> Problem => _problem;

        public void Release()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _problem = new(() => Instance.Load(cancellationToken));
            }
        }
    }
}
