using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Publication.Format;
using Sortition.Shared;

namespace Sortition.Publication.Report.Model;

/// <summary>
/// A selection that was drawn at once, as <c>sortition select</c> recorded it in <c>report.json</c>: counts and chances, to be told to citizens.
/// </summary>
/// <remarks>
/// Of an algorithm that computes no lottery there are no chances in it. Of a replacement round it has the open seats, and the quotas of the whole panel.
/// Immutable and safe to read from any thread.
/// </remarks>
public sealed class RecordedSelection
{
    private const long MostBytes = 256 << 20;
    private const string And = " & ";
    private const string WithoutLottery = "drawn without a lottery";

    private RecordedSelection(JsonElement json)
    {
        IsRehearsal = json.TryGetProperty(Rehearsal.Member, out _);
        JsonElement problem = json.GetProperty("problem");
        Algorithm = json.GetProperty("algorithm").GetString()!;
        PanelSize = Count(problem, "panelSize", least: 1);
        PoolSize = Count(problem, "people", PanelSize);
        MustBeIn = Count(problem, "mustBeIn");
        MustBeOut = Count(problem, "mustBeOut");
        HouseholdLimit = problem.GetProperty("householdLimit") is { ValueKind: JsonValueKind.Number } limit ? limit.GetInt32() : null;
        Seed = json.GetProperty("random").GetProperty("seed").GetString()!;
        string[] features = [.. problem.GetProperty("features").EnumerateArray().Select(f => f.GetString()!)];
        Lottery = LotteryOf(json, features);
        Groups = [.. json.GetProperty("groups").EnumerateArray().Select(group => GroupOf(group, features))];
        Round = json.TryGetProperty("replacement", out JsonElement round) ? RoundOf(round, PanelSize) : null;
        if (Round is not null)
        {
            // What else there is are quotas on the households of those who stay, which is nobody's business.
            HashSet<string> whole = [.. Round.Quotas.SelectMany(q => q.Feature.Split(And).Append(q.Feature))];
            Groups = [.. Groups.Where(g => whole.Contains(g.Feature)).Select(Round.Whole)];
        }

        Problem = ProblemOf();
        if (Groups.Count == 0 || PoolSize <= MustBeOut)
        {
            throw new FormatException();
        }
    }

    /// <summary>The features with their values.</summary>
    public IReadOnlyList<Feature> Features => Problem.Features;

    /// <summary>Whether it was a rehearsal.</summary>
    public bool IsRehearsal { get; }

    /// <summary>The seed that decided the draw.</summary>
    public string Seed { get; }

    internal int PanelSize { get; }

    internal int PoolSize { get; }

    internal int MustBeIn { get; }

    internal int MustBeOut { get; }

    internal int? HouseholdLimit { get; }

    /// <summary>The name of what drew the panel.</summary>
    internal string Algorithm { get; }

    /// <summary>The lottery that it was drawn from; null where there was none.</summary>
    internal RecordedLottery? Lottery { get; }

    /// <summary>The replacement round that it was; null for a whole panel.</summary>
    internal RecordedRound? Round { get; }

    internal IReadOnlyList<RecordedGroup> Groups { get; }

    /// <summary>The features and quotas, without the people.</summary>
    internal SelectionProblem Problem { get; }

    /// <summary>Reads the record of a selection.</summary>
    /// <param name="file">The file <c>report.json</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="MalformedInputException">It cannot be read, or is none that a page can be made of.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RecordedSelection Read(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArraySegment<byte> content = file.Read(MostBytes, cancellationToken);
        try
        {
            using JsonDocument json = JsonDocument.Parse(content);
            JsonElement root = json.RootElement;
            return root.GetProperty("format").GetString() is not "sortition-report/1" ? throw Refused(file, PublicationFaults.NoSelection)
                : root.TryGetProperty("replacement", out JsonElement round) && !round.TryGetProperty("quotas", out _)
                    ? throw Refused(file, PublicationFaults.SelectionOfRound)
                : new RecordedSelection(root);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw Refused(file, PublicationFaults.NoSelection);
        }
    }

    private static MalformedInputException Refused(FileSource file, FaultCode code)
    {
        FaultList faults = new();
        faults.Add(code, new FaultLocation(file.Name));
        return faults.ToException();
    }

    private static int Count(JsonElement json, string name, int least = 0) =>
        json.GetProperty(name).GetInt32() is int number && number >= least ? number : throw new FormatException();

    private static double Number(JsonElement json, string name) =>
        json.GetProperty(name).GetDouble() is double number && double.IsFinite(number) ? number : throw new FormatException();

    private static double? Chance(JsonElement json, string name) => json.GetProperty(name).ValueKind == JsonValueKind.Null ? null
        : Number(json, name) is >= 0 and <= 1.000_001 and double chance ? Math.Min(1, chance)
        : throw new FormatException();

    /// <exception cref="FormatException">There is no such lottery.</exception>
    private static RecordedLottery? LotteryOf(JsonElement json, string[] features)
    {
        string status = json.GetProperty("status").GetString()!;
        if (!json.TryGetProperty("lottery", out JsonElement lottery))
        {
            return status is WithoutLottery ? null : throw new FormatException();
        }

        RecordedLottery read = new(
            Count(lottery, "uncovered"),
            Count(lottery, "withoutChance"),
            Number(lottery, "gini"),
            CertificateOf(json.GetProperty("certificate"), status),
            [.. json.GetProperty("types").EnumerateArray().Select(type => new RecordedType(
                [.. type.GetProperty("values").EnumerateArray().Select((v, f) => new FeatureValue(features[f], v.GetString()!))],
                Count(type, "people", least: 1),
                Chance(type, "chance")!.Value))]);
        return read.Types.Any(t => t.Chance > 0) ? read : throw new FormatException();
    }

    private static RecordedRound RoundOf(JsonElement json, int openSeats)
    {
        int size = Count(json, "panelSize", openSeats);
        return json.GetProperty("confirmed").GetArrayLength() == size - openSeats
            ? new RecordedRound(
                size,
                size - openSeats,
                [.. json.GetProperty("quotas").EnumerateArray().Select(quota => new RecordedRoundQuota(
                    quota.GetProperty("feature").GetString()!,
                    quota.GetProperty("value").GetString()!,
                    Count(quota, "min"),
                    Count(quota, "max"),
                    Count(quota, "staying")))])
            : throw new FormatException();
    }

    private static Certificate CertificateOf(JsonElement json, string status)
    {
        double? parameter = json.TryGetProperty("gamma", out JsonElement gamma) ? gamma.GetDouble() : null;
        Objective objective = LotteryAlgorithms.FindObjective(json.GetProperty("objective").GetString()!, parameter);
        double value = json.GetProperty("value").ValueKind == JsonValueKind.Null ? double.PositiveInfinity : Number(json, "value");
        CertificateStatus proven = status switch
        {
            "proven optimal" => CertificateStatus.ProvenOptimal,
            "proven within epsilon" => CertificateStatus.EpsilonLeximin,
            _ => CertificateStatus.NotProven,
        };
        double? epsilon = json.TryGetProperty("epsilon", out JsonElement within) ? within.GetDouble() : null;
        return new Certificate(objective, proven, value, Number(json, "bound"), [], epsilon);
    }

    private static RecordedGroup GroupOf(JsonElement json, string[] features)
    {
        string feature = json.GetProperty("feature").GetString()!;
        string value = json.GetProperty("value").GetString()!;

        // Joined names are several features at once, unless one feature is called so.
        (string[] names, string[] values) = features.Contains(feature, StringComparer.Ordinal) ? ([feature], [value]) : (feature.Split(And), value.Split(And));
        return new RecordedGroup(
            feature,
            value,
            names.Length == values.Length ? [.. names.Zip(values, (n, v) => new FeatureValue(n, v))] : throw new FormatException(),
            Bound("min"),
            Bound("max"),
            Count(json, "pool"),
            Count(json, "panel"),
            Chance(json, "lowestChance") is double lowest && Chance(json, "meanChance") is double mean && Chance(json, "highestChance") is double highest
                ? new GroupChances(lowest, mean, highest) : null);

        int? Bound(string name) => json.GetProperty(name).ValueKind == JsonValueKind.Null ? null : Count(json, name);
    }

    /// <exception cref="FormatException">The quotas are none.</exception>
    private SelectionProblem ProblemOf()
    {
        SelectionProblemBuilder builder = new(Round?.PanelSize ?? PanelSize);
        foreach (RecordedGroup group in Groups)
        {
            if (group.Min is int min && group.Max is int max)
            {
                builder.Quota(new QuotaInput { Condition = group.Condition, Min = min, Max = max });
            }
            else
            {
                builder.Feature(group.Condition[0].Feature, group.Condition[0].Value);
            }
        }

        try
        {
            return builder.Build();
        }
        catch (MalformedInputException)
        {
            throw new FormatException();
        }
    }
}

/// <summary>People whom a lottery cannot tell apart.</summary>
internal sealed record RecordedType(IReadOnlyList<FeatureValue> Values, int People, double Chance);

/// <summary>A group of a recorded selection.</summary>
internal sealed record RecordedGroup(
    string Feature, string Value, IReadOnlyList<FeatureValue> Condition, int? Min, int? Max, int Pool, int Panel, GroupChances? Chances, int? Staying = null);

/// <summary>The lottery that a recorded selection was drawn from.</summary>
internal sealed record RecordedLottery(int Uncovered, int WithoutChance, double Gini, Certificate Certificate, IReadOnlyList<RecordedType> Types);

/// <summary>A recorded replacement round: the whole panel and its quotas.</summary>
internal sealed record RecordedRound(int PanelSize, int Staying, IReadOnlyList<RecordedRoundQuota> Quotas)
{
    /// <summary>A group with the quota of the whole panel in place of that of the open seats.</summary>
    public RecordedGroup Whole(RecordedGroup group) =>
        Quotas.FirstOrDefault(
            q => string.Equals(q.Feature, group.Feature, StringComparison.Ordinal)
                && string.Equals(q.Value, group.Value, StringComparison.Ordinal)) is { } quota
            ? group with { Min = quota.Min, Max = quota.Max, Staying = quota.Staying }
            : group;
}

/// <summary>A quota of a whole panel, some of whose members stay.</summary>
internal sealed record RecordedRoundQuota(string Feature, string Value, int Min, int Max, int Staying);
