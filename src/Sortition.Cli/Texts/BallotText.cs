using System.Globalization;
using Sortition.Core.Ballots;

namespace Sortition.Cli.Texts;

/// <summary>How near ballots come to the lottery, in words.</summary>
internal static class BallotText
{
    private const string NotMixed =
        "not mixed: from another start, or after longer, who sits with whom could look otherwise (chances are not touched by that)";

    public static IEnumerable<(string Label, string Text)> Describe(RoundingError quality)
    {
        int m = quality.Ballots;
        string best = quality.MinBallots >= quality.MinBallotsUpperBound
            ? $"no {m} ballots can give everyone more"
            : $"it could be {quality.MinBallotsUpperBound} at most";
        yield return (
            "Lowest chance", FormattableString.Invariant(
                $"{quality.MinBallots} of {m} ballots; in the lottery {Numbers.Percent(quality.IdealMinProbability)}; {best}"));
        yield return ("Highest chance", FormattableString.Invariant($"{quality.MaxBallots} of {m} ballots"));
        if (quality.WithoutBallot > 0)
        {
            yield return (
                "Without a ballot",
                FormattableString.Invariant(
                    $"{quality.WithoutBallot} people who could be chosen are on none of them: their chance is too small for {m} ballots, so make more"));
        }

        string within = quality.IsWithinOneBallot
            ? "nobody is a whole ballot away from the chance in the lottery"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{quality.OneOrMoreOff} people are a whole ballot or more away from the chance in the lottery, so that \"sortition verify\" will not confirm "
                    + $"it; another number of ballots may do better");
        yield return (
            "Rounding",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{within}; at most {Of(quality.MaxDeviation, m)} of a ballot, typically {Of(quality.RootMeanSquareDeviation, m)} (less than "
                + $"{Of(quality.UnavoidableDistance, m)} cannot be had; the literature guarantees {Guaranteed(quality)})"));
        yield return (
            "One ball missing",
            $"nobody's chance would change by more than {Numbers.Percent(quality.MaxChangeByOneBall)} of itself, if balls are drawn digit by digit");
    }

    /// <summary>How mixed the ballots are, in words.</summary>
    public static (string Label, string Text) Describe(BallotMixing mixing)
    {
        string overlap = mixing.LargestOverlap is int most ? FormattableString.Invariant($"; two of them share at most {most} members") : "";
        string pairs = mixing.LargestPairRatio is double ratio
            ? string.Create(CultureInfo.InvariantCulture, $"; no two people sit together more than {ratio:0.0} times as often as by chance")
            : "";
        string mixed = mixing.IsMixed switch
        {
            true => "",
            false => $"; {NotMixed}",
            null => "; measured only",
        };
        return ("Mixing", FormattableString.Invariant($"{mixing.DifferentPanels} different panels on {mixing.Ballots} ballots{overlap}{pairs}{mixed}"));
    }

    /// <summary>How mixed a lottery is, in words.</summary>
    public static (string Label, string Text) Describe(LotteryMixing mixing) =>
        ("Mixing", FormattableString.Invariant($"{mixing.PanelsFound} panels were found, and mixed into {mixing.Lottery.Panels.Count}")
            + ", with everybody's chance as before" + (mixing.IsMixed ? "" : $"; {NotMixed}"));

    private static string Guaranteed(RoundingError quality) =>
        (Math.Min(quality.KnownBoundBySeats, quality.KnownBoundByTypes ?? double.PositiveInfinity) * quality.Ballots)
            .ToString("0.#", CultureInfo.InvariantCulture);

    private static string Of(double distance, int ballots) => (distance * ballots).ToString("0.00", CultureInfo.InvariantCulture);
}
