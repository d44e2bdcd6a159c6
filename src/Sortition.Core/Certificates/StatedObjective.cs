using Sortition.Core.Lotteries;

namespace Sortition.Core.Certificates;

/// <summary>The objective that a certificate names, what it makes of a lottery and what it makes of a claim. Derived in docs/algorithms.md, "How a claim bounds an objective".</summary>
internal sealed class StatedObjective
{
    private readonly PanelLottery _lottery;
    private readonly string _name;
    private readonly double _gamma;

    private StatedObjective(PanelLottery lottery)
    {
        _lottery = lottery;
        _name = lottery.Certificate.Objective;
        _gamma = lottery.Certificate.Gamma ?? 1;
    }

    /// <summary>Whether the claims settle people one after the other.</summary>
    public bool IsLeximin => _name is "leximin" or "weighted-leximin";

    /// <summary>Whether more is better.</summary>
    public bool IsMaximised => !HoldsHighChancesDown;

    /// <summary>Whether claims have weights that are taken off.</summary>
    public bool HoldsHighChancesDown => _name is "minimax" or "goldilocks";

    /// <summary>Whether there is a γ.</summary>
    public bool HasGamma => _name is "goldilocks";

    /// <summary>The largest relative gap that counts as proven optimal.</summary>
    public double ProvenGap => _name is "nash" or "goldilocks" ? 1e-7 : 1e-9;

    /// <summary>The value that no lottery is worse than, which is stated where a computation was cut short before it was known who is covered.</summary>
    public double Worst => _name switch { "minimax" => 1, "goldilocks" => double.PositiveInfinity, _ => 0 };

    /// <summary>Whether a number can be a γ.</summary>
    public static bool IsGamma(double gamma) => gamma is >= 1e-6 and <= 1e6;

    /// <summary>The objective that the lottery's certificate names; null if there is none.</summary>
    public static StatedObjective? Of(PanelLottery lottery) =>
        lottery.Certificate.Objective is "maximin" or "leximin" or "weighted-leximin" or "nash" or "minimax" or "goldilocks" ? new StatedObjective(lottery) : null;

    /// <summary>What a person of the type is measured by.</summary>
    public double Entitlement(int type) => _name is "weighted-leximin" ? _lottery.Types[type].Entitlement : 1;

    /// <summary>What the lottery reaches.</summary>
    /// <param name="people">How many covered people there are of each type.</param>
    public double Value(double[] people)
    {
        double lowest = double.PositiveInfinity;
        double highest = 0;
        double logs = 0;
        for (int t = 0; t < people.Length; t++)
        {
            if (people[t] > 0)
            {
                double chance = _lottery.ProbabilityOfType(t);
                lowest = Math.Min(lowest, chance / Entitlement(t));
                highest = Math.Max(highest, chance);
                logs += people[t] * Math.Log(chance);
            }
        }

        double mean = _lottery.Problem.PanelSize / people.Sum();
        return _name switch
        {
            "nash" => Math.Exp(logs / people.Sum()),
            "minimax" => highest,
            "goldilocks" => (highest / mean) + (_gamma * mean / lowest),
            _ => lowest,
        };
    }

    /// <summary>What one claim proves, where one claim bounds the objective; a bound that holds anyway if it proves nothing.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="people">How many covered people there are of each type.</param>
    /// <param name="value">What the lottery reaches: no bound is better than that.</param>
    public double Bound(WeightClaim claim, double[] people, double value)
    {
        double limit = claim.Limit;
        double n = people.Sum();
        double mean = _lottery.Problem.PanelSize / n;
        double weights = Total(t => claim.Weights[t]);
        switch (_name)
        {
            case "maximin":
                return weights > 0 ? Math.Min(1, limit / weights) : 1;
            case "nash":
                return Math.Max(value, limit / n / Math.Exp(Total(t => Math.Log(claim.Weights[t])) / n));
            default:
                double caps = Total(t => claim.CapWeights[t]);
                double bound = HasGamma ? (-limit / caps / mean) + (2 * Math.Sqrt(_gamma * weights / caps)) : -limit / caps;
                return caps > 0 ? Math.Min(value, bound) : 0;
        }

        double Total(Func<int, double> ofPerson)
        {
            double total = 0;
            for (int t = 0; t < people.Length; t++)
            {
                total += people[t] > 0 ? people[t] * ofPerson(t) : 0;
            }

            return total;
        }
    }
}
