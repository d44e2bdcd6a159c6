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
            terminal.Complain(
                FormattableString.Invariant($"Warning: {count} of {lottery.Problem.People.Count} people have no chance in this lottery, for mere lack of time")
                + ": nothing shows that they can be on no panel. Give it more time before you use it.");
        }
    }

    /// <summary>How many people have a chance, and why others who could be chosen have none.</summary>
    public static (string Label, string Text) Describe(PanelLottery lottery, bool isCutOff)
    {
        LotteryMetrics figures = LotteryMetrics.Compute(lottery);
        int count = lottery.WithoutChance.Count;
        string why = count == 0 ? ""
            : isCutOff ? FormattableString.Invariant($"; {count} have no chance in this lottery, which was cut off")
            : FormattableString.Invariant(
                $"; {count} could be chosen but have no chance in this lottery, for {lottery.Certificate.Objective.Name} only holds high chances down");
        return ("People with a chance", FormattableString.Invariant($"{figures.Covered - count} of {lottery.Problem.People.Count}{why}"));
    }
}
