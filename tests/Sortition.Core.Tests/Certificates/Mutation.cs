using System.Globalization;
using Sortition.Core.Certificates;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Tests.Certificates;

/// <summary>Changes one thing in a lottery, its list of uncovered people or its certificate, at random.</summary>
internal sealed class Mutation(RandomSource random)
{
    public static readonly string[] Fields =
    [
        "objective", "gamma", "status", "value", "bound", "claims",
        "weights", "capWeights", "limit", "prices", "claim value", "claim bound", "confirmedBy",
        "price constraint", "price", "householdClass",
        "person", "constraints", "uncovered", "panels",
    ];

    private static readonly string[] s_objectives = ["maximin", "leximin", "weighted-leximin", "nash", "minimax", "goldilocks", "Leximin", ""];

    /// <summary>The lottery with the field changed; null where it has no such field.</summary>
    public PanelLottery? Of(PanelLottery lottery, string field)
    {
        Certificate certificate = lottery.Certificate;
        IReadOnlyList<UnselectablePerson> uncovered = lottery.Uncovered;
        IEnumerable<PanelComposition> panels = lottery.Panels;
        switch (field)
        {
            case "objective":
                string name = Pick(s_objectives);
                certificate = certificate.Change(objective: LotteryAlgorithms.FindObjective(name, certificate.Objective.Parameter));
                certificate = Flip() ? certificate.Change(objective: LotteryAlgorithms.FindObjective(name, name == "goldilocks" ? 1 : null)) : certificate;
                break;
            case "gamma":
                certificate = certificate.Change(objective: LotteryAlgorithms.FindObjective(certificate.Objective.Name, Pick<double?>([null, 0, -1, 1, 7, 7.0000001, 1e7, double.NaN, double.PositiveInfinity])));
                break;
            case "status":
                certificate = certificate.Change(status: Pick([CertificateStatus.NotProven, (CertificateStatus)2, (CertificateStatus)(-1)]));
                break;
            case "value":
                certificate = certificate.Change(value: Changed(certificate.Value));
                break;
            case "bound":
                certificate = certificate.Change(bound: Changed(certificate.Bound));
                break;
            case "claims":
                certificate = certificate.Change(claims: Changed(certificate.Claims));
                break;
            case "uncovered":
                uncovered = Flip() ? Changed(uncovered) : [.. uncovered.Append(new UnselectablePerson(Person(lottery), [])).OrderBy(u => u.Person)];
                break;
            case "panels" when lottery.Panels.Count > 1:
                panels = ShiftWeight(lottery.Panels);
                break;
            case "person" or "constraints" when uncovered.Count > 0:
                int entry = Below(uncovered.Count);
                UnselectablePerson changed = field == "person"
                    ? uncovered[entry].Change(person: Pick([Person(lottery), -1, int.MinValue, int.MaxValue, lottery.Problem.People.Count]))
                    : uncovered[entry].Change(constraints: ChangedConstraints(uncovered[entry].Constraints, lottery.Problem));
                uncovered = [.. uncovered.Select((u, i) => i == entry ? changed : u)];
                break;
            case "panels" or "person" or "constraints":
                return null;
            default:
                if (certificate.Claims.Count == 0)
                {
                    return null;
                }

                int claim = Below(certificate.Claims.Count);
                if (Changed(certificate.Claims[claim], field, lottery.Problem) is not { } other)
                {
                    return null;
                }

                certificate = certificate.Change(claims: [.. certificate.Claims.Select((c, i) => i == claim ? other : c)]);
                break;
        }

        return PanelLottery.Create(lottery.Problem, panels.Select(p => (p.Seats, p.Weight)), uncovered, certificate);
    }

    /// <summary>Makes a lie consistent: what the report says should be stated instead is stated.</summary>
    public static PanelLottery Repaired(PanelLottery lottery)
    {
        for (int round = 0; round < 3; round++)
        {
            CertificateReport report = CertificateVerifier.Verify(lottery);
            Certificate certificate = lottery.Certificate;
            foreach (CertificateFault fault in report.Faults)
            {
                WeightClaim[] claims = [.. certificate.Claims];
                switch (fault.Kind)
                {
                    case CertificateFaultCode.WrongValue or CertificateFaultCode.WrongBound:
                        double number = double.Parse(fault.Found!, CultureInfo.InvariantCulture);
                        bool isValue = fault.Kind == CertificateFaultCode.WrongValue;
                        if (fault.Claim is int c)
                        {
                            claims[c] = isValue ? claims[c].Change(value: number) : claims[c].Change(bound: number);
                        }
                        else
                        {
                            certificate = isValue ? certificate.Change(value: number) : certificate.Change(bound: number);
                        }

                        break;
                    case CertificateFaultCode.PricesProveLess or CertificateFaultCode.HeavierPanel when long.TryParse(fault.Found, CultureInfo.InvariantCulture, out long limit):
                        claims[fault.Claim!.Value] = claims[fault.Claim.Value].Change(limit: limit);
                        break;
                    case CertificateFaultCode.ClaimSettlesNobody:
                        // Later claims keep their numbers in the report; one at a time.
                        claims = [.. claims.Where((_, i) => i != fault.Claim)];
                        return Repaired(PanelLottery.Create(lottery.Problem, lottery.Panels.Select(p => (p.Seats, p.Weight)), lottery.Uncovered, certificate.Change(claims: claims)));
                }

                certificate = certificate.Change(claims: claims);
            }

            lottery = PanelLottery.Create(lottery.Problem, lottery.Panels.Select(p => (p.Seats, p.Weight)), lottery.Uncovered, certificate);
        }

        return lottery;
    }

    private WeightClaim? Changed(WeightClaim claim, string field, SelectionProblem problem)
    {
        switch (field)
        {
            case "weights":
                return claim.Change(weights: Changed(claim.Weights));
            case "capWeights":
                return claim.Change(capWeights: claim.CapWeights.Count > 0 ? Changed(claim.CapWeights) : [.. claim.Weights.Select(_ => (long)Below(2))]);
            case "limit":
                return claim.Change(limit: Changed(claim.Limit));
            case "claim value":
                return claim.Change(value: Changed(claim.Value));
            case "claim bound":
                return claim.Change(bound: Changed(claim.Bound));
            case "confirmedBy":
                return claim.Change(confirmedBy: "nobody");
            case "prices":
                return claim.Change(prices: Flip() ? Changed(claim.Prices) : Flip() ? [] : [.. claim.Prices.Append(NewPrice(problem))]);
        }

        if (claim.Prices.Count == 0)
        {
            return null;
        }

        int at = Below(claim.Prices.Count);
        ConstraintPrice price = claim.Prices[at];
        ConstraintPrice changed = field switch
        {
            "price constraint" => new ConstraintPrice(AnyConstraint(problem), price.Price, price.HouseholdClass),
            "price" => new ConstraintPrice(price.Constraint, Changed(price.Price), price.HouseholdClass),
            "householdClass" => new ConstraintPrice(price.Constraint, price.Price, Pick<int?>([null, -1, 0, 1, int.MaxValue])),
            _ => throw new ArgumentException("There is no such field.", nameof(field)),
        };
        return claim.Change(prices: [.. claim.Prices.Select((p, i) => i == at ? changed : p)]);
    }

    private ConstraintPrice NewPrice(SelectionProblem problem) => new(AnyConstraint(problem), Pick([1L, -1L, 3L, -3L]), Flip() ? null : Below(2));

    private List<Constraint> ChangedConstraints(IReadOnlyList<Constraint> constraints, SelectionProblem problem) => Below(3) switch
    {
        0 => [.. constraints.Append(AnyConstraint(problem))],
        1 => [.. constraints.Where((_, i) => i != Below(constraints.Count))],
        _ => [.. constraints.Select(c => Flip() ? c : AnyConstraint(problem))],
    };

    private Constraint AnyConstraint(SelectionProblem problem)
    {
        Quota? quota = problem.Quotas.Count > 0 ? problem.Quotas[Below(problem.Quotas.Count)] : null;
        return Below(9) switch
        {
            0 => new Constraint(ConstraintKind.PanelSize),
            1 => new Constraint(ConstraintKind.HouseholdLimit),
            2 => new Constraint(ConstraintKind.MustBeIn),
            3 => new Constraint(ConstraintKind.PanelSize, quota),
            4 => new Constraint((ConstraintKind)77, quota),
            5 => new Constraint(ConstraintKind.QuotaMaximum),
            6 => new Constraint(ConstraintKind.QuotaMinimum, Instances.Alternate(4, 2).Quotas[0]),
            7 => new Constraint(ConstraintKind.QuotaMinimum, quota),
            _ => new Constraint(ConstraintKind.QuotaMaximum, quota),
        };
    }

    private double Changed(double number) => Pick([
        number * (1 + 1e-9), number * (1 - 1e-9), number * 1.01, number * 0.99, -number, 0, 1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon]);

    private long Changed(long number) => Pick([
        unchecked(number + 1), unchecked(number - 1), number == long.MinValue ? 0 : -number, unchecked(number * 2), 0, 1, long.MaxValue, long.MinValue, 1L << 61, 1L << 40]);

    private long[] Changed(IReadOnlyList<long> numbers)
    {
        int at = Below(numbers.Count);
        return Below(6) switch
        {
            0 => [.. numbers, 1],
            1 => [.. numbers.Take(at)],
            2 => [.. numbers.Reverse()],
            _ => [.. numbers.Select((n, i) => i == at ? Changed(n) : n)],
        };
    }

    /// <summary>One entry less, one twice, or two changing places.</summary>
    private List<T> Changed<T>(IReadOnlyList<T> list)
    {
        List<T> changed = [.. list];
        if (changed.Count > 0)
        {
            (int a, int b) = (Below(list.Count), Below(list.Count));
            switch (Below(3))
            {
                case 0:
                    changed.RemoveAt(a);
                    break;
                case 1:
                    changed.Insert(b, changed[a]);
                    break;
                default:
                    (changed[a], changed[b]) = (changed[b], changed[a]);
                    break;
            }
        }

        return changed;
    }

    private PanelComposition[] ShiftWeight(IReadOnlyList<PanelComposition> panels)
    {
        int from = Below(panels.Count);
        int to = (from + 1 + Below(panels.Count - 1)) % panels.Count;
        long shift = Math.Min(panels[from].Weight - 1, Pick([panels[from].Weight / 2, 1L << 40, 1L << 20, 1L]));
        return [.. panels.Select((p, i) => new PanelComposition(p.Seats, p.Weight + (i == from ? -shift : i == to ? shift : 0)))];
    }

    private int Person(PanelLottery lottery) => Below(lottery.Problem.People.Count);

    private bool Flip() => Below(2) == 0;

    private T Pick<T>(T[] of) => of[Below(of.Length)];

    private int Below(int count) => count > 0 ? (int)random.NextBelow(count) : 0;
}
