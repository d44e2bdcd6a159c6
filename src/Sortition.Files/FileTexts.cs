using Sortition.Core;

namespace Sortition.Files;

/// <summary>The sentences of this package and of those that it builds on.</summary>
public static class FileTexts
{
    /// <summary>English.</summary>
    public static TextRenderer English { get; } = TextRenderer.English.WithTextsOf(typeof(FileTexts).Assembly);
}
