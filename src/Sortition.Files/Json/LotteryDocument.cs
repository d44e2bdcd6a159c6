using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Files.Json;

/// <summary>Reads a document of the format <c>sortition-lottery/1</c>.</summary>
internal sealed class LotteryDocument(SelectionProblem problem, JsonFaults faults)
{
    public const string Format = "sortition-lottery/1";

    private const int FaultsInMessage = 20;

    /// <summary>How the format calls what a constraint is about.</summary>
    public static readonly (ConstraintKind Kind, string Name)[] ConstraintNames =
    [
        (ConstraintKind.PanelSize, "panelSize"),
        (ConstraintKind.QuotaMinimum, "quotaMinimum"),
        (ConstraintKind.QuotaMaximum, "quotaMaximum"),
        (ConstraintKind.HouseholdLimit, "householdLimit"),
        (ConstraintKind.MustBeIn, "mustBeIn"),
    ];

    /// <summary>How the format calls what a certificate proves.</summary>
    public static readonly (CertificateStatus Status, string Name)[] StatusNames =
        [(CertificateStatus.ProvenOptimal, "provenOptimal"), (CertificateStatus.NotProven, "notProven")];

    /// <exception cref="FormatException">The document is malformed or belongs to another problem.</exception>
    public static PanelLottery Read(Stream stream, SelectionProblem problem)
    {
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(stream);
        PanelLottery? lottery = json is null ? null : new LotteryDocument(problem, faults).Read(json.RootElement);
        return lottery ?? throw new FormatException("The lottery cannot be read:\n" + string.Join('\n', faults.Listed.Take(FaultsInMessage).Select(f => f.Describe())));
    }

    /// <summary>The SHA-256 of a problem in its JSON form, 64 hexadecimal digits in lower case.</summary>
    public static string HashOf(SelectionProblem problem)
    {
        using SHA256 sha = SHA256.Create();
        using (CryptoStream stream = new(Stream.Null, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            ProblemJson.Write(stream, problem);
        }

        return Convert.ToHexStringLower(sha.Hash!);
    }

    private PanelLottery? Read(JsonElement root)
    {
        if (faults.Members(root, "$", "format", "problemSha256", "types", "panels", "uncovered", "certificate") is not { } members)
        {
            return null;
        }

        faults.CheckFormat(members[0], Format);
        if (faults.Text(members[1], "$.problemSha256") is string hash && !string.Equals(hash, HashOf(problem), StringComparison.Ordinal))
        {
            faults.Add(FaultCode.UnknownFormat, "$.problemSha256", hash, "the hash of the problem given; this lottery belongs to another one");
        }

        List<List<int>> types = ReadTypes(members[2]);
        List<(IReadOnlyList<TypeSeats>, long)> panels = ReadPanels(members[3]);
        List<UncoveredPerson> uncovered = ReadUncovered(members[4]);
        Certificate? certificate = ReadCertificate(members[5]);
        if (faults.Count > 0)
        {
            return null;
        }

        PanelLottery lottery;
        try
        {
            lottery = PanelLottery.Of(problem, panels, uncovered, certificate!);
        }
        catch (ArgumentException e)
        {
            faults.Add(FaultCode.UnreadableRow, "$.panels", null, e.Message);
            return null;
        }

        if (types.Count != lottery.Types.Count || types.Where((members, t) => !members.SequenceEqual(lottery.Types[t].Members)).Any())
        {
            faults.Add(FaultCode.UnknownFormat, "$.types", null, "the types of the problem given");
        }

        if (certificate!.Weights.Count != 0 && certificate.Weights.Count != lottery.Types.Count)
        {
            faults.Add(FaultCode.WrongFieldCount, "$.certificate.weights", null, "one weight for each type, or none");
        }

        return faults.Count > 0 ? null : lottery;
    }

    private List<List<int>> ReadTypes(JsonElement? element)
    {
        List<List<int>> types = [];
        foreach ((JsonElement type, string path) in faults.Items(element, "$.types"))
        {
            types.Add([.. faults.Items(type, path).Select(p => faults.NaturalNumber(p.Element, p.Path) ?? -1)]);
        }

        return types;
    }

    private List<(IReadOnlyList<TypeSeats> Seats, long Weight)> ReadPanels(JsonElement? element)
    {
        List<(IReadOnlyList<TypeSeats>, long)> panels = [];
        foreach ((JsonElement panel, string path) in faults.Items(element, "$.panels"))
        {
            if (faults.Members(panel, path, "weight", "seats") is not { } members)
            {
                continue;
            }

            long weight = LongText(members[0], JsonFaults.Join(path, "weight")) ?? 0;
            List<TypeSeats> seats = [];
            foreach ((JsonElement pair, string pairPath) in faults.Items(members[1], JsonFaults.Join(path, "seats")))
            {
                int[] numbers = [.. faults.Items(pair, pairPath).Select(n => faults.NaturalNumber(n.Element, n.Path) ?? -1)];
                if (numbers.Length == 2 && (seats.Count == 0 || seats[^1].Type < numbers[0]))
                {
                    seats.Add(new TypeSeats(numbers[0], numbers[1]));
                }
                else
                {
                    faults.Add(FaultCode.UnreadableRow, pairPath, null, "a type and its seats, types in ascending order");
                }
            }

            panels.Add((seats, weight));
        }

        return panels;
    }

    private List<UncoveredPerson> ReadUncovered(JsonElement? element)
    {
        List<UncoveredPerson> uncovered = [];
        foreach ((JsonElement entry, string path) in faults.Items(element, "$.uncovered"))
        {
            if (faults.Members(entry, path, "person", "constraints") is not { } members)
            {
                continue;
            }

            int? person = IndexBelow(problem.People.Count, members[0], JsonFaults.Join(path, "person"));
            List<Constraint> constraints = [];
            foreach ((JsonElement constraint, string constraintPath) in faults.Items(members[1], JsonFaults.Join(path, "constraints")))
            {
                if (ReadConstraint(constraint, constraintPath) is Constraint read)
                {
                    constraints.Add(read);
                }
            }

            uncovered.Add(new UncoveredPerson(person ?? 0, constraints));
        }

        return uncovered;
    }

    private Constraint? ReadConstraint(JsonElement element, string path)
    {
        if (faults.Members(element, path, "kind", "quota?") is not { } members || OneOf(ConstraintNames, members[0], JsonFaults.Join(path, "kind")) is not ConstraintKind kind)
        {
            return null;
        }

        if (kind is ConstraintKind.QuotaMinimum or ConstraintKind.QuotaMaximum != members[1] is not null)
        {
            faults.Add(FaultCode.MissingValue, JsonFaults.Join(path, "quota"), null, "the number of a quota, for a quota's minimum or maximum only");
            return null;
        }

        int? quota = IndexBelow(problem.Quotas.Count, members[1], JsonFaults.Join(path, "quota"));
        return new Constraint(kind, quota is int q ? problem.Quotas[q] : null);
    }

    private Certificate? ReadCertificate(JsonElement? element)
    {
        const string Path = "$.certificate";
        if (element is not JsonElement certificate
            || faults.Members(certificate, Path, "objective", "status", "value", "bound", "weights", "heaviestPanel", "totalWeight", "confirmedBy?") is not { } members)
        {
            return null;
        }

        string? objective = faults.Text(members[0], Path + ".objective");
        CertificateStatus? status = OneOf(StatusNames, members[1], Path + ".status");
        double? value = faults.Number(members[2], Path + ".value");
        double? bound = faults.Number(members[3], Path + ".bound");
        long?[] weights = [.. faults.Items(members[4], Path + ".weights").Select(w => LongText(w.Element, w.Path))];
        long? heaviest = LongText(members[5], Path + ".heaviestPanel");
        long? total = LongText(members[6], Path + ".totalWeight");
        string? confirmedBy = faults.Text(members[7], Path + ".confirmedBy");
        return faults.Count > 0
            ? null
            : new Certificate
            {
                Objective = objective!,
                Status = status!.Value,
                Value = value!.Value,
                Bound = bound!.Value,
                Weights = [.. weights.Select(w => w!.Value)],
                HeaviestPanel = heaviest!.Value,
                TotalWeight = total!.Value,
                ConfirmedBy = confirmedBy,
            };
    }

    private long? LongText(JsonElement? element, string path)
    {
        string? text = faults.Text(element, path);
        if (text is null)
        {
            return null;
        }

        // One number has one form, so that a document read and written again is the same.
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && string.Equals(JsonForm.Text(number), text, StringComparison.Ordinal))
        {
            return number;
        }

        faults.Add(FaultCode.NotAWholeNumber, path, text, "a whole number below 2^63 as text, in digits only");
        return null;
    }

    private int? IndexBelow(int count, JsonElement? element, string path)
    {
        int? index = faults.NaturalNumber(element, path);
        if (index is null || index < count)
        {
            return index;
        }

        faults.Add(FaultCode.NumberTooLarge, path, JsonForm.Text(index.Value), FormattableString.Invariant($"below {count}"));
        return null;
    }

    private T? OneOf<T>((T Value, string Name)[] names, JsonElement? element, string path)
        where T : struct
    {
        string? text = faults.Text(element, path);
        foreach ((T value, string name) in names)
        {
            if (string.Equals(name, text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        if (text is not null)
        {
            faults.Add(FaultCode.UnknownFormat, path, text, [.. names.Select(n => n.Name)]);
        }

        return null;
    }
}
