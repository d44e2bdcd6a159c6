using System.Text.Json;
using System.Text.RegularExpressions;
using Sortition.Shared.Speech;

namespace Sortition.Web.Tests;

/// <summary>Both languages say everything, with the same places for values; and no page asks for a text that there is not.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void The_languages_have_the_same_texts_with_the_same_places()
    {
        Dictionary<string, string> english = Read("en");
        Dictionary<string, string> danish = Read("da");
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), danish.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, text => Assert.Equal(Places(text.Value), Places(danish[text.Key])));
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_is_there()
    {
        string folder = FindSource();
        string[] files = [.. Directory.GetFiles(Path.Combine(folder, "Pages"), "*.razor"), .. Directory.GetFiles(Path.Combine(folder, "Steps"), "*.cs")];
        string[] asked = [.. files.SelectMany(f => Asked().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Where(key => !key.EndsWith('-') && !key.EndsWith('/')).Distinct()];
        Assert.InRange(asked.Length, 100, 1000);
        Assert.All(asked, key => Assert.True(Language.English.Texts.Has(key), $"There is no text {key}."));
    }

    private static string[] Places(string text) => [.. Place().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Read(string language)
    {
        using Stream stream = typeof(Site).Assembly.GetManifestResourceStream($"Texts/{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }

    private static string FindSource()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sortition.Core.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "src", "Sortition.Web");
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex("""\bT\((?:[\w.]+ (?:is null|==) ?[\w.]* ?\? )?"([a-z-]+/[a-z0-9/.-]+)"[,)]""")]
    private static partial Regex Asked();
}
