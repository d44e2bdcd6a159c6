using Sortition.Core.Lotteries;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>Redoes the proof that a lottery is leximin, person by person.</summary>
/// <remarks>
/// Each claim says Σ w_i·π_i ≤ limit for every lottery. Let π be one that is at least as good as ours. Suppose it agrees with ours on all people settled by earlier claims; then,
/// as the sorted vectors still compare without them, it gives nobody else less than the lowest value v among those left. Where the claim weighs, apart from settled people, only
/// people who have just v, π gives all whom it weighs at least what we do; and where we reach the limit, π cannot give any of them more. So it agrees on those, too.
/// People sure of a seat cannot get more anyway: they count as settled from the value at which they are.
/// </remarks>
internal static class LeximinProofCheck
{
    public static void Run(SelectionProblem problem, Certificate certificate, double[] chances, double[] entitlements, int[] covered)
    {
        const double Tolerance = 2e-9;
        double Value(int i) => chances[i] / entitlements[i];
        HashSet<int> left = [.. covered.Where(i => chances[i] < 1 - 1e-9)];
        HashSet<int> sure = [.. covered.Except(left)];
        foreach (WeightClaim claim in certificate.Claims)
        {
            int[] weighed = [.. covered.Where(i => claim.Weights[problem.TypeTable.TypeOf[i]] > 0)];
            int[] settled = [.. weighed.Where(left.Contains)];
            Assert.NotEmpty(settled);
            double lowest = left.Min(Value);
            Assert.All(settled, i => Assert.InRange(Value(i), lowest, lowest * (1 + Tolerance)));
            Assert.All(weighed.Where(sure.Contains), i => Assert.True(Value(i) <= lowest * (1 + Tolerance)));
            double reached = weighed.Sum(i => claim.Weights[problem.TypeTable.TypeOf[i]] * chances[i]);
            Assert.All(settled, i => Assert.True(claim.Limit - reached <= Tolerance * chances[i] * claim.Weights[problem.TypeTable.TypeOf[i]]));
            left.ExceptWith(settled);
        }

        Assert.Empty(left);
    }
}
