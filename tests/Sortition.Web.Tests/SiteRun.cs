using System.Net;
using Sortition.Shared.Speech;
using Sortition.Web.Projects;

namespace Sortition.Web.Tests;

/// <summary>The program, served to this test alone, with a client that has the secrets.</summary>
internal sealed class SiteRun : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };

    private SiteRun()
    {
    }

    public Site Site { get; private set; } = null!;

    /// <summary>Sends nothing by itself: neither cookie nor origin.</summary>
    public HttpClient Bare { get; private set; } = null!;

    public string Folder => _folder["projects"];

    /// <summary>The folders that somebody wanted to see.</summary>
    public List<string> Shown { get; } = [];

    public string Root => "/" + Site.Session.Segment;

    public string Cookie => $"{Site.Desk.Guard.CookieName}={Site.Session.Cookie}";

    public static async Task<SiteRun> StartAsync(TimeProvider? clock = null, TimeSpan? idle = null, string language = "en", string? project = null)
    {
        SiteRun run = new();
        run.Site = await Site.StartAsync(new SiteOptions
        {
            Shelf = project is null ? Shelf.OfProjects(run.Folder) : Shelf.OfProject(project),
            Language = Language.Of(language),
            Clock = clock ?? TimeProvider.System,
            IdleLimit = idle ?? TimeSpan.FromHours(2),
            ShowFolder = folder =>
            {
                run.Shown.Add(folder);
                return true;
            },
        });
        run.Bare = new HttpClient(run._handler) { BaseAddress = new Uri(run.Site.Origin) };
        return run;
    }

    /// <summary>Asks for a page as the opened browser does.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => Bare.SendAsync(Request(HttpMethod.Get, Root + path));

    /// <summary>Sends a form as a page of the program does.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(path, new FormUrlEncodedContent([new("form", Site.Session.FormToken), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]));

    /// <summary>Sends a form with files.</summary>
    public Task<HttpResponseMessage> UploadAsync(string path, (string Name, string FileName, byte[] Content)[] files, params (string Name, string Value)[] fields)
    {
        MultipartFormDataContent content = new() { { new StringContent(Site.Session.FormToken), "form" } };
        foreach ((string name, string value) in fields)
        {
            content.Add(new StringContent(value), name);
        }

        foreach ((string name, string fileName, byte[] bytes) in files)
        {
            content.Add(new ByteArrayContent(bytes), name, fileName);
        }

        return SendAsync(path, content);
    }

    public Task<HttpResponseMessage> SendAsync(string path, HttpContent content)
    {
        HttpRequestMessage request = Request(HttpMethod.Post, Root + path);
        request.Headers.Add("Origin", Site.Origin);
        request.Content = content;
        return Bare.SendAsync(request);
    }

    public HttpRequestMessage Request(HttpMethod method, string path)
    {
        HttpRequestMessage request = new(method, path);
        request.Headers.Add("Cookie", Cookie);
        return request;
    }

    /// <summary>Makes a project of the example, and gives its address below the program.</summary>
    public async Task<string> ExampleAsync()
    {
        using HttpResponseMessage made = await PostAsync("/example");
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        return made.Headers.Location!.ToString()[Root.Length..].Split("/files")[0];
    }

    public async ValueTask DisposeAsync()
    {
        Bare.Dispose();
        _handler.Dispose();
        await Site.DisposeAsync();
        _folder.Dispose();
    }
}
