using Microsoft.Playwright;

namespace Sortition.Web.Tests;

/// <summary>The whole way from two files to a panel, with each page looked at.</summary>
internal static class WholeWay
{
    private const int Size = 36;

    public static string People => TestFiles.PathOf("albertslund", "respondents.csv");

    public static string Quotas => TestFiles.PathOf("albertslund", "categories.csv");

    /// <summary>Goes the way by seed.</summary>
    public static async Task BySeedAsync(BrowserRun run, string? pictures = null, string suffix = "")
    {
        IPage page = run.Page;
        await run.CheckAsync("home" + suffix, pictures);
        await run.NewProjectAsync();
        await run.CheckAsync("files-empty" + suffix);
        await run.ReadFilesAsync(People, Quotas, Size);
        await page.GetByText(run.T("note/files-read")).WaitForAsync();
        await run.CheckAsync("files" + suffix, pictures);
        await run.Link("files/next").ClickAsync();
        await page.GetByText(run.T("targets/verdict-yes")).WaitForAsync();
        await run.CheckAsync("targets" + suffix, pictures);
        await run.Button("targets/save-and-compute").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = run.T("chances/sorted") }).WaitForAsync();
        await run.CheckAsync("chances" + suffix, pictures);
        await page.GetByLabel(run.T("chances/person")).FillAsync("F000004");
        await run.Button("chances/explain").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "F000004" }).WaitForAsync();
        await run.CheckAsync("explanation" + suffix, pictures);
        await run.Link("chances/next").ClickAsync();
        await run.CheckAsync("draw" + suffix, pictures);
        await page.GetByLabel(run.T("draw/seed")).FillAsync("4 2 6 1 3");
        await run.Button("draw/draw-now").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = run.T("panel/who") }).WaitForAsync();
        await run.CheckAsync("panel" + suffix, pictures);
        await run.Button("panel/write-report").ClickAsync();
        await page.GetByText(run.T("note/report")).WaitForAsync();
        await run.CheckAsync("panel-report" + suffix);
    }

    /// <summary>Goes the way in public, from the example, and checks what was published.</summary>
    public static async Task InPublicAsync(BrowserRun run, string? pictures = null, string suffix = "")
    {
        IPage page = run.Page;
        await run.Button("home/example").ClickAsync();
        await run.Link("files/next").ClickAsync();
        await run.Button("targets/save-and-compute").ClickAsync();
        await run.Link("chances/next").ClickAsync();
        await page.GetByLabel(run.T("draw/source")).FillAsync("three balls on the evening of 4 May");
        await run.Button("draw/make").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = run.T("draw/announce"), Exact = true }).WaitForAsync();
        await run.CheckAsync("published" + suffix, pictures);
        IDownload archive = await page.RunAndWaitForDownloadAsync(() => run.Link("draw/download").ClickAsync());
        string root = (await page.Locator("dd.root").TextContentAsync())!.Trim();
        await run.Link("draw/projector").ClickAsync();
        await run.CheckAsync("projector-before" + suffix);
        await run.Link("projector/back").ClickAsync();
        await page.GetByLabel(run.T("draw/number")).FillAsync("417");
        await run.Button("draw/draw").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = run.T("panel/who") }).WaitForAsync();
        await run.CheckAsync("panel-public" + suffix);
        await page.GotoAsync(page.Url.Replace("/panel?note=drawn", "/draw/projector", StringComparison.Ordinal));
        await page.GetByText("417").WaitForAsync();
        await run.CheckAsync("projector" + suffix, pictures);
        await run.Link("projector/back").ClickAsync();
        await run.Link("page/check").ClickAsync();
        await run.CheckAsync("check-empty" + suffix);
        await page.GetByLabel(run.T("check/archive")).SetInputFilesAsync(new FilePayload
        {
            Name = "published.zip",
            MimeType = "application/zip",
            Buffer = await File.ReadAllBytesAsync(await archive.PathAsync()),
        });
        await page.GetByLabel(run.T("check/root")).FillAsync(root);
        await run.Button("check/check").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = run.T("check/open") }).Or(page.GetByRole(AriaRole.Heading, new() { Name = run.T("check/genuine") })).WaitForAsync();
        await run.CheckAsync("check" + suffix, pictures);
    }
}
