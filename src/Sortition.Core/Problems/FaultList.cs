namespace Sortition.Core.Problems;

/// <summary>Faults and warnings as they are found; keeps the first 10,000 of each, so that hostile input cannot fill the memory, and counts the rest.</summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed class FaultList
{
    private const int Limit = 10_000;

    private readonly List<Fault> _faults = [];
    private readonly List<Fault> _warnings = [];

    /// <summary>How many faults there are in all, warnings apart.</summary>
    public int Count { get; private set; }

    /// <summary>The faults, warnings apart, in the order of the input: sources as first seen, then lines.</summary>
    public IReadOnlyList<Fault> Faults => InOrder(_faults);

    /// <summary>The warnings, in the same order.</summary>
    public IReadOnlyList<Fault> Warnings => InOrder(_warnings);

    /// <summary>Adds a fault or a warning.</summary>
    /// <param name="fault">The fault.</param>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        List<Fault> list = fault.IsWarning ? _warnings : _faults;
        Count += fault.IsWarning ? 0 : 1;
        if (list.Count < Limit)
        {
            list.Add(fault);
        }
    }

    /// <summary>Adds a fault or a warning.</summary>
    /// <param name="code">What kind.</param>
    /// <param name="location">Where.</param>
    /// <param name="values">The values of the code's parameters, in their order; null for what there is not. Those left out at the end are null.</param>
    public void Add(FaultCode code, FaultLocation location, params IReadOnlyList<object?> values) => Add(new Fault(code, location, values));

    /// <summary>Adds all that another list holds.</summary>
    /// <param name="other">The list.</param>
    public void AddAll(FaultList other)
    {
        ArgumentNullException.ThrowIfNull(other);
        AddAll(other._faults, other.Count);
        AddAll(other._warnings, 0);
    }

    /// <summary>Adds all that was wrong with some input.</summary>
    /// <param name="exception">What its reader threw.</param>
    public void AddAll(MalformedInputException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        AddAll(exception.Faults, exception.FaultCount);
    }

    /// <summary>Reads some input, so that its faults are told together with those of others.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Reads it.</param>
    /// <returns>What was read; null if that is malformed, which is then in this list.</returns>
    public T? Try<T>(Func<T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (MalformedInputException e)
        {
            AddAll(e);
            return null;
        }
    }

    /// <summary>The same faults and warnings as those of a file, in which their sources are places.</summary>
    /// <param name="file">The file's name; it goes before each source.</param>
    /// <returns>Another list.</returns>
    public FaultList In(string file)
    {
        FaultList list = new() { Count = Count };
        list._faults.AddRange(_faults.Select(Moved));
        list._warnings.AddRange(_warnings.Select(Moved));
        return list;

        Fault Moved(Fault fault) => fault.At(new FaultLocation($"{file} {fault.Location.Source}", fault.Location.Line, fault.Location.Column));
    }

    /// <summary>Throws if there are faults; warnings do not matter.</summary>
    /// <exception cref="MalformedInputException">There are; the exception lists them.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            throw ToException();
        }
    }

    /// <summary>An exception that lists the faults, of which there is at least one.</summary>
    public MalformedInputException ToException() => new(Faults, Count);

    private void AddAll(IReadOnlyList<Fault> faults, int count)
    {
        foreach (Fault fault in faults)
        {
            Add(fault);
        }

        Count += Math.Max(0, count - faults.Count);
    }

    private static Fault[] InOrder(List<Fault> faults)
    {
        Dictionary<string, int> sources = new(StringComparer.Ordinal);
        foreach (Fault fault in faults)
        {
            sources.TryAdd(fault.Location.Source, sources.Count);
        }

        return [.. faults.OrderBy(f => sources[f.Location.Source]).ThenBy(f => f.Location.Line ?? 0)];
    }
}
