using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sortition.Core;
using Xunit;

namespace Sortition.Testing;

/// <summary>Compares the codes that a package declares with its document of texts.</summary>
internal static partial class TextCatalogue
{
    public static FaultCode[] CodesOf(Type codes) => [.. codes.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(p => (FaultCode)p.GetValue(null)!)];

    public static Dictionary<string, string> TextsOf(Assembly package)
    {
        using Stream texts = package.GetManifestResourceStream("Texts/en.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(texts)!;
    }

    /// <summary>Every code has a text with a place for each of its parameters and for nothing else, in forms that there are; and every text with the prefix has a code.</summary>
    public static void Check(Type declared, string prefix, params Type[] more)
    {
        FaultCode[] codes = [.. CodesOf(declared), .. more.SelectMany(CodesOf)];
        Dictionary<string, string> texts = TextsOf(declared.Assembly);
        HashSet<string> forms = [.. texts.Keys, .. TextsOf(typeof(FaultCode).Assembly).Keys];
        Assert.Equal(codes.Select(c => c.Name).Order(StringComparer.Ordinal), texts.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(codes, code =>
        {
            (string Name, string Form)[] places = [.. Place().Matches(texts[code.Name]).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];
            Assert.Equal(code.Parameters.Order(StringComparer.Ordinal), places.Select(p => p.Name).Distinct().Order(StringComparer.Ordinal));
            Assert.Subset(forms, places.Select(p => p.Form).Where(f => f.Length > 0).ToHashSet());
            Assert.Subset(code.Parameters.ToHashSet(), code.Personal.ToHashSet());
        });
    }

    [GeneratedRegex(@"\{(\w+)(?::([\w./-]+))?\}")]
    private static partial Regex Place();
}
