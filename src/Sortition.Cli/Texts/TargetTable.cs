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

    public static Table Of(Language language, IReadOnlyList<QuotaTarget> targets)
    {
        bool hasSeats = targets.Any(t => t.Seats is not null);
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("");
        foreach (string heading in (string[])["table/share", "table/target", .. hasSeats ? (string[])["table/seats"] : [], "table/quota"])
        {
            table.AddColumn(new TableColumn(Gap + language.Text(heading)) { Alignment = Justify.Right, NoWrap = true });
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
                language.Text("number.percent", ("number", (100 * target.Share).ToString("0.000", language.Texts.Numbers))),
                target.Exact.ToString("0.000", language.Texts.Numbers),
                .. target.Seats is int seats
                    ? [target.Tie == ApportionmentTie.Open ? language.Text("targets/tie") : Numbers.Show(seats)]
                    : Array.Empty<string>(),
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
    public static IEnumerable<string> Notes(Language language, Population population, IReadOnlyList<QuotaTarget> targets)
    {
        foreach (Breakdown breakdown in population.Breakdowns)
        {
            if (breakdown.PercentageSum is decimal sum)
            {
                yield return language.Text(
                    "targets/sum",
                    ("features", string.Join(" & ", breakdown.Features)),
                    ("sum", sum.ToString(language.Texts.Numbers)),
                    ("whole", sum < 50 ? "1" : language.Percent(1, "0")));
            }
        }

        IEnumerable<QuotaTarget> tied = targets.Where(t => t.Tie is not ApportionmentTie.None);
        foreach (IGrouping<string, QuotaTarget> tie in tied.GroupBy(t => Join(t.Group.Condition, c => c.Feature), StringComparer.Ordinal))
        {
            yield return TieNote(language, tie.Key, [.. tie]);
        }

        string[] widened =
        [
            .. targets.Where(t => t.IsWidened).Select(t => $"{Join(t.Group.Condition, c => c.Feature)}: {Join(t.Group.Condition, c => c.Value)}")
        ];
        if (widened.Length > 0)
        {
            yield return language.Text("targets/widened", ("groups", string.Join(language.Text("join.clauses"), widened)));
        }
    }

    /// <summary>Which groups had equal claims, and by what rule seats were given.</summary>
    private static string TieNote(Language language, string features, QuotaTarget[] tied)
    {
        string[] open = Names(ApportionmentTie.Open);
        string[] lost = Names(ApportionmentTie.Lost);
        string told = open.Length > 0
            ? language.Text("targets/open-tie", ("features", features), ("groups", open))
            : language.Text("targets/decided-tie", ("features", features), ("groups", Names(ApportionmentTie.Won)), ("lost", lost));
        return open.Length > 0 && lost.Length > 0 ? language.Text("targets/lost", ("told", told), ("lost", lost)) : told;

        string[] Names(ApportionmentTie tie) => [.. tied.Where(t => t.Tie == tie).Select(t => Join(t.Group.Condition, c => c.Value))];
    }

    private static string Join(IReadOnlyList<FeatureValue> condition, Func<FeatureValue, string> name) => string.Join(" & ", condition.Select(name));
}
