using Sortition.Core;

namespace Sortition.Files;

/// <summary>The sentences of this package and of those that it builds on.</summary>
public static class FileTexts
{
    /// <summary>English.</summary>
    public static TextRenderer English { get; } = TextRenderer.English.WithTextsOf(typeof(FileTexts).Assembly);

    /// <summary>A language.</summary>
    /// <param name="language">One of <see cref="TextRenderer.Languages"/>.</param>
    /// <returns>The renderer.</returns>
    /// <exception cref="ArgumentException">There is no such language.</exception>
    public static TextRenderer For(string language) => TextRenderer.For(language).WithTextsOf(typeof(FileTexts).Assembly);
}
