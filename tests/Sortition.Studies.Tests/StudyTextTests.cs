using System.Text.Json;
using Sortition.Core;
using Sortition.Studies.Instances;
using Xunit;

namespace Sortition.Studies.Tests;

/// <summary>The codes of this package's faults, and the texts in all languages.</summary>
public sealed class StudyTextTests
{
    [Fact]
    public void Codes_and_texts_belong_together() => TextCatalogue.Check(typeof(StudyFaults), "studies/");

    [Fact]
    public void Every_language_has_every_text()
    {
        string[] keys = [.. TextCatalogue.TextsOf(typeof(StudyTexts).Assembly).Keys.Order(StringComparer.Ordinal)];
        Assert.All(TextRenderer.Languages, language =>
        {
            using Stream texts = typeof(StudyTexts).Assembly.GetManifestResourceStream($"Texts/{language}.json")!;
            Assert.Equal(keys, JsonSerializer.Deserialize<Dictionary<string, string>>(texts)!.Keys.Order(StringComparer.Ordinal));
        });
    }
}
