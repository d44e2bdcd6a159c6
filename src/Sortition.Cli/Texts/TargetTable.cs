using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Spectre.Console;

namespace Sortition.Cli.Texts;

/// <summary>One row a group of the population: its share, its exact target, and the quota made from that.</summary>
internal static class TargetTable
{
    private const int Indent = 2;

    /// <summary>Widens the border's single space between columns.</summary>
    private const string Gap = " ";

    public static void Fill(JsonObject json, Population population, IReadOnlyList<QuotaTarget> targets)
    {
        json["targets"] = Json.List(targets, t => new JsonObject
        {
            ["condition"] = Json.Condition(t.Group.Condition),
            ["share"] = t.Share,
            ["target"] = t.Exact,
            ["seats"] = t.Seats,
            ["min"] = t.Min,
            ["max"] = t.Max,
            ["tie"] = Json.Name(t.Tie),
            ["widened"] = t.IsWidened,
            ["source"] = t.Group.Source,
            ["comment"] = t.Group.Comment,
        });
        json["percentageSums"] = Json.List(population.Breakdowns.Where(b => b.PercentageSum is not null), b => new JsonObject
        {
            ["features"] = Json.Texts(b.Features),
            ["sum"] = b.PercentageSum,
        });
    }

    public static Table Of(IReadOnlyList<QuotaTarget> targets)
    {
        bool hasSeats = targets.Any(t => t.Seats is not null);
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("");
        foreach (string heading in (string[])["share", "target", .. hasSeats ? (string[])["seats"] : [], "quota"])
        {
            table.AddColumn(new TableColumn(Gap + heading) { Alignment = Justify.Right, NoWrap = true });
        }

        string? feature = null;
        foreach (QuotaTarget target in targets)
        {
            string features = Join(target.Group.Condition, t => t.Feature);
            if (!string.Equals(features, feature, StringComparison.Ordinal))
            {
                feature = features;
                table.AddRow(new Text(Terminal.Clean(features)));
            }

            string[] cells =
            [
                (100 * target.Share).ToString("0.000", CultureInfo.InvariantCulture) + " %",
                target.Exact.ToString("0.000", CultureInfo.InvariantCulture),
                .. target.Seats is int seats ? [target.Tie == ApportionmentTie.Open ? "tie" : Numbers.Show(seats)] : Array.Empty<string>(),
                target.Min == target.Max ? Numbers.Show(target.Min) : $"{Numbers.Show(target.Min)}–{Numbers.Show(target.Max)}",
            ];
            table.AddRow(
            [
                new Padder(new Text(Terminal.Clean(Join(target.Group.Condition, t => t.Value))), new Padding(Indent, 0, 0, 0)),
                .. cells.Select(c => new Text(Gap + c)),
            ]);
        }

        return table;
    }

    /// <summary>What was done to the numbers that the table does not show.</summary>
    public static IEnumerable<string> Notes(Population population, IReadOnlyList<QuotaTarget> targets)
    {
        foreach (Breakdown breakdown in population.Breakdowns)
        {
            if (breakdown.PercentageSum is decimal sum)
            {
                string whole = sum < 50 ? "1" : "100 %";
                yield return $"{string.Join(" & ", breakdown.Features)}: the percentages add up to {sum.ToString(CultureInfo.InvariantCulture)}, as rounded "
                    + $"ones do; shares are of that sum instead of {whole}.";
            }
        }

        IEnumerable<QuotaTarget> tied = targets.Where(t => t.Tie is not ApportionmentTie.None);
        foreach (IGrouping<string, QuotaTarget> tie in tied.GroupBy(t => Join(t.Group.Condition, c => c.Feature), StringComparer.Ordinal))
        {
            yield return TieNote(tie.Key, [.. tie]);
        }

        string[] widened =
        [
            .. targets.Where(t => t.IsWidened).Select(t => $"{Join(t.Group.Condition, c => c.Feature)}: {Join(t.Group.Condition, c => c.Value)}")
        ];
        if (widened.Length > 0)
        {
            yield return $"Widened, so that the seats of combinations add up within the quota: {string.Join("; ", widened)}.";
        }
    }

    /// <summary>Which groups had equal claims, and by what rule seats were given.</summary>
    private static string TieNote(string features, QuotaTarget[] tied)
    {
        string[] open = Names(ApportionmentTie.Open);
        string[] lost = Names(ApportionmentTie.Lost);
        string told = open.Length > 0
            ? $"{features}: a tie. {string.Join(", ", open)} have equal claims to fewer seats than they are; each quota holds both numbers, and the "
                + "lottery decides."
            : $"{features}: a tie. {string.Join(", ", Names(ApportionmentTie.Won))} and {string.Join(", ", lost)} have equal claims; the larger group "
                + "gets the seat.";
        return open.Length > 0 && lost.Length > 0 ? $"{told} {string.Join(", ", lost)} have the same claim and are smaller, so they get none." : told;

        string[] Names(ApportionmentTie tie) => [.. tied.Where(t => t.Tie == tie).Select(t => Join(t.Group.Condition, c => c.Value))];
    }

    private static string Join(IReadOnlyList<FeatureValue> condition, Func<FeatureValue, string> name) => string.Join(" & ", condition.Select(name));
}
