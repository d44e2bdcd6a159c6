namespace Sortition.Publication.Report.Model;

/// <summary>How well the people who are kept ready can take the seats of members who drop out.</summary>
internal sealed record ReportAlternates
{
    /// <summary>How many are kept ready.</summary>
    public required int Alternates { get; init; }

    /// <summary>How many members the panel has.</summary>
    public required int Members { get; init; }

    /// <summary>For how many of them, if each dropped out alone, an alternate could step in with every quota kept.</summary>
    public required int ReplaceableMembers { get; init; }

    /// <summary>The chance, 0..1, with which every member is taken to drop out, independently of the others.</summary>
    public required double DropOutChance { get; init; }

    /// <summary>
    /// The share of cases, 0..1, in which every quota is kept by those who stay and the alternates who fit best; also where a seat stays empty.
    /// </summary>
    public required double KeptShare { get; init; }

    /// <summary>The share of cases, 0..1, in which there are enough alternates for all seats.</summary>
    public required double FilledShare { get; init; }

    /// <summary>How many cases were counted.</summary>
    public required int Cases { get; init; }

    /// <summary>Whether these are all that can happen, each counted by its likelihood, so that shares are exact; otherwise they were drawn.</summary>
    public required bool IsExact { get; init; }
}
