using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Fairness;

/// <summary>Sorts people by the reasons of their chances.</summary>
internal sealed class ExplanationParts
{
    private readonly PanelLottery _lottery;
    private readonly SelectionProblem _problem;
    private readonly ClaimReader _claims;
    private readonly Dictionary<int, UnselectablePerson> _uncovered;
    private readonly Lazy<Constraint[]> _tight;

    public ExplanationParts(PanelLottery lottery)
    {
        _lottery = lottery;
        _problem = lottery.Problem;
        _claims = new ClaimReader(lottery);
        _uncovered = lottery.Uncovered.ToDictionary(u => u.Person);
        _tight = new(() => [.. TightConstraints.Of(lottery)]);
    }

    public IReadOnlyList<ExplanationPart> Of(int[] people) =>
        [.. people.GroupBy(KeyOf).Select(g => Part(g.Key, [.. g])).OrderBy(p => p.LowestChance).ThenBy(p => p.People[0])];

    private Key KeyOf(int person)
    {
        int type = _problem.TypeTable.TypeOf[person];
        if (type < 0)
        {
            return new Key(ChanceReason.MustBeOut);
        }

        if (_uncovered.ContainsKey(person))
        {
            // People of one type are kept out by the same constraints.
            return new Key(ChanceReason.Uncovered, Type: type);
        }

        if (_lottery.Types[type].Status == PersonStatus.MustBeIn)
        {
            return new Key(ChanceReason.MustBeIn);
        }

        if (_claims.IsSure(type))
        {
            return new Key(ChanceReason.AlwaysSelected);
        }

        if (_lottery.ProbabilityOfType(type) == 0)
        {
            return new Key(ChanceReason.NoChance);
        }

        int claim = _claims.SettledBy(type);
        return claim >= 0 ? new Key(ChanceReason.Settled, Claim: claim, Entitlement: _claims.EntitlementOf(type))
            : _claims.HasOneClaim ? new Key(ChanceReason.LeftOpen, Claim: 0)
            : new Key(ChanceReason.Unproven);
    }

    private ExplanationPart Part(Key key, int[] people)
    {
        double[] chances = [.. people.Select(_lottery.ProbabilityOf)];
        double lowest = chances.Min();
        WeightClaim? claim = key.Claim >= 0 ? _claims[key.Claim] : null;
        return new()
        {
            Reason = key.Reason,
            People = people,
            LowestChance = lowest,
            HighestChance = chances.Max(),
            Explains = _claims.Explains,
            Objective = _lottery.Certificate.Objective,
            Obstacles = key.Reason == ChanceReason.Uncovered ? _uncovered[people[0]].Constraints : [],
            Claim = claim,
            Settled = claim is null ? [] : _claims.SettledWith(key.Claim),
            Entitlement = claim is null ? _ => 1 : i => _claims.EntitlementOf(_problem.TypeTable.TypeOf[i]),
            Value = claim?.Value * key.Entitlement,
            Constraints = key.Reason is ChanceReason.AlwaysSelected or ChanceReason.NoChance ? [.. Tight().Where(c => c.CountsThem)]
                : claim is null ? []
                : claim.Prices.Count > 0 ? Priced()
                : Tight(),
        };

        IReadOnlyList<BindingConstraint> Priced() =>
        [
            .. _claims.Prices(key.Claim)
                .Select(p => new BindingConstraint(p.Constraint, p.Seats, p.Price, Bound(p.Constraint, p.Seats, p.Price), Counts(p.Constraint)))
                .OrderByDescending(c => Math.Abs(c.Bound!.Value - lowest)),
        ];

        double Bound(Constraint constraint, int seats, long price)
        {
            double bound = _claims.BoundIfLimitRises(key.Claim, price, constraint, seats) * key.Entitlement;
            return _claims.Explains == ExplainedValue.OwnChance ? Math.Min(1, bound) : bound;
        }

        IReadOnlyList<BindingConstraint> Tight() => [.. _tight.Value.Select(c => new BindingConstraint(c, 1, null, null, Counts(c)))];

        bool Counts(Constraint constraint) => constraint.Kind switch
        {
            ConstraintKind.QuotaMinimum or ConstraintKind.QuotaMaximum => people.Any(i => _problem.Matches(_problem.People[i], constraint.Quota!)),
            ConstraintKind.HouseholdLimit => people.Any(i => _lottery.Types[_problem.TypeTable.TypeOf[i]].HouseholdClass is not null),
            _ => true,
        };
    }

    private sealed record Key(ChanceReason Reason, int Claim = -1, double Entitlement = 1, int Type = -1);
}
