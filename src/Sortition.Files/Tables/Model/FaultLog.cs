using Sortition.Core.Problems;

namespace Sortition.Files.Tables.Model;

/// <summary>Faults of one file as they are found; keeps the first 10,000 so that hostile input cannot fill the memory, and counts the rest.</summary>
internal sealed class FaultLog
{
    private const int Limit = 10_000;

    private readonly List<ProblemFault> _faults = [];

    public int Count { get; private set; }

    public void Add(ProblemFault fault)
    {
        Count++;
        if (_faults.Count < Limit)
        {
            _faults.Add(fault);
        }
    }

    public void AddAll(InvalidProblemException exception)
    {
        foreach (ProblemFault fault in exception.Faults)
        {
            Add(fault);
        }

        Count += exception.FaultCount - exception.Faults.Count;
    }

    /// <summary>All of them, by line.</summary>
    public InvalidProblemException ToException() => new([.. _faults.OrderBy(f => f.Location.Line ?? 0)], Count);
}
