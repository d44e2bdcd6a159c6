using System.Globalization;
using System.Text;

namespace Sortition.Core.Problems;

/// <summary>Whether two texts are one name to a person: the rule for features, values, headings, ids and addresses, in no culture.</summary>
/// <remarks>
/// <para>Two texts are one name if they are equal in Unicode NFKC without regard to case (<c>ß</c> is <c>SS</c>, and the dots of <c>i</c> do not count),
/// trimmed, with white space of any kind and length as one space, without characters that nobody sees, and with one kind of dash and one of apostrophe.</para>
/// <para>Two of these characters, the joiners U+200C and U+200D, say how the letters of Persian, of Indian scripts and others are written. Names that differ
/// in nothing else are one name, but where one is shown they stay within it.</para>
/// <para>Ids are compared by <see cref="IdKey"/>, which keeps case.</para>
/// <para>Immutable and safe to use from any thread.</para>
/// </remarks>
public sealed class NameComparer : IEqualityComparer<string>, IComparer<string>
{
    private const char Dash = '-';
    private const char Apostrophe = '\'';
    private const char DotAbove = '\u0307';
    private const char NonJoiner = '\u200C';
    private const char Joiner = '\u200D';
    private const char Nothing = '\0';

    private NameComparer()
    {
    }

    /// <summary>The only one there is.</summary>
    public static NameComparer Instance { get; } = new();

    /// <summary>
    /// A name as it may be shown: in Unicode NFC, trimmed, inner white space as one space, without characters that nobody sees but for joiners, each of them
    /// between two characters that are seen.
    /// </summary>
    /// <param name="name">The name as written; null for none.</param>
    /// <returns>The name, empty where nothing is seen of it.</returns>
    public static string Clean(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return "";
        }

        return IsPlain(name) ? name : Normalize(Collapse(name, c => c, keepsJoiners: true), NormalizationForm.FormC);
    }

    /// <summary>A text that is the same for all spellings of a name, for look-ups. It is not for showing.</summary>
    /// <param name="name">The name as written; null for none.</param>
    /// <returns>The key, empty where nothing is seen of the name.</returns>
    public static string Key(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return "";
        }

        return IsPlain(name) ? name.ToUpperInvariant() : Uniform(Folded(Normalize(Decomposed(name).ToUpperInvariant(), NormalizationForm.FormKD)));
    }

    /// <summary>The same with regard to case: somebody's database may tell <c>aB3</c> and <c>AB3</c> apart.</summary>
    /// <param name="id">The id as written; null for none.</param>
    /// <returns>The key, empty where nothing is seen of the id.</returns>
    public static string IdKey(string? id) => string.IsNullOrEmpty(id) ? "" : IsPlain(id) ? id : Uniform(Decomposed(id));

    /// <summary>Whether a text shows nothing: white space and characters that nobody sees.</summary>
    /// <param name="name">The text.</param>
    public static bool IsBlank(string? name) => string.IsNullOrWhiteSpace(name) || Clean(name).Length == 0;

    /// <inheritdoc/>
    public bool Equals(string? x, string? y) =>
        ReferenceEquals(x, y) || string.Equals(x, y, StringComparison.Ordinal) || string.Equals(Key(x), Key(y), StringComparison.Ordinal);

    /// <inheritdoc/>
    public int GetHashCode(string obj) => Key(obj).GetHashCode(StringComparison.Ordinal);

    /// <summary>The order of keys, by the numbers of their characters.</summary>
    /// <param name="x">A name.</param>
    /// <param name="y">Another one.</param>
    /// <returns>Below 0, 0 or above 0.</returns>
    public int Compare(string? x, string? y) => string.CompareOrdinal(Key(x), Key(y));

    /// <summary>
    /// Whether a character is not seen where it stands: it has no width, or commands how others are shown. Control characters are none of these: they show that
    /// a file is damaged.
    /// </summary>
    internal static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Format => true,

        // Joiners, variation selectors, and fillers that are letters by name only.
        _ => rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF),
    };

    /// <summary>Whether a character is white space, or looks so.</summary>
    internal static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value == 0x2800;

    /// <summary>Most texts need no work: letters, digits and signs of ASCII, with single spaces between them.</summary>
    private static bool IsPlain(string name)
    {
        char before = ' ';
        foreach (char c in name)
        {
            if (c is < ' ' or > '~' or '`' || (c == ' ' && before == ' '))
            {
                return false;
            }

            before = c;
        }

        return before != ' ';
    }

    /// <summary>A normal form; a text with broken surrogates, which has none, is left as it is.</summary>
    private static string Normalize(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>What upper case leaves apart though it is one letter: sharp s, and the i with and without its dot.</summary>
    private static string Folded(string upper)
    {
        StringBuilder folded = new(upper.Length + 1);
        foreach (char c in upper)
        {
            if (c is 'ß' or 'ẞ')
            {
                folded.Append("SS");
            }
            else if (c == 'ı')
            {
                folded.Append('I');
            }
            else if (c != DotAbove || folded.Length == 0 || folded[^1] != 'I')
            {
                folded.Append(c);
            }
        }

        return folded.ToString();
    }

    // What nobody sees is taken out first, for accents that it parts keep their order. Then apostrophes: one is a space with an accent to Unicode's rules.
    private static string Decomposed(string name) =>
        Normalize(Replaced(Collapse(name, c => c, keepsJoiners: false), IsApostrophe, Apostrophe), NormalizationForm.FormKD);

    private static string Uniform(string text) => Collapse(text, c => IsDash(c) ? Dash : c, keepsJoiners: false);

    private static string Collapse(string text, Func<int, int> map, bool keepsJoiners)
    {
        StringBuilder collapsed = new(text.Length);

        // What stands between two characters that are seen, once there is another one: a space, or else the first joiner.
        char between = Nothing;
        for (int i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                Append(text[i..(i + 1)]);
                i++;
                continue;
            }

            i += rune.Utf16SequenceLength;
            if (IsSpace(rune))
            {
                between = collapsed.Length > 0 ? ' ' : Nothing;
            }
            else if (keepsJoiners && (rune.Value is NonJoiner or Joiner))
            {
                between = between == Nothing && collapsed.Length > 0 ? (char)rune.Value : between;
            }
            else if (!IsInvisible(rune))
            {
                int mapped = map(rune.Value);
                Append(mapped == rune.Value ? rune.ToString() : ((char)mapped).ToString());
            }
        }

        return collapsed.ToString();

        void Append(string character)
        {
            if (between != Nothing)
            {
                collapsed.Append(between);
                between = Nothing;
            }

            collapsed.Append(character);
        }
    }

    private static string Replaced(string text, Predicate<char> which, char by) =>
        text.Any(c => which(c)) ? string.Concat(text.Select(c => which(c) ? by : c)) : text;

    private static bool IsDash(int c) => c is '-' or 0x2212 or 0x02D7 or 0x2043
        || (c <= char.MaxValue && char.GetUnicodeCategory((char)c) == UnicodeCategory.DashPunctuation);

    private static bool IsApostrophe(char c) => c is '`' or '\u00B4' or '\u02B9' or '\u02BB' or '\u02BC' or '\u2018' or '\u2019' or '\u201B' or '\u2032';
}
