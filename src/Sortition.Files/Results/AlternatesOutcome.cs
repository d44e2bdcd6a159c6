using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;

namespace Sortition.Files.Results;

/// <summary>Alternates that were chosen, with all that their files tell.</summary>
public sealed class AlternatesOutcome
{
    /// <summary>The problem and the files it came from.</summary>
    public required LoadedProblem Input { get; init; }

    /// <summary>The alternates, for a panel of the problem, and how good they are on the scenarios.</summary>
    public required AlternatesResult.Chosen Result { get; init; }

    /// <summary>The scenarios they were chosen against.</summary>
    public required DropOutSample Scenarios { get; init; }

    /// <summary>The drop-out chances that the scenarios come from.</summary>
    public required DropOutChances Chances { get; init; }

    /// <summary>The version of the software that made the choice.</summary>
    public required string SoftwareVersion { get; init; }

    /// <summary>The text that all random sources were seeded with.</summary>
    public required string Seed { get; init; }

    /// <summary>The name of the random generator and its version, <c>sha256-ctr/1</c>.</summary>
    public required string Generator { get; init; }

    /// <summary>Ids of people who could not be asked.</summary>
    public IReadOnlyList<string> Declined { get; init; } = [];

    /// <summary>The drop-out chance of everybody for whom nothing else is known, 0..1; null where the chances were estimated.</summary>
    public double? GivenChance { get; init; }

    /// <summary>The file of drop-out chances or of past members; null where there was none.</summary>
    public InputFile? ChanceFile { get; init; }

    /// <summary>The estimate from past members that the chances are; null where they were given.</summary>
    public DropOutModel? Model { get; init; }

    /// <summary>How they do beside the simple practices; null where that was not asked.</summary>
    public AlternatesComparison? Comparison { get; init; }
}
