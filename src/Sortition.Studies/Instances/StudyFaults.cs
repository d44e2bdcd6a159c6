using Sortition.Core;

namespace Sortition.Studies.Instances;

/// <summary>The codes of what can be malformed in a study, beside those of files.</summary>
internal static class StudyFaults
{
    /// <summary>A folder or a file holds no instance.</summary>
    public static FaultCode NoInstance { get; } = new("studies/no-instance");

    /// <summary>Nothing says how large the panel of an instance is.</summary>
    public static FaultCode NoPanelSize { get; } = new("studies/no-panel-size");

    /// <summary>A member of a family is asked for that it does not have.</summary>
    public static FaultCode NotInFamily { get; } = new("studies/not-in-family");

    /// <summary>A cell is no number of a kind.</summary>
    public static FaultCode NotANumber { get; } = new("studies/not-a-number", ["found"]);

    /// <summary>The probabilities of a lottery do not add up to 1.</summary>
    public static FaultCode ProbabilitySum { get; } = new("studies/probability-sum", ["found"]);

    /// <summary>A panel names somebody who is not in the pool.</summary>
    public static FaultCode UnknownAgent { get; } = new("studies/unknown-agent", ["subject"]);

    /// <summary>A panel names somebody twice.</summary>
    public static FaultCode AgentTwice { get; } = new("studies/agent-twice", ["subject"]);

    /// <summary>What is to be merged is of another study, or is none.</summary>
    public static FaultCode OtherStudy { get; } = new("studies/other-study");

    /// <summary>Cells of a study are missing where its shards are merged.</summary>
    public static FaultCode MissingCells { get; } = new("studies/missing-cells", ["found", "most"]);

    /// <summary>A value is named that no instance of a file of shares has.</summary>
    public static FaultCode UnknownValue { get; } = new("studies/unknown-value", ["found"]);
}
