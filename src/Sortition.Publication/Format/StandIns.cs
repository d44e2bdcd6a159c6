using System.Globalization;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Publication.Format;

/// <summary>The same lottery over nameless people: as many of each type as there are, but nothing of who they are.</summary>
internal static class StandIns
{
    public static PanelLottery Of(PanelLottery lottery)
    {
        SelectionProblem problem = lottery.Problem;
        SelectionProblemBuilder builder = new(problem.PanelSize);
        foreach (Feature feature in problem.Features)
        {
            builder.Feature(feature.Name, feature.Values);
        }

        foreach (Quota quota in problem.Quotas)
        {
            builder.Quota(new QuotaInput { Condition = quota.Condition, Min = quota.Min, Max = quota.Max });
        }

        if (problem.HouseholdLimit is int limit)
        {
            builder.HouseholdLimit(limit);
        }

        Dictionary<string, int> featureIndex = problem.Features.Select((f, i) => (f.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        List<StandIn> people = [.. lottery.Types.SelectMany((type, t) => type.Members.Select((_, m) => new StandIn(t, m)))];
        Dictionary<int, int> householdsOfClass = HouseholdsOfClasses(problem, lottery);
        builder.People(people, new PersonReader<StandIn>
        {
            Id = p => Id(lottery, p),
            Value = (p, feature) => lottery.Types[p.Type].Values[featureIndex[feature]],
            Household = p =>
                lottery.Types[p.Type].HouseholdClass is int c ? string.Create(CultureInfo.InvariantCulture, $"{c} {p.Member % householdsOfClass[c]}") : null,
            Status = p => lottery.Types[p.Type].Status,
            Entitlement = p => lottery.Types[p.Type].Entitlement,
        });
        SelectionProblem standIns = builder.Build();
        Dictionary<Quota, Quota> quotas = problem.Quotas.Zip(standIns.Quotas).ToDictionary(q => q.First, q => q.Second);
        Certificate stated = lottery.Certificate;
        Certificate certificate = new(stated.Objective, stated.Status, stated.Value, stated.Bound, [.. stated.Claims.Select(SameClaim)]);
        List<UnselectablePerson> uncovered = [];
        HashSet<int> uncoveredTypes = [];
        int?[] typeOf = PublishedLottery.TypesOfPeople(lottery);
        foreach (UnselectablePerson person in lottery.Uncovered)
        {
            if (typeOf[person.Person] is int t && uncoveredTypes.Add(t))
            {
                uncovered.AddRange(Enumerable.Range(0, lottery.Types[t].Members.Count)
                    .Select(m => new UnselectablePerson(standIns.IndexOf(Id(lottery, new StandIn(t, m))), [.. person.Constraints.Select(Same)])));
            }
        }

        return PanelLottery.Create(standIns, lottery.Panels.Select(p => (p.Seats, p.Weight)), [.. uncovered.OrderBy(u => u.Person)], certificate);

        WeightClaim SameClaim(WeightClaim claim) => new(
            claim.Weights,
            claim.CapWeights,
            claim.Limit,
            [.. claim.Prices.Select(p => new ConstraintPrice(Same(p.Constraint), p.Price, p.HouseholdClass))],
            claim.Value,
            claim.Bound,
            claim.ConfirmedBy);

        Constraint Same(Constraint constraint) => constraint.Quota is null ? constraint : new Constraint(constraint.Kind, quotas[constraint.Quota]);
    }

    /// <summary>Ids that stand in the order of types: "type 007, person 2" of so many.</summary>
    private static string Id(PanelLottery lottery, StandIn person)
    {
        int typeDigits = lottery.Types.Count.ToString(CultureInfo.InvariantCulture).Length;
        int memberDigits = lottery.Types[person.Type].Members.Count.ToString(CultureInfo.InvariantCulture).Length;
        string type = (person.Type + 1).ToString(CultureInfo.InvariantCulture).PadLeft(typeDigits, '0');
        return $"type {type}, person {(person.Member + 1).ToString(CultureInfo.InvariantCulture).PadLeft(memberDigits, '0')}";
    }

    /// <summary>How many households a class has. All are alike, so that it is enough to put the members of each type into them in turn.</summary>
    private static Dictionary<int, int> HouseholdsOfClasses(SelectionProblem problem, PanelLottery lottery) =>
        lottery.Types.Where(t => t.HouseholdClass is not null)
            .GroupBy(t => t.HouseholdClass!.Value)
            .ToDictionary(g => g.Key, g => g.SelectMany(t => t.Members).Select(i => problem.People[i].Household).Distinct().Count());

    private readonly record struct StandIn(int Type, int Member);
}
