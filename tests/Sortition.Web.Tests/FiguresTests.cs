using System.Diagnostics;
using Xunit.Abstractions;

namespace Sortition.Web.Tests;

/// <summary>How large pages are, and how soon they come; eng/browser.sh shows it. Times are shown, and nothing is asked of them.</summary>
[Trait("Lane", "Browser")]
public sealed class FiguresTests(ITestOutputHelper output)
{
    private const int MostBytes = 100_000;
    private const int Rounds = 9;

    [Fact]
    public async Task Pages_are_small_and_come_soon()
    {
        Stopwatch clock = Stopwatch.StartNew();
        await using SiteRun run = await SiteRun.StartAsync();
        using (HttpResponseMessage first = await run.GetAsync("/"))
        {
            output.WriteLine($"figure from start to the first page: {clock.ElapsedMilliseconds} ms, within a process that runs");
        }

        string project = await run.ExampleAsync();
        await ShowAsync(run, "files", () => run.GetAsync(project + "/files"));
        await ShowAsync(run, "targets", () => run.GetAsync(project + "/targets"));
        string html = await (await run.GetAsync(project + "/targets")).Content.ReadAsStringAsync();
        (string, string)[] fields =
        [
            ("size", "36"),
            .. System.Text.RegularExpressions.Regex.Matches(html, "name=\"(m(?:in|ax)-[0-9]+)\" value=\"([0-9]+)\"").Select(m => (m.Groups[1].Value, m.Groups[2].Value)),
        ];
        Assert.Equal(1 + (2 * 22), fields.Length);
        await ShowAsync(run, "live check, can be met", () => run.PostAsync(project + "/targets/check", fields));
        (string, string)[] wrong = [.. fields.Select(f => f.Item1 is "min-2" or "max-2" ? (f.Item1, "27") : f)];
        await ShowAsync(run, "live check, cannot be met", () => run.PostAsync(project + "/targets/check", wrong));
        clock.Restart();
        using HttpResponseMessage started = await run.PostAsync(project + "/chances");
        await run.Site.Desk.Shelf.Find(run.Site.Desk.Shelf.All()[0].Key)!.Work!.Task;
        output.WriteLine($"figure the chances, computed: {clock.ElapsedMilliseconds} ms");
        await ShowAsync(run, "chances", () => run.GetAsync(project + "/chances"));
        await ShowAsync(run, "explanation", () => run.PostAsync(project + "/chances/explain", ("person", "F000004")));
        await ShowAsync(run, "draw", () => run.GetAsync(project + "/draw"));
        clock.Restart();
        using HttpResponseMessage drawn = await run.PostAsync(project + "/draw/seed", ("seed", "1"));
        output.WriteLine($"figure the draw by seed, with all files: {clock.ElapsedMilliseconds} ms");
        await ShowAsync(run, "panel", () => run.GetAsync(project + "/panel"));
    }

    private async Task ShowAsync(SiteRun run, string name, Func<Task<HttpResponseMessage>> ask)
    {
        List<long> times = [];
        int bytes = 0;
        for (int i = 0; i < Rounds; i++)
        {
            Stopwatch clock = Stopwatch.StartNew();
            using HttpResponseMessage response = await ask();
            bytes = (await response.Content.ReadAsByteArrayAsync()).Length;
            times.Add(clock.ElapsedMilliseconds);
        }

        output.WriteLine($"figure {name}: {bytes:N0} bytes, {times.Order().ElementAt(Rounds / 2)} ms (the middle of {Rounds})");
        Assert.InRange(bytes, 100, MostBytes);
    }
}
