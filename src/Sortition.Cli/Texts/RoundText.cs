using Sortition.Publication.Format;

namespace Sortition.Cli.Texts;

/// <summary>That a published lottery is a replacement round, in words.</summary>
internal static class RoundText
{
    /// <summary>One line for a round, none for the lottery of a whole panel.</summary>
    public static IEnumerable<(string Label, string Text)> Of(PublishedLottery lottery)
    {
        if (lottery.Round is PublishedRound round)
        {
            yield return (
                "Replacement round",
                FormattableString.Invariant($"{lottery.Problem.PanelSize} to join {round.Staying} member(s) who stay, for a panel of {round.PanelSize}"));
        }
    }
}
