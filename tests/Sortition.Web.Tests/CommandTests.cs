using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Sortition.Web.Projects;

namespace Sortition.Web.Tests;

/// <summary>A project is one, whether it is worked on by page or by command.</summary>
public sealed partial class CommandTests
{
    private const string Seed = "4 2 6 1 3";

    [Fact]
    public async Task What_the_page_draws_by_seed_is_what_the_command_draws()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        string project = await ComputedAsync(run);
        using HttpResponseMessage drawn = await run.PostAsync(project + "/draw/seed", ("seed", Seed));
        Assert.EndsWith("/panel?note=drawn", drawn.Headers.Location!.ToString(), StringComparison.Ordinal);
        string folder = Directory.GetDirectories(run.Folder).Single();
        Command(folder, "select", "--quotas", "quotas.csv", "--people", "people.csv", "--size", "36", "--seed", Seed, "--workbook", "--output", "by-command");
        AssertSame(Path.Combine(folder, "result"), Path.Combine(folder, "by-command"));

        // And the command goes on with what the page has drawn.
        Command(folder, "report", "result", "--output", "by-command.html");
        using HttpResponseMessage report = await run.PostAsync(project + "/panel/report", ("title", ""), ("organiser", ""));
        Assert.Equal(HttpStatusCode.SeeOther, report.StatusCode);
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "by-command.html")), File.ReadAllText(Path.Combine(folder, "report.html")));
        string log = Command(folder, "log");
        Assert.Contains(Seed, log, StringComparison.Ordinal);
    }

    /// <summary>A rehearsal is a project of its own; what is drawn there is what the command draws with --rehearsal, and the real one has not been touched.</summary>
    [Fact]
    [Trait("Lane", "Slow")]
    public async Task A_rehearsal_is_a_copy_in_which_everything_is_marked()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        string project = await ComputedAsync(run);
        string real = Directory.GetDirectories(run.Folder).Single();
        string[] before = Directory.GetFileSystemEntries(real);
        using HttpResponseMessage made = await run.PostAsync(project + "/draw/rehearse");
        string rehearsal = Assert.Single(Directory.GetDirectories(run.Folder), f => f != real);
        Assert.EndsWith(" REHEARSAL 1", rehearsal, StringComparison.Ordinal);
        string path = made.Headers.Location!.ToString()[run.Root.Length..^"/draw".Length];
        Assert.NotEqual(project, path);
        using HttpResponseMessage draw = await run.GetAsync(path + "/draw");
        string page = await draw.Content.ReadAsStringAsync();
        Assert.Contains("REHEARSAL: nothing of this counts", page, StringComparison.Ordinal);
        Assert.DoesNotContain("draw/rehearse", page, StringComparison.Ordinal);

        using HttpResponseMessage drawn = await run.PostAsync(path + "/draw/seed", ("seed", Seed));
        Assert.EndsWith("/panel?note=drawn", drawn.Headers.Location!.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage panel = await run.GetAsync(path + "/panel");
        Assert.Equal(HttpStatusCode.OK, panel.StatusCode);
        Assert.Contains("REHEARSAL: nothing of this counts", await panel.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Command(
            rehearsal, "select", "--quotas", "quotas.csv", "--people", "people.csv", "--size", "36", "--seed", Seed, "--rehearsal", "--workbook", "--output", "by-command");
        AssertSame(Path.Combine(rehearsal, "result"), Path.Combine(rehearsal, "by-command"));
        Assert.Contains("--rehearsal REHEARSAL", Command(rehearsal, "log"), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(real));

        // And in public, in a second one.
        using HttpResponseMessage second = await run.PostAsync(project + "/draw/rehearse");
        path = second.Headers.Location!.ToString()[run.Root.Length..^"/draw".Length];
        using HttpResponseMessage published = await run.PostAsync(path + "/draw/publish", ("method", "number"), ("source", "two balls"), ("ballots", "100"));
        await run.Site.Desk.Shelf.Find(path.Split('/')[^1])!.Work!.Task;
        using HttpResponseMessage ballot = await run.PostAsync(path + "/draw/ballot", ("number", "7"));
        Assert.EndsWith("/panel?note=drawn", ballot.Headers.Location!.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage projector = await run.GetAsync(path + "/draw/projector");
        Assert.Contains("REHEARSAL: nothing of this counts", await projector.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        string folder = Directory.GetDirectories(run.Folder).Single(f => f.EndsWith("REHEARSAL 2", StringComparison.Ordinal));
        string[] files = [.. ((string[])["lottery", "published", "panel"]).SelectMany(name => Directory.GetFiles(Path.Combine(folder, name)))];
        Assert.InRange(files.Length, 12, 30);
        Assert.All(
            files.Where(f => Path.GetFileName(f) is not ("SHA256SUMS" or "selection.xlsx")),
            file => Assert.Contains("REHEARSAL", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public async Task What_the_page_publishes_is_what_the_command_publishes()
    {
        await using SiteRun run = await SiteRun.StartAsync();
        string project = await ComputedAsync(run);
        using HttpResponseMessage made = await run.PostAsync(
            project + "/draw/publish", ("method", "text"), ("source", "winning numbers"), ("textForm", "numbers 7 1 36 distinct sorted"), ("ballots", "100"));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        await WorkOf(run).Task;
        string folder = Directory.GetDirectories(run.Folder).Single();
        string seed = SeedInLog().Match(File.ReadAllText(Path.Combine(folder, "sortition.log"))).Groups[1].Value;
        Command(
            folder, "lottery", "--quotas", "quotas.csv", "--people", "people.csv", "--size", "36", "--seed", seed, "--ballots", "100", "--keys", "keys.csv",
            "--randomness", "winning numbers", "--form", "numbers 7 1 36 distinct sorted", "--output", "lottery-by-command");
        AssertSame(Path.Combine(folder, "lottery"), Path.Combine(folder, "lottery-by-command"));
        Command(folder, "publish", "lottery", "--output", "published-by-command");
        AssertSame(Path.Combine(folder, "published"), Path.Combine(folder, "published-by-command"));

        // Drawn by command, shown by page.
        Command(
            folder, "draw", "lottery", "--text", "3 7 11 19 24 30 36", "--published", "published", "--people", "people.csv", "--workbook", "--output", "panel");
        using HttpResponseMessage panel = await run.GetAsync(project + "/panel");
        Assert.Equal(HttpStatusCode.OK, panel.StatusCode);
        Assert.Contains("3 7 11 19 24 30 36", await panel.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_command_files_can_be_opened()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["assembly"]);
        File.Copy(TestFiles.PathOf("albertslund", "categories.csv"), folder["assembly/quotas.csv"]);
        await using SiteRun run = await SiteRun.StartAsync(project: folder["assembly"]);
        string path = $"/p/{run.Site.Desk.Shelf.All()[0].Key}";
        byte[] people = File.ReadAllBytes(TestFiles.PathOf("albertslund", "respondents.csv"));
        using HttpResponseMessage read = await run.UploadAsync(path + "/files", [("people", "respondents.csv", people)], ("size", "36"));
        Assert.Equal(HttpStatusCode.SeeOther, read.StatusCode);
        using HttpResponseMessage targets = await run.GetAsync(path + "/targets");
        Assert.Equal(HttpStatusCode.OK, targets.StatusCode);
    }

    [Fact]
    public async Task The_command_starts_the_page_which_opens_once_and_leaves_nothing_in_the_home_folder()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["home"]);
        using Process process = Start(folder.Path, ["web", "assembly", "--no-browser", "--language", "en"], folder["home"]);
        string? line = await process.StandardOutput.ReadLineAsync();
        string file = Path.Combine(folder["assembly"], "open-sortition.html");
        Assert.Contains(file, line, StringComparison.Ordinal);
        string html = await File.ReadAllTextAsync(file);
        Uri open = new(OpenAddress().Match(html).Groups[1].Value);
        using HttpClient client = new(new HttpClientHandler { UseProxy = false });
        HttpRequestMessage request = new(HttpMethod.Post, open)
        {
            Content = new FormUrlEncodedContent([new("token", TokenField().Match(html).Groups[1].Value)]),
        };
        request.Headers.Add("Origin", "null");
        using HttpResponseMessage opened = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        string root = RootAddress().Match(await opened.Content.ReadAsStringAsync()).Groups[1].Value;
        string home = await client.GetStringAsync(new Uri(open, root));
        HttpRequestMessage quit = new(HttpMethod.Post, new Uri(open, root + "quit"))
        {
            Content = new FormUrlEncodedContent([new("form", FormField().Match(home).Groups[1].Value)]),
        };
        quit.Headers.Add("Origin", open.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage ended = await client.SendAsync(quit);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        (int exitCode, _, string error) = Processes.Finish(process);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(folder["home"]), e => Path.GetFileName(e) is not ".dotnet");
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("--port", "80")]
    [InlineData("a", "b")]
    [InlineData("--language", "tlh")]
    public void What_the_program_cannot_be_told_it_refuses(params string[] arguments) => Assert.Null(Arguments.Read(arguments));

    private static async Task<string> ComputedAsync(SiteRun run)
    {
        string project = await run.ExampleAsync();
        using HttpResponseMessage started = await run.PostAsync(project + "/chances");
        Assert.Equal(HttpStatusCode.SeeOther, started.StatusCode);
        await WorkOf(run).Task;
        Assert.Null(WorkOf(run).Failure);
        return project;
    }

    private static Work WorkOf(SiteRun run) => run.Site.Desk.Shelf.Find(run.Site.Desk.Shelf.All()[0].Key)!.Work!;

    private static void AssertSame(string one, string other)
    {
        static IEnumerable<string> Names(string folder) =>
            Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Where(n => n is not "sortition.log").Order(StringComparer.Ordinal);
        Assert.Equal(Names(one), Names(other));
        Assert.All(Names(one), name => Assert.True(
            File.ReadAllBytes(Path.Combine(one, name)).SequenceEqual(File.ReadAllBytes(Path.Combine(other, name))), $"{name} differs."));
    }

    private static string Command(string folder, params string[] arguments)
    {
        using Process process = Start(folder, [.. arguments, "--language", "en"]);
        (int exitCode, string output, string error) = Processes.Finish(process);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static Process Start(string folder, string[] arguments, string? home = null)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "sortition.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (home is not null)
        {
            start.Environment["HOME"] = home;
        }

        return Process.Start(start)!;
    }

    [GeneratedRegex("\"seed\":\"([^\"]*)\"")]
    private static partial Regex SeedInLog();

    [GeneratedRegex("action=\"([^\"]*)\"")]
    private static partial Regex OpenAddress();

    [GeneratedRegex("name=\"token\" value=\"([^\"]*)\"")]
    private static partial Regex TokenField();

    [GeneratedRegex("name=\"form\" value=\"([^\"]*)\"")]
    private static partial Regex FormField();

    [GeneratedRegex("url=([^\"]*)\"")]
    private static partial Regex RootAddress();
}
