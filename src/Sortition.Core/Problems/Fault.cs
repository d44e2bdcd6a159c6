using System.Globalization;
using System.Text;
using Sortition.Core.Problems;

namespace Sortition.Core;

/// <summary>Where a fault was found.</summary>
/// <remarks>Two locations are equal if all three parts are. Immutable and safe to read from any thread.</remarks>
public sealed class FaultLocation : IEquatable<FaultLocation>
{
    /// <summary>Says where.</summary>
    /// <param name="source">See <see cref="Source"/>.</param>
    /// <param name="line">See <see cref="Line"/>.</param>
    /// <param name="column">See <see cref="Column"/>.</param>
    public FaultLocation(string source, int? line = null, string? column = null)
    {
        Source = source;
        Line = line;
        Column = column;
    }

    /// <summary>The file's name, or the part of the input (<c>quotas</c>, <c>people</c>, <c>panel size</c>, …) where there is no file.</summary>
    public string Source { get; }

    /// <summary>The line in that file, or the ordinal of the row given, from 1; null where the fault is not about one line.</summary>
    public int? Line { get; }

    /// <summary>The column's heading, or the feature; null where the fault is not about one column.</summary>
    public string? Column { get; }

    /// <summary>The source of faults of the panel size, where there is no file.</summary>
    public const string PanelSize = "panel size";

    /// <summary>The source of faults of the household limit, where there is no file.</summary>
    public const string HouseholdLimit = "household limit";

    /// <summary>The same place in a column, or (null) the whole line.</summary>
    internal FaultLocation In(string? column) => new(Source, Line, column);

    /// <inheritdoc/>
    public bool Equals(FaultLocation? other) =>
        other is not null && string.Equals(Source, other.Source, StringComparison.Ordinal) && Line == other.Line
        && string.Equals(Column, other.Column, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FaultLocation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Source, Line, Column);

    /// <summary>For logs: <c>people.csv, line 12, column "age"</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Source);
        if (Line is int line)
        {
            text.Append(CultureInfo.InvariantCulture, $", line {line}");
        }

        if (Column is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", column \"{Column}\"");
        }

        return text.ToString();
    }
}

/// <summary>A kind of fault: its name, and what is told about each fault of the kind.</summary>
/// <remarks>
/// Whoever raises faults declares their codes: this package in <see cref="CoreFaults"/>, others in classes of their own. A name never changes its meaning.
/// Immutable and safe to read from any thread.
/// </remarks>
public sealed class FaultCode
{
    /// <summary>Declares a code.</summary>
    /// <param name="name">The name: who raises it and what is wrong, such as <c>core/min-above-max</c>.</param>
    /// <param name="parameters">The names of what is told, such as <c>found</c> and <c>max</c>.</param>
    /// <param name="personal">Those of them that may quote a person's data, and so belong before the eyes of whoever gave the input, not into logs.</param>
    /// <param name="isWarning">Whether the input can be used all the same, but whoever gave it should know.</param>
    /// <param name="perLine">See <see cref="IsPerLine"/>.</param>
    public FaultCode(
        string name,
        IReadOnlyList<string>? parameters = null,
        IReadOnlyList<string>? personal = null,
        bool isWarning = false,
        bool perLine = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Parameters = parameters ?? [];
        Personal = personal ?? [];
        IsWarning = isWarning;
        IsPerLine = perLine;
    }

    /// <summary>The name, such as <c>core/min-above-max</c>.</summary>
    public string Name { get; }

    /// <summary>The names of what is told, in the order in which faults are made of it.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>Those of <see cref="Parameters"/> that may quote a person's data.</summary>
    public IReadOnlyList<string> Personal { get; }

    /// <summary>Whether the input can be used all the same, but whoever gave it should know.</summary>
    public bool IsWarning { get; }

    /// <summary>
    /// Whether one cause makes such a fault in line after line: those of one column that tell the same, but for <c>subject</c> and <c>other</c>, are listed as
    /// one fault with many lines.
    /// </summary>
    public bool IsPerLine { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>One thing that is malformed in some input, or (<see cref="FaultCode.IsWarning"/>) that its giver should know.</summary>
/// <remarks>
/// <para>A fault is data: <see cref="TextRenderer"/> makes a sentence of it. Parameters have these names throughout: <c>subject</c> is what the fault is
/// about (a person's id, a quota's condition, a feature),
/// <c>found</c> what was there, <c>allowed</c> what could be, <c>least</c> and <c>most</c> the ends of a range. Values are texts, numbers (<see cref="int"/>,
/// <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/>), lists of texts or other locations.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
public sealed class Fault
{
    private readonly object?[] _values;
    private readonly int[]? _lines;

    /// <summary>Makes a fault.</summary>
    /// <param name="code">What kind.</param>
    /// <param name="location">Where.</param>
    /// <param name="values">The values of the code's parameters, in their order; null for what there is not. Those left out at the end are null.</param>
    /// <exception cref="ArgumentException">There are more values than parameters.</exception>
    public Fault(FaultCode code, FaultLocation location, params IReadOnlyList<object?> values)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Count, code.Parameters.Count, nameof(values));
        Code = code;
        Location = location;
        _values = [.. values];
        LineCount = location.Line is null ? 0 : 1;
    }

    private Fault(FaultCode code, FaultLocation location, object?[] values, int[]? lines, int lineCount)
    {
        Code = code;
        Location = location;
        _values = values;
        _lines = lines;
        LineCount = lineCount;
    }

    /// <summary>What kind of fault.</summary>
    public FaultCode Code { get; }

    /// <summary>Where.</summary>
    public FaultLocation Location { get; }

    /// <summary>
    /// The lines on which this was found, in the order in which they were read; the first 1,000 where there are more, and none where it is about no line.
    /// </summary>
    public IReadOnlyList<int> Lines => _lines ?? (Location.Line is int line ? [line] : []);

    /// <summary>On how many lines this was found.</summary>
    public int LineCount { get; }

    /// <summary>What is told of it.</summary>
    /// <param name="parameter">One of the code's parameters.</param>
    /// <returns>The value; null where there is none, or no such parameter.</returns>
    public object? this[string parameter]
    {
        get
        {
            for (int i = 0; i < _values.Length; i++)
            {
                if (string.Equals(Code.Parameters[i], parameter, StringComparison.Ordinal))
                {
                    return _values[i];
                }
            }

            return null;
        }
    }

    /// <summary>Whether it is no more than a warning.</summary>
    internal bool IsWarning => Code.IsWarning;

    /// <summary>The same fault at another place, such as the file in which the input stood.</summary>
    /// <param name="location">The place.</param>
    public Fault At(FaultLocation location) => new(Code, location, _values, _lines, LineCount);

    /// <summary>The same fault with other values of its parameters.</summary>
    internal Fault WithValues(IEnumerable<object?> values) => new(Code, Location, [.. values], _lines, LineCount);

    /// <summary>One fault of several lines, about no one subject.</summary>
    internal Fault OnLines(int[] lines, int count) =>
        new(Code, Location, [.. Code.Parameters.Take(_values.Length).Select((p, i) => IsOfOneLine(p) ? null : _values[i])], lines, count);

    /// <summary>What tells one cause from another: all that is told but what belongs to one line.</summary>
    internal IEnumerable<object?> Cause() => Code.Parameters.Take(_values.Length)
        .Select((p, i) => IsOfOneLine(p) ? null : _values[i] is IEnumerable<string> texts ? string.Join('\n', texts) : _values[i]);

    private static bool IsOfOneLine(string parameter) => parameter is "subject" or "other";

    /// <summary>Place, code and subject: fit for a log.</summary>
    public override string ToString() => this["subject"] is { } subject and not "" ? $"{Location}: {Code} ({subject})" : $"{Location}: {Code}";
}

/// <summary>Some input is malformed. <see cref="Faults"/> lists everything that is wrong with it.</summary>
/// <remarks>
/// The exception's message names places, codes and ids, never a person's values, so that it may be logged. <see cref="TextRenderer"/> makes sentences of
/// the faults.
/// </remarks>
public sealed class MalformedInputException : Exception
{
    private const int FaultsInMessage = 20;

    /// <summary>Makes the exception.</summary>
    /// <param name="faults">The faults, at least one.</param>
    /// <param name="faultCount">How many faults there are in all, at least as many as are listed.</param>
    public MalformedInputException(IReadOnlyList<Fault> faults, int faultCount)
        : base(Render(faults, faultCount))
    {
        Faults = faults;
        FaultCount = faultCount;
    }

    /// <summary>The faults in the order of the input; the first 1,000 of each kind where there are more.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>How many faults there are in all.</summary>
    public int FaultCount { get; }

    private static string Render(IReadOnlyList<Fault> faults, int faultCount)
    {
        ArgumentNullException.ThrowIfNull(faults);
        IEnumerable<string> lines = faults.Take(FaultsInMessage).Select(f => f.ToString());
        int more = faultCount - Math.Min(faults.Count, FaultsInMessage);
        return FormattableString.Invariant($"The input has {faultCount} fault(s):\n")
            + string.Join('\n', more > 0 ? lines.Append(FormattableString.Invariant($"and {more} more")) : lines);
    }
}
