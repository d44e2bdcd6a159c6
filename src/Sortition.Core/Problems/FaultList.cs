namespace Sortition.Core.Problems;

/// <summary>Faults as they are found; keeps the first 10,000 so that hostile input cannot fill the memory, and counts the rest.</summary>
internal sealed class FaultList
{
    public const int Limit = 10_000;

    private readonly List<ProblemFault> _faults = [];

    public int Count { get; private set; }

    public IReadOnlyList<ProblemFault> Items => _faults;

    public void Add(ProblemFault fault)
    {
        Count++;
        if (_faults.Count < Limit)
        {
            _faults.Add(fault);
        }
    }

    public void Add(FaultCode code, FaultLocation location, string? subject = null, string? found = null, IReadOnlyList<string>? expected = null) =>
        Add(new ProblemFault(code, location, subject, found, expected ?? []));

    public void AddAll(FaultList other)
    {
        foreach (ProblemFault fault in other._faults)
        {
            Add(fault);
        }

        Count += other.Count - other._faults.Count;
    }

    /// <summary>In the order of the input: sources as first seen, then lines.</summary>
    public IReadOnlyList<ProblemFault> InOrder()
    {
        Dictionary<string, int> sources = new(StringComparer.Ordinal);
        foreach (ProblemFault fault in _faults)
        {
            sources.TryAdd(fault.Location.Source, sources.Count);
        }

        return [.. _faults.OrderBy(f => sources[f.Location.Source]).ThenBy(f => f.Location.Line ?? 0)];
    }
}
