using System.Globalization;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>Every objective against brute force on many tiny pools.</summary>
/// <remarks>The environment variable <c>SORTITION_POOLS</c> sets how many pools there are for each objective; 2,000 without it.</remarks>
public class TinyPoolTests
{
    private const int Parts = 4;

    private static readonly int s_pools = int.TryParse(Environment.GetEnvironmentVariable("SORTITION_POOLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int pools) ? pools : 2_000;

    /// <summary>Each algorithm by its place in the list, and each part of the pools.</summary>
    public static TheoryData<int, int> All
    {
        get
        {
            TheoryData<int, int> data = [];
            for (int a = 0; a < ObjectiveCheck.Algorithms.Length; a++)
            {
                for (int part = 0; part < Parts; part++)
                {
                    data.Add(a, part);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Equals_brute_force_and_proves_it(int algorithm, int part)
    {
        int feasible = 0;
        int count = s_pools / Parts;
        for (int i = 0; i < count; i++)
        {
            int seed = (i * Parts) + part;
            feasible += ObjectiveCheck.Run(ObjectiveCheck.Algorithms[algorithm], TinyPools.Problem(seed), FormattableString.Invariant($"pool {seed}")) ? 1 : 0;
        }

        Assert.InRange(feasible, count / 2, count - 1);
    }

    /// <summary>Pools with many exact quotas, in some of which the relaxation is not tight.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Equals_brute_force_under_many_exact_quotas(int algorithm, int part)
    {
        int count = s_pools / 10 / Parts;
        for (int i = 0; i < count; i++)
        {
            int seed = (i * Parts) + part;
            Assert.True(ObjectiveCheck.Run(ObjectiveCheck.Algorithms[algorithm], GapPools.Problem(seed), FormattableString.Invariant($"gap pool {seed}")));
        }
    }
}
