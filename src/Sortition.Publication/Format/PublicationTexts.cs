using Sortition.Core;
using Sortition.Files;

namespace Sortition.Publication.Format;

/// <summary>The sentences of this package and of those that it builds on.</summary>
public static class PublicationTexts
{
    /// <summary>English.</summary>
    public static TextRenderer English { get; } = FileTexts.English.WithTextsOf(typeof(PublicationTexts).Assembly);

    /// <summary>A language.</summary>
    /// <param name="language">One of <see cref="TextRenderer.Languages"/>.</param>
    /// <returns>The renderer.</returns>
    /// <exception cref="ArgumentException">There is no such language.</exception>
    public static TextRenderer For(string language) => FileTexts.For(language).WithTextsOf(typeof(PublicationTexts).Assembly);
}
