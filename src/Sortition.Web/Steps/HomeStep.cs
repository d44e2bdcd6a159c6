using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Sortition.Web.Hosting;
using Sortition.Web.Pages;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>The page of all projects, and what is on every page.</summary>
internal static class HomeStep
{
    private const int ExampleSize = 36;

    /// <summary>Shows the projects; where there is one only, that.</summary>
    public static Task ShowAsync(Visit visit) => visit.Desk.Shelf.IsSingle
        ? visit.GoAsync($"/p/{visit.Desk.Shelf.All()[0].Key}/files")
        : ShowAsync(visit, visit.View());

    /// <summary>Makes a project.</summary>
    public static Task CreateAsync(Visit visit)
    {
        if (visit.Desk.Shelf.Create(visit.Form["name"]) is Project project)
        {
            return visit.GoAsync($"/p/{project.Key}/files");
        }

        View view = visit.View();
        view.Errors = [new PageError(visit.T("home/no-name"), "name")];
        return ShowAsync(visit, view);
    }

    /// <summary>Makes a project of the example.</summary>
    public static Task ExampleAsync(Visit visit)
    {
        string name = visit.T("home/example-name");
        Project? project = null;
        for (int n = 1; project is null; n++)
        {
            project = visit.Desk.Shelf.Create(n == 1 ? name : $"{name} {n}");
        }

        project.Write(FilesStep.PeopleCsv, Resource("respondents.csv"));
        project.Write(Project.Quotas, Resource("categories.csv"));
        project.Save(new ProjectSettings { People = FilesStep.PeopleCsv, PanelSize = ExampleSize });
        return visit.GoAsync($"/p/{project.Key}/files?note=example");
    }

    /// <summary>Speaks another language from now on.</summary>
    public static Task SpeakAsync(Visit visit)
    {
        string code = visit.Form["code"];
        if (Language.Codes.Contains(code, StringComparer.Ordinal))
        {
            visit.Desk.Language = Language.Of(code);
        }

        // Below this program only: an address that begins with two slashes would lead away, and what follows is always below.
        string back = visit.Form["back"];
        return visit.GoAsync(back.StartsWith('/') ? back : "/");
    }

    /// <summary>Ends the program.</summary>
    public static async Task QuitAsync(Visit visit)
    {
        View view = new() { Language = visit.Language, Root = "", FormToken = "" };
        await PageRenderer.RenderAsync<Message>(visit.Http.Response, view, ("Key", "message/ended"));
        await visit.Http.Response.CompleteAsync();
        visit.Desk.End();
    }

    /// <summary>Keeps the program running.</summary>
    public static Task StayAsync(Visit visit)
    {
        visit.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Tells how much time is left.</summary>
    public static Task IdleAsync(Visit visit)
    {
        TimeSpan left = visit.Desk.Idle.Left;
        visit.Http.Response.ContentType = MediaTypes.Json;
        return visit.Http.Response.WriteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"warn":{{(left <= IdleWatch.Warning ? "true" : "false")}},"minutes":{{(int)Math.Ceiling(left.TotalMinutes)}}}"""));
    }

    private static Task ShowAsync(Visit visit, View view) =>
        visit.ShowAsync<Home>(view, ("Projects", visit.Desk.Shelf.All()), ("Folder", visit.Desk.Shelf.Folder));

    private static byte[] Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Example/" + name)!;
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
