using System.Net;
using Sortition.Web.Hosting;

namespace Sortition.Web.Tests;

/// <summary>Whoever else is on the computer, or on a page in the same browser, gets nothing.</summary>
public sealed class SafetyTests
{
    [Fact]
    public async Task The_server_listens_on_this_computer_alone()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        int port = new Uri(run.Site.Origin).Port;
        string[] listening = [.. System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(l => l.Port == port).Select(l => l.Address.ToString())];
        Assert.Equal(["127.0.0.1"], listening);
    }

    [Fact]
    public async Task Without_both_secrets_nothing_is_shown()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        string path = run.Root + "/";
        await AssertRefusedAsync(run, new HttpRequestMessage(HttpMethod.Get, path));
        await AssertRefusedAsync(run, run.Request(HttpMethod.Get, "/"));
        await AssertRefusedAsync(run, run.Request(HttpMethod.Get, "/guess/p/1/files"));
        HttpRequestMessage other = new(HttpMethod.Get, path);
        other.Headers.Add("Cookie", $"{run.Site.Desk.Guard.CookieName}=guess");
        await AssertRefusedAsync(run, other);
        using HttpResponseMessage both = await run.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, both.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1")]
    public async Task A_name_that_leads_here_is_not_answered(string host)
    {
        await using SiteRun run = await SiteRun.StartAsync();
        HttpRequestMessage request = run.Request(HttpMethod.Get, run.Root + "/");
        request.Headers.Host = host;
        using HttpResponseMessage response = await run.Bare.SendAsync(request);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData(null)]
    public async Task A_form_of_another_page_is_refused(string? origin)
    {
        await using SiteRun run = await SiteRun.StartAsync();
        HttpRequestMessage request = run.Request(HttpMethod.Post, run.Root + "/new");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        request.Content = new FormUrlEncodedContent([new("form", run.Site.Session.FormToken), new("name", "planted")]);
        await AssertRefusedAsync(run, request);
        Assert.False(Directory.Exists(Path.Combine(run.Folder, "planted")));
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_link_or_script_of_another_page_is_refused(string site)
    {
        await using SiteRun run = await SiteRun.StartAsync();
        HttpRequestMessage request = run.Request(HttpMethod.Get, run.Root + "/");
        request.Headers.Add("Sec-Fetch-Site", site);
        await AssertRefusedAsync(run, request);
        HttpRequestMessage style = new(HttpMethod.Get, "/assets/style.css");
        style.Headers.Add("Sec-Fetch-Site", site);
        await AssertRefusedAsync(run, style);
    }

    [Theory]
    [InlineData("/new")]
    [InlineData("/example")]
    [InlineData("/language")]
    [InlineData("/quit")]
    [InlineData("/stay")]
    public async Task A_form_without_its_token_changes_nothing(string path)
    {
        await using SiteRun run = await SiteRun.StartAsync();
        foreach (string token in (string[])["", "guess"])
        {
            using HttpResponseMessage response = await run.SendAsync(path, new FormUrlEncodedContent([new("form", token), new("name", "planted"), new("code", "da")]));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        Assert.Empty(Directory.EnumerateDirectories(run.Folder));
        using HttpResponseMessage still = await run.GetAsync("/");
        Assert.Contains("lang=\"en\"", await still.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_good_once_and_for_a_minute()
    {
        HandClock clock = new();
        await using SiteRun run = await SiteRun.StartAsync(clock);
        string token = run.Site.Session.Token!;
        Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync(run, "guess", "null")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync(run, token, "https://evil.example")).StatusCode);
        using HttpResponseMessage opened = await OpenAsync(run, token, "null");
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        string cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.Contains(run.Cookie, cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"path={run.Root}", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync(run, token, "null")).StatusCode);
    }

    [Fact]
    public async Task After_a_minute_the_token_is_good_for_nothing()
    {
        HandClock clock = new();
        await using SiteRun run = await SiteRun.StartAsync(clock);
        clock.Advance(Session.TokenLife + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync(run, run.Site.Session.Token!, "null")).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing")]
    [InlineData("/check")]
    public async Task Every_answer_forbids_the_browser_what_pages_do_not_need(string path)
    {
        await using SiteRun run = await SiteRun.StartAsync();
        using HttpResponseMessage response = await run.GetAsync(path);
        AssertProtected(response);
        using HttpResponseMessage refused = await run.Bare.GetAsync("/");
        AssertProtected(refused);
        using HttpResponseMessage asset = await run.Bare.GetAsync("/assets/style.css");
        Assert.Equal("nosniff", asset.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task No_other_method_is_answered()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Trace, HttpMethod.Patch])
        {
            using HttpResponseMessage response = await run.Bare.SendAsync(run.Request(method, run.Root + "/"));
            Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/assets/../Program.cs")]
    [InlineData("/assets/..%2fTexts%2fen.json")]
    [InlineData("/assets/en.json")]
    public async Task Assets_are_three_files_and_no_more(string path)
    {
        await using SiteRun run = await SiteRun.StartAsync();
        using HttpResponseMessage response = await run.Bare.GetAsync(path);
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Folders_and_files_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using SiteRun run = await SiteRun.StartAsync();
        await run.ExampleAsync();
        UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(run.Folder));
        string project = Assert.Single(Directory.GetDirectories(run.Folder));
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(project));
        foreach (string file in Directory.GetFiles(project))
        {
            Assert.Equal(owner, File.GetUnixFileMode(file));
        }

        using OpeningFile opening = OpeningFile.Create(run.Folder, run.Site.Origin, "token", "Open", "en");
        Assert.Equal(owner, File.GetUnixFileMode(opening.Path));
    }

    [Fact]
    public async Task A_project_is_open_in_one_program_at_a_time()
    {
        using TemporaryFolder folder = new();
        await using SiteRun first = await SiteRun.StartAsync(project: folder["assembly"]);
        await using SiteRun second = await SiteRun.StartAsync(project: folder["assembly"]);
        string path = $"/p/{first.Site.Desk.Shelf.All()[0].Key}/files";
        using HttpResponseMessage shown = await first.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        using HttpResponseMessage refused = await second.GetAsync(path);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.NotEqual(first.Site.Origin, second.Site.Origin);
    }

    [Fact]
    public async Task Addresses_and_titles_name_nobody()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        using HttpResponseMessage made = await run.PostAsync("/new", ("name", "Ellen Nielsen"));
        string address = made.Headers.Location!.ToString();
        Assert.DoesNotContain("Ellen", address, StringComparison.Ordinal);
        using HttpResponseMessage page = await run.GetAsync(address[run.Root.Length..]);
        string html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("Ellen", html[..html.IndexOf("</title>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("Ellen Nielsen", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_refused_and_leaves_nothing_behind()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        string project = await run.ExampleAsync();
        string[] before = Directory.GetFiles(Path.GetTempPath());
        using HttpResponseMessage response = await run.UploadAsync(
            project + "/files", [("people", "people.csv", new byte[(int)UploadedForm.MaxFileBytes + 1])], ("size", "36"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetTempPath()).Except(before), f => Path.GetFileName(f).StartsWith("ASPNETCORE", StringComparison.Ordinal));
        Assert.Equal(547 + 1, File.ReadLines(Path.Combine(Directory.GetDirectories(run.Folder).Single(), "people.csv")).Count());
    }

    [Fact]
    public async Task The_name_of_a_file_leads_nowhere()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        string project = await run.ExampleAsync();
        byte[] people = File.ReadAllBytes(TestFiles.PathOf("albertslund", "respondents.csv"));
        using HttpResponseMessage response = await run.UploadAsync(project + "/files", [("people", "../../planted.csv", people)], ("size", "36"));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Empty(Directory.GetFiles(run.Folder, "planted*", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(run.Folder)!, "planted*"));
    }

    [Fact]
    public async Task Settings_from_somebody_else_do_not_lead_out_of_the_folder()
    {
        using TemporaryFolder folder = new();
        folder.Write("secret.csv", "id,a\n1,x\n");
        Directory.CreateDirectory(folder["assembly"]);
        File.WriteAllText(folder["assembly/project.json"], """{"format":"sortition-project/1","people":"../secret.csv","panelSize":1}""");
        await using SiteRun run = await SiteRun.StartAsync(project: folder["assembly"]);
        using HttpResponseMessage response = await run.GetAsync($"/p/{run.Site.Desk.Shelf.All()[0].Key}/files");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task The_program_ends_when_nobody_uses_it_and_warns_before()
    {
        HandClock clock = new();
        await using SiteRun run = await SiteRun.StartAsync(clock, TimeSpan.FromMinutes(60));
        Task end = run.Site.WaitAsync();
        Assert.Equal("""{"warn":false,"minutes":60}""", await (await run.GetAsync("/idle")).Content.ReadAsStringAsync());
        clock.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("""{"warn":true,"minutes":4}""", await (await run.GetAsync("/idle")).Content.ReadAsStringAsync());
        using HttpResponseMessage stay = await run.PostAsync("/stay");
        Assert.Equal(HttpStatusCode.NoContent, stay.StatusCode);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(end.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(2));
        await end.WaitAsync(TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Quit_ends_the_program()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        Task end = run.Site.WaitAsync();
        using HttpResponseMessage quit = await run.PostAsync("/quit");
        Assert.Contains("Sortition has ended", await quit.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await end.WaitAsync(TimeSpan.FromMinutes(4));
    }

    private static async Task AssertRefusedAsync(SiteRun run, HttpRequestMessage request)
    {
        using HttpResponseMessage response = await run.Bare.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        string text = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain(run.Site.Session.Segment, text, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Site.Session.FormToken, text, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Folder, text, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private static async Task<HttpResponseMessage> OpenAsync(SiteRun run, string token, string origin)
    {
        HttpRequestMessage request = new(HttpMethod.Post, Guard.OpeningPath);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Content = new FormUrlEncodedContent([new("token", token)]);
        return await run.Bare.SendAsync(request);
    }

    private static void AssertProtected(HttpResponseMessage response)
    {
        string Header(string name) => response.Headers.GetValues(name).Single();
        string policy = Header("Content-Security-Policy");
        foreach (string part in (string[])["default-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"])
        {
            Assert.Contains(part, policy, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.False(response.Headers.Contains("Server"));
    }
}
