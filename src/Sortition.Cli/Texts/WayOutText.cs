using System.Globalization;
using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Feasibility;
using Sortition.Publication.Format;
using Spectre.Console;

namespace Sortition.Cli.Texts;

/// <summary>What clashes and the ways out, as a person reads them.</summary>
internal static class WayOutText
{
    private const string Gap = " ";

    /// <summary>Each conflict with what would help, then what else counting shows.</summary>
    public static IEnumerable<string> Conflicts(SelectionProblem problem, FeasibilityReport report, Diagnosis diagnosis)
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        for (int i = 0; i < diagnosis.Conflicts.Count; i++)
        {
            string sentence = PublicationTexts.English.Describe(diagnosis.Conflicts[i], problem);
            told.Add(sentence);
            yield return FormattableString.Invariant($"  {i + 1}. {sentence}");
            foreach (string help in PublicationTexts.English.DescribeHelp(diagnosis.Conflicts[i], problem))
            {
                yield return "     " + help;
            }
        }

        string[] more =
        [
            .. report.Reasons.Where(r => r.Code != InfeasibilityCode.Conflict).Select(r => PublicationTexts.English.Describe(r, problem))
                .Where(s => !told.Contains(s))
        ];
        if (more.Length > 0)
        {
            yield return "  This is so as well, but follows from the above:";
        }

        foreach (string sentence in more)
        {
            yield return "  " + sentence;
        }

        yield return diagnosis.IsExhaustive
            ? "There are no other conflicts. Each needs an answer before there is a panel."
            : "There may be more conflicts. Each needs an answer before there is a panel.";
    }

    /// <summary>The ways out; with what each comes to in chances if that was computed.</summary>
    public static Table Alternatives(RelaxationReport report, IReadOnlyList<RelaxationFairness>? fairness)
    {
        Table table = Headed("way out", ["from", "to", "cost", .. fairness is null ? (string[])[] : ["lowest\nchance", "Gini"]]);
        for (int i = 0; i < report.Alternatives.Count; i++)
        {
            Relaxation relaxation = report.Alternatives[i];
            string[] chances = fairness is null
                ? []
                : fairness[i].Metrics is { } m ? [Numbers.Percent(m.MinProbability), m.Gini.ToString("0.000", CultureInfo.InvariantCulture)] : ["–", "–"];
            Row(table, Numbers.Show(i + 1), ["", "", relaxation.Cost.ToString("0.00", CultureInfo.InvariantCulture), .. chances]);
            foreach (ConstraintChange change in relaxation.Changes)
            {
                Quota quota = change.Constraint.Quota!;
                string what = $"  {quota.FeatureLabel}: {quota.ValueLabel}, {(change.Constraint.Kind == ConstraintKind.QuotaMinimum ? "at least" : "at most")}";
                Row(table, what, [Numbers.Show(change.From), Numbers.Show(change.To), "", .. chances.Select(_ => "")]);
            }
        }

        return table;
    }

    /// <summary>What one seat of each constraint would do for those worst off.</summary>
    public static Table TradeOffs(SelectionProblem problem, IReadOnlyList<SeatTradeOff> tradeOffs)
    {
        Table table = Headed("if one of these gave by one seat", ["lowest\nchance now", "then"]);
        foreach (SeatTradeOff tradeOff in tradeOffs)
        {
            string direction = tradeOff.Seats < 0 ? " (one fewer)" : tradeOff.Constraint.Kind == ConstraintKind.PanelSize ? " (one more)" : "";
            Row(
                table,
                PublicationTexts.English.Describe(tradeOff.Constraint, problem) + direction,
                [Numbers.Percent(tradeOff.CurrentMinimum), tradeOff.NewMinimum is double then ? Numbers.Percent(then) : "–"]);
        }

        return table;
    }

    private static Table Headed(string first, string[] headings)
    {
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn(first);
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(Gap + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { Alignment = Justify.Right, NoWrap = true });
        }

        return table;
    }

    private static void Row(Table table, string first, IEnumerable<string> cells) =>
        table.AddRow([new Text(Terminal.Clean(first)), .. cells.Select(c => new Text(Gap + c))]);
}
