using System.Globalization;
using System.Text;

namespace Sortition.Publication.Report.Model;

/// <summary>Text from data, made fit to be shown: nothing in it can reorder what stands around it, or is no text at all.</summary>
internal static class SafeText
{
    /// <summary>
    /// The text with white space as single characters of it, and a replacement character for whatever a page must not contain: controls, overrides of the
    /// writing direction, half surrogates.
    /// </summary>
    public static string Of(string text)
    {
        StringBuilder safe = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                safe.Append(rune.Value == 0x00A0 ? '\u00A0' : ' ');
            }
            else
            {
                safe.Append(IsFit(rune) ? rune.ToString() : "\uFFFD");
            }
        }

        return safe.ToString();
    }

    /// <summary>The text between marks that keep its writing direction to itself, for places that know no elements.</summary>
    public static string Isolated(string text) => $"\u2068{Of(text)}\u2069";

    /// <summary>The text, cut so that it takes the place of so many common letters.</summary>
    public static string Shortened(string text, int letters)
    {
        string safe = Of(text);
        StringBuilder kept = new();
        int width = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(safe);
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();

            // East Asian scripts and pictures are about twice as wide as letters.
            width += element[0] >= 0x1100 ? 2 : 1;
            if (width > letters)
            {
                return kept.ToString().TrimEnd() + "…";
            }

            kept.Append(element);
        }

        return safe;
    }

    private static bool IsFit(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.PrivateUse)
        && rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0xFDD0 and <= 0xFDEF))
        && (rune.Value & 0xFFFE) != 0xFFFE;
}
