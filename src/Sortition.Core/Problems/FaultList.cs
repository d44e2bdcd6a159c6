namespace Sortition.Core.Problems;

/// <summary>Gathers faults as they are found, of one input or of several, so that all are told at once.</summary>
/// <remarks>It keeps the first 10,000, so that hostile input cannot fill the memory, and counts the rest. Not safe to use from several threads at once.</remarks>
public sealed class FaultList
{
    private const int MaxItems = 10_000;

    private readonly List<ProblemFault> _items = [];

    /// <summary>How many faults there are, listed or not.</summary>
    public int Count { get; private set; }

    /// <summary>The faults that are kept, in the order in which they were found.</summary>
    public IReadOnlyList<ProblemFault> Items => _items;

    /// <summary>Adds a fault.</summary>
    /// <param name="fault">The fault.</param>
    public void Add(ProblemFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Count++;
        if (_items.Count < MaxItems)
        {
            _items.Add(fault);
        }
    }

    /// <summary>Adds all faults of an input.</summary>
    /// <param name="exception">What its reading threw.</param>
    public void AddAll(InvalidProblemException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        AddAll(exception.Faults, exception.FaultCount);
    }

    /// <summary>Reads an input; if it is faulty, adds its faults.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Reads it, or throws <see cref="InvalidProblemException"/>.</param>
    /// <returns>What was read; null if it is faulty.</returns>
    public T? Try<T>(Func<T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (InvalidProblemException e)
        {
            AddAll(e);
            return null;
        }
    }

    /// <summary>The faults as an exception.</summary>
    /// <returns>The exception. It lists the faults by source, in the order in which sources were first seen, and then by line.</returns>
    public InvalidProblemException ToException() => new(InOrder(), Count);

    /// <summary>Throws if there are faults.</summary>
    /// <exception cref="InvalidProblemException">There are; as <see cref="ToException"/>.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            throw ToException();
        }
    }

    internal void Add(FaultCode code, FaultLocation location, string? subject = null, string? found = null, IReadOnlyList<string>? expected = null) =>
        Add(new ProblemFault(code, location, subject, found, expected ?? []));

    internal void AddAll(FaultList other) => AddAll(other._items, other.Count);

    /// <summary>In the order of the input: sources as first seen, then lines.</summary>
    internal IReadOnlyList<ProblemFault> InOrder()
    {
        Dictionary<string, int> sources = new(StringComparer.Ordinal);
        foreach (ProblemFault fault in _items)
        {
            sources.TryAdd(fault.Location.Source, sources.Count);
        }

        return [.. _items.OrderBy(f => sources[f.Location.Source]).ThenBy(f => f.Location.Line ?? 0)];
    }

    private void AddAll(IReadOnlyList<ProblemFault> faults, int count)
    {
        foreach (ProblemFault fault in faults)
        {
            Add(fault);
        }

        Count += count - faults.Count;
    }
}
