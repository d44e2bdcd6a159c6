using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Which sheets of workbooks hold what.</summary>
internal static class SheetChoice
{
    private static readonly string[] QuotasNames = ["quotas", "categories"];
    private static readonly string[] PopulationNames = ["population"];

    public static TableRole Quotas { get; } =
        new(QuotasNames, [], QuotaDialect.IsLikely, FileFaults.NoSheetOfQuotas);

    public static TableRole People { get; } = new(
        ["people", "respondents", "pool"], [.. QuotasNames, .. PopulationNames], header => !QuotaDialect.IsLikely(header), FileFaults.NoSheetOfPeople);

    public static TableRole Ids { get; } = new([], [], _ => true, FileFaults.NoSheetOfIds);

    public static TableRole Population { get; } =
        new(PopulationNames, [], PopulationDialect.IsLikely, FileFaults.NoSheetOfPopulation);

    public static TableRole DropOutChances { get; } =
        new(["chances", "drop-out chances"], [], ChanceDialect.IsLikely, FileFaults.NoSheetOfChances);

    public static TableRole PastMembers { get; } =
        new(["past", "past members"], [], PastDialect.IsLikely, FileFaults.NoSheetOfPast);
}
