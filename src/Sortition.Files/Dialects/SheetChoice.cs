using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Which sheets of workbooks hold what, and which of their rows are headings.</summary>
internal static class SheetChoice
{
    private static readonly string[] QuotasNames = ["quotas", "categories", "kvoter", "kvoten", "quoten", "cuotas", "kvóták"];
    private static readonly string[] PopulationNames = ["population", "befolkning", "bevölkerung", "bevolking", "población", "népesség"];
    private static readonly string[] PeopleNames = ["people", "respondents", "pool"];

    public static TableRole Quotas { get; } =
        new(QuotasNames, [], QuotaDialect.IsLikely, FileFaults.NoSheetOfQuotas, QuotaDialect.HeadingsIn);

    public static TableRole Ids { get; } = new([], [], _ => true, FileFaults.NoSheetOfIds, header => PeopleFile.FindIds(header, heading: null) >= 0 ? 1 : 0);

    public static TableRole DropOutChances { get; } =
        new(["chances", "drop-out chances"], [], ChanceDialect.IsLikely, FileFaults.NoSheetOfChances, header => ChanceDialect.IsLikely(header) ? 1 : 0);

    public static TableRole PastMembers { get; } =
        new(["past", "past members"], [], PastDialect.IsLikely, FileFaults.NoSheetOfPast, header => PastDialect.IsLikely(header) ? 1 : 0);

    /// <summary>The people, in a table that has these columns.</summary>
    public static TableRole People(IReadOnlyList<string> columns) => new(
        PeopleNames,
        [.. QuotasNames, .. PopulationNames],
        _ => true,
        FileFaults.NoSheetOfPeople,
        header => columns.Count(column => header.Find(column) >= 0) + (PeopleFile.FindIds(header, heading: null) >= 0 ? 1 : 0),
        Quotas);

    /// <summary>A population, in a table with this column of numbers (null for the usual ones).</summary>
    public static TableRole Population(string? numberColumn) => new(
        PopulationNames,
        [],
        header => PopulationDialect.IsLikely(header, numberColumn),
        FileFaults.NoSheetOfPopulation,
        header => (PopulationDialect.FindNumber(header, numberColumn) >= 0 ? 1 : 0) + (QuotaDialect.FindPair(header).Feature >= 0 ? 2 : 0));
}
