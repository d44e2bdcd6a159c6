using System.Globalization;

namespace Sortition.Shared;

/// <summary>Numbers that may be percentages: <c>0.1</c>, <c>10 %</c>, <c>10%</c>; with a point before decimals, in every culture.</summary>
internal static class ShareText
{
    /// <summary>As many digits as a decimal number holds exactly, with sign, point and exponent.</summary>
    private const int MostCharacters = 28;

    /// <param name="text">The text, trimmed.</param>
    /// <param name="number">The number as written: 10 for <c>10 %</c>.</param>
    /// <param name="hasSign">Whether there is a percent sign.</param>
    public static bool TryRead(string text, out decimal number, out bool hasSign)
    {
        number = 0;
        hasSign = text.EndsWith('%');
        return text.Length <= MostCharacters && decimal.TryParse(hasSign ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
