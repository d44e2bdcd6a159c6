using System.Globalization;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Publication.Format;

/// <summary>The same lottery over nameless people: as many of each type as there are, but nothing of who they are.</summary>
internal static class StandIns
{
    /// <summary>The lottery over stand-ins.</summary>
    public static PanelLottery Of(PanelLottery lottery)
    {
        SelectionProblem problem = lottery.Problem;
        SelectionProblem standIns = Build(
            WithoutPeople(problem),
            [.. problem.Features.Select(f => f.Name)],
            [.. problem.Types.Select(t => new StandInType(t.Members.Count, t.Values, t.Status, t.Entitlement, t.HouseholdClass))],
            HouseholdsOfClasses(problem));
        return Over(standIns, lottery, [
            .. lottery.Uncovered.Where(u => problem.TypeOf(u.Person) >= 0).DistinctBy(u => problem.TypeOf(u.Person)).OrderBy(u => problem.TypeOf(u.Person))
                .SelectMany(u => standIns.Types[problem.TypeOf(u.Person)].Members.Select(i => (i, u.Constraints)))
        ]);
    }

    /// <summary>The lottery over stand-ins as one over the people they stand for, whose types are the same.</summary>
    /// <exception cref="MalformedInputException">A panel is none of these people.</exception>
    public static PanelLottery ForPeople(SelectionProblem people, PanelLottery standIns)
    {
        // A computation that was cut short before it was known who is covered lists nobody, not even those who must be out.
        bool isLeftOpen = standIns.Uncovered.Count == 0 && standIns.Certificate is { Status: CertificateStatus.NotProven, Claims.Count: 0 };
        Dictionary<int, IReadOnlyList<Constraint>> reasons = standIns.Uncovered.DistinctBy(u => standIns.Problem.TypeOf(u.Person))
            .ToDictionary(u => standIns.Problem.TypeOf(u.Person), u => u.Constraints);
        return Over(people, standIns, [
            .. Enumerable.Range(0, people.People.Count).Where(_ => !isLeftOpen)
                .Select(i => (i, people.TypeOf(i) is >= 0 and int t ? reasons.GetValueOrDefault(t) : []))
                .Where(u => u.Item2 is not null).Select(u => (u.i, u.Item2!))
        ]);
    }

    /// <summary>A builder that has a problem's features, quotas and household rule, but for how far quotas may give, and no people.</summary>
    public static SelectionProblemBuilder WithoutPeople(SelectionProblem problem)
    {
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

        return builder;
    }

    /// <summary>A problem of nameless people.</summary>
    /// <param name="builder">Has all but the people.</param>
    /// <param name="features">The names of the features.</param>
    /// <param name="types">The types, in their order.</param>
    /// <param name="households">How many households each class has. All are alike, so that it is enough to put the members of each type into them in
    /// turn.</param>
    /// <exception cref="MalformedInputException">There is no such problem.</exception>
    public static SelectionProblem Build(
        SelectionProblemBuilder builder, IReadOnlyList<string> features, IReadOnlyList<StandInType> types, IReadOnlyList<int> households)
    {
        Dictionary<string, int> indexOf = features.Select((f, i) => (f, i)).DistinctBy(p => p.f, StringComparer.Ordinal)
            .ToDictionary(p => p.f, p => p.i, StringComparer.Ordinal);
        int typeDigits = Digits(types.Count);
        return builder.People(types.SelectMany((type, t) => Enumerable.Range(0, type.People).Select(m => (Type: type, T: t, M: m))), new()
        {
            // Ids that stand in the order of types: "type 007, person 2" of so many.
            Id = p => $"type {Padded(p.T + 1, typeDigits)}, person {Padded(p.M + 1, Digits(p.Type.People))}",
            Value = (p, feature) => indexOf.TryGetValue(feature, out int f) ? p.Type.Values[f] : null,
            Household = p => p.Type.HouseholdClass is int c ? string.Create(CultureInfo.InvariantCulture, $"{c} {p.M % households[c]}") : null,
            Status = p => p.Type.Status,
            Entitlement = p => p.Type.Entitlement,
        }).Build();
    }

    /// <summary>Entry c: how many households class c has.</summary>
    public static int[] HouseholdsOfClasses(SelectionProblem problem) =>
    [
        .. problem.Types.Where(t => t.HouseholdClass is not null).GroupBy(t => t.HouseholdClass!.Value).OrderBy(g => g.Key)
            .Select(g => g.SelectMany(t => t.Members).Select(i => problem.People[i].Household).Distinct().Count())
    ];

    /// <summary>The lottery over another problem with the same quotas and types.</summary>
    private static PanelLottery Over(SelectionProblem problem, PanelLottery lottery, IEnumerable<(int Person, IReadOnlyList<Constraint> Reasons)> uncovered)
    {
        Dictionary<Quota, Quota> quotas = lottery.Problem.Quotas.Zip(problem.Quotas).ToDictionary(q => q.First, q => q.Second);
        Certificate stated = lottery.Certificate;
        Certificate certificate = new(
            stated.Objective, stated.Status, stated.Value, stated.Bound, [.. stated.Claims.Select(SameClaim)], stated.Epsilon);
        return PanelLottery.Create(
            problem,
            lottery.Panels.Select(p => (p.Seats, p.Weight)),
            [.. uncovered.Select(u => new UnselectablePerson(u.Person, [.. u.Reasons.Select(Same)]))],
            certificate);

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

    private static int Digits(int count) => Text(count).Length;

    private static string Padded(int number, int digits) => Text(number).PadLeft(digits, '0');

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>People whom no rule tells apart.</summary>
internal sealed record StandInType(int People, IReadOnlyList<string> Values, PersonStatus Status, double Entitlement, int? HouseholdClass);
