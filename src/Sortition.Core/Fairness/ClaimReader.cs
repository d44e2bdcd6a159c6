using Sortition.Core.Engine;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Fairness;

/// <summary>Reads a certificate for explanations: which claim settles whom, and what each would bound if its limit were higher.</summary>
/// <remarks>
/// How a claim bounds its objective is derived in docs/algorithms.md, and for each objective where its certificate is made. A certificate that was read from a
/// file may claim anything.
/// </remarks>
internal sealed class ClaimReader
{
    private readonly PanelLottery _lottery;
    private readonly Objective _objective;
    private readonly CoveredPeople _people;
    private readonly int[] _settledBy;

    public ClaimReader(PanelLottery lottery)
    {
        _lottery = lottery;
        _objective = lottery.Certificate.Objective;
        _people = CoveredPeople.FromLottery(lottery);
        _settledBy = Settle();
    }

    /// <summary>What the claims bound.</summary>
    public ExplainedValue Explains => _objective.Explains;

    /// <summary>Whether one claim bounds the objective for everybody.</summary>
    public bool HasOneClaim => _objective is { IsKnown: true, IsSettledInTurn: false } && _lottery.Certificate.Claims.Count == 1;

    public WeightClaim this[int claim] => _lottery.Certificate.Claims[claim];

    /// <summary>The claim that settles a type, or -1.</summary>
    public int SettledBy(int type) => _settledBy[type];

    /// <summary>The people whom a claim settles.</summary>
    public IReadOnlyList<int> SettledWith(int claim) =>
        [.. Enumerable.Range(0, _settledBy.Length).Where(t => _settledBy[t] == claim).SelectMany(t => _lottery.Types[t].Members)];

    public bool IsSure(int type) => _lottery.ProbabilityOfType(type) >= 1 - Tolerances.SureSeat;

    /// <summary>What turns a claim's value into a chance.</summary>
    public double EntitlementOf(int type) => _objective.EntitlementOf(_lottery.Types[type]);

    /// <summary>
    /// The constraints with a price: by how much they would give, and by how much the claim's limit would rise. The household limit is one constraint, whose
    /// rise by one lets one person more of every household in: of a class of H households H, each at the price of the class.
    /// </summary>
    public IEnumerable<(Constraint Constraint, int Seats, long Price)> Prices(int claim)
    {
        Int128 household = 0;
        foreach (ConstraintPrice price in this[claim].Prices)
        {
            if (price.Constraint.Kind == ConstraintKind.HouseholdLimit)
            {
                HouseholdClass[] classes = _lottery.Problem.TypeTable.Classes;
                household += (Int128)price.Price * (price.HouseholdClass is int c && c < classes.Length ? classes[c].Households.Length : 1);
            }
            else if (price.Price != 0)
            {
                bool isFewerMembers = price.Price < 0 && price.Constraint.Kind == ConstraintKind.PanelSize;
                yield return (price.Constraint, isFewerMembers ? -1 : 1, price.Price == long.MinValue ? long.MaxValue : Math.Abs(price.Price));
            }
        }

        if (household > 0)
        {
            yield return (new Constraint(ConstraintKind.HouseholdLimit), 1, (long)Int128.Min(household, long.MaxValue));
        }
    }

    /// <summary>
    /// What a claim would bound if its limit were higher: an upper bound where the objective is maximised, a lower one for minimax and Goldilocks.
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="rise">By how much, 0 or more.</param>
    /// <param name="constraint">The constraint that gives.</param>
    /// <param name="seats">By how many seats it gives.</param>
    public double BoundIfLimitRises(int claim, long rise, Constraint constraint, int seats)
    {
        WeightClaim read = this[claim];
        double limit = (double)read.Limit + rise;
        if (!_objective.IsSettledInTurn)
        {
            int panelSize = _lottery.Problem.PanelSize + (constraint.Kind == ConstraintKind.PanelSize ? seats : 0);
            return _objective.BoundOf(read, limit, new CoveredPeople(panelSize, _lottery.Types, _people.Counts));
        }

        // What those have who were settled before, or are sure of a seat, is theirs; the rest is for those whom the claim settles, in proportion to what they
        // are entitled to.
        double others = _people.Sum(t => _settledBy[t] == claim ? 0 : read.Weights[t] * _lottery.ProbabilityOfType(t));
        return (limit - others) / _people.Sum(t => _settledBy[t] == claim ? read.Weights[t] * EntitlementOf(t) : 0);
    }

    /// <summary>A claim settles the people it weighs who are not settled by one before it, nor sure of a seat.</summary>
    private int[] Settle()
    {
        int[] settledBy = new int[_people.Counts.Count];
        Array.Fill(settledBy, -1);
        IReadOnlyList<WeightClaim> claims = !_objective.IsKnown ? [] : _lottery.Certificate.Claims;
        for (int c = 0; c < claims.Count; c++)
        {
            WeightClaim claim = claims[c];
            for (int t = 0; t < settledBy.Length; t++)
            {
                bool isWeighed = claim.Weights[t] > 0 || (claim.CapWeights.Count > 0 && claim.CapWeights[t] > 0);
                if (isWeighed && settledBy[t] < 0 && _people.Counts[t] > 0 && !IsSure(t))
                {
                    settledBy[t] = c;
                }
            }
        }

        return settledBy;
    }
}
