namespace Sortition.Studies.Metrics;

/// <summary>One figure of a lottery.</summary>
public sealed class MetricValue
{
    internal MetricValue(string name, double value, double? error = null) => (Name, Value, Error) = (name, value, error);

    /// <summary>The metric's name; docs/studies.md defines each.</summary>
    public string Name { get; }

    /// <summary>The value, a finite number.</summary>
    public double Value { get; }

    /// <summary>How far an estimated value may be off: half the width of an interval of 95 %; null where it is exact.</summary>
    public double? Error { get; }

    /// <summary>For logs: name, value and error.</summary>
    public override string ToString() =>
        Error is double error ? FormattableString.Invariant($"{Name} = {Value} ± {error}") : FormattableString.Invariant($"{Name} = {Value}");
}
