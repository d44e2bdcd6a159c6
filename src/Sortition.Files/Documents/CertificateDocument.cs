using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files.Documents;

/// <summary>The certificate within a document of the format <c>sortition-lottery/1</c>, written and read.</summary>
internal sealed class CertificateDocument(SelectionProblem problem, JsonFaults faults)
{
    private const string Root = "$.certificate";

    /// <summary>How the format calls what a constraint is about.</summary>
    private static readonly (ConstraintKind Kind, string Name)[] s_kinds =
    [
        (ConstraintKind.PanelSize, "panelSize"),
        (ConstraintKind.QuotaMinimum, "quotaMinimum"),
        (ConstraintKind.QuotaMaximum, "quotaMaximum"),
        (ConstraintKind.HouseholdLimit, "householdLimit"),
        (ConstraintKind.MustBeIn, "mustBeIn"),
    ];

    /// <summary>How the format calls what a certificate proves.</summary>
    private static readonly (CertificateStatus Status, string Name)[] s_statuses =
        [(CertificateStatus.ProvenOptimal, "provenOptimal"), (CertificateStatus.NotProven, "notProven"), (CertificateStatus.EpsilonLeximin, "epsilonLeximin")];

    /// <summary>Writes the certificate of a lottery, in pieces of one claim.</summary>
    public static IEnumerable<bool> Write(Utf8JsonWriter json, PanelLottery lottery)
    {
        Certificate certificate = lottery.Certificate;
        json.WriteStartObject("certificate");
        WriteObjective(json, certificate);
        json.WriteString("status", s_statuses.First(n => n.Status == certificate.Status).Name);
        WriteEpsilon(json, certificate);
        json.WriteNumberOrNull("value", certificate.Value);
        json.WriteNumber("bound", certificate.Bound);
        json.WriteStartArray("claims");
        foreach (WeightClaim claim in certificate.Claims)
        {
            WriteClaim(json, claim, WriteWeights, WritePrice);
            yield return true;
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void WriteWeights(string name, IReadOnlyList<long> weights) => json.WriteTexts(name, weights.Select(JsonForm.Text));

        void WritePrice(ConstraintPrice price)
        {
            WriteConstraint(json, lottery.Problem, price.Constraint);
            if (price.HouseholdClass is int householdClass)
            {
                json.WriteNumber("householdClass", householdClass);
            }
        }
    }

    /// <summary>Writes what a certificate is about.</summary>
    public static void WriteObjective(Utf8JsonWriter json, Certificate certificate)
    {
        json.WriteString("objective", certificate.Objective.Name);
        if (certificate.Objective.Parameter is double gamma)
        {
            json.WriteNumber("gamma", gamma);
        }
    }

    /// <summary>Writes how far from the best everybody's chance may be, where the certificate says so.</summary>
    public static void WriteEpsilon(Utf8JsonWriter json, Certificate certificate)
    {
        if (certificate.Epsilon is double epsilon)
        {
            json.WriteNumber("epsilon", epsilon);
        }
    }

    /// <summary>Writes the claims of a certificate.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="writeWeights">Writes a member with the weights of the types.</param>
    /// <param name="writePrice">Writes the members that say what a price is of.</param>
    public static void WriteClaims(
        Utf8JsonWriter json, Certificate certificate, Action<string, IReadOnlyList<long>> writeWeights, Action<ConstraintPrice> writePrice) =>
        json.WriteArray("claims", certificate.Claims, claim => WriteClaim(json, claim, writeWeights, writePrice));

    private static void WriteClaim(
        Utf8JsonWriter json, WeightClaim claim, Action<string, IReadOnlyList<long>> writeWeights, Action<ConstraintPrice> writePrice)
    {
        json.WriteStartObject();
        writeWeights("weights", claim.Weights);
        writeWeights("capWeights", claim.CapWeights);
        json.WriteString("limit", JsonForm.Text(claim.Limit));
        json.WriteObjects("prices", claim.Prices, price =>
        {
            writePrice(price);
            json.WriteString("price", JsonForm.Text(price.Price));
        });
        json.WriteNumber("value", claim.Value);
        json.WriteNumber("bound", claim.Bound);
        json.WriteString("confirmedBy", claim.ConfirmedBy);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of a constraint into an object that is open.</summary>
    public static void WriteConstraint(Utf8JsonWriter json, SelectionProblem problem, Constraint constraint)
    {
        json.WriteString("kind", s_kinds.First(n => n.Kind == constraint.Kind).Name);
        if (constraint.Quota is Quota quota)
        {
            json.WriteNumber("quota", Enumerable.Range(0, problem.Quotas.Count).First(q => quota.Equals(problem.Quotas[q])));
        }
    }

    /// <summary>Reads the certificate; null if there are faults. Whether what it claims is true is not checked.</summary>
    public Certificate? Read(JsonElement? element)
    {
        if (element is not JsonElement certificate
            || faults.Members(certificate, Root, "objective", "gamma?", "status", "epsilon?", "value", "bound", "claims") is not { } members)
        {
            return null;
        }

        string? objective = faults.Name(members[0], Root + ".objective");
        double? gamma = members[1] is null ? null : faults.Number(members[1], Root + ".gamma");
        CertificateStatus? status = faults.OneOf(s_statuses, members[2], Root + ".status");
        double? epsilon = members[3] is null ? null : faults.Number(members[3], Root + ".epsilon");
        double? value = members[4] is { ValueKind: JsonValueKind.Null } ? double.PositiveInfinity : faults.Number(members[4], Root + ".value");
        double? bound = faults.Number(members[5], Root + ".bound");
        WeightClaim?[] claims = [.. faults.Items(members[6], Root + ".claims").Select(c => ReadClaim(c.Element, c.Path))];
        return faults.Count > 0
            ? null
            : new Certificate(
                objective: LotteryAlgorithms.FindObjective(objective!, gamma),
                status: status!.Value,
                value: value!.Value,
                bound: bound!.Value,
                claims: [.. claims.Select(c => c!)],
                epsilon: epsilon);
    }

    /// <summary>Checks what can be checked only when the number of types is known.</summary>
    public void CheckLengths(Certificate certificate, int types)
    {
        for (int c = 0; c < certificate.Claims.Count; c++)
        {
            string path = FormattableString.Invariant($"{Root}.claims[{c}]");
            if (certificate.Claims[c].Weights.Count != types)
            {
                faults.Add(FileFaults.WrongWeightCount, path + ".weights");
            }

            if (certificate.Claims[c].CapWeights.Count != 0 && certificate.Claims[c].CapWeights.Count != types)
            {
                faults.Add(FileFaults.WrongCapWeightCount, path + ".capWeights");
            }
        }
    }

    /// <summary>Reads a constraint from the members of an object: its kind and its quota, if any.</summary>
    public Constraint? ReadConstraint(JsonElement? kindElement, JsonElement? quotaElement, string path)
    {
        if (faults.OneOf(s_kinds, kindElement, JsonFaults.Join(path, "kind")) is not ConstraintKind kind)
        {
            return null;
        }

        if (kind is ConstraintKind.QuotaMinimum or ConstraintKind.QuotaMaximum != quotaElement is not null)
        {
            faults.Add(FileFaults.QuotaOfConstraint, JsonFaults.Join(path, "quota"));
            return null;
        }

        int? quota = faults.IndexBelow(problem.Quotas.Count, quotaElement, JsonFaults.Join(path, "quota"));
        return new Constraint(kind, quota is int q ? problem.Quotas[q] : null);
    }

    private WeightClaim? ReadClaim(JsonElement element, string path)
    {
        if (faults.Members(element, path, "weights", "capWeights", "limit", "prices", "value", "bound", "confirmedBy") is not { } members)
        {
            return null;
        }

        long[] weights = Numbers(0, "weights");
        long[] capWeights = Numbers(1, "capWeights");
        long? limit = faults.Integer(members[2], JsonFaults.Join(path, "limit"));
        ConstraintPrice?[] prices = [.. faults.Items(members[3], JsonFaults.Join(path, "prices")).Select(p => ReadPrice(p.Element, p.Path))];
        double? value = faults.Number(members[4], JsonFaults.Join(path, "value"));
        double? bound = faults.Number(members[5], JsonFaults.Join(path, "bound"));
        string? confirmedBy = faults.Name(members[6], JsonFaults.Join(path, "confirmedBy"));
        return faults.Count > 0
            ? null
            : new WeightClaim(
                weights: weights,
                capWeights: capWeights,
                limit: limit!.Value,
                prices: [.. prices.Select(p => p!)],
                value: value!.Value,
                bound: bound!.Value,
                confirmedBy: confirmedBy!);

        long[] Numbers(int member, string name)
        {
            string place = JsonFaults.Join(path, name);
            long?[] numbers = [.. faults.Items(members[member], place).Select(n => faults.Integer(n.Element, n.Path))];
            if (Array.Exists(numbers, n => n < 0))
            {
                faults.Add(CoreFaults.NegativeNumber, place);
            }

            return [.. numbers.Select(n => n ?? 0)];
        }
    }

    private ConstraintPrice? ReadPrice(JsonElement element, string path)
    {
        if (faults.Members(element, path, "kind", "quota?", "householdClass?", "price") is not { } members)
        {
            return null;
        }

        Constraint? constraint = ReadConstraint(members[0], members[1], path);
        int? householdClass = faults.NaturalNumber(members[2], JsonFaults.Join(path, "householdClass"));
        long? price = faults.Integer(members[3], JsonFaults.Join(path, "price"));
        return constraint is null || price is null ? null : new ConstraintPrice(constraint, price.Value, householdClass);
    }
}
