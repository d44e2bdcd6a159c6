using Xunit;

namespace Sortition.Publication.Tests;

public sealed class DrawProcedureTests
{
    private const string Root = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact]
    public void EmptyTextIsRefused() => Assert.Throws<ArgumentException>(() => DrawProcedure.Draw("", Root, 1000));
}
