using Sortition.Core;
using Sortition.Publication.Format;

namespace Sortition.Studies;

/// <summary>The sentences of this package and of those that it builds on.</summary>
public static class StudyTexts
{
    /// <summary>English.</summary>
    public static TextRenderer English { get; } = PublicationTexts.English.WithTextsOf(typeof(StudyTexts).Assembly);

    /// <summary>A language.</summary>
    /// <param name="language">One of <see cref="TextRenderer.Languages"/>.</param>
    /// <returns>The renderer.</returns>
    /// <exception cref="ArgumentException">There is no such language.</exception>
    public static TextRenderer For(string language) => PublicationTexts.For(language).WithTextsOf(typeof(StudyTexts).Assembly);
}
