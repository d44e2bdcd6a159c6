using Sortition.Core;
using Sortition.Core.Lotteries;

namespace Sortition.Cli.Tests;

/// <summary>An objective is a descriptor, a line in the registry, and texts: none of them may be missing.</summary>
public sealed class ObjectiveTextTests
{
    public static TheoryData<string> Names => [.. LotteryAlgorithms.All.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_objective_has_all_its_parts(string name)
    {
        Objective objective = LotteryAlgorithms.FindObjective(name, null);
        Assert.True(objective.IsKnown);
        Assert.Equal(name, objective.Name);
        Assert.Same(LotteryAlgorithms.All.Single(a => a.Name == name).GetType(), LotteryAlgorithms.Find(name)!.GetType());
        Assert.All(Language.Codes, code => Assert.Matches($@"(^|\. ){name}: \w", Language.Of(code).Text("help/objectives")));
    }

    [Fact]
    public void Names_differ() => Assert.Equal(LotteryAlgorithms.All.Count, LotteryAlgorithms.All.Select(a => a.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void What_is_not_registered_is_unknown()
    {
        Assert.False(LotteryAlgorithms.FindObjective("Maximin", null).IsKnown);
        Assert.Null(LotteryAlgorithms.Find("Maximin"));
    }
}
