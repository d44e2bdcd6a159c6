using System.Globalization;

namespace Sortition.Shared;

/// <summary>Numbers of ballots, from 0, in as many digits as the last one has: 000 to 999.</summary>
internal static class BallotNumbers
{
    public static int Digits(int count) => (count - 1).ToString(CultureInfo.InvariantCulture).Length;

    public static string Text(int ballot, int count) => ballot.ToString(CultureInfo.InvariantCulture).PadLeft(Digits(count), '0');
}
