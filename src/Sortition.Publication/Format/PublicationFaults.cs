using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Publication.Format;

/// <summary>The codes of what can be malformed in a published lottery, beside those of <see cref="CoreFaults"/> and of files.</summary>
internal static class PublicationFaults
{
    /// <summary>A file of a published lottery is missing, cannot be read or is too large.</summary>
    public static FaultCode MissingFile { get; } = new("publication/missing-file", ["most"]);

    /// <summary>A published lottery has no ballots.</summary>
    public static FaultCode NoBallots { get; } = new("publication/no-ballots");

    /// <summary>A published lottery has more ballots than it says.</summary>
    public static FaultCode TooManyBallots { get; } = new("publication/too-many-ballots", ["most"]);

    /// <summary>A line has fewer cells than its table has columns.</summary>
    public static FaultCode TooFewCells { get; } = new("publication/too-few-cells", ["found", "cells"]);

    /// <summary>A cell is no whole number from 1 to a bound.</summary>
    public static FaultCode NumberOutOfRange { get; } = new("publication/number-out-of-range", ["found", "most"]);

    /// <summary>A tag is no SHA-256 in hexadecimal digits.</summary>
    public static FaultCode MalformedTag { get; } = new("publication/malformed-tag");

    /// <summary>What should be a root is no SHA-256 in hexadecimal digits.</summary>
    public static FaultCode NotARoot { get; } = new("publication/not-a-root");

    /// <summary>A salt is not of 32 hexadecimal digits.</summary>
    public static FaultCode MalformedSalt { get; } = new("publication/malformed-salt");

    /// <summary>Somebody has two salts.</summary>
    public static FaultCode SaltTwice { get; } = new("publication/salt-twice", ["subject"]);

    /// <summary>What only the form for everybody says is missing there, or stands in the form for auditors.</summary>
    public static FaultCode PublicSection { get; } = new("publication/public-section");

    /// <summary>A record of a draw names a procedure that is not known here.</summary>
    public static FaultCode UnknownProcedure { get; } = new("publication/unknown-procedure", ["found", "known"]);

    /// <summary>A record of a draw has no number of a ballot.</summary>
    public static FaultCode BallotNotInDigits { get; } = new("publication/ballot-not-in-digits");
}
