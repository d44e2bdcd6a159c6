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
        Breach[] breaches = [.. Law.All[law](House.AsBuilt).Where(b => !Plan.InBuilding.Any(project => b.File.StartsWith($"src/{project}/", StringComparison.Ordinal)))];
        Assert.True(breaches.Length == 0, string.Join('\n', breaches.AsEnumerable()));
    }
}
