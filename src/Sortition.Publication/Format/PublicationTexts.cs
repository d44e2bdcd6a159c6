using Sortition.Core;
using Sortition.Files;

namespace Sortition.Publication.Format;

/// <summary>The sentences of this package and of those that it builds on.</summary>
public static class PublicationTexts
{
    /// <summary>English.</summary>
    public static TextRenderer English { get; } = FileTexts.English.WithTextsOf(typeof(PublicationTexts).Assembly);
}
