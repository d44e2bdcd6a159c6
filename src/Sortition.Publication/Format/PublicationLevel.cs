namespace Sortition.Publication.Format;

/// <summary>For whom a lottery is published, and so what can be checked from it.</summary>
public enum PublicationLevel
{
    /// <summary>Ids with features: for auditors. Everything can be checked, down to every panel's quotas and households.</summary>
    Auditor = 0,

    /// <summary>
    /// For everybody. People are called by tags, hashes that they themselves can recompute, and rare features do not stand beside them. That hides names, not
    /// features: with effort they can be worked out from the ballots. Checked can be: the numbers of people of each type, the lottery over types and its
    /// optimality, everybody's number of ballots, and the draw; not that each ballot's people have the features that the auditor's files say.
    /// </summary>
    Public = 1,
}
