using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>Tables for people to read, which say nothing that is not in the documents: the quotas, in the form in which they are read, and the types.</summary>
internal static class Tables
{
    /// <summary>The quotas; of a replacement round, those of the open seats, and beside them what they follow from.</summary>
    public static void WriteQuotas(Stream stream, PublicationData data)
    {
        using CsvWriter csv = new(stream);
        IReadOnlyList<PublishedRoundQuota>? whole = data.Round?.Quotas;
        QuotaRows.Write(
            csv,
            whole is null ? [] : ["whole min", "whole max", "staying"],
            data.Lottery.Problem.Quotas.Select((quota, q) => (quota.Condition, quota.Min, quota.Max, whole is null ? [] : OfWhole(q))));

        string[] OfWhole(int q) => q < whole.Count ? [Text(whole[q].Min), Text(whole[q].Max), Text(whole[q].Staying)] : ["", "", ""];
    }

    public static void WriteTypes(Stream stream, PublicationData data)
    {
        PanelLottery lottery = data.Lottery;
        bool withEntitlements = lottery.Types.Any(t => t.Entitlement != 1);
        bool withHouseholds = lottery.Types.Any(t => t.HouseholdClass is not null);
        bool withMustBeIn = lottery.Types.Any(t => t.Status == PersonStatus.MustBeIn);
        using CsvWriter csv = new(stream);
        csv.Cell("type").Cell("people").Cell("ideal chance");
        foreach (Feature feature in lottery.Problem.Features)
        {
            csv.Cell(feature.Name);
        }

        Optional(withMustBeIn, "must be in");
        Optional(withEntitlements, "entitlement");
        Optional(withHouseholds, "household class");
        csv.EndRow();
        for (int t = 0; t < lottery.Types.Count; t++)
        {
            PersonType type = lottery.Types[t];
            csv.Cell(Text(t + 1)).Cell(Text(type.Members.Count)).Cell(Text(lottery.ProbabilityOfType(t)));
            foreach (string value in type.Values)
            {
                csv.Cell(value);
            }

            Optional(withMustBeIn, type.Status == PersonStatus.MustBeIn ? "yes" : "no");
            Optional(withEntitlements, Text(type.Entitlement));
            Optional(withHouseholds, type.HouseholdClass is int c ? Text(c + 1) : "");
            csv.EndRow();
        }

        void Optional(bool isWanted, string text)
        {
            if (isWanted)
            {
                csv.Cell(text);
            }
        }
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with up to 15 decimals and no exponent, which spreadsheets and the guard against formulas would trip over.</summary>
    public static string Text(double number) => number.ToString("0.###############", CultureInfo.InvariantCulture);
}
