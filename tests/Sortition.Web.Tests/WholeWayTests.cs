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

        // What was shown is what lies in the folder, and nothing was asked of anybody else.
        string result = Path.Combine(Directory.GetDirectories(run.Site.Folder).Single(), "result");
        Assert.Equal(1 + 36, File.ReadLines(Path.Combine(result, "selected.csv")).Count());
        Assert.Contains("\"4 2 6 1 3\"", await File.ReadAllTextAsync(Path.Combine(result, "report.json")), StringComparison.Ordinal);
        Assert.Empty(run.Outbound);
        Assert.Empty(run.Complaints);
    }
}
