using Sortition.Core;

namespace Sortition.Shared;

/// <summary>How far ballots are from equally likely, as a percentage.</summary>
internal static class UnevennessText
{
    private const double Tiny = 0.000_01;

    /// <param name="texts">The language, with the texts of Sortition.Publication.</param>
    /// <param name="unevenness">By what part of itself a ballot's chance is off, on average, at most.</param>
    public static string Of(TextRenderer texts, double unevenness) => unevenness < Tiny
        ? texts.Render("unevenness/below", ("number", (100 * Tiny).ToString("0.###", texts.Numbers)))
        : texts.Render("unevenness", ("number", (100 * unevenness).ToString(unevenness < 0.001 ? "0.###" : "0.#", texts.Numbers)));
}
