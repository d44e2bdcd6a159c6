using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Files.Dialects;

namespace Sortition.Files.Results;

/// <summary>A selection that was made, with all that its files tell.</summary>
public sealed class SelectionOutcome
{
    /// <summary>The problem and the files it came from.</summary>
    public required LoadedProblem Input { get; init; }

    /// <summary>The panel drawn.</summary>
    public required Panel Panel { get; init; }

    /// <summary>The algorithm's name.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The version of the software that made the selection.</summary>
    public required string SoftwareVersion { get; init; }

    /// <summary>The text that the random source was seeded with.</summary>
    public required string Seed { get; init; }

    /// <summary>The name of the random generator and its version, <c>sha256-ctr/1</c>.</summary>
    public required string Generator { get; init; }

    /// <summary>The lottery the panel was drawn from; null for an algorithm that gives panels only.</summary>
    public PanelLottery? Lottery { get; init; }

    /// <summary>The equally likely ballots that the lottery was rounded to; null where the panel was drawn from the lottery itself.</summary>
    public PanelTable? Ballots { get; init; }

    /// <summary>
    /// What was drawn, from 0: an index into the rows of <see cref="Ballots"/>, or, where there are none, into <see cref="PanelLottery.Panels"/> of
    /// <see cref="Lottery"/>, whose people were drawn after that; null where there is no lottery. Files number ballots from 0, and panels by type from 1.
    /// </summary>
    public int? DrawnPanel { get; init; }

    /// <summary>How many attempts an algorithm that may fail took, 1 or more; null for others.</summary>
    public int? Attempts { get; init; }

    /// <summary>Whether a time limit cut the computation off, so that another run may give another lottery.</summary>
    public bool StoppedByLimit { get; init; }

    /// <summary>
    /// <c>proven optimal</c> or <c>not proven</c>, as the lottery's certificate has it; <c>drawn without a lottery</c> where there is none, so that nothing is
    /// known about chances.
    /// </summary>
    internal string Status => Lottery?.Certificate.Status switch
    {
        null => "drawn without a lottery",
        CertificateStatus.ProvenOptimal => "proven optimal",
        _ => "not proven",
    };
}
