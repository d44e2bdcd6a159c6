using System.CommandLine.Parsing;

namespace Sortition.Cli.Texts;

/// <summary>What is wrong with a command line, in the language of the command.</summary>
/// <remarks>
/// System.CommandLine tells its errors in English sentences only. The English texts here are those sentences: by them it is found which error is meant, and
/// what stands in its places. One that is not among them stays as it is.
/// </remarks>
internal static class ParseErrorText
{
    private static readonly string[] s_keys =
    [
        "parser/option-required",
        "parser/no-command",
        "parser/unknown",
        "parser/option-without-value",
        "parser/argument-missing",
        "parser/several-values",
        "parser/not-among",
    ];

    public static string Of(Language language, ParseError error)
    {
        foreach (string key in s_keys)
        {
            if (Places(Language.English.Text(key), error.Message) is { } places)
            {
                return language.Text(key, [.. places.Select(place => (place.Name, (object?)Shown(language, place.Name, place.Value)))]);
            }
        }

        return error.Message;
    }

    /// <summary>What stands in the places of a text; null where a sentence is not of that text.</summary>
    private static List<(string Name, string Value)>? Places(string text, string sentence)
    {
        // Before and between names in braces: what the sentence has, too.
        string[] pieces = text.Split('{', '}');
        if (!sentence.StartsWith(pieces[0], StringComparison.Ordinal) || !sentence.EndsWith(pieces[^1], StringComparison.Ordinal))
        {
            return null;
        }

        List<(string, string)> places = [];
        int start = pieces[0].Length;
        for (int i = 1; i < pieces.Length; i += 2)
        {
            string after = pieces[i + 1];
            int end = i + 2 == pieces.Length ? sentence.Length - after.Length : sentence.IndexOf(after, start, StringComparison.Ordinal);
            if (end < start)
            {
                return null;
            }

            places.Add((pieces[i], sentence[start..end]));
            start = end + after.Length;
        }

        return start == sentence.Length ? places : null;
    }

    /// <summary>What stands in a place: names of values are translated, and a list does not stand on lines of its own.</summary>
    private static string Shown(Language language, string name, string value) => name switch
    {
        "value" => language.Name(value),
        "allowed" => " " + string.Join(", ", value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        _ => value,
    };
}
