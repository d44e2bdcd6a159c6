using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Targets;

namespace Sortition.Testing;

/// <summary>Copies with some parts changed.</summary>
internal static class With
{
    public static Certificate Change(this Certificate old, Objective? objective = null, CertificateStatus? status = null, double? value = null, double? bound = null, IReadOnlyList<WeightClaim>? claims = null, double? epsilon = null) =>
        new(objective ?? old.Objective, status ?? old.Status, value ?? old.Value, bound ?? old.Bound, claims ?? old.Claims, epsilon ?? old.Epsilon);

    public static WeightClaim Change(this WeightClaim old, IReadOnlyList<long>? weights = null, IReadOnlyList<long>? capWeights = null, long? limit = null, IReadOnlyList<ConstraintPrice>? prices = null, double? value = null, double? bound = null, string? confirmedBy = null) =>
        new(weights ?? old.Weights, capWeights ?? old.CapWeights, limit ?? old.Limit, prices ?? old.Prices, value ?? old.Value, bound ?? old.Bound, confirmedBy ?? old.ConfirmedBy);

    public static UnselectablePerson Change(this UnselectablePerson old, int? person = null, IReadOnlyList<Constraint>? constraints = null) =>
        new(person ?? old.Person, constraints ?? old.Constraints);

    public static QuotaInput Change(
        this QuotaInput old, IReadOnlyList<FeatureValue>? condition = null, int? min = null, int? max = null, int? minFlex = null, int? maxFlex = null) => new()
        {
            Condition = condition ?? old.Condition,
            Min = min ?? old.Min,
            Max = max ?? old.Max,
            MinFlex = minFlex ?? old.MinFlex,
            MaxFlex = maxFlex ?? old.MaxFlex,
            Location = old.Location,
            Column = old.Column,
        };

    public static PopulationInput Change(this PopulationInput old, IReadOnlyList<FeatureValue>? condition = null, decimal? number = null) =>
        new() { Condition = condition ?? old.Condition, Number = number ?? old.Number, Location = old.Location };
}
