namespace Sortition.Testing;

/// <summary>A test for some systems only; on others it is skipped, and says so.</summary>
/// <remarks>The systems are named as <see cref="OperatingSystem.IsOSPlatform"/> takes them.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactOnAttribute : Xunit.FactAttribute
{
    public FactOnAttribute(params string[] systems) => Skip = Systems.WhyNotHere(systems);
}

/// <summary>A theory for some systems only; on others it is skipped, and says so.</summary>
/// <remarks>The systems are named as <see cref="OperatingSystem.IsOSPlatform"/> takes them.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryOnAttribute : Xunit.TheoryAttribute
{
    public TheoryOnAttribute(params string[] systems) => Skip = Systems.WhyNotHere(systems);
}

internal static class Systems
{
    /// <summary>Why a test cannot run on this system, or null if it can.</summary>
    public static string? WhyNotHere(string[] systems) =>
        systems.Any(OperatingSystem.IsOSPlatform) ? null : $"It is about {string.Join(" and ", systems)} only.";
}
