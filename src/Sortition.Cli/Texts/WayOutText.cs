using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Feasibility;
using Spectre.Console;

namespace Sortition.Cli.Texts;

/// <summary>What clashes and the ways out, as a person reads them.</summary>
internal static class WayOutText
{
    private const string Gap = " ";

    /// <summary>Each conflict with what would help, then what else counting shows.</summary>
    public static IEnumerable<string> Conflicts(
        Language language, SelectionProblem problem, FeasibilityReport report, Diagnosis diagnosis)
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        for (int i = 0; i < diagnosis.Conflicts.Count; i++)
        {
            string sentence = language.Texts.Describe(diagnosis.Conflicts[i], problem);
            told.Add(sentence);
            yield return $"  {Numbers.Show(i + 1)}. {sentence}";
            foreach (string help in language.Texts.DescribeHelp(diagnosis.Conflicts[i], problem))
            {
                yield return "     " + help;
            }
        }

        string[] more =
        [
            .. report.Reasons.Where(r => r.Code != InfeasibilityCode.Conflict).Select(r => language.Texts.Describe(r, problem))
                .Where(s => !told.Contains(s))
        ];
        if (more.Length > 0)
        {
            yield return language.Text("check/follows");
        }

        foreach (string sentence in more)
        {
            yield return "  " + sentence;
        }

        yield return language.Text(diagnosis.IsExhaustive ? "check/all-conflicts" : "check/more-conflicts");
    }

    /// <summary>The ways out; with what each comes to in chances if that was computed.</summary>
    public static Table Alternatives(Language language, RelaxationReport report, IReadOnlyList<RelaxationFairness>? fairness)
    {
        Table table = Headed(
            language, "table/way-out", ["table/from", "table/to", "table/cost", .. fairness is null ? (string[])[] : ["table/lowest-chance", "table/gini"]]);
        for (int i = 0; i < report.Alternatives.Count; i++)
        {
            Relaxation relaxation = report.Alternatives[i];
            string[] chances = fairness is null
                ? []
                : fairness[i].Metrics is { } m ? [language.Percent(m.MinProbability), language.Number(m.Gini, "0.000")] : ["–", "–"];
            Row(table, Numbers.Show(i + 1), ["", "", relaxation.Cost.ToString("0.00", language.Texts.Numbers), .. chances]);
            foreach (ConstraintChange change in relaxation.Changes)
            {
                Quota quota = change.Constraint.Quota!;
                string bound = language.Text(change.Constraint.Kind == ConstraintKind.QuotaMinimum ? "at-least" : "at-most");
                string what = $"  {quota.FeatureLabel}: {quota.ValueLabel}, {bound}";
                Row(table, what, [Numbers.Show(change.From), Numbers.Show(change.To), "", .. chances.Select(_ => "")]);
            }
        }

        return table;
    }

    /// <summary>What one seat of each constraint would do for those worst off.</summary>
    public static Table TradeOffs(Language language, SelectionProblem problem, IReadOnlyList<SeatTradeOff> tradeOffs)
    {
        Table table = Headed(language, "table/gave-by-one", ["table/lowest-now", "table/then"]);
        foreach (SeatTradeOff tradeOff in tradeOffs)
        {
            string direction = tradeOff.Seats < 0 ? language.Text("check/one-fewer")
                : tradeOff.Constraint.Kind == ConstraintKind.PanelSize ? language.Text("check/one-more") : "";
            Row(
                table,
                language.Texts.Describe(tradeOff.Constraint, problem) + direction,
                [language.Percent(tradeOff.CurrentMinimum), tradeOff.NewMinimum is double then ? language.Percent(then) : "–"]);
        }

        return table;
    }

    private static Table Headed(Language language, string first, string[] headings)
    {
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn(language.Text(first));
        foreach (string heading in headings.Select(key => language.Text(key)))
        {
            table.AddColumn(new TableColumn(Gap + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { Alignment = Justify.Right, NoWrap = true });
        }

        return table;
    }

    private static void Row(Table table, string first, IEnumerable<string> cells) =>
        table.AddRow([new Text(Terminal.Clean(first)), .. cells.Select(c => new Text(Gap + c))]);
}
