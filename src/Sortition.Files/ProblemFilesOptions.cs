using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Files.Tables;

namespace Sortition.Files;

/// <summary>Which files pose a problem, and what they do not say themselves.</summary>
public sealed class ProblemFilesOptions
{
    /// <summary>The quota file: CSV, or a workbook.</summary>
    public required FileSource Quotas { get; init; }

    /// <summary>The file of the volunteers, one row each: CSV, or a workbook, which may be that of the quotas.</summary>
    public required FileSource People { get; init; }

    /// <summary>The name of the sheet of the quotas; null (the default) to find it in its workbook, or where the file is none.</summary>
    public string? QuotasSheet { get; init; }

    /// <summary>The name of the sheet of the volunteers; null (the default) to find it in its workbook, or where the file is none.</summary>
    public string? PeopleSheet { get; init; }

    /// <summary>The number of people on a panel, 1 or more.</summary>
    public required int PanelSize { get; init; }

    /// <summary>The heading of the column of ids; null to find it: <c>id</c>, or else a usual heading, or else the number of the row.</summary>
    public string? IdColumn { get; init; }

    /// <summary>
    /// The headings of the columns of the address, the most telling one (the street) first; empty (the default) to leave the household rule off.
    /// </summary>
    public IReadOnlyList<string> HouseholdColumns { get; init; } = [];

    /// <summary>The most members of one household on a panel, 1 or more; null (the default) means 1 where there are household columns.</summary>
    public int? HouseholdLimit { get; init; }

    /// <summary>
    /// The headings of the columns by which people are written to, such as name, address and e-mail, in the order in which a table for letters has them; empty
    /// (the default) to write none.
    /// </summary>
    public IReadOnlyList<string> ContactColumns { get; init; } = [];

    /// <summary>
    /// The heading of the column of what each person is entitled to, for weighted leximin: numbers from 1e-6 to 1e6; null (the default) where everybody is
    /// entitled to the same.
    /// </summary>
    public string? EntitlementColumn { get; init; }

    /// <summary>
    /// Values that people may have although no quota names them, of features that quotas name; such as <see cref="Mapping.PreparedPool.DefaultValues"/>. None
    /// by default: then such a value is a fault.
    /// </summary>
    public IReadOnlyList<FeatureValue> ValuesWithoutQuota { get; init; } = [];

    /// <summary>The ids of people who sit on every panel.</summary>
    public IReadOnlyList<string> MustBeIn { get; init; } = [];

    /// <summary>The ids of people who sit on no panel.</summary>
    public IReadOnlyList<string> MustBeOut { get; init; } = [];

    /// <summary>
    /// A file with more ids of people who sit on every panel: one on each line, or in a column with the heading of the people file's ids; null (the default)
    /// for none.
    /// </summary>
    public FileSource? MustBeInFile { get; init; }

    /// <summary>A file with more ids of people who sit on no panel, in the form of <see cref="MustBeInFile"/>; null (the default) for none.</summary>
    public FileSource? MustBeOutFile { get; init; }

    /// <summary>
    /// The ids of people who are gone, such as those who said no or asked to be forgotten, and will not be drawn: their rows may lack values, and are left out
    /// then, or be missing. Rows of those who sit on no panel may lack values, too; but without being named here they may not be missing.
    /// </summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>
    /// People, with all their columns, as <see cref="PeopleFiles.LoadIds"/> read them, who are added where the people file lacks them: with the panel that was
    /// drawn, <c>remaining.csv</c> does for the whole file. None by default.
    /// </summary>
    public IReadOnlyList<ListedId> FurtherPeople { get; init; } = [];

    /// <summary>
    /// Whether people who are <see cref="Gone"/>, but stand on a list of <see cref="FurtherPeople"/> with all their values, are added from there: a panel is
    /// whole then, though members have dropped out. False by default.
    /// </summary>
    public bool KeepsGone { get; init; }

    /// <summary>
    /// The heading of a column that says what became of each person's invitation: yes, no, withdrawn and such words in nine languages; null (the default) for
    /// none. Rows of people who said no may lack values.
    /// </summary>
    public string? AnswerColumn { get; init; }

    /// <summary>The largest file that is read, in bytes, 1..2,147,483,591; 512 MiB by default.</summary>
    public long MaxFileBytes { get; init; } = SourceFiles.DefaultMaxBytes;
}
