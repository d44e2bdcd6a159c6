using System.Numerics;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Objectives;

/// <summary>What is called proven is reached as a fraction, but for the rounding of R probabilities to whole numbers over 2⁶²; person by person.</summary>
internal static class ExactCheck
{
    public static void Run(PanelLottery lottery)
    {
        Certificate certificate = lottery.Certificate;
        SelectionProblem problem = lottery.Problem;
        int[] covered = [.. Enumerable.Range(0, problem.People.Count).Except(lottery.Uncovered.Select(u => u.Person))];
        BigRational rounding = new(lottery.Panels.Count, BigInteger.Pow(2, 62));
        BigInteger[] seats = new BigInteger[problem.Types.Count];
        foreach ((PanelComposition panel, TypeSeats of) in lottery.Panels.SelectMany(p => p.Seats.Select(s => (p, s))))
        {
            seats[of.Type] += (BigInteger)panel.Weight * of.Seats;
        }

        BigRational[] chances = [.. seats.Select((s, t) => new BigRational(s, BigInteger.Pow(2, 62) * problem.Types[t].Members.Count))];
        switch (certificate.Objective.Name)
        {
            case "maximin":
                AssertNear(new BigRational(Single().Limit, Sum(Single().Weights)), covered.Min(Chance));
                break;
            case "minimax":
                AssertNear(new BigRational(-(BigInteger)Single().Limit, Sum(Single().CapWeights)), covered.Max(Chance));
                break;
            case "leximin":
                InTurn(_ => BigRational.One);
                break;
            case "weighted-leximin":
                InTurn(i => Exactly(problem.People[i].Entitlement));
                break;
        }

        void InTurn(Func<int, BigRational> entitlement)
        {
            Dictionary<int, BigRational> settled = [];
            foreach (int i in covered.Where(i => (BigRational.One - Chance(i)).CompareTo(rounding) <= 0))
            {
                settled.Add(i, BigRational.One);
            }

            BigRational last = BigRational.Zero;
            foreach (WeightClaim claim in certificate.Claims)
            {
                int[] weighed = [.. covered.Where(i => Of(claim.Weights, i) > 0)];
                int[] open = [.. weighed.Where(i => !settled.ContainsKey(i))];
                BigRational left = weighed.Except(open).Aggregate(new BigRational(claim.Limit, 1), (sum, i) => sum - (settled[i] * new BigRational(Of(claim.Weights, i), 1)));
                BigRational value = left / open.Aggregate(BigRational.Zero, (sum, i) => sum + (entitlement(i) * new BigRational(Of(claim.Weights, i), 1)));
                Assert.True(value.CompareTo(last) >= 0);
                last = value;
                foreach (int i in open)
                {
                    settled.Add(i, value * entitlement(i));
                    AssertNear(settled[i], Chance(i));
                }
            }

            Assert.Equal(covered.Length, settled.Count);
        }

        WeightClaim Single() => Assert.Single(certificate.Claims);

        long Of(IReadOnlyList<long> weights, int person) => weights[problem.TypeOf(person)];

        BigInteger Sum(IReadOnlyList<long> weights) => covered.Aggregate(BigInteger.Zero, (sum, i) => sum + Of(weights, i));

        void AssertNear(BigRational wanted, BigRational found) =>
            Assert.True((wanted - found).CompareTo(rounding) <= 0 && (found - wanted).CompareTo(rounding) <= 0, $"wanted {wanted}, found {found}");

        BigRational Chance(int person) => chances[problem.TypeOf(person)];
    }

    /// <summary>The very value of a floating-point number: its bits, scaled.</summary>
    private static BigRational Exactly(double number)
    {
        int scale = 0;
        while (number != Math.Floor(number))
        {
            number *= 2;
            scale++;
        }

        return new BigRational((BigInteger)number, BigInteger.Pow(2, scale));
    }
}
