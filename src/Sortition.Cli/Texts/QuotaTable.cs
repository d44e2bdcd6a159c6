using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Spectre.Console;
using Panel = Sortition.Core.Panel;

namespace Sortition.Cli.Texts;

/// <summary>One row a group: its quota, how many of the pool are in it, and, once there are, how many of the panel and with what chances.</summary>
internal static class QuotaTable
{
    private const int Indent = 2;
    private const string Nothing = "–";

    /// <summary>Widens the border's single space between columns.</summary>
    private const string Gap = " ";

    private static readonly string[] s_chances = ["table/mean-chance", "table/lowest-chance", "table/highest-chance"];

    /// <summary>The groups before anything is drawn.</summary>
    public static Table Of(Language language, SelectionProblem problem) => Of(
        language,
        problem.Quotas.Select(q => (q.Condition, Pool(language, problem, q, problem.People.Count(p => problem.Matches(p, q))))),
        ["table/quota", "table/pool", "table/share"]);

    /// <summary>The groups and how they fared.</summary>
    public static Table Of(Language language, Panel panel, PanelLottery? lottery) => Of(
        language,
        GroupSummary.Summarize(panel, lottery).Select(g => (
            g.Condition,
            (string[])[.. Pool(language, panel.Problem, g.Quota, g.Pool), Numbers.Show(g.Panel), .. lottery is null ? [] : Chances(language, g)])),
        ["table/quota", "table/pool", "table/share", "table/panel", .. lottery is null ? [] : s_chances]);

    /// <summary>
    /// The quotas of a whole panel before the open seats are drawn: how many stay, what is left to be filled, and how many of the remaining pool are in the
    /// group.
    /// </summary>
    public static Table Of(Language language, ReplacementRound round)
    {
        SelectionProblem original = round.Original;
        return Of(
            language,
            original.Quotas.Zip(round.Residual.Quotas, (q, open) => (q.Condition, Cells(q, open))),
            ["table/quota", "table/stay", "table/open", "table/remaining-pool"]);

        string[] Cells(Quota quota, Quota open)
        {
            int staying = round.Confirmed.Count(i => original.Matches(original.People[i], quota));
            return
            [
                Bounds(quota),
                Numbers.Show(staying),
                Range(Math.Max(0, quota.Min - staying), quota.Max - staying),
                Numbers.Show(round.Residual.People.Count(p => round.Residual.Matches(p, open))),
            ];
        }
    }

    /// <summary>The groups of a whole panel: who stays, who joins them, and what chances the remaining people had.</summary>
    public static Table Of(Language language, ReplacementRound round, Panel replacements, PanelLottery? lottery)
    {
        Dictionary<string, GroupSummary> joining = GroupSummary.Summarize(replacements, lottery).ToDictionary(Key, StringComparer.Ordinal);
        return Of(
            language,
            GroupSummary.Summarize(round.Complete(replacements), lottery: null).Select(g => (g.Condition, Cells(g, joining[Key(g)]))),
            ["table/quota", "table/stay", "table/join", "table/panel", "table/remaining-pool", .. lottery is null ? [] : s_chances]);

        string[] Cells(GroupSummary group, GroupSummary join) =>
        [
            Bounds(group.Quota),
            Numbers.Show(group.Panel - join.Panel),
            Numbers.Show(join.Panel),
            Numbers.Show(group.Panel),
            Numbers.Show(join.Pool),
            .. lottery is null ? [] : Chances(language, join),
        ];

        static string Key(GroupSummary group) => string.Join('\n', group.Condition.Select(t => $"{t.Feature}\t{t.Value}"));
    }

    private static Table Of(Language language, IEnumerable<(IReadOnlyList<FeatureValue> Condition, string[] Cells)> groups, string[] headings)
    {
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("");
        foreach (string heading in headings.Select(key => language.Text(key)))
        {
            table.AddColumn(new TableColumn(Gap + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { Alignment = Justify.Right, NoWrap = true });
        }

        string? feature = null;
        foreach ((IReadOnlyList<FeatureValue> condition, string[] cells) in groups)
        {
            string features = string.Join(" & ", condition.Select(c => c.Feature));
            if (!string.Equals(features, feature, StringComparison.Ordinal))
            {
                feature = features;
                table.AddRow(new Text(Terminal.Clean(features)));
            }

            string values = string.Join(" & ", condition.Select(c => c.Value));
            table.AddRow([new Padder(new Text(Terminal.Clean(values)), new Padding(Indent, 0, 0, 0)), .. cells.Select(c => new Text(Gap + c))]);
        }

        return table;
    }

    private static string[] Pool(Language language, SelectionProblem problem, Quota? quota, int pool) =>
        [Bounds(quota is { Min: 0 } && quota.Max >= problem.PanelSize ? null : quota), Numbers.Show(pool), language.Share(pool, problem.People.Count)];

    private static string Bounds(Quota? quota) => quota is null ? Nothing : Range(quota.Min, quota.Max);

    private static string Range(int min, int max) => min == max ? Numbers.Show(min) : $"{Numbers.Show(min)}–{Numbers.Show(max)}";

    private static string[] Chances(Language language, GroupSummary group) =>
        [.. ((double?[])[group.MeanChance, group.LowestChance, group.HighestChance]).Select(c => c is double chance ? language.Percent(chance) : Nothing)];
}
