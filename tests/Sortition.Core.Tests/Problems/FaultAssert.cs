using Xunit;

namespace Sortition.Core.Tests.Problems;

/// <summary>Builds malformed problems and compares faults in all their parts.</summary>
internal static class FaultAssert
{
    public static MalformedInputException Invalid(SelectionProblemBuilder builder) => Assert.Throws<MalformedInputException>(builder.Build);

    /// <summary>The builder reports exactly one fault, and it is this one.</summary>
    public static void Single(SelectionProblemBuilder builder, FaultCode code, FaultLocation location, params object?[] values)
    {
        MalformedInputException exception = Invalid(builder);
        Fault fault = Assert.Single(exception.Faults);
        Assert.Equal(1, exception.FaultCount);
        Is(fault, code, location, values);
        Assert.False(fault.IsWarning);
    }

    /// <summary>The fault is of the kind, stands at the place, and tells these values of its parameters and no others.</summary>
    public static void Is(Fault fault, FaultCode code, FaultLocation location, params object?[] values)
    {
        Assert.Same(code, fault.Code);
        Assert.Equal(location, fault.Location);
        Assert.Equal(values.Concat(Enumerable.Repeat((object?)null, code.Parameters.Count - values.Length)), code.Parameters.Select(p => fault[p]));
    }

    /// <summary>A person as a row: an id, an address and values as <c>feature=value</c>.</summary>
    public static TinyRow Row(string id, string? household, params string[] values) =>
        new(id, household, values.Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]));

    public static SelectionProblemBuilder With(this SelectionProblemBuilder builder, params TinyRow[] rows) => builder.People(rows, r => r.Id, r => r.Household, r => r.Values);

    public static SelectionProblemBuilder Found(this SelectionProblemBuilder builder, Fault fault)
    {
        builder.Faults.Add(fault);
        return builder;
    }
}
