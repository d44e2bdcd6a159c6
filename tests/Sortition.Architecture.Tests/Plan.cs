using Sortition.Core.Algorithms;

namespace Sortition.Architecture.Tests;

/// <summary>The plan of the house: rooms, arrows and what else a rule needs to know.</summary>
internal static class Plan
{
    /// <summary>A project may name those it points to.</summary>
    public static readonly Arrows Projects = new("Sortition.Cli → Sortition.Publication → Sortition.Files → Sortition.Core");

    /// <summary>The rooms of each project.</summary>
    public static readonly IReadOnlyDictionary<string, Arrows> Rooms = new Dictionary<string, Arrows>(StringComparer.Ordinal)
    {
        ["Sortition.Core"] = new("""
            Targets, Lotteries → Problems
            Engine/* → Engine → Lotteries
            Engine/Proof → Engine/OrTools, Engine/Polytope
            Engine/Search, Engine/Relaxation → Engine/Proof, Engine/Numerics
            Engine/Mixing → Engine/OrTools, Engine/Numerics
            Engine/Conflicts, Engine/Reserve → Engine/Search
            Feasibility, Certificates, Ballots, DropOuts, Kernel → Engine, Engine/*
            Algorithms → Feasibility, Certificates, Ballots, Kernel
            Sampling, Fairness → Algorithms
            Replacements → Feasibility
            Alternates → DropOuts, Replacements
            Texts → *
            """),
        ["Sortition.Files"] = new("""
            . → Results, Mapping → Documents, Dialects → Tables → Tables/Csv, Tables/Xlsx → Tables/Model → Shared → Storage
            """),
        ["Sortition.Publication"] = new("""
            . → Report → Report/Page → Report/Charts → Report/Model → Checks → Format → Shared
            """),
        ["Sortition.Cli"] = new("""
            . → Commands → Options → Texts → Shared
            """),
    };

    /// <summary>Rooms that other projects may not name.</summary>
    public static readonly IReadOnlyList<string> Inner = ["Sortition.Core/Engine"];

    /// <summary>Packages, and the rooms (with those inside) that may name them.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Packages = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Google.OrTools"] = ["Sortition.Core/Engine"],
        ["Google.Protobuf"] = ["Sortition.Core/Engine"],
        ["MathNet.Numerics"] = ["Sortition.Core/Engine", "Sortition.Core/Sampling"],
        ["Sylvan.Data.Csv"] = ["Sortition.Files/Tables/Csv"],
        ["SpreadCheetah"] = ["Sortition.Files/Tables/Xlsx"],
        ["Spectre.Console"] = ["Sortition.Cli"],
        ["Spectre.Console.Ansi"] = ["Sortition.Cli"],
        ["System.CommandLine"] = ["Sortition.Cli"],
    };

    /// <summary>The names of all objectives.</summary>
    public static readonly IReadOnlyList<string> Objectives = [.. LotteryAlgorithms.All.Select(a => a.Name)];

    /// <summary>Rooms and files of texts, which are keyed by the names of objectives.</summary>
    public static readonly IReadOnlyList<string> Texts = ["Sortition.Core/Texts", "src/Sortition.Cli/Texts/ObjectiveText.cs"];

    /// <summary>Projects that are still being built: law and project.</summary>
    public static readonly IReadOnlyList<(string Law, string Project)> InBuilding =
    [
    ];

    /// <summary>Public types that stand in the namespace of their project, whatever their room.</summary>
    public static readonly IReadOnlyList<string> AtTheFront = [];

    /// <summary>An objective's own file: <c>weighted-leximin</c> is WeightedLeximin.cs.</summary>
    public static string FileOf(string objective) =>
        $"src/Sortition.Core/Algorithms/{string.Concat(objective.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}.cs";
}
