using Sortition.Publication.Format;

namespace Sortition.Cli.Texts;

/// <summary>That a published lottery is a replacement round, in words.</summary>
internal static class RoundText
{
    /// <summary>One line for a round, none for the lottery of a whole panel.</summary>
    public static IEnumerable<(string Label, string Text)> Of(Language language, PublishedLottery lottery)
    {
        if (lottery.Round is PublishedRound round)
        {
            yield return (
                language.Text("label/replacement-round"),
                language.Text("round/of", ("seats", lottery.Problem.PanelSize), ("staying", round.Staying), ("size", round.PanelSize)));
        }
    }
}
