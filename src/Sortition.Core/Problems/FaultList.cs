namespace Sortition.Core.Problems;

/// <summary>
/// Faults and warnings as they are found: one for each cause, with all its lines (<see cref="FaultCode.IsPerLine"/>). Keeps the first 1,000 of each kind, so
/// that hostile input cannot fill the memory and no kind hides another, and counts the rest.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed class FaultList
{
    private const int LimitOfKind = 1_000;
    private const int LimitOfLines = 1_000;

    private readonly List<Cause> _faults = [];
    private readonly List<Cause> _warnings = [];
    private readonly Dictionary<FaultCode, int> _kept = [];
    private readonly Dictionary<CauseKey, Cause> _causes = [];

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
        if (fault.Code.IsPerLine && _causes.TryGetValue(new CauseKey(fault), out Cause? known))
        {
            known.Add(fault, LimitOfLines);
            return;
        }

        Count += fault.IsWarning ? 0 : 1;
        int kept = _kept.GetValueOrDefault(fault.Code);
        if (kept == LimitOfKind)
        {
            return;
        }

        _kept[fault.Code] = kept + 1;
        Cause cause = new(fault);
        (fault.IsWarning ? _warnings : _faults).Add(cause);
        if (fault.Code.IsPerLine)
        {
            _causes.Add(new CauseKey(fault), cause);
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
        AddAll(other.Faults, other.Count);
        AddAll(other.Warnings, 0);
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
        FaultList list = new();
        list.AddAll([.. Faults.Select(Moved)], Count);
        list.AddAll([.. Warnings.Select(Moved)], 0);
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

    private static Fault[] InOrder(List<Cause> causes)
    {
        Fault[] faults = [.. causes.Select(c => c.ToFault())];
        Dictionary<string, int> sources = new(StringComparer.Ordinal);
        foreach (Fault fault in faults)
        {
            sources.TryAdd(fault.Location.Source, sources.Count);
        }

        return [.. faults.OrderBy(f => sources[f.Location.Source]).ThenBy(f => f.Location.Line ?? 0)];
    }

    /// <summary>A fault, and all the lines on which it was found.</summary>
    private sealed class Cause(Fault first)
    {
        private readonly List<int> _lines = [.. first.Lines];
        private int _count = first.LineCount;

        public void Add(Fault again, int limit)
        {
            _lines.AddRange(again.Lines.Take(Math.Max(0, limit - _lines.Count)));
            _count += again.LineCount;
        }

        public Fault ToFault() => _count == first.LineCount ? first : first.OnLines([.. _lines], _count);
    }

    /// <summary>Faults with equal keys have one cause.</summary>
    private readonly struct CauseKey(Fault fault) : IEquatable<CauseKey>
    {
        private readonly FaultCode _code = fault.Code;
        private readonly FaultLocation _place = new(fault.Location.Source, line: null, fault.Location.Column);
        private readonly object?[] _values = [.. fault.Cause()];

        public bool Equals(CauseKey other) =>
            ReferenceEquals(_code, other._code) && _place.Equals(other._place) && _values.AsSpan().SequenceEqual(other._values);

        public override bool Equals(object? obj) => obj is CauseKey other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(_code);
            hash.Add(_place);
            foreach (object? value in _values)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
