using System.Globalization;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Storage;
using Sortition.Publication;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Sortition.Web.Pages;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>The draw: by seed, or in public from published ballots. Each once.</summary>
internal static class DrawStep
{
    private const int SmallestGroup = 5;
    private const int DefaultBallots = 1000;
    private const int RefreshSeconds = 2;

    /// <summary>Shows how a panel can be drawn, or how far the draw is.</summary>
    public static Task ShowAsync(Visit visit)
    {
        Project project = visit.Project;
        if (!Panels.IsBegun(project) && project.Work is not { Kind: WorkKind.Ballots, IsRunning: true } && Chances(visit) is null)
        {
            return visit.GoToStepAsync("chances");
        }

        return ShowAsync(visit, visit.View(Step.Draw));
    }

    /// <summary>Draws a panel by a seed. Where one has been drawn already, that is shown.</summary>
    public static Task SeedAsync(Visit visit)
    {
        Project project = visit.Project;
        if (Panels.IsBegun(project))
        {
            return visit.GoToStepAsync(Panels.IsDrawn(project) ? "panel" : "draw");
        }

        if (Chances(visit) is not ({ } loaded, { Mixed: PanelLottery mixed } chances) || project.Work?.IsRunning == true)
        {
            return visit.GoToStepAsync("chances");
        }

        string seed = Seed(project, visit.Form["seed"] is { Length: > 0 } given ? given : RandomSource.NewSeed());
        SelectionOutcome outcome = SelectionOutcome.Draw(loaded, mixed, seed, Software.Version, chances.State.Stopped);
        RunLog log = project.Log("select", [("--size", View.N(loaded.Problem.PanelSize)), ("--output", Project.Result)], seed);
        ResultFiles.WriteWithWorkbook(FolderTarget.At(project.PathOf(Project.Result)).LoggedIn(log), outcome, visit.Aborted);
        return visit.GoToStepAsync("panel?note=drawn");
    }

    /// <summary>Makes a project of the same files in which the draw is rehearsed.</summary>
    public static Task RehearseAsync(Visit visit) => visit.Desk.Shelf.CreateRehearsal(visit.Project) is Project rehearsal
        ? visit.GoAsync($"/p/{rehearsal.Key}/draw")
        : visit.GoToStepAsync("draw");

    /// <summary>Makes ballots and publishes them, in the background.</summary>
    public static Task PublishAsync(Visit visit)
    {
        Project project = visit.Project;
        if (Panels.IsBegun(project) || project.Work?.IsRunning == true)
        {
            return visit.GoToStepAsync("draw");
        }

        if (Chances(visit) is not ({ } loaded, { Found: PanelLottery lottery }))
        {
            return visit.GoToStepAsync("chances");
        }

        View view = visit.View(Step.Draw);
        int? count = visit.Form.Number("ballots") is int n and >= 1 and <= BallotRounding.MaxCount ? n : null;
        if (count is null)
        {
            view.Errors = [new PageError(visit.T("draw/no-ballots", ("most", BallotRounding.MaxCount)), "ballots")];
        }

        if (Announced(visit, view, count ?? DefaultBallots) is not DrawAnnouncement announcement || count is not int ballots)
        {
            return ShowAsync(visit, view);
        }

        project.Work?.Dispose();
        project.Work = Work.Start(visit.Desk.Queue, WorkKind.Ballots, (work, token) => Publish(project, loaded, lottery, ballots, announcement, work, token));
        return visit.GoToStepAsync("draw");
    }

    /// <summary>Tells how far the ballots are.</summary>
    public static Task ProgressAsync(Visit visit) => ChancesStep.ProgressAsync(visit);

    /// <summary>Draws a ballot by a number that was called out or a text that came true, and writes who was drawn.</summary>
    public static Task BallotAsync(Visit visit)
    {
        Project project = visit.Project;
        if (!project.Has(Project.Published))
        {
            return visit.GoToStepAsync("draw");
        }

        View view = visit.View(Step.Draw);
        PublishedLottery lottery = PublishedLottery.Read(project.PathOf(Project.Lottery), visit.Aborted);
        DrawHistory history = DrawHistory.Read(project.PathOf(Project.Lottery), visit.Aborted);
        if (history.Current is null)
        {
            DrawRecord? drawn = AreSound(visit, view, lottery) ? Drawn(visit, view, lottery, history) : null;
            if (drawn is null)
            {
                return ShowAsync(visit, view);
            }

            RunLog log = project.Log("draw", [("--published", Project.Published)]);
            drawn.Write(FolderTarget.At(project.PathOf(Project.Lottery)).LoggedIn(log));
            drawn.Write(FolderTarget.At(project.PathOf(Project.Published)).LoggedIn(log));
            history = DrawHistory.Read(project.PathOf(Project.Lottery), visit.Aborted);
        }

        if (!project.Has(Project.Panel) && history.Current is DrawRecord record)
        {
            ProjectSettings settings = project.Settings;
            LoadedProblem people = PeopleFiles.LoadFor(
                project.ReadPool(visit.Aborted).Prepared?.ToPeople(Panels.PoolName) ?? FileSource.At(project.PathOf(settings.People!)),
                lottery.Problem,
                new PeopleFilesOptions { ContactColumns = project.ReadPool(visit.Aborted).Loaded?.People.ContactColumns ?? [] },
                visit.Aborted);
            FolderTarget target = FolderTarget.At(project.PathOf(Project.Panel)).LoggedIn(project.Log("draw", [("--output", Project.Panel)]));
            DrawFiles.Write(target, lottery, record, people, findMeAt: null, withWorkbook: true, visit.Aborted);
        }

        return visit.GoToStepAsync("panel?note=drawn");
    }

    /// <summary>What everybody in the room can read.</summary>
    public static Task ProjectAsync(Visit visit)
    {
        if (!visit.Project.Has(Project.Lottery))
        {
            return visit.GoToStepAsync("draw");
        }

        PublishedLottery lottery = PublishedLottery.Read(visit.Project.PathOf(Project.Lottery), visit.Aborted);
        return visit.ShowAsync<Projector>(
            visit.View(Step.Draw), ("Lottery", lottery), ("Drawn", DrawHistory.Read(visit.Project.PathOf(Project.Lottery), visit.Aborted).Current));
    }

    private static (LoadedProblem Loaded, ChancesReading Chances)? Chances(Visit visit) =>
        visit.Project.ReadPool(visit.Aborted).Loaded is { } loaded && visit.Project.ReadChances(loaded, visit.Aborted) is { } chances
            ? (loaded, chances)
            : null;

    private static void Publish(
        Project project, LoadedProblem loaded, PanelLottery lottery, int count, DrawAnnouncement announcement, Work work, CancellationToken cancellationToken)
    {
        string seed = Seed(project, RandomSource.NewSeed());
        ComputeOptions options = new() { Progress = work };
        PanelTable ballots = BallotRounding.RoundWithMixing(lottery, count, RandomSource.Seeded(seed), out _, options, cancellationToken);
        PublishedLottery whole = PublishedLottery.Create(
            lottery, ballots, new PublicationOptions
            {
                IsRehearsal = project.IsRehearsal,
                Seed = seed,
                Announcement = announcement,
                SmallestGroup = SmallestGroup,
            }, cancellationToken);
        RunLog log = project.Log("lottery", [("--size", View.N(lottery.Problem.PanelSize)), ("--ballots", View.N(count))], seed);
        if (project.Has(Project.Keys))
        {
            // Of a run that was stopped before there was a lottery; nobody has been told these keys.
            File.Delete(project.PathOf(Project.Keys));
        }

        whole.Keys!.Write(project.PathOf(Project.Keys), whole, loaded);
        FindMePage.Publish(FolderTarget.At(project.PathOf(Project.Published)).LoggedIn(log), whole.ToPublic(), cancellationToken);
        whole.Write(FolderTarget.At(project.PathOf(Project.Lottery)).LoggedIn(log), cancellationToken);
    }

    /// <summary>That of a rehearsal is another one, as with the command.</summary>
    private static string Seed(Project project, string seed) => project.IsRehearsal ? Rehearsal.SeedOf(seed) : seed;

    private static DrawAnnouncement? Announced(Visit visit, View view, int ballots)
    {
        bool isByText = visit.Form["method"] is "text";
        if (visit.Form["source"].Length == 0)
        {
            view.Errors = [.. view.Errors, new PageError(visit.T("draw/no-source"), "source")];
            return null;
        }

        try
        {
            DrawAnnouncement announcement = isByText
                ? DrawAnnouncement.ByText(visit.Form["source"], visit.Form["textForm"])
                : DrawAnnouncement.ByNumber(visit.Form["source"]);
            announcement.ThrowIfTooFewTexts(ballots);
            return announcement;
        }
        catch (MalformedInputException e)
        {
            visit.Blame(view, e.Faults, e.FaultCount, "textForm");
        }
        catch (ArgumentException)
        {
            view.Errors = [.. view.Errors, new PageError(visit.T("draw/no-source"), "source")];
        }

        return null;
    }

    private static DrawRecord? Drawn(Visit visit, View view, PublishedLottery lottery, DrawHistory history)
    {
        if (lottery.Announcement.Method == DrawMethod.Number)
        {
            if (visit.Form.Number("number") is int number && number < lottery.BallotCount)
            {
                return DrawRecord.ByNumber(lottery, number, history);
            }

            string range = visit.T("draw/no-number", ("first", lottery.NumberOf(0)), ("last", lottery.NumberOf(lottery.BallotCount - 1)));
            view.Errors = [new PageError(range, "number")];
            return null;
        }

        try
        {
            return DrawRecord.ByText(lottery, visit.Form["text"], history);
        }
        catch (MalformedInputException e)
        {
            visit.Blame(view, e.Faults, e.FaultCount, "text");
            return null;
        }
    }

    /// <summary>Whether what is drawn from is still what was published.</summary>
    private static bool AreSound(Visit visit, View view, PublishedLottery lottery)
    {
        foreach (string folder in (string[])[Project.Lottery, Project.Published])
        {
            VerificationCheck check = PublicationVerifier.CheckFingerprints(visit.Project.PathOf(folder), lottery, lottery.Root, visit.Aborted);
            if (check.Outcome == VerificationOutcome.Failed)
            {
                view.Errors = [.. view.Errors, .. check.DescribeFaults(visit.Language.Texts).Select(f => new PageError(f))];
            }
        }

        return view.Errors.Count == 0;
    }

    private static Task ShowAsync(Visit visit, View view)
    {
        Project project = visit.Project;
        Work? work = project.Work is { Kind: WorkKind.Ballots } own ? own : null;
        if (work?.IsRunning == true)
        {
            view.RefreshSeconds = RefreshSeconds;
            return visit.ShowAsync<DrawPage>(view, ("Work", work));
        }

        PublishedLottery? lottery = project.Has(Project.Lottery) ? PublishedLottery.Read(project.PathOf(Project.Lottery), visit.Aborted) : null;
        view.IsRehearsal |= lottery?.IsRehearsal == true;
        bool wasSent = Microsoft.AspNetCore.Http.HttpMethods.IsPost(visit.Http.Request.Method);
        return visit.ShowAsync<DrawPage>(
            view,
            ("Work", work),
            ("Lottery", lottery),
            ("Drawn", lottery is null ? null : DrawHistory.Read(project.PathOf(Project.Lottery), visit.Aborted).Current),
            ("IsDrawnBySeed", project.Has(Project.Result)),
            ("CanRehearse", !project.IsRehearsal && !visit.Desk.Shelf.IsSingle),
            ("Typed", wasSent ? visit.Form["number"] + visit.Form["text"] : ""),
            ("ByText", wasSent && visit.Form["method"] is "text"),
            ("TextForm", wasSent ? visit.Form["textForm"] : ""),
            ("Source", wasSent ? visit.Form["source"] : ""),
            ("Ballots", wasSent && visit.Form["ballots"].Length > 0 ? visit.Form["ballots"] : DefaultBallots.ToString(CultureInfo.InvariantCulture)));
    }
}
