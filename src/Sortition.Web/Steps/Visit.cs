using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Sortition.Core;
using Sortition.Files.Dialects;
using Sortition.Web.Hosting;
using Sortition.Web.Pages;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>One request, and what it takes to answer it.</summary>
internal sealed class Visit
{
    private const int MostErrors = 50;

    private Visit(Desk desk, HttpContext http, Project? project, UploadedForm? form)
    {
        Desk = desk;
        Http = http;
        OpenProject = project;
        SentForm = form;
    }

    public Desk Desk { get; }

    public HttpContext Http { get; }

    public CancellationToken Aborted => Http.RequestAborted;

    public Language Language => Desk.Language;

    /// <summary>The project of the address.</summary>
    public Project Project => OpenProject!;

    /// <summary>The form that was sent.</summary>
    public UploadedForm Form => SentForm!;

    private Project? OpenProject { get; }

    private UploadedForm? SentForm { get; }

    /// <summary>Finds the project of the address, and reads the form that was sent.</summary>
    /// <returns>The visit; null where it has been answered already.</returns>
    public static async Task<Visit?> ReceiveAsync(Desk desk, HttpContext http)
    {
        Visit visit = new(desk, http, null, null);
        Project? project = null;
        if (http.Request.RouteValues["key"] is string key)
        {
            project = desk.Shelf.Find(key);
            if (project is null)
            {
                await visit.TellAsync("message/no-project", StatusCodes.Status404NotFound, "/");
                return null;
            }
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return new Visit(desk, http, project, null);
        }

        UploadedForm form = await UploadedForm.ReadAsync(http.Request, http.RequestAborted);
        if (!Session.AreSame(form["form"], desk.Session.FormToken))
        {
            await visit.TellAsync("message/no-form", StatusCodes.Status403Forbidden, "/");
            return null;
        }

        return new Visit(desk, http, project, form);
    }

    /// <summary>A text.</summary>
    public string T(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Language.Text(key, values);

    /// <summary>What every page knows.</summary>
    /// <param name="step">The step that is shown; null where it is none.</param>
    public View View(Step? step = null)
    {
        string note = "note/" + Http.Request.Query["note"].ToString();
        return new View
        {
            Language = Language,
            Root = Desk.Root,
            FormToken = Desk.Session.FormToken,
            Path = HttpMethods.IsGet(Http.Request.Method) ? Below(Http.Request.Path) : Below(Parent(Http.Request.Path)),
            Project = OpenProject,
            IsRehearsal = OpenProject?.IsRehearsal == true,
            Step = step,
            Steps = OpenProject is null ? [] : StepList.Of(OpenProject, Aborted),
            Notice = Language.Texts.Has(note) ? T(note) : null,
        };
    }

    /// <summary>Answers with a page.</summary>
    public Task ShowAsync<T>(View view, params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        if (view.Errors.Count > 0)
        {
            Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return PageRenderer.RenderAsync<T>(Http.Response, view, parameters);
    }

    /// <summary>Answers with a page that says one thing.</summary>
    /// <param name="key">The key of its text.</param>
    /// <param name="status">The status.</param>
    /// <param name="path">Where its link leads, below the program; null for none.</param>
    public Task TellAsync(string key, int status, string? path)
    {
        Http.Response.StatusCode = status;
        View view = new() { Language = Language, Root = Desk.Root, FormToken = Desk.Session.FormToken };
        return PageRenderer.RenderAsync<Message>(Http.Response, view, ("Key", key), ("Link", path is null ? null : Desk.Root + path));
    }

    /// <summary>Leads the browser to another page, which it asks for anew: a reload sends no form twice.</summary>
    public Task GoAsync(string path)
    {
        Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        Http.Response.Headers.Location = Desk.Root + path;
        return Task.CompletedTask;
    }

    /// <summary>Leads to a step of the project.</summary>
    public Task GoToStepAsync(string step) => GoAsync($"/p/{Project.Key}/{step}");

    /// <summary>The pool, where there is one; otherwise the browser is led back to the files.</summary>
    public LoadedProblem? LoadedOrGoBack(out Task answer)
    {
        LoadedProblem? loaded = Project.ReadPool(Aborted).Loaded;
        answer = loaded is null ? GoToStepAsync("files") : Task.CompletedTask;
        return loaded;
    }

    /// <summary>Faults as what is wrong with a page.</summary>
    public void Blame(View view, IReadOnlyList<Fault> faults, int count, string? field = null)
    {
        view.Errors = [.. view.Errors, .. faults.Take(MostErrors).Select(f => new PageError(Language.Texts.Describe(f), field))];
        view.MoreErrors += Math.Max(0, count - MostErrors);
    }

    private string Below(PathString path) => path.Value!.StartsWith(Desk.Root, StringComparison.Ordinal) ? path.Value[Desk.Root.Length..] : "/";

    /// <summary>Forms are sent to addresses below that of their page: <c>p/KEY/step/what</c>.</summary>
    private static PathString Parent(PathString path)
    {
        string[] parts = path.Value!.Split('/');
        return parts.Length > 5 ? new PathString(string.Join('/', parts[..5])) : path;
    }
}
