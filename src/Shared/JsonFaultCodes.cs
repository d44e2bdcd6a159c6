using Sortition.Core;

namespace Sortition.Shared;

/// <summary>The codes of what can be malformed in JSON documents. Their texts are those of the package for files.</summary>
internal static class JsonFaultCodes
{
    /// <summary>A document is no JSON.</summary>
    public static FaultCode MalformedJson { get; } = new("files/malformed-json");

    /// <summary>A document is of another kind or version than the reader knows.</summary>
    public static FaultCode UnknownFormat { get; } = new("files/unknown-format", ["found", "wanted"]);

    /// <summary>What should be a JSON object is of another type (found).</summary>
    public static FaultCode NotAnObject { get; } = new("files/not-an-object", ["found"], personal: ["found"]);

    /// <summary>What should be a JSON array is of another type (found).</summary>
    public static FaultCode NotAnArray { get; } = new("files/not-an-array", ["found"], personal: ["found"]);

    /// <summary>What should be a JSON string is of another type (found).</summary>
    public static FaultCode NotAText { get; } = new("files/not-a-text", ["found"], personal: ["found"]);

    /// <summary>What should be a JSON number is of another type (found).</summary>
    public static FaultCode NotAJsonNumber { get; } = new("files/not-a-json-number", ["found"], personal: ["found"]);

    /// <summary>What should be a whole JSON number is of another type (found), or has decimals or an exponent.</summary>
    public static FaultCode NotAWholeNumber { get; } = new("files/not-a-whole-number", ["found"], personal: ["found"]);

    /// <summary>A JSON number is larger than 64 bits of floating point can hold.</summary>
    public static FaultCode NumberBeyondDouble { get; } = new("files/number-beyond-double");

    /// <summary>A text should be a whole number of either sign, and is not.</summary>
    public static FaultCode NotAnIntegerText { get; } = new("files/not-an-integer-text", ["found"], personal: ["found"]);

    /// <summary>A text should be a whole number from 0, and is not.</summary>
    public static FaultCode NotANaturalText { get; } = new("files/not-a-natural-text", ["found"], personal: ["found"]);

    /// <summary>A text of a document is no valid Unicode.</summary>
    public static FaultCode InvalidUnicode { get; } = new("files/invalid-unicode");

    /// <summary>A text should be a name of a program, a version or an objective, and is not.</summary>
    public static FaultCode NotAName { get; } = new("files/not-a-name");

    /// <summary>An object has a member that the format does not have.</summary>
    public static FaultCode UnknownMember { get; } = new("files/unknown-member", ["found"], personal: ["found"]);

    /// <summary>An object has a member twice.</summary>
    public static FaultCode MemberTwice { get; } = new("files/member-twice");

    /// <summary>An object lacks a member.</summary>
    public static FaultCode MissingMember { get; } = new("files/missing-member");

    /// <summary>A text is none of the words that the format has.</summary>
    public static FaultCode UnknownWord { get; } = new("files/unknown-word", ["found", "allowed"], personal: ["found"]);
}
