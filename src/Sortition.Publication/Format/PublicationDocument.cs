using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Certificates;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The document <c>publication.json</c>: the pool by types, the quotas, the lottery with its certificate, and what is announced of the draw.</summary>
internal sealed class PublicationDocument
{
    public const string Format = "sortition-publication/2";

    private const string Open = "open";
    private const string Closed = "closed";

    private static readonly string[] s_members =
    [
        "format", "mark?", "tickets", "panelSize", "householdLimit?", "ballots", "people", "smallestGroup?", "draw", "round?", "features", "quotas", "types",
        "households?", "panels", "objective", "parameter?", "status", "epsilon?", "claims", "unselectable",
    ];

    private static readonly (CertificateStatus Status, string Name)[] s_statuses =
        [(CertificateStatus.ProvenOptimal, "provenOptimal"), (CertificateStatus.NotProven, "notProven"), (CertificateStatus.EpsilonLeximin, "epsilonLeximin")];

    private readonly JsonFaults _faults;
    private readonly JsonElement?[] _members;

    private PublicationDocument(JsonFaults faults, JsonElement?[] members)
    {
        _faults = faults;
        _members = members;
    }

    public bool IsRehearsal { get; private set; }

    /// <summary>Whether ballots call people by their numbers.</summary>
    public bool HasOpenTickets { get; private set; }

    public int SmallestGroup { get; private set; }

    public int BallotCount { get; private set; }

    public int People { get; private set; }

    public DrawAnnouncement Announcement { get; private set; } = DrawAnnouncement.Local;

    public PublishedRound? Round { get; private set; }

    public PanelLottery Lottery { get; private set; } = null!;

    public static byte[] Write(PublicationData data) => CanonicalJson.ToBytes(json =>
    {
        PanelLottery lottery = data.Lottery;
        SelectionProblem problem = lottery.Problem;
        json.Member("format", Format);
        json.Mark(data.IsRehearsal);
        json.Member("tickets", data.HasOpenTickets ? Open : Closed);
        json.Member("panelSize", problem.PanelSize);
        json.Optional("householdLimit", problem.HouseholdLimit);
        json.Member("ballots", data.BallotCount);
        json.Member("people", data.Tags.Count);
        json.Optional("smallestGroup", data.HasOpenTickets ? data.SmallestGroup : null);
        AnnouncementSection.Write(json, data.Announcement);
        if (data.Round is PublishedRound round)
        {
            RoundSection.Write(json, round);
        }

        WriteProblem(json, problem);
        WriteLottery(json, lottery);
    });

    /// <summary>Reads the document. Whether it is in its one form is left to the verification.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="rows">How many people the table of people has.</param>
    /// <exception cref="MalformedInputException">It is malformed, or says what cannot be.</exception>
    public static PublicationDocument Read(byte[] content, int rows)
    {
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(content);
        if (json is null || faults.Members(json.RootElement, "$", s_members) is not { } members)
        {
            throw faults.Found.ToException();
        }

        PublicationDocument document = new(faults, members);
        document.ReadHead(rows);
        faults.Found.ThrowIfAny();
        SelectionProblem problem = document.ReadProblem();
        document.Lottery = document.ReadLottery(problem);
        return document;
    }

    private static void WriteProblem(CanonicalJson json, SelectionProblem problem)
    {
        json.Objects("features", problem.Features, feature =>
        {
            json.Member("name", feature.Name);
            json.Texts("values", feature.Values);
        });
        json.Objects("quotas", problem.Quotas, quota =>
        {
            json.Objects("condition", quota.Condition, term =>
            {
                json.Member("feature", term.Feature);
                json.Member("value", term.Value);
            });
            json.Member("min", quota.Min);
            json.Member("max", quota.Max);
        });
        Dictionary<string, int>[] indices = ValueIndices(problem);
        json.Objects("types", problem.Types, type =>
        {
            json.Member("people", type.Members.Count);
            json.Member("values", ExactText.Numbers(type.Values.Select((v, f) => (long)indices[f][v])));
            json.Flag("mustBeIn", type.Status == PersonStatus.MustBeIn);
            json.Optional("entitlement", type.Entitlement == 1 ? null : ExactText.Fraction(type.Entitlement));
            json.Optional("householdClass", type.HouseholdClass);
        });
        int[] households = StandIns.HouseholdsOfClasses(problem);
        if (households.Length > 0)
        {
            json.Numbers("households", households);
        }
    }

    /// <summary>Entry f: the index of each value of feature f.</summary>
    public static Dictionary<string, int>[] ValueIndices(SelectionProblem problem) =>
        [.. problem.Features.Select(f => f.Values.Select((v, i) => (v, i)).ToDictionary(p => p.v, p => p.i, StringComparer.Ordinal))];

    private static void WriteLottery(CanonicalJson json, PanelLottery lottery)
    {
        json.Objects("panels", lottery.Panels, panel =>
        {
            json.Member("weight", JsonForm.Text(panel.Weight));
            json.Member("seats", ExactText.Seats(panel.Seats));
        });
        Certificate certificate = lottery.Certificate;
        json.Member("objective", certificate.Objective.Name);
        json.Optional("parameter", certificate.Objective.Parameter is double parameter ? ExactText.Fraction(parameter) : null);
        json.Member("status", s_statuses.First(s => s.Status == certificate.Status).Name);
        json.Optional("epsilon", certificate.Epsilon is double epsilon ? ExactText.Fraction(epsilon) : null);
        json.Objects("claims", certificate.Claims, claim =>
        {
            json.Member("weights", ExactText.Numbers(claim.Weights));
            json.Optional("capWeights", claim.CapWeights.Count > 0 ? ExactText.Numbers(claim.CapWeights) : null);
            json.Member("limit", JsonForm.Text(claim.Limit));
            json.Texts(
                "prices",
                claim.Prices.Select(p => $"{ExactText.Constraint(lottery.Problem, p.Constraint, p.HouseholdClass)} {JsonForm.Text(p.Price)}"));
        });

        // People of one type are alike, and so are the reasons why they can be on no panel.
        json.Objects("unselectable", lottery.Uncovered.DistinctBy(u => lottery.Problem.TypeOf(u.Person)), person =>
        {
            json.Member("type", lottery.Problem.TypeOf(person.Person));
            json.Texts("reasons", person.Constraints.Select(c => ExactText.Constraint(lottery.Problem, c, null)));
        });
    }

    private void ReadHead(int rows)
    {
        _faults.CheckFormat(_members[0], Format);
        IsRehearsal = CanonicalJson.ReadMark(_members[1], _faults);
        string? tickets = _faults.Text(_members[2], "$.tickets");
        if (tickets is not (null or Open or Closed))
        {
            _faults.Add(JsonFaultCodes.UnknownWord, "$.tickets", tickets, (string[])[Open, Closed]);
        }

        HasOpenTickets = string.Equals(tickets, Open, StringComparison.Ordinal);
        BallotCount = _faults.NaturalNumber(_members[5], "$.ballots") ?? 1;
        if (BallotCount is < 1 or > Core.Ballots.BallotRounding.MaxCount)
        {
            _faults.Add(CoreFaults.NumberTooLarge, "$.ballots", null, BallotCount, Core.Ballots.BallotRounding.MaxCount);
        }

        People = _faults.NaturalNumber(_members[6], "$.people") ?? 0;
        SmallestGroup = _faults.NaturalNumber(_members[7], "$.smallestGroup") ?? 0;
        if (People != rows || HasOpenTickets != (SmallestGroup > 0))
        {
            _faults.Add(PublicationFaults.Contradiction, "$");
        }

        if (AnnouncementSection.Read(_members[8], Math.Max(1, BallotCount), _faults) is DrawAnnouncement announcement)
        {
            Announcement = announcement;
        }

        Round = _members[9] is JsonElement round ? RoundSection.Read(round, _faults) : null;
    }

    private SelectionProblem ReadProblem()
    {
        SelectionProblemBuilder builder = new(_faults.WholeNumber(_members[3], "$.panelSize") ?? 1);
        if (_faults.WholeNumber(_members[4], "$.householdLimit") is int limit)
        {
            builder.HouseholdLimit(limit);
        }

        List<(string Name, List<string> Values)> features = [];
        foreach ((JsonElement element, string path) in _faults.Items(_members[10], "$.features"))
        {
            if (_faults.Members(element, path, "name", "values") is { } m && _faults.Text(m[0], JsonFaults.Join(path, "name")) is string name)
            {
                features.Add((name, Texts(m[1], JsonFaults.Join(path, "values"))));
                builder.Feature(name, features[^1].Values);
            }
        }

        foreach ((JsonElement element, string path) in _faults.Items(_members[11], "$.quotas"))
        {
            if (_faults.Members(element, path, "condition", "min", "max") is { } m)
            {
                builder.Quota(new QuotaInput
                {
                    Condition = [.. Terms(m[0], JsonFaults.Join(path, "condition"))],
                    Min = _faults.NaturalNumber(m[1], JsonFaults.Join(path, "min")) ?? 0,
                    Max = _faults.NaturalNumber(m[2], JsonFaults.Join(path, "max")) ?? 0,
                    Location = new FaultLocation(path),
                });
            }
        }

        List<StandInType> types = [.. ReadTypes(features)];
        int[] households = [.. _faults.Items(_members[13], "$.households").Select(h => _faults.NaturalNumber(h.Element, h.Path) ?? 0)];
        if (types.Sum(t => (long)t.People) > People || types.Exists(t => t.People == 0 || t.HouseholdClass >= households.Length) || households.Contains(0))
        {
            _faults.Add(PublicationFaults.Contradiction, "$.types");
        }

        _faults.Found.ThrowIfAny();
        SelectionProblem problem = StandIns.Build(builder, [.. features.Select(f => f.Name)], types, households);
        if (problem.Types.Count != types.Count)
        {
            _faults.Add(PublicationFaults.Contradiction, "$.types");
            throw _faults.Found.ToException();
        }

        return problem;
    }

    private IEnumerable<StandInType> ReadTypes(List<(string Name, List<string> Values)> features)
    {
        foreach ((JsonElement element, string path) in _faults.Items(_members[12], "$.types"))
        {
            if (_faults.Members(element, path, "people", "values", "mustBeIn?", "entitlement?", "householdClass?") is not { } m)
            {
                continue;
            }

            int? people = _faults.NaturalNumber(m[0], JsonFaults.Join(path, "people"));
            string? text = _faults.Text(m[1], JsonFaults.Join(path, "values"));
            IReadOnlyList<int>? values = text is null ? null : ExactText.ReadIndices(text, int.MaxValue);
            double? entitlement = m[3] is null ? 1 : ExactText.ReadFraction(_faults.Text(m[3], JsonFaults.Join(path, "entitlement")) ?? "");
            int? householdClass = _faults.NaturalNumber(m[4], JsonFaults.Join(path, "householdClass"));
            if (values?.Count != features.Count || values.Zip(features).Any(v => v.First >= v.Second.Values.Count) || entitlement is null
                || m[2] is { ValueKind: not JsonValueKind.True })
            {
                _faults.Add(PublicationFaults.NotAsWritten, path);
            }
            else
            {
                PersonStatus status = m[2] is null ? PersonStatus.Free : PersonStatus.MustBeIn;
                yield return new StandInType(
                    people ?? 0, [.. values.Zip(features, (v, f) => f.Values[v])], status, entitlement.Value, householdClass);
            }
        }
    }

    private PanelLottery ReadLottery(SelectionProblem problem)
    {
        List<(IReadOnlyList<TypeSeats> Seats, long Weight)> panels = [];
        foreach ((JsonElement element, string path) in _faults.Items(_members[14], "$.panels"))
        {
            if (_faults.Members(element, path, "weight", "seats") is { } m
                && _faults.Integer(m[0], JsonFaults.Join(path, "weight")) is long weight
                && Exact(m[1], JsonFaults.Join(path, "seats"), text => ExactText.ReadSeats(text, problem.Types.Count)) is { } seats)
            {
                panels.Add((seats, weight));
            }
        }

        if (panels.Count == 0)
        {
            _faults.Add(PublicationFaults.NotAsWritten, "$.panels");
        }

        string? objective = _faults.Name(_members[15], "$.objective");
        double? parameter = Fraction(16, "$.parameter");
        CertificateStatus? status = _faults.OneOf(s_statuses, _members[17], "$.status");
        double? epsilon = Fraction(18, "$.epsilon");
        WeightClaim[] claims = [.. ReadClaims(problem)];
        UnselectablePerson[] unselectable = [.. ReadUnselectable(problem)];
        _faults.Found.ThrowIfAny();
        Certificate stated = new(LotteryAlgorithms.FindObjective(objective!, parameter), status!.Value, 0, 0, claims, epsilon);
        PanelLottery lottery = PanelLottery.Create(problem, panels, unselectable, stated);
        return PanelLottery.Create(problem, panels, unselectable, CertificateVerifier.ComputeFigures(lottery));
    }

    private IEnumerable<WeightClaim> ReadClaims(SelectionProblem problem)
    {
        foreach ((JsonElement element, string path) in _faults.Items(_members[19], "$.claims"))
        {
            if (_faults.Members(element, path, "weights", "capWeights?", "limit", "prices") is not { } m)
            {
                continue;
            }

            IReadOnlyList<long>? weights = Exact(m[0], JsonFaults.Join(path, "weights"), ExactText.ReadNumbers);
            IReadOnlyList<long>? caps = m[1] is null ? [] : Exact(m[1], JsonFaults.Join(path, "capWeights"), ExactText.ReadNumbers);
            long? limit = _faults.Integer(m[2], JsonFaults.Join(path, "limit"));
            List<ConstraintPrice> prices = [];
            foreach ((JsonElement item, string pricePath) in _faults.Items(m[3], JsonFaults.Join(path, "prices")))
            {
                if (Exact(item, pricePath, text => ReadPrice(problem, text)) is { } price)
                {
                    prices.Add(price);
                }
            }

            if (weights is not null && caps is not null && limit is long most)
            {
                yield return new WeightClaim(weights, caps, most, prices, 0, 0, "");
            }
        }
    }

    private static ConstraintPrice? ReadPrice(SelectionProblem problem, string text)
    {
        int space = text.LastIndexOf(' ');
        return space > 0 && ExactText.ReadConstraint(problem, text[..space]) is (Constraint constraint, var householdClass)
            && ExactText.ReadNumbers(text[(space + 1)..]) is [long price] ? new ConstraintPrice(constraint, price, householdClass) : null;
    }

    private IEnumerable<UnselectablePerson> ReadUnselectable(SelectionProblem problem)
    {
        foreach ((JsonElement element, string path) in _faults.Items(_members[20], "$.unselectable"))
        {
            if (_faults.Members(element, path, "type", "reasons") is not { } m
                || _faults.IndexBelow(problem.Types.Count, m[0], JsonFaults.Join(path, "type")) is not int type)
            {
                continue;
            }

            List<Constraint> reasons = [];
            foreach ((JsonElement item, string reasonPath) in _faults.Items(m[1], JsonFaults.Join(path, "reasons")))
            {
                if (Exact(item, reasonPath, text => ExactText.ReadConstraint(problem, text) is (var constraint, null) ? constraint : null) is { } reason)
                {
                    reasons.Add(reason);
                }
            }

            foreach (int person in problem.Types[type].Members)
            {
                yield return new UnselectablePerson(person, reasons);
            }
        }
    }

    private IEnumerable<FeatureValue> Terms(JsonElement? condition, string place)
    {
        foreach ((JsonElement element, string path) in _faults.Items(condition, place))
        {
            if (_faults.Members(element, path, "feature", "value") is { } m
                && _faults.Text(m[0], JsonFaults.Join(path, "feature")) is string feature && _faults.Text(m[1], JsonFaults.Join(path, "value")) is string value)
            {
                yield return new FeatureValue(feature, value);
            }
        }
    }

    private List<string> Texts(JsonElement? list, string place) =>
        [.. _faults.Items(list, place).Select(v => _faults.Text(v.Element, v.Path)).OfType<string>()];

    private double? Fraction(int member, string path) =>
        _members[member] is null ? null
            : Exact(_members[member], path, text => ExactText.ReadFraction(text) is double number ? (object)number : null) as double?;

    /// <summary>What a text says; a fault and null where it is not written as it should be.</summary>
    private T? Exact<T>(JsonElement? element, string path, Func<string, T?> read)
        where T : class
    {
        if (_faults.Text(element, path) is not string text)
        {
            return null;
        }

        if (read(text) is not T value)
        {
            _faults.Add(PublicationFaults.NotAsWritten, path);
            return null;
        }

        return value;
    }
}
