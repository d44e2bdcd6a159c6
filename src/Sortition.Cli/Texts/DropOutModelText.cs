using Sortition.Core.DropOuts;
using Spectre.Console;

namespace Sortition.Cli.Texts;

/// <summary>What was learnt from past assemblies about who drops out.</summary>
internal static class DropOutModelText
{
    private const int Indent = 2;
    private const string Gap = " ";

    public static void Write(Terminal terminal, DropOutModel model)
    {
        terminal.Tell(
            "past/estimated",
            ("members", model.Observations),
            ("dropped", model.DroppedOut),
            ("stay", terminal.Language.Percent(model.BaseStayChance)));
        terminal.Say();
        terminal.Out.Write(Factors(terminal.Language, model));
        if (model.UnseenValues.Count > 0)
        {
            Warn("past/unseen", model.UnseenValues.Select(v => $"{v.Feature}: {v.Value}"));
        }

        if (model.FeaturesWithoutPast.Count > 0)
        {
            Warn("past/silent", model.FeaturesWithoutPast);
        }

        if (model.IgnoredFeatures.Count > 0)
        {
            Warn("past/ignored", model.IgnoredFeatures);
        }

        void Warn(string key, IEnumerable<string> names) =>
            terminal.Warn("tool/warning", ("text", terminal.Text(key, ("names", string.Join(terminal.Text("join.clauses"), names)))));
    }

    private static Table Factors(Language language, DropOutModel model)
    {
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("");
        foreach (string heading in new[] { language.Text("table/factor"), language.Text("table/past-members"), language.Text("table/dropped-out") })
        {
            table.AddColumn(new TableColumn(Gap + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { Alignment = Justify.Right, NoWrap = true });
        }

        string? feature = null;
        foreach (RetentionFactor factor in model.Factors)
        {
            if (!string.Equals(feature, factor.Value.Feature, StringComparison.Ordinal))
            {
                feature = factor.Value.Feature;
                table.AddRow(new Text(Terminal.Clean(feature)));
            }

            string[] numbers =
            [
                language.Number(factor.Factor, "0.000"),
                Numbers.Show(factor.Observations),
                Numbers.Show(factor.DroppedOut),
            ];
            table.AddRow(
            [
                new Padder(new Text(Terminal.Clean(factor.Value.Value)), new Padding(Indent, 0, 0, 0)),
                .. numbers.Select(c => new Text(Gap + c)),
            ]);
        }

        return table;
    }
}
