using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;

namespace Sortition.Testing;

/// <summary>Loads instances that come with the project as the command does, by <see cref="ProblemFiles"/>.</summary>
internal static class InstanceFiles
{
    public static DraftOptions Options(string instance, int panelSize) =>
        new(TestFiles.PathOf(instance, "categories.csv"), TestFiles.PathOf(instance, "respondents.csv"), panelSize);

    public static LoadedProblem Load(string instance, int panelSize) => ProblemFiles.Load(Options(instance, panelSize));
}

/// <summary>Options of a load that a test can vary one by one: a record, which turns into what a host would give.</summary>
internal sealed record DraftOptions(FileSource Quotas, FileSource People, int PanelSize)
{
    private static readonly ProblemFilesOptions Defaults = new() { Quotas = "q", People = "p", PanelSize = 1 };

    public string? IdColumn { get; init; }

    public IReadOnlyList<string> HouseholdColumns { get; init; } = Defaults.HouseholdColumns;

    public int? HouseholdLimit { get; init; }

    public string? EntitlementColumn { get; init; }

    public string? QuotasSheet { get; init; }

    public string? PeopleSheet { get; init; }

    public IReadOnlyList<string> MustBeIn { get; init; } = Defaults.MustBeIn;

    public IReadOnlyList<string> MustBeOut { get; init; } = Defaults.MustBeOut;

    public FileSource? MustBeInFile { get; init; }

    public FileSource? MustBeOutFile { get; init; }

    public long MaxFileBytes { get; init; } = Defaults.MaxFileBytes;

    public static implicit operator ProblemFilesOptions(DraftOptions draft) => new()
    {
        Quotas = draft.Quotas,
        People = draft.People,
        PanelSize = draft.PanelSize,
        IdColumn = draft.IdColumn,
        HouseholdColumns = draft.HouseholdColumns,
        HouseholdLimit = draft.HouseholdLimit,
        EntitlementColumn = draft.EntitlementColumn,
        QuotasSheet = draft.QuotasSheet,
        PeopleSheet = draft.PeopleSheet,
        MustBeIn = draft.MustBeIn,
        MustBeOut = draft.MustBeOut,
        MustBeInFile = draft.MustBeInFile,
        MustBeOutFile = draft.MustBeOutFile,
        MaxFileBytes = draft.MaxFileBytes,
    };
}
