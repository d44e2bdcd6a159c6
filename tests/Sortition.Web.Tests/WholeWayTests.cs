namespace Sortition.Web.Tests;

/// <summary>The way that every build goes.</summary>
public sealed class WholeWayTests
{
    [Fact]
    [Trait("Lane", "Slow")]
    public async Task From_two_files_to_a_panel_in_a_browser()
    {
        await using BrowserRun run = await BrowserRun.StartAsync();
        await WholeWay.BySeedAsync(run);
    }
}
