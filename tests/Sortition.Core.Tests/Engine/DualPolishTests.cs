using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Relaxation;
using Xunit;

namespace Sortition.Core.Tests.Engine;

/// <summary>Prices known but for rounding, in pools of many kinds: whole numbers, by which whoever weighed nothing weighs nothing.</summary>
public class DualPolishTests
{
    [Fact]
    public void Whole_prices_are_near_the_given_ones_and_keep_every_score_of_nothing()
    {
        int tested = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"prices {seed}"));
            QuotaPolytope polytope = QuotaPolytope.Of(ManyKinds.Problem(seed, people: 150, features: 4, panelSize: 20));
            int rows = polytope.Rows.Count;
            long[] known = [.. Enumerable.Range(0, rows).Select(_ => random.NextBelow(7) - 3), .. new long[polytope.HouseholdRows.Count]];
            int[] nothing = [.. Enumerable.Range(0, polytope.TypeCount).Where(t => Score(t, known) == 0)];
            if (nothing.Length == 0)
            {
                continue;
            }

            // Other scores are whole numbers, so that noise of a millionth does not make them nothing.
            double[] noisy = [.. known.Select(p => p == 0 ? 0 : (p * 0.7310585) + ((random.NextBelow(2001) - 1000) * 1e-11))];
            DualPolish polish = new(polytope, _ => true, noisy);
            double[] sharp = polish.Sharpen();
            long[]? whole = polish.InWholeNumbers(sharp, 1L << 40);
            Assert.NotNull(whole);
            Assert.All(nothing, t => Assert.Equal(0, Score(t, whole)));
            double scale = whole.Max(Math.Abs) / (double)known.Max(Math.Abs);
            Assert.All(known.Zip(whole), pair => Assert.Equal(pair.First * scale, pair.Second, 1e-3 * whole.Max(Math.Abs)));
            tested++;

            long Score(int type, long[] prices) => polytope.RowsOf[type].Sum(r => prices[r]);
        }

        Assert.True(tested > 50, $"{tested} tested");
    }
}
