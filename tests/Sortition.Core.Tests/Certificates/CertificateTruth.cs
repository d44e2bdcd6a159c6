using System.Numerics;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Objectives;

namespace Sortition.Core.Tests.Certificates;

/// <summary>Whether what a lottery's certificate says is true, by going through every panel and person of a tiny pool.</summary>
internal sealed class CertificateTruth
{
    private readonly SelectionProblem _problem;
    private readonly List<int[]> _panels;
    private readonly int[] _covered;
    private readonly Dictionary<string, double[]> _best = [];

    public CertificateTruth(SelectionProblem problem)
    {
        _problem = problem;
        _panels = TinyPools.AllPanels(problem);
        _covered = BruteForce.Covered(_panels);
    }

    /// <summary>The first statement that is false; null if all are true. The lottery must be called optimal.</summary>
    public string? Lie(PanelLottery lottery)
    {
        Certificate certificate = lottery.Certificate;
        return CoverageIsTrue(lottery.Uncovered) is string coverage ? coverage
            : certificate.Claims.Any(c => !IsTrue(c)) ? "a claim"
            : OptimalityIsTrue(lottery);
    }

    private string? CoverageIsTrue(IReadOnlyList<UnselectablePerson> uncovered)
    {
        if (!uncovered.Select(u => u.Person).SequenceEqual(Enumerable.Range(0, _problem.People.Count).Except(_covered)))
        {
            return "who is uncovered";
        }

        foreach (UnselectablePerson person in uncovered)
        {
            bool mustBeOut = _problem.People[person.Person].Status == PersonStatus.MustBeOut;
            if (mustBeOut ? person.Constraints.Count > 0 : GroupsWith(person.Person).Any(group => person.Constraints.All(c => Holds(c, group))))
            {
                return "why somebody is uncovered";
            }
        }

        return null;
    }

    /// <summary>Every set of people who need not be out, with a given person, however large.</summary>
    private IEnumerable<int[]> GroupsWith(int person)
    {
        int[] people = [.. Enumerable.Range(0, _problem.People.Count).Where(i => _problem.People[i].Status != PersonStatus.MustBeOut)];
        return Enumerable.Range(0, 1 << people.Length).Select(set => people.Where((_, bit) => (set >> bit & 1) == 1).ToArray()).Where(group => group.Contains(person));
    }

    private bool Holds(Constraint constraint, int[] group) => constraint.Kind switch
    {
        ConstraintKind.PanelSize => group.Length == _problem.PanelSize,
        ConstraintKind.QuotaMinimum => Matching(constraint, group) >= constraint.Quota!.Min,
        ConstraintKind.QuotaMaximum => Matching(constraint, group) <= constraint.Quota!.Max,
        ConstraintKind.HouseholdLimit => group.Where(i => _problem.People[i].Household is not null).GroupBy(i => _problem.People[i].Household).All(g => g.Count() <= _problem.HouseholdLimit),
        ConstraintKind.MustBeIn => Enumerable.Range(0, _problem.People.Count).All(i => _problem.People[i].Status != PersonStatus.MustBeIn || group.Contains(i)),
        _ => true,
    };

    private int Matching(Constraint constraint, int[] group) => group.Count(i => _problem.Matches(_problem.People[i], constraint.Quota!));

    private bool IsTrue(WeightClaim claim)
    {
        BigInteger WeightOf(int i)
        {
            int type = _problem.TypeTable.TypeOf[i];
            return (BigInteger)claim.Weights[type] - (claim.CapWeights.Count > 0 ? claim.CapWeights[type] : 0);
        }

        if (claim.Weights.Concat(claim.CapWeights).Any(w => w < 0) || _panels.Max(p => p.Aggregate(BigInteger.Zero, (sum, i) => sum + WeightOf(i))) > claim.Limit)
        {
            return false;
        }

        if (claim.Prices.Count == 0)
        {
            return true;
        }

        BigInteger limit = 0;
        Dictionary<int, BigInteger> scores = _covered.ToDictionary(i => i, _ => BigInteger.Zero);
        foreach (ConstraintPrice price in claim.Prices)
        {
            (BigInteger bound, Func<int, bool> counts) = price.Constraint.Kind switch
            {
                ConstraintKind.PanelSize => (_problem.PanelSize, _ => true),
                ConstraintKind.QuotaMinimum when price.Price < 0 => (price.Constraint.Quota!.Min, i => _problem.Matches(_problem.People[i], price.Constraint.Quota)),
                ConstraintKind.QuotaMaximum when price.Price > 0 => (price.Constraint.Quota!.Max, i => _problem.Matches(_problem.People[i], price.Constraint.Quota)),
                ConstraintKind.HouseholdLimit when price.Price > 0 => (
                    HouseholdsOf(price.HouseholdClass!.Value) * _problem.HouseholdLimit!.Value,
                    (Func<int, bool>)(i => _problem.TypeTable.Types[_problem.TypeTable.TypeOf[i]].HouseholdClass == price.HouseholdClass)),
                _ => throw new ArgumentException("A price that proves nothing was let through.", nameof(claim)),
            };
            limit += price.Price * bound;
            foreach (int i in _covered.Where(counts))
            {
                scores[i] += price.Price;
            }
        }

        foreach (int i in _covered)
        {
            BigInteger excess = WeightOf(i) - scores[i];
            limit += excess > 0 || _problem.People[i].Status == PersonStatus.MustBeIn ? excess : 0;
        }

        return limit <= claim.Limit;
    }

    private int HouseholdsOf(int householdClass) =>
        Enumerable.Range(0, _problem.People.Count)
            .Where(i => _problem.TypeTable.TypeOf[i] is >= 0 and int t && _problem.TypeTable.Types[t].HouseholdClass == householdClass)
            .Select(i => _problem.People[i].Household)
            .Distinct()
            .Count();

    private string? OptimalityIsTrue(PanelLottery lottery)
    {
        Certificate certificate = lottery.Certificate;
        double[] chances = lottery.SelectionProbabilities();
        (double n, double k) = (_covered.Length, _problem.PanelSize);
        double lowest = _covered.Min(i => chances[i]);
        double highest = _covered.Max(i => chances[i]);
        bool isWeighted = certificate.Objective.Name == "weighted-leximin";
        double[] entitlements = [.. _problem.People.Select(p => isWeighted ? p.Entitlement : 1)];
        double value = certificate.Objective.Name switch
        {
            "nash" => Math.Exp(_covered.Average(i => Math.Log(chances[i]))),
            "minimax" => highest,
            "goldilocks" => (n / k * highest) + (certificate.Objective.Parameter!.Value * k / n / lowest),
            _ => _covered.Min(i => chances[i] / entitlements[i]),
        };
        double[] best = Best(certificate, entitlements);
        if (!(Math.Abs(certificate.Value - value) <= 1e-11 * value))
        {
            return "the value";
        }

        bool isMinimised = certificate.Objective.Name is "minimax" or "goldilocks";
        bool isLeximin = certificate.Objective.Name is "leximin" or "weighted-leximin";
        double optimum = isLeximin ? _covered.Min(i => best[i] / entitlements[i]) : best[0];
        if (isMinimised ? certificate.Bound > optimum * (1 + 1e-7) : certificate.Bound < optimum * (1 - 1e-7))
        {
            return FormattableString.Invariant($"the bound, as {optimum} can be reached");
        }

        // Nash in brute force is good to 1e-9; a lottery is optimal to 1e-7.
        bool isOptimal = isLeximin ? _covered.All(i => Math.Abs(best[i] - chances[i]) <= 1e-7) : Math.Abs(value - best[0]) <= 3e-7 * best[0];
        return isOptimal ? null : "that the lottery is optimal";
    }

    /// <summary>The best value, or the chances where these are unique and nothing else says what is best.</summary>
    private double[] Best(Certificate certificate, double[] entitlements)
    {
        string key = FormattableString.Invariant($"{certificate.Objective.Name} {certificate.Objective.Parameter}");
        if (!_best.TryGetValue(key, out double[]? best))
        {
            _best.Add(key, best = certificate.Objective.Name switch
            {
                "maximin" => [BruteForce.LowestChance(_panels)],
                "nash" => [Math.Exp(BruteForce.Nash(_panels, _problem.People.Count).Where((_, i) => _covered.Contains(i)).Average(Math.Log))],
                "minimax" => [BruteForce.HighestChance(_panels)],
                "goldilocks" => [BruteForce.Goldilocks(_panels, certificate.Objective.Parameter!.Value)],
                _ => BruteForce.Leximin(_panels, entitlements),
            });
        }

        return best;
    }
}
