using System.Globalization;

namespace Sortition.Publication.Report;

/// <summary>How ballots are numbered for people: 0..M−1, all with as many digits as the last one.</summary>
internal static class BallotNumbers
{
    public static int Digits(int ballots) => (ballots - 1).ToString(CultureInfo.InvariantCulture).Length;

    public static string Show(int ballot, int ballots) => ballot.ToString(CultureInfo.InvariantCulture).PadLeft(Digits(ballots), '0');
}
