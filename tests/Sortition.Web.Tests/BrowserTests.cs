using Microsoft.Playwright;

namespace Sortition.Web.Tests;

/// <summary>All pages in all looks, and what people do that they are not meant to; eng/browser.sh runs these.</summary>
[Trait("Lane", "Browser")]
public sealed class BrowserTests
{
    /// <summary>Where pictures go; none are taken where it is not set.</summary>
    private static readonly string? s_pictures = Environment.GetEnvironmentVariable("SORTITION_PICTURES");

    [Theory]
    [InlineData("en", ColorScheme.Light, 1280)]
    [InlineData("en", ColorScheme.Dark, 1280)]
    [InlineData("da", ColorScheme.Light, 1280)]
    [InlineData("da", ColorScheme.Dark, 1280)]
    [InlineData("en", ColorScheme.Light, 390)]
    [InlineData("da", ColorScheme.Dark, 390)]
    public async Task Every_page_is_without_fault(string language, ColorScheme scheme, int width)
    {
        await using BrowserRun run = await BrowserRun.StartAsync(language, scheme, width);
        string? pictures = (language, scheme) == ("en", ColorScheme.Light) || width == 390 || (language, scheme) == ("da", ColorScheme.Dark) ? s_pictures : null;
        string suffix = $"-{language}-{(scheme == ColorScheme.Dark ? "dark" : "light")}-{width}";
        await WholeWay.BySeedAsync(run, pictures, suffix);
        await run.Page.GetByRole(AriaRole.Link, new() { Name = "Sortition", Exact = true }).ClickAsync();
        await WholeWay.InPublicAsync(run, pictures, suffix);
    }

    [Fact]
    public async Task Every_page_works_without_scripts()
    {
        await using BrowserRun run = await BrowserRun.StartAsync(scripts: false);
        IPage page = run.Page;
        await run.NewProjectAsync();
        await run.ReadFilesAsync(WholeWay.People, WholeWay.Quotas, 36);
        await run.Link("files/next").ClickAsync();
        await run.Button("targets/save-and-compute").ClickAsync();
        await run.Link("chances/next").ClickAsync();
        await run.Button("draw/draw-now").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = run.T("panel/who") }).WaitForAsync();
    }

    [Fact]
    public async Task Seats_that_cannot_be_met_are_told_while_they_are_typed()
    {
        await using BrowserRun run = await BrowserRun.StartAsync();
        await run.Button("home/example").ClickAsync();
        await run.Link("files/next").ClickAsync();
        await run.Page.GetByLabel("alder: 16-24 år, at least").FillAsync("27");
        await run.Page.GetByLabel("alder: 16-24 år, at most").FillAsync("27");
        await run.Page.GetByText(run.T("targets/verdict-no")).WaitForAsync();
        Assert.Equal(1, await run.Page.Locator("tr.clash").Filter(new() { HasText = "16-24" }).CountAsync());
        await run.CheckAsync("clash", s_pictures);
        await run.Page.GetByLabel("alder: 16-24 år, at least").FillAsync("five");
        await run.Page.GetByText(run.T("targets/verdict-open")).WaitForAsync();
    }

    [Fact]
    public async Task Back_reload_and_a_second_press_draw_nothing_twice()
    {
        await using BrowserRun run = await BrowserRun.StartAsync();
        IPage page = run.Page;
        await run.Button("home/example").ClickAsync();
        await run.Link("files/next").ClickAsync();
        await run.Button("targets/save-and-compute").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = run.T("chances/sorted") }).WaitForAsync();
        await page.ReloadAsync();
        await run.Link("chances/next").ClickAsync();
        string draw = page.Url;

        // A second tab stands at the same page.
        IPage second = await run.Context.NewPageAsync();
        await second.GotoAsync(draw);
        await page.GetByLabel(run.T("draw/seed")).FillAsync("first");
        await run.Button("draw/draw-now").DblClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = run.T("panel/who") }).WaitForAsync();
        await page.GetByText("first").WaitForAsync();
        await second.GetByLabel(run.T("draw/seed")).FillAsync("second");
        await second.GetByRole(AriaRole.Button, new() { Name = run.T("draw/draw-now") }).ClickAsync();
        await second.GetByRole(AriaRole.Heading, new() { Name = run.T("panel/who") }).WaitForAsync();
        await second.GetByText("first").WaitForAsync();
        Assert.Equal(0, await second.GetByText("second").CountAsync());
        await page.GoBackAsync();
        await page.GetByText(run.T("draw/drawn-by-seed")).WaitForAsync();
        string log = File.ReadAllText(Path.Combine(Directory.GetDirectories(run.Site.Folder).Single(), "sortition.log"));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(log, "\"seed\":\"first\""));
        Assert.DoesNotContain("second", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tabs_do_not_overwrite_each_others_targets()
    {
        await using BrowserRun run = await BrowserRun.StartAsync();
        await run.Button("home/example").ClickAsync();
        await run.Link("files/next").ClickAsync();
        IPage second = await run.Context.NewPageAsync();
        await second.GotoAsync(run.Page.Url);
        await run.Page.GetByLabel("køn: Kvinde, at most").FillAsync("20");
        await run.Button("targets/save").ClickAsync();
        await run.Page.GetByText(run.T("note/targets-saved")).WaitForAsync();
        await second.GetByLabel("køn: Mand, at most").FillAsync("20");
        await second.GetByRole(AriaRole.Button, new() { Name = run.T("targets/save"), Exact = true }).ClickAsync();
        await second.GetByText(run.T("targets/changed-elsewhere")).WaitForAsync();
        Assert.Equal("20", await second.GetByLabel("køn: Kvinde, at most").InputValueAsync());
    }

    [Fact]
    public async Task A_computation_survives_a_reload_and_can_be_stopped()
    {
        await using BrowserRun run = await BrowserRun.StartAsync();
        IPage page = run.Page;
        await run.Button("home/example").ClickAsync();
        await run.Link("files/next").ClickAsync();

        // Something else is at work, so that this waits in the queue.
        using ManualResetEventSlim other = new();
        Task busy = run.Site.Site.Desk.Queue.Add(other.Wait);
        await run.Button("targets/save-and-compute").ClickAsync();
        await page.GetByText(run.T("work/chances")).WaitForAsync();
        await page.ReloadAsync();
        await page.GetByText(run.T("work/chances")).WaitForAsync();
        await run.CheckAsync("computing", s_pictures);
        Projects.Work work = run.Site.Site.Desk.Shelf.Find(run.Site.Site.Desk.Shelf.All()[0].Key)!.Work!;
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = work.StopToken.Register(stopped.SetResult);
        Task stop = run.Button("chances/stop").ClickAsync();
        await stopped.Task;
        other.Set();
        await busy;
        await stop;
        await page.GetByText(run.T("work/nothing-yet")).WaitForAsync();
    }

    [Fact]
    public async Task What_people_have_written_is_shown_and_does_nothing()
    {
        await using BrowserRun run = await BrowserRun.StartAsync();
        await run.NewProjectAsync("<script>alert(1)</script>");
        const string Script = "<script>document.title='hacked'</script>";
        string people = $"id,gender,\"{Script}\"\n" + string.Join('\n', Enumerable.Range(1, 20).Select(i => $"{Script}{i},{(i % 2 == 0 ? Script : "b")},\"=cmd|' /C calc'!A0\""));
        string quotas = $"category,feature,min,max\ngender,{Script},2,3\ngender,b,2,3\n";
        using TemporaryFolder folder = new();
        await run.ReadFilesAsync(folder.Write("people.csv", people), folder.Write("quotas.csv", quotas), 5);
        await run.Page.GetByText(run.T("note/files-read")).WaitForAsync();
        await run.Link("files/next").ClickAsync();
        await run.Button("targets/save-and-compute").ClickAsync();
        await run.Link("chances/next").ClickAsync();
        await run.Button("draw/draw-now").ClickAsync();
        await run.Page.GetByRole(AriaRole.Heading, new() { Name = run.T("panel/who") }).WaitForAsync();
        Assert.DoesNotContain("hacked", await run.Page.TitleAsync(), StringComparison.Ordinal);
        await run.CheckAsync("scripts");
    }

    [Fact]
    public async Task Hostile_files_are_refused_in_words()
    {
        await using BrowserRun run = await BrowserRun.StartAsync();
        using TemporaryFolder folder = new();
        await run.NewProjectAsync();

        // A million columns.
        string wide = folder.Write("wide.csv", string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"c{i}")) + "\n" + new string(',', 999_999) + "\n");
        await run.ReadFilesAsync(wide, WholeWay.Quotas, 36);
        await run.Page.Locator("#errors").WaitForAsync();

        // A workbook that unpacks to far more than it is.
        using (FileStream bomb = File.Create(folder["bomb.xlsx"]))
        using (System.IO.Compression.ZipArchive archive = new(bomb, System.IO.Compression.ZipArchiveMode.Create))
        {
            byte[] zeros = new byte[1 << 20];
            using Stream entry = archive.CreateEntry("xl/workbook.xml").Open();
            for (int i = 0; i < 2000; i++)
            {
                entry.Write(zeros);
            }
        }

        await run.ReadFilesAsync(folder["bomb.xlsx"], WholeWay.Quotas, 36);
        await run.Page.Locator("#errors").WaitForAsync();
        await run.CheckAsync("errors", s_pictures);
        await run.ReadFilesAsync(folder.Write("picture.csv", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1]), WholeWay.Quotas, 36);
        await run.Page.Locator("#errors").WaitForAsync();
        await run.ReadFilesAsync(WholeWay.People, WholeWay.Quotas, 36);
        await run.Page.GetByText(run.T("note/files-read")).WaitForAsync();
    }

    [Fact]
    public async Task A_browser_without_the_token_sees_nothing()
    {
        await using BrowserRun run = await BrowserRun.StartAsync();
        await using IBrowserContext stranger = await run.Context.Browser!.NewContextAsync();
        IPage page = await stranger.NewPageAsync();
        await page.GotoAsync(run.Page.Url);
        await page.GetByText(run.T("message/start-again")).WaitForAsync();
        Assert.Equal(0, await page.GetByText(run.T("home/new")).CountAsync());
    }

    [Fact]
    public async Task The_way_can_be_gone_by_keyboard_and_at_double_size()
    {
        await using BrowserRun run = await BrowserRun.StartAsync(width: 640);
        await run.Page.Keyboard.PressAsync("Tab");
        Assert.Equal(run.T("page/skip"), await run.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await run.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await run.Page.EvaluateAsync<string>("document.activeElement.id"));
        await run.Page.GetByLabel(run.T("home/name")).FocusAsync();
        await run.Page.Keyboard.TypeAsync("Keys");
        await run.Page.Keyboard.PressAsync("Enter");
        await run.Page.GetByRole(AriaRole.Heading, new() { Name = run.T("files/heading") }).WaitForAsync();

        // An error is read first, and leads to its field.
        await run.Page.GetByLabel(run.T("files/size")).FillAsync("36");
        await run.Page.Keyboard.PressAsync("Enter");
        await run.Page.Locator("#errors").WaitForAsync();
        Assert.Equal("errors", await run.Page.EvaluateAsync<string>("document.activeElement.id"));
        await run.Page.GetByRole(AriaRole.Link, new() { Name = run.T("files/no-people") }).PressAsync("Enter");
        Assert.EndsWith("#people", run.Page.Url, StringComparison.Ordinal);
        await run.CheckAsync("double-size");
    }
}
