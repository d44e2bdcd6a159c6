using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>The points of a verification.</summary>
public enum VerificationStep
{
    /// <summary>Every file has the SHA-256 that the list of fingerprints says, and the list has the root that was announced.</summary>
    Fingerprints,

    /// <summary>The files can be read, belong together, and have the one form that their content has.</summary>
    Form,

    /// <summary>Of a replacement round only: the quotas of the open seats are those of the whole panel less the members who stay.</summary>
    Round,

    /// <summary>Every panel of the ideal lottery meets every rule, and the probabilities add up to 1.</summary>
    Lottery,

    /// <summary>The ideal lottery is as good as its certificate says.</summary>
    Certificate,

    /// <summary>Every ballot is a panel: k different people who meet every quota and the household rule.</summary>
    Ballots,

    /// <summary>Everybody is on as many ballots as said, and less than one ballot from the ideal.</summary>
    Chances,

    /// <summary>The files for other solvers pose the very problems that the certificate is about.</summary>
    Claims,

    /// <summary>Asked for: the rounding to ballots can be redone from its seed.</summary>
    Rounding,

    /// <summary>The draw came out as recorded.</summary>
    Draw,

    /// <summary>The form for everybody says of the same people what the auditor's form says.</summary>
    Auditor,
}

/// <summary>What came of a point.</summary>
public enum VerificationOutcome
{
    /// <summary>It is so.</summary>
    Passed,

    /// <summary>It is not so.</summary>
    Failed,

    /// <summary>It was not checked, or cannot be from these files; the finding says why.</summary>
    NotChecked,

    /// <summary>
    /// It was checked and is not as was to be expected. An honest lottery can come out so, and so can a forged one; nobody can tell from these files.
    /// </summary>
    NotConfirmed,
}

/// <summary>One point of a verification.</summary>
/// <param name="Step">The point.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Finding">What was found, in an English sentence. It names nobody.</param>
/// <param name="Faults">What is wrong, or not as was to be expected, an English sentence each; empty where it passed or was not checked.</param>
public sealed record VerificationCheck(VerificationStep Step, VerificationOutcome Outcome, string Finding, IReadOnlyList<string> Faults);

/// <summary>What a verification came to.</summary>
/// <param name="Checks">Point by point.</param>
/// <param name="Level">The level of the publication; null if that cannot be read.</param>
/// <param name="Root">The root of the files as they are; null if there is none.</param>
public sealed record VerificationReport(IReadOnlyList<VerificationCheck> Checks, PublicationLevel? Level, string? Root)
{
    /// <summary>Whether nothing is wrong, and nothing is left unconfirmed that was checked.</summary>
    public bool IsGenuine => !IsWrong && Checks.All(c => c.Outcome != VerificationOutcome.NotConfirmed);

    /// <summary>Whether something is wrong. What is neither wrong nor genuine is not confirmed.</summary>
    public bool IsWrong => Checks.Any(c => c.Outcome == VerificationOutcome.Failed);
}
