using Sortition.Core.Ballots;

namespace Sortition.Cli.Texts;

/// <summary>How near ballots come to the lottery, in words.</summary>
internal static class BallotText
{
    public static IEnumerable<(string Label, string Text)> Describe(Language language, RoundingError quality)
    {
        int m = quality.Ballots;
        bool isBest = quality.MinBallots >= quality.MinBallotsUpperBound;
        yield return (
            language.Text("label/lowest-chance"),
            language.Text(
                "ballots/lowest",
                ("count", quality.MinBallots),
                ("all", m),
                ("ideal", language.Percent(quality.IdealMinProbability)),
                ("best", language.Text(isBest ? "ballots/no-better" : "ballots/at-most", ("count", m), ("most", quality.MinBallotsUpperBound)))));
        yield return (language.Text("label/highest-chance"), language.Text("ballots/highest", ("count", quality.MaxBallots), ("all", m)));
        if (quality.WithoutBallot > 0)
        {
            yield return (language.Text("label/without-a-ballot"), language.Text("ballots/without", ("count", quality.WithoutBallot), ("all", m)));
        }

        yield return (
            language.Text("label/rounding"),
            language.Text(
                "ballots/rounding",
                ("within", language.Text(quality.IsWithinOneBallot ? "ballots/within" : "ballots/off", ("count", quality.OneOrMoreOff))),
                ("most", Of(language, quality.MaxDeviation, m)),
                ("typical", Of(language, quality.RootMeanSquareDeviation, m)),
                ("least", Of(language, quality.UnavoidableDistance, m)),
                ("guaranteed", Guaranteed(language, quality))));
        yield return (language.Text("label/one-ball-missing"), language.Text("ballots/one-ball", ("change", language.Percent(quality.MaxChangeByOneBall))));
    }

    /// <summary>How mixed the ballots are, in words.</summary>
    public static (string Label, string Text) Describe(Language language, BallotMixing mixing)
    {
        string overlap = mixing.LargestOverlap is int most ? language.Text("mixing/overlap", ("most", most)) : "";
        string pairs = mixing.LargestPairRatio is double ratio ? language.Text("mixing/pairs", ("times", language.Number(ratio, "0.0"))) : "";
        string mixed = mixing.IsMixed switch
        {
            true => "",
            false => language.Text("mixing/not-mixed"),
            null => language.Text("mixing/measured-only"),
        };
        return (
            language.Text("label/mixing"),
            language.Text("mixing/ballots", ("panels", mixing.DifferentPanels), ("ballots", mixing.Ballots)) + overlap + pairs + mixed);
    }

    /// <summary>How mixed a lottery is, in words.</summary>
    public static (string Label, string Text) Describe(Language language, LotteryMixing mixing) => (
        language.Text("label/mixing"),
        language.Text("mixing/lottery", ("found", mixing.PanelsFound), ("panels", mixing.Lottery.Panels.Count))
            + (mixing.IsMixed ? "" : language.Text("mixing/not-mixed")));

    private static string Guaranteed(Language language, RoundingError quality) =>
        language.Number(Math.Min(quality.KnownBoundBySeats, quality.KnownBoundByTypes ?? double.PositiveInfinity) * quality.Ballots, "0.#");

    private static string Of(Language language, double distance, int ballots) => language.Number(distance * ballots, "0.00");
}
