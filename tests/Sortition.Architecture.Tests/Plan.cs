using System.Text.Json;
using Sortition.Core;

namespace Sortition.Architecture.Tests;

/// <summary>The plan of the house: rooms, arrows and what else a rule needs to know.</summary>
internal static class Plan
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(HouseReader.RepositoryFolder, "docs", "architecture.md"));

    /// <summary>A project may name those it points to.</summary>
    public static readonly Arrows Projects = Drawn("Projects");

    /// <summary>The rooms of each project.</summary>
    public static readonly IReadOnlyDictionary<string, Arrows> Rooms = House.AsBuilt.Projects.ToDictionary(p => p.Name, p => Drawn(p.Name), StringComparer.Ordinal);

    /// <summary>Rooms that other projects may not name.</summary>
    public static readonly IReadOnlyList<string> Inner = ["Sortition.Core/Engine"];

    /// <summary>Packages, and the rooms (with those inside) that may name them.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Packages = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Google.OrTools"] = ["Sortition.Core/Engine"],
        ["Google.Protobuf"] = ["Sortition.Core/Engine"],
        ["MathNet.Numerics"] = ["Sortition.Core/Engine", "Sortition.Core/Sampling", "Sortition.Studies/Lotteries"],
        ["Sylvan.Data.Csv"] = ["Sortition.Files/Tables/Csv"],
        ["Quickenshtein"] = ["Sortition.Files/Tables/Model"],
        ["SpreadCheetah"] = ["Sortition.Files/Tables/Xlsx"],
        ["Spectre.Console"] = ["Sortition.Cli"],
        ["Spectre.Console.Ansi"] = ["Sortition.Cli"],
        ["System.CommandLine"] = ["Sortition.Cli"],
        ["Microsoft.AspNetCore"] = ["Sortition.Web"],
        ["Microsoft.Extensions"] = ["Sortition.Web"],
        ["Microsoft.Net.Http.Headers"] = ["Sortition.Web/Hosting"],
    };

    /// <summary>The names of all objectives.</summary>
    public static readonly IReadOnlyList<string> Objectives = [.. LotteryAlgorithms.All.Select(a => a.Name)];

    /// <summary>Rooms and files of texts, which are keyed by the names of objectives.</summary>
    public static readonly IReadOnlyList<string> Texts = ["Sortition.Core/Texts"];

    /// <summary>Rooms (with those inside) in whose code no sentence stands: what they say is in the texts of their project.</summary>
    public static readonly IReadOnlyList<string> Speaking = ["Sortition.Cli", "Sortition.Web/Pages", "Sortition.Web/Projects", "Sortition.Web/Steps", "Shared/Speech", "Sortition.Publication/Checks", "Sortition.Publication/First"];

    /// <summary>Projects that are still being built: law and project.</summary>
    public static readonly IReadOnlyList<(string Law, string Project)> InBuilding =
    [
    ];

    /// <summary>Public types that stand in the namespace of their project, whatever their room: what nearly everybody needs. Inner types may stand beside them.</summary>
    public static readonly IReadOnlyList<string> AtTheFront =
    [
        "Certificate", "CertificateStatus", "Constraint", "ConstraintKind", "Fault", "FaultCode", "FaultLocation", "ILotteryAlgorithm", "IPanelAlgorithm", "Leximin",
        "LotteryAlgorithmExtensions", "LotteryAlgorithms", "LotteryMetrics", "MalformedInputException", "NoLotteryException", "Panel", "PanelLottery", "Person", "PersonStatus", "Quota",
        "RandomSource", "SelectionExplanation", "SelectionProblem", "SelectionProblemBuilder", "SolveOptions", "SolvePhase", "SolveProgress", "SolveResult", "StudyOptions",
        "StudyProgress", "StudyShard", "TextRenderer",
    ];

    /// <summary>The keys of all texts.</summary>
    public static readonly IReadOnlySet<string> Keys = Directory.EnumerateFiles(Path.Combine(HouseReader.RepositoryFolder, "src"), "en.json", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "Texts" && Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(path))) != "Report")
        .SelectMany(path => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!.Keys)
        .ToHashSet(StringComparer.Ordinal);

    private static Arrows Drawn(string heading)
    {
        string[] parts = s_page.Split($"### {heading}\n\n```\n");
        return new(parts.Length == 2 ? parts[1][..parts[1].IndexOf("```", StringComparison.Ordinal)] : "");
    }

    /// <summary>An objective's own file: <c>weighted-leximin</c> is WeightedLeximin.cs.</summary>
    public static string FileOf(string objective) =>
        $"src/Sortition.Core/Algorithms/{string.Concat(objective.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}.cs";
}
