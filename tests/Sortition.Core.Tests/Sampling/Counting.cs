using Sortition.Core.Tests.Lotteries;
using Sortition.Core.Sampling;
using Xunit;

namespace Sortition.Core.Tests.Sampling;

/// <summary>Tables for every choice of what is tracked, and the pools that the tests of uniform panels go through.</summary>
internal static class Counting
{
    /// <summary>Problems with all that makes counting hard: the seed of a tiny pool, chosen because it has many panels.</summary>
    public static IEnumerable<(int Seed, SelectionProblem Problem, List<int[]> Panels)> Pools(int from, int to, int leastPanels)
    {
        for (int seed = from; seed < to; seed++)
        {
            SelectionProblem problem = TinyPools.Problem(seed);
            List<int[]> panels = TinyPools.AllPanels(problem);
            if (panels.Count >= leastPanels)
            {
                yield return (seed, problem, panels);
            }
        }
    }

    /// <summary>All choices of groups and of households, each with its table and fitted weights.</summary>
    public static IEnumerable<TableWeights> Tables(PanelSpace space)
    {
        SeatModel model = new(space);
        for (int set = 0; set < 1 << space.Groups.Length; set++)
        {
            int[] groups = [.. Enumerable.Range(0, space.Groups.Length).Where(g => (set & (1 << g)) != 0)];
            foreach (bool withHouseholds in space.Households.Length == 0 ? new[] { false } : [false, true])
            {
                TrackedRows? tracked = TrackedRows.Of(space, groups, withHouseholds);
                Assert.NotNull(tracked);
                SeatTable? table = SeatTable.Build(tracked, 1_000_000, default);
                Assert.NotNull(table);
                yield return TableFit.Fit(table, model, default);
            }
        }
    }

    /// <summary>Draws from a table and tests that every panel is as likely as any other.</summary>
    public static void AssertUniform(TableWeights weights, List<int[]> panels, string seed, double leastError = 0)
    {
        Dictionary<string, int> indexOf = panels.Select((p, i) => (Key(p), i)).ToDictionary(p => p.Item1, p => p.i);
        int[] counts = new int[panels.Count];
        SeatDraw draw = new(weights, default, leastError);
        RandomSource random = RandomSource.Seeded(seed);
        for (int d = 0; d < 30 * panels.Count; d++)
        {
            int[]? members = TableSampler.DrawOne(draw, random, 1_000_000, out _, default);
            Assert.NotNull(members);
            Assert.True(indexOf.TryGetValue(Key(members), out int index), "What was drawn is no panel.");
            counts[index]++;
        }

        if (panels.Count > 1)
        {
            Statistics.AssertFits(counts, [.. panels.Select(_ => 1.0 / panels.Count)]);
        }
    }

    /// <summary>Everybody's chance on a uniform panel, by going through all of them.</summary>
    public static double[] Chances(SelectionProblem problem, List<int[]> panels)
    {
        double[] chances = new double[problem.People.Count];
        foreach (int[] panel in panels)
        {
            foreach (int i in panel)
            {
                chances[i] += 1.0 / panels.Count;
            }
        }

        return chances;
    }

    private static string Key(int[] members) => string.Join(',', members);
}
