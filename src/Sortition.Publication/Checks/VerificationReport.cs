using Sortition.Core;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>The points of a verification.</summary>
public enum VerificationStep
{
    /// <summary>Every file has the SHA-256 that the list of fingerprints says, and the list has the root that was announced.</summary>
    Fingerprints = 0,

    /// <summary>The files can be read, belong together, and have the one form that their content has.</summary>
    Form = 1,

    /// <summary>Of a replacement round only: the quotas of the open seats are those of the whole panel less the members who stay.</summary>
    Round = 2,

    /// <summary>Every panel of the ideal lottery meets every rule, and the probabilities add up to 1.</summary>
    Lottery = 3,

    /// <summary>The ideal lottery is as good as its certificate says.</summary>
    Certificate = 4,

    /// <summary>Every ballot is a panel: k different people who meet every quota and the household rule.</summary>
    Ballots = 5,

    /// <summary>Everybody is on less than one ballot more or fewer than their chance says.</summary>
    Chances = 6,

    /// <summary>Asked for: the rounding to ballots can be redone from its seed.</summary>
    Rounding = 7,

    /// <summary>The draw came out as recorded.</summary>
    Draw = 8,

    /// <summary>Where the private part is there: all that is public follows from it.</summary>
    Private = 9,
}

/// <summary>What came of a point.</summary>
public enum VerificationOutcome
{
    /// <summary>It is so.</summary>
    Passed = 0,

    /// <summary>It is not so.</summary>
    Failed = 1,

    /// <summary>It was not checked, or cannot be from these files; the finding says why.</summary>
    NotChecked = 2,

    /// <summary>
    /// It was checked and is not as was to be expected. An honest lottery can come out so, and so can a forged one; nobody can tell from these files.
    /// </summary>
    NotConfirmed = 3,
}

/// <summary>One point of a verification.</summary>
public sealed class VerificationCheck
{
    private readonly Sentence _finding;
    private readonly IReadOnlyList<Sentence> _faults;

    internal VerificationCheck(VerificationStep step, VerificationOutcome outcome, Sentence finding, IReadOnlyList<Sentence> faults) =>
        (Step, Outcome, _finding, _faults) = (step, outcome, finding, faults);

    /// <summary>The point.</summary>
    public VerificationStep Step { get; }

    /// <summary>What came of it.</summary>
    public VerificationOutcome Outcome { get; }

    /// <summary>What was found, in an English sentence. It names nobody.</summary>
    public string Finding => Describe(PublicationTexts.English);

    /// <summary>What is wrong, or not as was to be expected, an English sentence each; empty where it passed or was not checked.</summary>
    public IReadOnlyList<string> Faults => DescribeFaults(PublicationTexts.English);

    /// <summary>What was found, in a language. It names nobody.</summary>
    /// <param name="texts">The language, with the texts of this package: <see cref="PublicationTexts.For"/>.</param>
    /// <returns>A sentence.</returns>
    public string Describe(TextRenderer texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return _finding(texts);
    }

    /// <summary>What is wrong, or not as was to be expected, in a language.</summary>
    /// <param name="texts">The language, with the texts of this package: <see cref="PublicationTexts.For"/>.</param>
    /// <returns>A sentence each; none where it passed or was not checked.</returns>
    public IReadOnlyList<string> DescribeFaults(TextRenderer texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. _faults.Select(fault => fault(texts))];
    }
}

/// <summary>What a verification came to.</summary>
public sealed class VerificationReport
{
    private readonly IReadOnlyList<Sentence> _leftOpen;

    internal VerificationReport(IReadOnlyList<VerificationCheck> checks, string? root, IReadOnlyList<Sentence> leftOpen, bool isRehearsal = false) =>
        (Checks, Root, _leftOpen, IsRehearsal) = (checks, root, leftOpen, isRehearsal);

    /// <summary>Point by point.</summary>
    public IReadOnlyList<VerificationCheck> Checks { get; }

    /// <summary>The root of the files as they are, 64 hexadecimal digits in lower case; null if there is none.</summary>
    public string? Root { get; }

    /// <summary>What would have to be checked and was not, in English, each to follow the words "not checked"; empty where nothing is left open.</summary>
    public IReadOnlyList<string> LeftOpen => DescribeLeftOpen(PublicationTexts.English);

    /// <summary>Whether the files say that they are of a rehearsal, which is never genuine.</summary>
    public bool IsRehearsal { get; }

    /// <summary>Whether everything was checked that is claimed, nothing is wrong, and nothing is left unconfirmed.</summary>
    public bool IsGenuine => _leftOpen.Count == 0 && !IsRehearsal && !IsWrong && Checks.All(c => c.Outcome != VerificationOutcome.NotConfirmed);

    /// <summary>Whether something is wrong. What is neither wrong nor genuine is not confirmed, or not checked.</summary>
    public bool IsWrong => Checks.Any(c => c.Outcome == VerificationOutcome.Failed);

    /// <summary>What would have to be checked and was not, in a language.</summary>
    /// <param name="texts">The language, with the texts of this package: <see cref="PublicationTexts.For"/>.</param>
    /// <returns>As <see cref="LeftOpen"/>.</returns>
    public IReadOnlyList<string> DescribeLeftOpen(TextRenderer texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. _leftOpen.Select(open => open(texts))];
    }
}
