using Sortition.Core.Problems;

namespace Sortition.Cli;

/// <summary>Gathers the faults of several files, so that all are told at once.</summary>
internal sealed class FaultGathering
{
    private readonly List<ProblemFault> _faults = [];
    private int _count;

    /// <summary>What a reading gives; null if its input is faulty.</summary>
    public T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidProblemException e)
        {
            _faults.AddRange(e.Faults);
            _count += e.FaultCount;
            return null;
        }
    }

    /// <exception cref="InvalidProblemException">There were faults.</exception>
    public void ThrowIfAny()
    {
        if (_count > 0)
        {
            throw new InvalidProblemException(_faults, _count);
        }
    }
}
