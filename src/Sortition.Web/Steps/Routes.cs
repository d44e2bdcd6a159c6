using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sortition.Web.Hosting;

namespace Sortition.Web.Steps;

/// <summary>Which address is answered by what.</summary>
internal static class Routes
{
    /// <summary>Where pages ask how much time is left.</summary>
    public const string IdlePath = "/idle";

    /// <summary>Maps all addresses.</summary>
    public static void Map(IEndpointRouteBuilder app, Desk desk)
    {
        app.MapPost(Guard.OpeningPath, http => Reception.OpenAsync(desk, http));
        app.MapGet(Guard.AssetsPath + "{name}", SendAssetAsync);

        Get("/", HomeStep.ShowAsync);
        Post("/new", HomeStep.CreateAsync);
        Post("/example", HomeStep.ExampleAsync);
        Post("/language", HomeStep.SpeakAsync);
        Post("/quit", HomeStep.QuitAsync);
        Post("/stay", HomeStep.StayAsync);
        Get(IdlePath, HomeStep.IdleAsync);

        Get("/p/{key}/files", FilesStep.ShowAsync);
        Post("/p/{key}/files", FilesStep.ReadAsync);
        Post("/p/{key}/files/columns", FilesStep.KeepColumnsAsync);
        Post("/p/{key}/folder", FilesStep.ShowFolderAsync);

        Get("/p/{key}/targets", TargetsStep.ShowAsync);
        Post("/p/{key}/targets", TargetsStep.SaveAsync);
        Ask("/p/{key}/targets/check", TargetsStep.CheckAsync);

        Get("/p/{key}/chances", ChancesStep.ShowAsync);
        Post("/p/{key}/chances", ChancesStep.StartAsync);
        Post("/p/{key}/chances/stop", ChancesStep.StopAsync);
        Ask("/p/{key}/chances/explain", ChancesStep.ExplainAsync);
        Get("/p/{key}/chances/progress", ChancesStep.ProgressAsync);

        Get("/p/{key}/draw", DrawStep.ShowAsync);
        Post("/p/{key}/draw/seed", DrawStep.SeedAsync);
        Post("/p/{key}/draw/rehearse", DrawStep.RehearseAsync);
        Post("/p/{key}/draw/publish", DrawStep.PublishAsync);
        Post("/p/{key}/draw/ballot", DrawStep.BallotAsync);
        Get("/p/{key}/draw/progress", DrawStep.ProgressAsync);
        Get("/p/{key}/draw/projector", DrawStep.ProjectAsync);

        Get("/p/{key}/panel", PanelStep.ShowAsync);
        Post("/p/{key}/panel/report", PanelStep.ReportAsync);
        Get("/p/{key}/report", PanelStep.ShowReportAsync);
        Get("/p/{key}/published.zip", PanelStep.SendPublishedAsync);
        Get("/p/{key}/file/{folder}/{name}", PanelStep.SendAsync);

        Get("/check", CheckStep.ShowAsync);
        Post("/check", CheckStep.CheckAsync);

        app.MapFallback(async http =>
        {
            if (await Visit.ReceiveAsync(desk, http) is Visit visit)
            {
                await visit.TellAsync("message/no-page", StatusCodes.Status404NotFound, "/");
            }
        });

        void Get(string path, Func<Visit, Task> answer) => app.MapGet(desk.Root + path, Answering(answer, changes: false));
        void Post(string path, Func<Visit, Task> answer) => app.MapPost(desk.Root + path, Answering(answer, changes: true));

        // What is asked has what is in addresses no business, and is sent as a form; nothing is changed.
        void Ask(string path, Func<Visit, Task> answer) => app.MapPost(desk.Root + path, Answering(answer, changes: false));

        RequestDelegate Answering(Func<Visit, Task> answer, bool changes) => async http =>
        {
            if (await Visit.ReceiveAsync(desk, http) is not Visit visit)
            {
                return;
            }

            if (!changes || http.Request.RouteValues["key"] is null)
            {
                await answer(visit);
                return;
            }

            await visit.Project.Changing.WaitAsync(http.RequestAborted);
            try
            {
                await answer(visit);
            }
            finally
            {
                visit.Project.Changing.Release();
            }
        };
    }

    private static async Task SendAssetAsync(HttpContext http)
    {
        string? type = http.Request.RouteValues["name"] switch
        {
            "style.css" => "text/css; charset=utf-8",
            "script.js" => "text/javascript; charset=utf-8",
            "icon.svg" => "image/svg+xml",
            _ => null,
        };
        await using Stream? asset = type is null
            ? null
            : Assembly.GetExecutingAssembly().GetManifestResourceStream($"Assets/{http.Request.RouteValues["name"]}");
        if (asset is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = type;
        http.Response.Headers.CacheControl = "no-cache";
        await asset.CopyToAsync(http.Response.Body);
    }
}
