using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Files.Dialects;

namespace Sortition.Files.Results;

/// <summary>A selection that was made, with all that its files tell.</summary>
/// <remarks>
/// Where a panel is drawn from a lottery, <see cref="Draw"/> draws it and fills this in. A secure draw that can be redone is one by a seed that nobody could
/// foresee: <see cref="RandomSource.NewSeed"/>, or dice rolled in public.
/// </remarks>
/// <example>
/// <code>
/// LoadedProblem input = LoadedProblem.FromProblem(problem);                // or from ProblemFiles.Load
/// SelectionOutcome outcome = SelectionOutcome.Draw(input, lottery, RandomSource.NewSeed(), softwareVersion: "my platform 2.1");
/// ResultFiles.Write("result", outcome);                                    // or into a stream: FolderTarget.ToZip
/// </code>
/// </example>
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

    /// <summary>Draws a panel from a lottery by a seed, as <c>sortition select --seed</c> does.</summary>
    /// <param name="input">The problem and the files it came from.</param>
    /// <param name="lottery">The lottery, of the same problem.</param>
    /// <param name="seed">The seed; any text.</param>
    /// <param name="softwareVersion">The program that draws, and its version.</param>
    /// <param name="stoppedByLimit">Whether a time limit cut the computation of the lottery off.</param>
    /// <returns>The panel with all that its files tell. The same lottery and seed give the same panel.</returns>
    /// <exception cref="ArgumentException">The lottery is of another problem.</exception>
    public static SelectionOutcome Draw(LoadedProblem input, PanelLottery lottery, string seed, string softwareVersion, bool stoppedByLimit = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(seed);
        ArgumentNullException.ThrowIfNull(softwareVersion);
        if (!input.Problem.Equals(lottery.Problem))
        {
            throw new ArgumentException("The lottery is of another problem.", nameof(lottery));
        }

        RandomSource random = RandomSource.Seeded(seed);
        int drawn = lottery.DrawPanelIndex(random);
        return new SelectionOutcome
        {
            Input = input,
            Panel = lottery.DrawMembers(drawn, random),
            Algorithm = lottery.Certificate.Objective.Name,
            SoftwareVersion = softwareVersion,
            Seed = seed,
            Generator = RandomSource.SeededGenerator,
            Lottery = lottery,
            DrawnPanel = drawn,
            StoppedByLimit = stoppedByLimit,
        };
    }

    /// <summary>
    /// <c>proven optimal</c>, <c>proven within epsilon</c> or <c>not proven</c>, as the lottery's certificate has it; <c>people left without a chance</c> where
    /// a time limit did that; <c>drawn without a lottery</c> where there is none, so that nothing is known about chances.
    /// </summary>
    internal string Status => Lottery?.Certificate.Status switch
    {
        null => "drawn without a lottery",
        CertificateStatus.ProvenOptimal => "proven optimal",
        CertificateStatus.EpsilonLeximin => "proven within epsilon",
        _ when StoppedByLimit && Lottery.WithoutChance.Count > 0 => "people left without a chance",
        _ => "not proven",
    };
}
