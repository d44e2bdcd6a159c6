using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Publication.Format;
using Sortition.Publication.Report;
using Sortition.Publication.Report.Model;
using Sortition.Web.Hosting;
using Sortition.Web.Pages;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>Who was drawn, the files to take along, and the report.</summary>
internal static class PanelStep
{
    private const string RecordName = "report.json";
    private const int SmallestGroup = 5;

    /// <summary>The folders of which files can be had.</summary>
    private static readonly string[] s_folders = [Project.Result, Project.Panel, Project.Published];

    /// <summary>Shows the panel.</summary>
    public static Task ShowAsync(Visit visit)
    {
        Project project = visit.Project;
        if (!Panels.IsDrawn(project))
        {
            return visit.GoToStepAsync("draw");
        }

        if (visit.LoadedOrGoBack(out Task answer) is not LoadedProblem loaded)
        {
            return answer;
        }

        View view = visit.View(Step.Panel);
        Panel panel;
        try
        {
            panel = Panels.Read(project, loaded.Problem, visit.Aborted);
        }
        catch (Exception e) when (e is MalformedInputException or ArgumentException)
        {
            // Somebody has changed the files since the draw.
            return visit.TellAsync("message/panel-changed", StatusCodes.Status409Conflict, $"/p/{project.Key}/files");
        }

        PublishedLottery? lottery = project.Has(Project.Lottery) ? PublishedLottery.Read(project.PathOf(Project.Lottery), visit.Aborted) : null;
        RecordedSelection? selection = lottery is null ? RecordedSelection.Read(project.PathOf($"{Project.Result}/{RecordName}")!, visit.Aborted) : null;

        // A command may have drawn this as a rehearsal.
        view.IsRehearsal |= lottery?.IsRehearsal ?? selection!.IsRehearsal;
        HashSet<int> members = [.. panel.Members];
        return visit.ShowAsync<PanelPage>(
            view,
            ("Header", FilesStep.Shown(loaded.People.Header)),
            ("Members", loaded.People.Rows.Where((_, i) => members.Contains(loaded.People.PersonOf(i))).Select(FilesStep.Shown).ToArray()),
            ("Groups", GroupSummary.Summarize(panel, lottery: null)),
            ("Facts", (lottery is null ? [(visit.T("label/seed"), selection!.Seed)] : Facts(visit, lottery)).ToArray()),
            ("Files", Files(project).ToArray()),
            ("HasReport", project.Has(Project.Report)));
    }

    /// <summary>Hands a file out: one of those listed, and no other.</summary>
    public static async Task SendAsync(Visit visit)
    {
        string wanted = $"{visit.Http.Request.RouteValues["folder"]}/{visit.Http.Request.RouteValues["name"]}";
        PanelFile? file = Files(visit.Project).FirstOrDefault(f => string.Equals($"{f.Folder}/{f.Name}", wanted, StringComparison.Ordinal));
        if (file is null)
        {
            await visit.TellAsync("message/no-page", StatusCodes.Status404NotFound, "/");
            return;
        }

        visit.Http.Response.ContentType = MediaTypes.Bytes;
        visit.Http.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        await visit.Http.Response.SendFileAsync(visit.Project.PathOf($"{file.Folder}/{file.Name}"), visit.Aborted);
    }

    /// <summary>Hands out all that is to be published, in one archive.</summary>
    public static async Task SendPublishedAsync(Visit visit)
    {
        FileInfo[] files = visit.Project.Has(Project.Published) ? Plain(visit.Project, Project.Published) : [];
        using MemoryStream archive = new();
        FolderTarget.ToZip(archive).Write(
            files.Select(f => (f.Name, (Action<Stream>)(stream =>
            {
                using FileStream file = f.OpenRead();
                file.CopyTo(stream);
            }))),
            _ => false,
            cancellationToken: visit.Aborted);
        visit.Http.Response.ContentType = MediaTypes.Zip;
        visit.Http.Response.Headers.ContentDisposition = "attachment; filename=\"published.zip\"";
        await visit.Http.Response.Body.WriteAsync(archive.GetBuffer().AsMemory(0, (int)archive.Length), visit.Aborted);
    }

    /// <summary>Writes the report for citizens.</summary>
    public static Task ReportAsync(Visit visit)
    {
        Project project = visit.Project;
        if (!Panels.IsDrawn(project))
        {
            return visit.GoToStepAsync("draw");
        }

        byte[] report = Written(project.Has(Project.Lottery) ? OfLottery(visit) : OfSelection(visit), ReportLanguage.Get(visit.Language.Code));
        project.Write(Project.Report, report, project.Log("report", [("--output", Project.Report)]));
        return visit.GoToStepAsync("panel?note=report");
    }

    /// <summary>Shows the report, or hands it out. It holds its own styles, and may do nothing else here.</summary>
    public static async Task ShowReportAsync(Visit visit)
    {
        if (!visit.Project.Has(Project.Report))
        {
            await visit.GoToStepAsync("panel");
            return;
        }

        Guard.Sandbox(visit.Http.Response, withScript: false);
        visit.Http.Response.ContentType = MediaTypes.Html;
        if (visit.Http.Request.Query.ContainsKey("download"))
        {
            visit.Http.Response.Headers.ContentDisposition = $"attachment; filename=\"{Project.Report}\"";
        }

        await visit.Http.Response.SendFileAsync(visit.Project.PathOf(Project.Report), visit.Aborted);
    }

    private static IEnumerable<(string Label, string Text)> Facts(Visit visit, PublishedLottery lottery)
    {
        if (DrawHistory.Read(visit.Project.PathOf(Project.Lottery), visit.Aborted).Current is DrawRecord draw)
        {
            yield return (visit.T("panel/ballot"), lottery.NumberOf(draw.Ballot));
            if (draw.Text is not null)
            {
                yield return (visit.T("panel/text"), draw.Text);
            }
        }

        yield return (visit.T("label/decides"), lottery.Announcement.Source ?? visit.T("announced/nothing"));
        yield return (visit.T("label/root"), lottery.Root);
    }

    private static IEnumerable<PanelFile> Files(Project project) =>
        from folder in s_folders
        where project.Has(folder)
        from file in Plain(project, folder)
        select new PanelFile(folder, file.Name, folder is not Project.Published && PanelFiles.IsForOwner(file.Name));

    /// <summary>The files of a folder that are files, and no links to others.</summary>
    private static FileInfo[] Plain(Project project, string folder) =>
    [
        .. new DirectoryInfo(project.PathOf(folder)).EnumerateFiles()
            .Where(f => f.LinkTarget is null && !f.Name.StartsWith('.') && f.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            .OrderBy(f => f.Name, StringComparer.Ordinal),
    ];

    private static byte[] Written(CitizenReport report, ReportLanguage language)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        HtmlReport.Write(text, report, language);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static CitizenReport OfSelection(Visit visit)
    {
        RecordedSelection selection = RecordedSelection.Read(visit.Project.PathOf($"{Project.Result}/{RecordName}")!, visit.Aborted);
        return CitizenReport.Create(selection, Options(visit, isRehearsal: selection.IsRehearsal));
    }

    private static CitizenReport OfLottery(Visit visit)
    {
        PublishedLottery lottery = PublishedLottery.Read(visit.Project.PathOf(Project.Lottery), visit.Aborted);
        PanelTable ballots = lottery.ToTable(visit.Aborted);
        DrawRecord draw = DrawHistory.Read(visit.Project.PathOf(Project.Lottery), visit.Aborted).Current!;
        BallotRounding.RoundWithMixing(
            lottery.Lottery, ballots.Rows.Count, RandomSource.Seeded(lottery.Seed!), out BallotMixing mixing, new ComputeOptions(), visit.Aborted);
        CitizenReportOptions options = Options(
            visit,
            lottery.IsRehearsal,
            lottery,
            draw,
            ReplaceabilityAnalysis.Run(ballots.Rows[draw.Ballot].Panel, [], new ComputeOptions(), visit.Aborted),
            mixing);
        return CitizenReport.Create(lottery.Lottery, ballots, options, visit.Aborted);
    }

    private static CitizenReportOptions Options(
        Visit visit,
        bool isRehearsal,
        PublishedLottery? lottery = null,
        DrawRecord? draw = null,
        ReplaceabilityAnalysis? ahead = null,
        BallotMixing? mixing = null) => new()
        {
            Title = visit.Form["title"] is { Length: > 0 } title ? title : visit.T("report/title"),
            Organiser = visit.Form["organiser"] is { Length: > 0 } organiser ? organiser : null,
            SmallestGroup = SmallestGroup,
            RandomnessSource = lottery?.Announcement.Source,
            RootHash = lottery?.Root,
            Draw = draw,
            LookAhead = ahead,
            Mixing = mixing,
            IsRehearsal = isRehearsal,
        };
}
