using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Fairness;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Cli.Texts;

/// <summary>What several commands say in JSON, for programs; the members are told in <c>docs/file-formats.md</c>. Of people it has ids only.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions s_form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    /// <summary>Writes a document, and a line end.</summary>
    public static void Write(Stream stream, JsonObject document)
    {
        using (Utf8JsonWriter json = new(stream, s_form))
        {
            document.WriteTo(json);
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>A document as one of the library's writers writes it into a file.</summary>
    public static JsonNode? Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return JsonNode.Parse(stream.ToArray());
    }

    /// <summary>Items in a row.</summary>
    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);

    /// <summary>Texts in a row.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => List(texts, text => text);

    /// <summary>A number; null for none and for what is none.</summary>
    public static JsonNode? Number(double? number) => number is double n && double.IsFinite(n) ? n : null;

    /// <summary>The name of a constant, such as <c>mustBeIn</c>.</summary>
    public static string Name(Enum constant) => JsonNamingPolicy.CamelCase.ConvertName(constant.ToString());

    /// <summary>Ids of people.</summary>
    public static JsonArray Ids(SelectionProblem problem, IEnumerable<int> people) => Texts(people.Select(i => problem.People[i].Id));

    /// <summary>A fault, with everything that is known of it, for whoever gave the input.</summary>
    public static JsonObject Fault(Fault fault, TextRenderer texts)
    {
        JsonObject json = Fault(fault.Code.Name, fault.Location, texts.Describe(fault), fault.Lines, fault.LineCount);
        json["parameters"] = new JsonObject(fault.Code.Parameters.Select(p => KeyValuePair.Create(p, Parameter(fault[p]))));
        return json;
    }

    /// <summary>A fault of the command line.</summary>
    public static JsonObject UsageFault(string message) => Fault("usage", null, message, [], lineCount: 0);

    /// <summary>The terms of a condition.</summary>
    public static JsonArray Condition(IEnumerable<FeatureValue> terms) => List(terms, t => new JsonObject { ["feature"] = t.Feature, ["value"] = t.Value });

    /// <summary>All quotas, with how many of the pool are in each group.</summary>
    public static JsonArray Quotas(SelectionProblem problem) => List(problem.Quotas, q => new JsonObject
    {
        ["condition"] = Condition(q.Condition),
        ["min"] = q.Min,
        ["max"] = q.Max,
        ["people"] = problem.People.Count(p => problem.Matches(p, q)),
    });

    /// <summary>A constraint.</summary>
    public static JsonObject Constraint(Constraint constraint, SelectionProblem problem, TextRenderer texts) => new()
    {
        ["kind"] = Name(constraint.Kind),
        ["condition"] = constraint.Quota is Quota quota ? Condition(quota.Condition) : null,
        ["text"] = texts.Describe(constraint, problem),
    };

    /// <summary>Constraints in a row.</summary>
    public static JsonArray Constraints(IEnumerable<Constraint> constraints, SelectionProblem problem, TextRenderer texts) =>
        List(constraints, c => Constraint(c, problem, texts));

    /// <summary>Why the quotas cannot be met.</summary>
    public static JsonArray Reasons(IEnumerable<InfeasibilityReason> reasons, SelectionProblem problem, TextRenderer texts) =>
        List(reasons, reason => new JsonObject
        {
            ["code"] = Name(reason.Code),
            ["constraints"] = Constraints(reason.Constraints, problem, texts),
            ["text"] = texts.Describe(reason, problem),
        });

    /// <summary>What clashes, and what would help with it.</summary>
    public static JsonArray Conflicts(IEnumerable<Conflict> conflicts, SelectionProblem problem, TextRenderer texts) =>
        List(conflicts, conflict => new JsonObject
        {
            ["constraints"] = Constraints(conflict.Reason.Constraints, problem, texts),
            ["remedies"] = List(conflict.Remedies, r =>
            {
                JsonObject remedy = Constraint(r.Constraint, problem, texts);
                remedy["to"] = r.To;
                return remedy;
            }),
            ["help"] = Texts(texts.DescribeHelp(conflict, problem)),
            ["text"] = texts.Describe(conflict, problem),
        });

    /// <summary>The ways out; with what each comes to in chances where that was computed.</summary>
    public static JsonArray WaysOut(RelaxationReport report, IReadOnlyList<RelaxationFairness>? fairness) =>
        List(report.Alternatives.Index(), at => new JsonObject
        {
            ["cost"] = at.Item.Cost,
            ["changes"] = List(at.Item.Changes, change => new JsonObject
            {
                ["condition"] = Condition(change.Constraint.Quota!.Condition),
                ["bound"] = change.Constraint.Kind == ConstraintKind.QuotaMinimum ? "min" : "max",
                ["from"] = change.From,
                ["to"] = change.To,
            }),
            ["lowestChance"] = Number(fairness?[at.Index].Metrics?.MinProbability),
            ["gini"] = Number(fairness?[at.Index].Metrics?.Gini),
        });

    /// <summary>Who can never be chosen.</summary>
    public static JsonArray Uncovered(SelectionProblem problem, IEnumerable<UnselectablePerson> uncovered, TextRenderer texts) =>
        List(uncovered, u => new JsonObject
        {
            ["id"] = problem.People[u.Person].Id,
            ["reason"] = texts.Describe(u, problem),
        });

    /// <summary>What is known of a lottery's quality.</summary>
    public static JsonObject Proof(PanelLottery lottery, bool isCutOff) => new()
    {
        ["objective"] = lottery.Certificate.Objective.Name,
        ["gamma"] = Number(lottery.Certificate.Objective.Parameter),
        ["value"] = Number(lottery.Certificate.Value),
        ["bound"] = Number(lottery.Certificate.Bound),
        ["gap"] = Number(lottery.Certificate.Gap),
        ["provenOptimal"] = lottery.Certificate.Status == CertificateStatus.ProvenOptimal,
        ["epsilon"] = lottery.Certificate.Epsilon is double epsilon ? Number(epsilon) : null,
        ["stoppedByLimit"] = isCutOff,
    };

    /// <summary>What a replacement round is about; null for the lottery of a whole panel.</summary>
    public static JsonObject? Round(PublishedLottery lottery) => lottery.Round is PublishedRound round
        ? new() { ["panelSize"] = round.PanelSize, ["staying"] = round.Staying }
        : null;

    /// <summary>How near ballots come to the lottery; differences in ballots.</summary>
    public static JsonObject Rounding(RoundingError quality) => new()
    {
        ["ballots"] = quality.Ballots,
        ["lowest"] = quality.MinBallots,
        ["lowestAtMost"] = quality.MinBallotsUpperBound,
        ["highest"] = quality.MaxBallots,
        ["idealLowestChance"] = Number(quality.IdealMinProbability),
        ["withoutBallot"] = quality.WithoutBallot,
        ["withinOneBallot"] = quality.IsWithinOneBallot,
        ["largestDifference"] = Number(quality.MaxDeviation * quality.Ballots),
        ["typicalDifference"] = Number(quality.RootMeanSquareDeviation * quality.Ballots),
        ["largestChangeByOneBall"] = Number(quality.MaxChangeByOneBall),
    };

    /// <summary>How mixed ballots are.</summary>
    public static JsonObject Mixing(BallotMixing mixing) => new()
    {
        ["differentPanels"] = mixing.DifferentPanels,
        ["largestOverlap"] = mixing.LargestOverlap,
        ["pairExcess"] = Number(mixing.PairExcess),
        ["largestPairRatio"] = mixing.LargestPairRatio is double pairs ? Number(pairs) : null,
        ["largestGroupRatio"] = mixing.LargestGroupRatio is double groups ? Number(groups) : null,
        ["meanSquaredCellError"] = Number(mixing.MeanSquaredCellError),
        ["exchanges"] = mixing.Exchanges,
        ["mixed"] = mixing.IsMixed,
    };

    /// <summary>How mixed a lottery is.</summary>
    public static JsonObject Mixing(LotteryMixing mixing) => new()
    {
        ["panelsFound"] = mixing.PanelsFound,
        ["panels"] = mixing.Lottery.Panels.Count,
        ["mixed"] = mixing.IsMixed,
    };

    private static JsonObject Fault(string code, FaultLocation? location, string message, IReadOnlyList<int> lines, int lineCount) => new()
    {
        ["code"] = code,
        ["file"] = location?.Source,
        ["line"] = location?.Line,
        ["column"] = location?.Column,
        ["lines"] = List(lines, line => line),
        ["lineCount"] = lineCount,
        ["parameters"] = new JsonObject(),
        ["message"] = message,
    };

    private static JsonNode? Parameter(object? value) => value switch
    {
        null => null,
        int number => number,
        long number => number,
        decimal number => number,
        double number => Number(number),
        IEnumerable<string> texts => Texts(texts),
        _ => value.ToString(),
    };
}
