using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Problems;

/// <summary>Builds malformed problems and compares faults in all their parts.</summary>
internal static class FaultAssert
{
    public static InvalidProblemException Invalid(SelectionProblemBuilder builder) => Assert.Throws<InvalidProblemException>(builder.Build);

    /// <summary>The builder reports exactly one fault, and it is this one.</summary>
    public static void Single(
        SelectionProblemBuilder builder, FaultCode code, FaultLocation location, string? subject = null, string? found = null, params string[] expected)
    {
        InvalidProblemException exception = Invalid(builder);
        ProblemFault fault = Assert.Single(exception.Faults);
        Assert.Equal(1, exception.FaultCount);
        Is(fault, code, location, subject, found, expected);
        Assert.False(fault.IsWarning);
    }

    public static void Is(ProblemFault fault, FaultCode code, FaultLocation location, string? subject = null, string? found = null, params string[] expected)
    {
        Assert.Equal(code, fault.Code);
        Assert.Equal(location, fault.Location);
        Assert.Equal(subject, fault.Subject);
        Assert.Equal(found, fault.Found);
        Assert.Equal(expected, fault.Expected);
    }

    /// <summary>A person as a row: an id, an address and values as <c>feature=value</c>.</summary>
    public static TinyRow Row(string id, string? household, params string[] values) =>
        new(id, household, values.Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]));

    public static SelectionProblemBuilder With(this SelectionProblemBuilder builder, params TinyRow[] rows) => builder.People(rows, r => r.Id, r => r.Household, r => r.Values);
}
