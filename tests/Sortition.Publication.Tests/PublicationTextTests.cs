using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>The codes of this package's faults and their texts.</summary>
public sealed class PublicationTextTests
{
    [Fact]
    public void Codes_and_texts_belong_together() => TextCatalogue.Check(typeof(PublicationFaults), "publication/");
}
