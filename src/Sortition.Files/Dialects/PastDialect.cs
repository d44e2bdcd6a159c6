using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>
/// Which columns of a table of past members mean what: one says what became of them, one may hold ids, and every other one with a heading is a feature.
/// </summary>
internal sealed class PastDialect
{
    private const string Outcome = "outcome";

    private static readonly string[] DropOutHeadings = ["dropped out", "dropped_out", "dropped-out", "dropout", "drop-out", "frafaldet"];
    private static readonly string[] No = ["no", "false", "0", "nej"];
    private static readonly string[] Yes = ["yes", "true", "1", "ja"];
    private static readonly string[] Stayed = ["stayed", "blev"];
    private static readonly string[] Dropped = ["dropped", "dropped out", "dropped_out", "frafaldet"];

    private readonly bool _takesYes;

    private PastDialect(TableHeader header, int outcome, int id, IReadOnlyList<int> features)
    {
        OutcomeColumn = outcome;
        OutcomeHeading = header.Name(outcome);
        Id = id;
        Features = features;

        // Of "outcome" a yes could mean either.
        _takesYes = !NameComparer.Instance.Equals(NameComparer.Clean(OutcomeHeading), Outcome);
    }

    public int OutcomeColumn { get; }

    public string OutcomeHeading { get; }

    /// <summary>-1 where the table has no ids.</summary>
    public int Id { get; }

    /// <summary>The columns of features.</summary>
    public IReadOnlyList<int> Features { get; }

    /// <summary>What may stand in the column of outcomes, for faults.</summary>
    public IReadOnlyList<string> Outcomes => _takesYes ? [.. Yes, .. No, .. Stayed, .. Dropped] : [.. Stayed, .. Dropped];

    /// <summary>Whether headings are meant to be those of past members.</summary>
    public static bool IsLikely(TableHeader header) => FindOutcome(header) >= 0;

    /// <summary>Finds the columns, or reports what is missing and returns null.</summary>
    public static PastDialect? Of(TableHeader header, string? idColumn, FaultList faults)
    {
        int outcome = FindOutcome(header);
        int id = PeopleFile.FindIds(header, idColumn);
        if (idColumn is not null && id < 0)
        {
            header.ReportMissing(idColumn.Trim(), faults);
        }

        int[] named = [.. Enumerable.Range(0, header.Headings.Length).Where(c => header.Name(c).Length > 0)];
        header.ReportRepeated(named.DistinctBy(c => NameComparer.Clean(header.Headings[c]), NameComparer.Instance), faults);
        if (outcome >= 0)
        {
            return new PastDialect(header, outcome, id, [.. named.Where(c => c != outcome && c != id)]);
        }

        faults.Add(FileFaults.MissingColumnOfSeveral, header.At(null), header.Names(), DropOutHeadings.Append(Outcome).ToArray());
        header.ReportTitle(faults);
        return null;
    }

    /// <summary>Whether a member dropped out, from what is written in the column; null where that cannot be told.</summary>
    public bool? DroppedOut(string text)
    {
        bool Is(string[] words) => words.Contains(NameComparer.Clean(text), NameComparer.Instance);
        return Is(Dropped) || (_takesYes && Is(Yes)) ? true : Is(Stayed) || (_takesYes && Is(No)) ? false : null;
    }

    private static int FindOutcome(TableHeader header) => header.FindAny(DropOutHeadings.Append(Outcome));
}
