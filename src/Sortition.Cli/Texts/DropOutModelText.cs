using System.Globalization;
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
        terminal.Say(
            FormattableString.Invariant($"Drop-out chances were estimated from {model.Observations} past member(s), ")
            + FormattableString.Invariant($"of whom {model.DroppedOut} dropped out. ")
            + $"The chance to stay is {Numbers.Percent(model.BaseStayChance)} times the factor of each value that a person has:");
        terminal.Say();
        terminal.Out.Write(Factors(model));
        if (model.UnseenValues.Count > 0)
        {
            terminal.Complain(
                "Warning: no past member had " + string.Join(
                    "; ", model.UnseenValues.Select(v => $"{v.Feature}: {v.Value}")) + ". The mean factor of the feature is taken.");
        }

        if (model.FeaturesWithoutPast.Count > 0)
        {
            terminal.Complain("Warning: the past says nothing about " + string.Join("; ", model.FeaturesWithoutPast) + ". The estimate leaves it out.");
        }

        if (model.IgnoredFeatures.Count > 0)
        {
            terminal.Complain("Warning: the quotas have no feature " + string.Join("; ", model.IgnoredFeatures) + ". What the past says about it is not used.");
        }
    }

    private static Table Factors(DropOutModel model)
    {
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("");
        foreach (string heading in new[] { "factor", "past\nmembers", "dropped\nout" })
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
                factor.Factor.ToString("0.000", CultureInfo.InvariantCulture),
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
