using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sortition.Web.Hosting;

namespace Sortition.Web.Tests;

/// <summary>The program in a real browser, opened as its owner opens it. Whatever the browser asks of anybody else is refused and remembered.</summary>
internal sealed class BrowserRun : IAsyncDisposable
{
    private const string Variable = "SORTITION_CHROMIUM";

    // Far above what anything takes here.
    private const int LimitMilliseconds = 240_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserRun(SiteRun site, IPlaywright playwright, IBrowser browser, IBrowserContext context, IPage page)
    {
        Site = site;
        _playwright = playwright;
        _browser = browser;
        Context = context;
        Page = page;
    }

    public SiteRun Site { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>What the browser asked of others.</summary>
    public List<string> Outbound { get; } = [];

    /// <summary>What the browser complained of: scripts and styles that were refused, errors.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<BrowserRun> StartAsync(
        string language = "en", ColorScheme scheme = ColorScheme.Light, int width = 1280, bool scripts = true)
    {
        string path = Environment.GetEnvironmentVariable(Variable)
            ?? Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists)
            ?? throw new InvalidOperationException($"There is no Chromium: install it, or name it in {Variable}.");
        SiteRun site = await SiteRun.StartAsync(language: language);
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(LimitMilliseconds);
        BrowserRun run = new(site, playwright, browser, context, await context.NewPageAsync());
        await context.RouteAsync(url => !url.StartsWith(site.Site.Origin, StringComparison.Ordinal) && !url.StartsWith("file:", StringComparison.Ordinal), route =>
        {
            run.Outbound.Add(route.Request.Url);
            return route.AbortAsync();
        });
        run.Page.Console += (_, message) =>
        {
            if (message.Type is "error" && !message.Text.Contains("status of 422", StringComparison.Ordinal))
            {
                run.Complaints.Add(message.Text);
            }
        };
        run.Page.PageError += (_, error) => run.Complaints.Add(error);
        using OpeningFile opening = OpeningFile.Create(site.Folder, site.Site.Origin, site.Site.Session.Token!, "Open", language);
        await run.Page.GotoAsync("file://" + opening.Path);
        if (!scripts)
        {
            await run.Page.GetByRole(AriaRole.Button).ClickAsync();
        }

        await run.Page.WaitForURLAsync(site.Site.Origin + site.Root + "/");
        return run;
    }

    /// <summary>A text in the language of the run.</summary>
    public string T(string key) => Site.Site.Desk.Language.Text(key);

    public ILocator Button(string key) => Page.GetByRole(AriaRole.Button, new() { Name = T(key), Exact = true });

    public ILocator Link(string key) => Page.GetByRole(AriaRole.Link, new() { Name = T(key), Exact = true });

    /// <summary>Makes an empty project by the page, and is on its page of files.</summary>
    public async Task NewProjectAsync(string name = "Assembly")
    {
        await Page.GetByLabel(T("home/name")).FillAsync(name);
        await Button("home/create").ClickAsync();
    }

    /// <summary>Chooses two files and reads them.</summary>
    public async Task ReadFilesAsync(string people, string quotas, int size)
    {
        await Page.Locator("#people").SetInputFilesAsync(people);
        await Page.Locator("#quotas").SetInputFilesAsync(quotas);
        await Page.GetByLabel(T("files/size")).FillAsync($"{size}");
        await Button("files/read-them").ClickAsync();
    }

    /// <summary>Fails where the page has a fault that axe finds, is wider than the window, or has asked for something elsewhere.</summary>
    public async Task CheckAsync(string name, string? pictures = null)
    {
        AxeResult result = await Page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        Assert.True(result.Violations.Length == 0, name + "\n" + string.Join('\n', result.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}: {n.Html}"))));
        int overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{name} is {overflow} pixels wider than the window.");
        Assert.Empty(Outbound);
        Assert.True(Complaints.Count == 0, string.Join('\n', Complaints));
        if (pictures is not null)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, name + ".png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Site.DisposeAsync();
    }
}
