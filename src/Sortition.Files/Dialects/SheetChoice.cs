using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Which sheets of workbooks hold what.</summary>
internal static class SheetChoice
{
    private static readonly string[] QuotasNames = ["quotas", "categories"];
    private static readonly string[] PopulationNames = ["population"];

    public static TableRole Quotas { get; } =
        new(QuotasNames, [], QuotaDialect.IsLikely, "a sheet named \"quotas\", or one with the headings of quotas");

    public static TableRole People { get; } = new(
        ["people", "respondents", "pool"],
        [.. QuotasNames, .. PopulationNames],
        header => !QuotaDialect.IsLikely(header),
        "a sheet named \"people\", or one with the headings of people");

    public static TableRole Ids { get; } = new([], [], _ => true, "a sheet with ids");

    public static TableRole Population { get; } =
        new(PopulationNames, [], PopulationDialect.IsLikely, "a sheet named \"population\", or one with the headings of a population");

    public static TableRole DropOutChances { get; } =
        new(["chances", "drop-out chances"], [], ChanceDialect.IsLikely, "a sheet named \"chances\", or one with the headings of drop-out chances");

    public static TableRole PastMembers { get; } =
        new(["past", "past members"], [], PastDialect.IsLikely, "a sheet named \"past\", or one that says who dropped out");
}
