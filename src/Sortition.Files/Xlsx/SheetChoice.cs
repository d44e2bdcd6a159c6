using Sortition.Core.Problems;
using Sortition.Files.DropOuts;
using Sortition.Files.Quotas;
using Sortition.Files.Tables;
using Sortition.Files.Targets;

namespace Sortition.Files.Xlsx;

/// <summary>Which sheet of a workbook is meant: the one asked for, or named for it, or the only one, or the first whose headings fit.</summary>
internal static class SheetChoice
{
    private const int SheetsNamed = 20;

    private static readonly string[] QuotasNames = ["quotas", "categories"];
    private static readonly string[] PeopleNames = ["people", "respondents", "pool"];
    private static readonly string[] PopulationNames = ["population"];
    private static readonly string[] ChancesNames = ["chances", "drop-out chances"];
    private static readonly string[] PastNames = ["past", "past members"];

    /// <summary>The sheet, or a fault that names those there are.</summary>
    /// <param name="workbook">The workbook.</param>
    /// <param name="role">What the sheet is wanted for.</param>
    /// <param name="asked">The name asked for, or null.</param>
    /// <param name="headings">Reads the headings of a sheet; null where it has none.</param>
    public static SheetEntry Of(Workbook workbook, TableRole role, string? asked, Func<SheetEntry, TableHeader?> headings)
    {
        if (asked is not null)
        {
            return Named(workbook.Sheets, [asked]) ?? throw Missing(workbook, $"a sheet named \"{asked.Trim()}\"");
        }

        // What is hidden is not meant unless it is named.
        IReadOnlyList<SheetEntry> seen = [.. workbook.Sheets.Where(s => !s.IsHidden)];
        if (seen.Count == 1)
        {
            return seen[0];
        }

        return role switch
        {
            TableRole.Quotas => Named(seen, QuotasNames)
                ?? seen.FirstOrDefault(s => headings(s) is TableHeader header && QuotaDialect.IsLikely(header))
                ?? throw Missing(workbook, "a sheet named \"quotas\", or one with the headings of quotas"),
            TableRole.People => Named(seen, PeopleNames)
                ?? seen.FirstOrDefault(s => Named([s], [.. QuotasNames, .. PopulationNames]) is null && headings(s) is TableHeader header && !QuotaDialect.IsLikely(header))
                ?? throw Missing(workbook, "a sheet named \"people\", or one with the headings of people"),
            TableRole.Population => Named(seen, PopulationNames)
                ?? seen.FirstOrDefault(s => headings(s) is TableHeader header && PopulationDialect.IsLikely(header))
                ?? throw Missing(workbook, "a sheet named \"population\", or one with the headings of a population"),
            TableRole.DropOutChances => Named(seen, ChancesNames)
                ?? seen.FirstOrDefault(s => headings(s) is TableHeader header && ChanceDialect.IsLikely(header))
                ?? throw Missing(workbook, "a sheet named \"chances\", or one with the headings of drop-out chances"),
            TableRole.PastMembers => Named(seen, PastNames)
                ?? seen.FirstOrDefault(s => headings(s) is TableHeader header && PastDialect.IsLikely(header))
                ?? throw Missing(workbook, "a sheet named \"past\", or one that says who dropped out"),
            _ => seen.FirstOrDefault(s => headings(s) is not null) ?? throw Missing(workbook, "a sheet with ids"),
        };
    }

    private static SheetEntry? Named(IReadOnlyList<SheetEntry> sheets, string[] names) =>
        names.Select(name => sheets.FirstOrDefault(s => Heading.Comparer.Equals(Heading.Clean(s.Name), Heading.Clean(name)))).FirstOrDefault(s => s is not null);

    private static WorkbookException Missing(Workbook workbook, string expected) =>
        new(FaultCode.MissingSheet, string.Join(", ", workbook.Sheets.Take(SheetsNamed).Select(s => s.Name)), expected);
}
