using Sortition.Core;

namespace Sortition.Cli.Texts;

/// <summary>People who have no chance although nothing shows that they can be on no panel: told where nobody can miss it.</summary>
internal static class WithoutChanceText
{
    /// <summary>Warns on standard error of people whom a time limit has left without a chance.</summary>
    public static void Warn(Terminal terminal, PanelLottery lottery, bool isCutOff)
    {
        int count = lottery.WithoutChance.Count;
        terminal.Fill(json => json["withoutChance"] = count);
        if (isCutOff && count > 0)
        {
            terminal.Warn(
                "tool/warning", ("text", terminal.Text("chance/none-for-lack-of-time", ("count", count), ("all", lottery.Problem.People.Count))));
        }
    }

    /// <summary>How many people have a chance, and why others who could be chosen have none.</summary>
    public static (string Label, string Text) Describe(Language language, PanelLottery lottery, bool isCutOff)
    {
        LotteryMetrics figures = LotteryMetrics.Compute(lottery);
        int count = lottery.WithoutChance.Count;
        string why = count == 0 ? ""
            : isCutOff ? language.Text("chance/none-since-cut-off", ("count", count))
            : language.Text("chance/none-by-objective", ("count", count), ("objective", lottery.Certificate.Objective.Name));
        return (
            language.Text("label/with-a-chance"),
            language.Text("chance/with", ("count", figures.Covered - count), ("all", lottery.Problem.People.Count), ("why", why)));
    }
}
