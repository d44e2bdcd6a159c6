using System.Globalization;
using System.Text;
using Sortition.Core.Problems;

namespace Sortition.Core.Texts;

/// <summary>Names characters that make a text differ from one that looks the same: unseen ones, and letters of another script.</summary>
internal static class OddCharacters
{
    /// <summary>Letters of Cyrillic and Greek that look like Latin ones.</summary>
    private const string LookAlikes = "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναρ";

    /// <summary>The text with the number of each odd character behind it: <c>other‹U+200B›</c>.</summary>
    public static string Named(string text)
    {
        bool foreign = HasForeignLookAlikes(text);
        StringBuilder named = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isUnseen = NameComparer.IsInvisible(rune) || (Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune));
            bool isOdd = isUnseen || (foreign && IsLookAlike(rune));
            if (!isUnseen)
            {
                named.Append(rune.ToString());
            }

            if (isOdd)
            {
                named.Append(CultureInfo.InvariantCulture, $"‹U+{rune.Value:X4}›");
            }
        }

        return named.ToString();
    }

    /// <summary>Whether letters that look Latin stand among Latin ones, or are all there is, so that a reader takes the text for Latin.</summary>
    private static bool HasForeignLookAlikes(string text)
    {
        int alike = 0;
        int latin = 0;
        int letters = 0;
        foreach (Rune rune in text.EnumerateRunes().Where(Rune.IsLetter))
        {
            letters++;
            latin += rune.Value < 0x0250 ? 1 : 0;
            alike += IsLookAlike(rune) ? 1 : 0;
        }

        return alike > 0 && (latin > 0 || alike == letters);
    }

    private static bool IsLookAlike(Rune rune) => rune.IsBmp && LookAlikes.Contains((char)rune.Value);
}
