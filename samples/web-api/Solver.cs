using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Problems;

/// <summary>All that this process solves goes through here, so that all of it together keeps to one budget of processors.</summary>
internal sealed class Solver
{
    private readonly SemaphoreSlim _places;
    private readonly int _threads;
    private readonly TimeSpan _limit;

    public Solver(IConfiguration configuration)
    {
        int processors = configuration.GetValue("Solver:Processors", Environment.ProcessorCount);
        // One thread each gives the most solves an hour. With two, a single solve takes two thirds of the time; more are of no use to it.
        _threads = Math.Clamp(configuration.GetValue("Solver:ThreadsPerSolve", 1), 1, processors);
        _limit = configuration.GetValue("Solver:TimeLimit", TimeSpan.FromMinutes(10));
        AtOnce = processors / _threads;
        _places = new SemaphoreSlim(AtOnce);
    }

    /// <summary>How many solves run at the same time.</summary>
    public int AtOnce { get; }

    /// <summary>Waits for a place, then solves. The token ends the waiting as well as the solving.</summary>
    public async Task<SolveResult> SolveAsync(SelectionProblem problem, IProgress<SolveProgress>? progress, CancellationToken token)
    {
        await _places.WaitAsync(token);
        try
        {
            SolveOptions options = new() { MaxThreads = _threads, TimeLimit = _limit, Progress = progress };
            return await new Leximin().SolveAsync(problem, options, token);
        }
        finally
        {
            _places.Release();
        }
    }
}
