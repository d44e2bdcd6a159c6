using Xunit;

namespace Sortition.Architecture.Tests;

/// <summary>The laws of docs/architecture.md, read off the compiler's symbols.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string> Laws => [.. Law.All.Keys];

    [Theory]
    [MemberData(nameof(Laws))]
    public void LawHolds(string law)
    {
        Breach[] breaches = [.. Law.All[law](House.AsBuilt).Where(b => !Plan.InBuilding.Any(open => open.Law == law && b.File.StartsWith($"src/{open.Project}/", StringComparison.Ordinal)))];
        Assert.True(breaches.Length == 0, string.Join('\n', breaches.AsEnumerable()));
    }
}
