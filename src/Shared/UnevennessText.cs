using System.Globalization;

namespace Sortition.Shared;

/// <summary>How far ballots are from equally likely, as a percentage.</summary>
internal static class UnevennessText
{
    /// <param name="unevenness">By what part of itself a ballot's chance is off, on average, at most.</param>
    public static string Of(double unevenness) => unevenness < 0.000_01
        ? "less than 0.001 %"
        : (100 * unevenness).ToString(unevenness < 0.001 ? "0.###" : "0.#", CultureInfo.InvariantCulture) + " %";
}
