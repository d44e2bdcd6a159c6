using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Publication.Format;

/// <summary>The codes of what can be malformed in a published lottery, beside those of <see cref="CoreFaults"/> and of files.</summary>
internal static class PublicationFaults
{
    /// <summary>A file of a published lottery is missing, cannot be read or is too large.</summary>
    public static FaultCode MissingFile { get; } = new("publication/missing-file", ["most"]);

    /// <summary>A published lottery has fewer ballots than it says.</summary>
    public static FaultCode TooFewBallots { get; } = new("publication/too-few-ballots", ["found", "ballots"]);

    /// <summary>A published lottery has more ballots than it says.</summary>
    public static FaultCode TooManyBallots { get; } = new("publication/too-many-ballots", ["most"]);

    /// <summary>A line has fewer cells than its table has columns.</summary>
    public static FaultCode TooFewCells { get; } = new("publication/too-few-cells", ["found", "cells"]);

    /// <summary>A cell is no whole number from 1 to a bound.</summary>
    public static FaultCode NumberOutOfRange { get; } = new("publication/number-out-of-range", ["found", "most"]);

    /// <summary>A tag or a ticket is no SHA-256 in hexadecimal digits.</summary>
    public static FaultCode MalformedTag { get; } = new("publication/malformed-tag");

    /// <summary>A key is not of 64 hexadecimal digits.</summary>
    public static FaultCode MalformedKey { get; } = new("publication/malformed-key");

    /// <summary>What should be the record of a selection is none.</summary>
    public static FaultCode NoSelection { get; } = new("publication/no-selection");

    /// <summary>The record of a selection is of a replacement round, of which it holds the open seats only.</summary>
    public static FaultCode SelectionOfRound { get; } = new("publication/selection-of-round");

    /// <summary>What should be a picture is neither PNG nor JPEG.</summary>
    public static FaultCode NoPicture { get; } = new("publication/no-picture");

    /// <summary>Somebody has two keys.</summary>
    public static FaultCode KeyTwice { get; } = new("publication/key-twice", ["subject"]);

    /// <summary>A number, a list or a constraint is not written in the one way that it has, or not one that there can be.</summary>
    public static FaultCode NotAsWritten { get; } = new("publication/not-as-written");

    /// <summary>What is said in one place contradicts what is said in another.</summary>
    public static FaultCode Contradiction { get; } = new("publication/contradiction");

    /// <summary>A record of a draw has no number of a ballot.</summary>
    public static FaultCode BallotNotInDigits { get; } = new("publication/ballot-not-in-digits");

    /// <summary>An announcement of a draw has what does not belong to its method, or lacks what does.</summary>
    public static FaultCode AnnouncementMembers { get; } = new("publication/announcement-members");

    /// <summary>The form announced for a text is none that is known.</summary>
    public static FaultCode UnknownForm { get; } = new("publication/unknown-form", ["found"]);

    /// <summary>The form announced has too few texts for so many ballots.</summary>
    public static FaultCode TooFewTexts { get; } = new("publication/too-few-texts", ["found", "possible", "ballots", "least", "allowed"]);

    /// <summary>A draw was decided by something else than what was announced.</summary>
    public static FaultCode OtherMethod { get; } = new("publication/other-method", ["found", "announced", "subject"]);

    /// <summary>A text is not of the announced number of hexadecimal digits.</summary>
    public static FaultCode TextNotHex { get; } = new("publication/text-not-hex", ["found", "form"]);

    /// <summary>A text is not numbers in the one way to write them.</summary>
    public static FaultCode TextNotNumbers { get; } = new("publication/text-not-numbers", ["found", "form"]);

    /// <summary>A text has more or fewer numbers than announced.</summary>
    public static FaultCode TextOtherCount { get; } = new("publication/text-other-count", ["found", "form"]);

    /// <summary>A text has a number that is smaller or larger than announced.</summary>
    public static FaultCode TextOutOfRange { get; } = new("publication/text-out-of-range", ["found", "form"]);

    /// <summary>A text has a number twice, though it was announced that they are distinct.</summary>
    public static FaultCode TextRepeats { get; } = new("publication/text-repeats", ["found", "form"]);

    /// <summary>A text has its numbers in another order than the announced ascending one.</summary>
    public static FaultCode TextNotSorted { get; } = new("publication/text-not-sorted", ["found", "form"]);
}
