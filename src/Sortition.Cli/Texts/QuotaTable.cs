using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Spectre.Console;
using Panel = Sortition.Core.Lotteries.Panel;

namespace Sortition.Cli.Texts;

/// <summary>One row a group: its quota, how many of the pool are in it, and, once there are, how many of the panel and with what chances.</summary>
internal static class QuotaTable
{
    private const int Indent = 2;
    private const string Nothing = "–";

    /// <summary>Widens the border's single space between columns.</summary>
    private const string Gap = " ";

    /// <summary>The groups before anything is drawn.</summary>
    public static Table Of(SelectionProblem problem) => Of(
        problem,
        [.. problem.Quotas.Select(q => new GroupSummary(q.Condition, q, problem.People.Count(p => problem.Matches(p, q)), 0, null, null, null))],
        group => [.. Pool(problem, group)],
        ["quota", "pool", "share"]);

    /// <summary>The groups and how they fared.</summary>
    public static Table Of(Panel panel, PanelLottery? lottery) => Of(
        panel.Problem,
        GroupSummary.Of(panel, lottery),
        group => [.. Pool(panel.Problem, group), Numbers.Show(group.Panel), .. lottery is null ? [] : Chances(group)],
        ["quota", "pool", "share", "panel", .. lottery is null ? (string[])[] : ["mean\nchance", "lowest\nchance", "highest\nchance"]]);

    /// <summary>
    /// The quotas of a whole panel before the open seats are drawn: how many stay, what is left to be filled, and how many of the remaining pool are in the
    /// group.
    /// </summary>
    public static Table Of(ReplacementRound round)
    {
        SelectionProblem original = round.Original;
        return Of(
            original,
            [.. original.Quotas.Zip(round.Residual.Quotas, (q, open) => new GroupSummary(q.Condition, q, Remaining(open), Staying(q), null, null, null))],
            group =>
            [
                Quota(group),
                Numbers.Show(group.Panel),
                Range(Math.Max(0, group.Quota!.Min - group.Panel), group.Quota.Max - group.Panel),
                Numbers.Show(group.Pool),
            ],
            ["quota", "stay", "open", "remaining\npool"]);

        int Remaining(Quota open) => round.Residual.People.Count(p => round.Residual.Matches(p, open));

        int Staying(Quota quota) => round.Confirmed.Count(i => original.Matches(original.People[i], quota));
    }

    /// <summary>The groups of a whole panel: who stays, who joins them, and what chances the remaining people had.</summary>
    public static Table Of(ReplacementRound round, Panel replacements, PanelLottery? lottery)
    {
        Dictionary<string, GroupSummary> joining = GroupSummary.Of(replacements, lottery).ToDictionary(Key, StringComparer.Ordinal);
        return Of(
            round.Original,
            GroupSummary.Of(round.Complete(replacements), lottery: null),
            group =>
            {
                GroupSummary join = joining[Key(group)];
                return
                [
                    Quota(group),
                    Numbers.Show(group.Panel - join.Panel),
                    Numbers.Show(join.Panel),
                    Numbers.Show(group.Panel),
                    Numbers.Show(join.Pool),
                    .. lottery is null ? [] : Chances(join),
                ];
            },
            ["quota", "stay", "join", "panel", "remaining\npool", .. lottery is null ? (string[])[] : ["mean\nchance", "lowest\nchance", "highest\nchance"]]);

        static string Key(GroupSummary group) => string.Join('\n', group.Condition.Select(t => $"{t.Feature}\t{t.Value}"));
    }

    private static Table Of(SelectionProblem problem, IReadOnlyList<GroupSummary> groups, Func<GroupSummary, string[]> cells, string[] headings)
    {
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("");
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(Gap + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { Alignment = Justify.Right, NoWrap = true });
        }

        string? feature = null;
        foreach (GroupSummary group in groups)
        {
            string features = string.Join(" & ", group.Condition.Select(c => c.Feature));
            if (!string.Equals(features, feature, StringComparison.Ordinal))
            {
                feature = features;
                table.AddRow(new Text(Terminal.Clean(features)));
            }

            string values = string.Join(" & ", group.Condition.Select(c => c.Value));
            table.AddRow([new Padder(new Text(Terminal.Clean(values)), new Padding(Indent, 0, 0, 0)), .. cells(group).Select(c => new Text(Gap + c))]);
        }

        return table;
    }

    private static IEnumerable<string> Pool(SelectionProblem problem, GroupSummary group)
    {
        yield return Quota(group);
        yield return Numbers.Show(group.Pool);
        yield return Numbers.Share(group.Pool, problem.People.Count);
    }

    private static string Quota(GroupSummary group) => group.Quota switch
    {
        null => Nothing,
        Quota quota => Range(quota.Min, quota.Max),
    };

    private static string Range(int min, int max) => min == max ? Numbers.Show(min) : $"{Numbers.Show(min)}–{Numbers.Show(max)}";

    private static string[] Chances(GroupSummary group) => [Chance(group.MeanChance), Chance(group.LowestChance), Chance(group.HighestChance)];

    private static string Chance(double? chance) => chance is double p ? Numbers.Percent(p) : Nothing;
}
