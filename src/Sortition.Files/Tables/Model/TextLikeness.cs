using Quickenshtein;

namespace Sortition.Files.Tables.Model;

/// <summary>Whether two names are likely one name misspelt or inflected. A likeness is a suggestion for a person to confirm, never an answer.</summary>
internal static class TextLikeness
{
    private const int FewestLetters = 4;
    private const int LettersOfOneSlip = 5;

    /// <summary>
    /// The one candidate that is like a text, or null where there is none or several are. Words are compared one by one: their first letters and all their
    /// digits must be the same (<c>unemployed</c> is not <c>employed</c>, <c>ward 1</c> is not <c>ward 2</c>), and one letter in five may differ.
    /// </summary>
    /// <param name="text">The text, in a form in which names are compared.</param>
    /// <param name="candidates">The candidates, in the same form.</param>
    public static string? OnlyLike(string text, IEnumerable<string> candidates)
    {
        string? only = null;
        foreach (string candidate in candidates)
        {
            if (!AreLike(text, candidate))
            {
                continue;
            }

            if (only is not null)
            {
                return null;
            }

            only = candidate;
        }

        return only;
    }

    private static bool AreLike(string a, string b)
    {
        string[] words = Words(a);
        string[] others = Words(b);
        return words.Length == others.Length && words.Length > 0 && words.Zip(others).All(pair => AreLikeWords(pair.First, pair.Second));
    }

    private static bool AreLikeWords(string a, string b)
    {
        if (string.Equals(a, b, StringComparison.Ordinal))
        {
            return true;
        }

        int letters = Math.Max(a.Length, b.Length);
        return letters >= FewestLetters
            && a[0] == b[0]
            && a.Where(char.IsDigit).SequenceEqual(b.Where(char.IsDigit))
            && Levenshtein.GetDistance(a, b) <= Math.Max(1, letters / LettersOfOneSlip);
    }

    private static string[] Words(string text) => text.Split([' ', '-', '/', ',', '.', ';', ':', '(', ')', '&'], StringSplitOptions.RemoveEmptyEntries);
}
