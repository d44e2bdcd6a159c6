using System.Globalization;
using Sortition.Core.Algorithms;
using Sortition.Core.Tests.Maximin;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>An objective against brute force on many tiny pools. A class for each objective, so that they run side by side.</summary>
/// <remarks>
/// The environment variable <c>SORTITION_POOLS</c> sets how many pools there are for each objective; 2,000 without it, and a quarter as many with exact quotas. The first 200, and 50 with
/// exact quotas, are in the fast lane.
/// </remarks>
public abstract class TinyPoolTests
{
    private const int First = 200;
    private static readonly int s_pools = int.TryParse(Environment.GetEnvironmentVariable("SORTITION_POOLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int pools) ? pools : 2_000;

    protected abstract ILotteryAlgorithm Algorithm { get; }

    [Fact]
    public void Equals_brute_force_and_proves_it() => CompareOnPools(0, First);

    [Fact]
    [Trait("Lane", "Slow")]
    public void Equals_brute_force_and_proves_it_on_many_more() => CompareOnPools(First, s_pools);

    /// <summary>
    /// Pools that some objective once failed on: no interior (5, 16), bounds that are reached at no cost (865, 982), a smooth optimum of Goldilocks (313), stages of weighted leximin
    /// above 1 where the relaxation is not tight (1673459885).
    /// </summary>
    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(313)]
    [InlineData(865)]
    [InlineData(982)]
    [InlineData(1673459885)]
    public void Equals_brute_force_where_it_once_did_not(int seed) =>
        Assert.True(ObjectiveCheck.Run(Algorithm, TinyPools.Problem(seed), FormattableString.Invariant($"pool {seed}")));

    /// <summary>Pools with many exact quotas, in some of which the relaxation is not tight.</summary>
    [Fact]
    public void Equals_brute_force_under_many_exact_quotas() => CompareOnGapPools(0, First / 4);

    [Fact]
    [Trait("Lane", "Slow")]
    public void Equals_brute_force_under_many_exact_quotas_on_many_more() => CompareOnGapPools(First / 4, s_pools / 4);

    [Theory]
    [MemberData(nameof(GapTests.PoolsWithAGap), MemberType = typeof(GapTests))]
    public void Equals_brute_force_where_the_relaxation_is_not_tight(int seed) => CompareOnGapPools(seed, seed + 1);

    private void CompareOnPools(int from, int to)
    {
        int feasible = 0;
        for (int seed = from; seed < to; seed++)
        {
            feasible += ObjectiveCheck.Run(Algorithm, TinyPools.Problem(seed), FormattableString.Invariant($"pool {seed}")) ? 1 : 0;
        }

        Assert.InRange(feasible, (to - from) / 2, to - from - 1);
    }

    private void CompareOnGapPools(int from, int to)
    {
        for (int seed = from; seed < to; seed++)
        {
            Assert.True(ObjectiveCheck.Run(Algorithm, GapPools.Problem(seed), FormattableString.Invariant($"gap pool {seed}")));
        }
    }
}

public sealed class MaximinTinyPoolTests : TinyPoolTests
{
    protected override ILotteryAlgorithm Algorithm => new Core.Algorithms.Maximin();
}

public sealed class LeximinTinyPoolTests : TinyPoolTests
{
    protected override ILotteryAlgorithm Algorithm => new Leximin();
}

public sealed class WeightedLeximinTinyPoolTests : TinyPoolTests
{
    protected override ILotteryAlgorithm Algorithm => new WeightedLeximin();
}

public sealed class NashTinyPoolTests : TinyPoolTests
{
    protected override ILotteryAlgorithm Algorithm => new Nash();
}

public sealed class MinimaxTinyPoolTests : TinyPoolTests
{
    protected override ILotteryAlgorithm Algorithm => new Minimax();
}

public sealed class GoldilocksTinyPoolTests : TinyPoolTests
{
    protected override ILotteryAlgorithm Algorithm => new Goldilocks();
}

/// <summary>With a low chance counting seven times as much.</summary>
public sealed class LowerGoldilocksTinyPoolTests : TinyPoolTests
{
    protected override ILotteryAlgorithm Algorithm => new Goldilocks(7);
}
