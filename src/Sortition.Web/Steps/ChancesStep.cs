using Sortition.Core;
using Sortition.Files.Dialects;
using Sortition.Web.Pages;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>Everybody's chance: computed in the background, shown, and explained.</summary>
internal static class ChancesStep
{
    /// <summary>Chances that differ by less are the same for the table.</summary>
    private const int Digits = 9;

    private const int RefreshSeconds = 2;

    /// <summary>Shows the chances, or how far they are.</summary>
    public static Task ShowAsync(Visit visit) => ShowAsync(visit, visit.View(Step.Chances), "", explains: false);

    /// <summary>Explains one person's chance.</summary>
    public static Task ExplainAsync(Visit visit) => ShowAsync(visit, visit.View(Step.Chances), visit.Form["person"], explains: true);

    /// <summary>Computes them, unless they are just being computed: a form that is sent twice starts nothing twice.</summary>
    public static Task StartAsync(Visit visit)
    {
        Project project = visit.Project;
        if (project.ReadPool(visit.Aborted).Loaded is LoadedProblem loaded && project.Work?.IsRunning != true && NeedsComputing(visit, loaded))
        {
            project.Work?.Dispose();
            project.Work = Work.Start(visit.Desk.Queue, WorkKind.Chances, (work, token) =>
            {
                if (ChancesFiles.Compute(project, loaded.Problem, work, token) is string failure)
                {
                    work.Fail(failure);
                }
            });
        }

        return visit.GoToStepAsync("chances");
    }

    /// <summary>Ends the computation with the best so far.</summary>
    public static async Task StopAsync(Visit visit)
    {
        if (visit.Project.Work is { Kind: WorkKind.Chances, IsRunning: true } work)
        {
            work.Stop();
            await work.Task.WaitAsync(visit.Aborted);
        }

        await visit.GoToStepAsync("chances");
    }

    /// <summary>Tells how far a computation is.</summary>
    public static Task ProgressAsync(Visit visit)
    {
        if (visit.Project.Work is Work work)
        {
            return visit.ShowAsync<ProgressPart>(visit.View(), ("Work", work));
        }

        visit.Http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static bool NeedsComputing(Visit visit, LoadedProblem loaded) =>
        !Panels.IsBegun(visit.Project) && visit.Project.ReadChances(loaded, visit.Aborted) is not { State.Stopped: false };

    private static Task ShowAsync(Visit visit, View view, string person, bool explains)
    {
        if (visit.LoadedOrGoBack(out Task answer) is not LoadedProblem loaded)
        {
            return answer;
        }

        Work? work = visit.Project.Work is { Kind: WorkKind.Chances } own ? own : null;
        if (work?.IsRunning == true)
        {
            view.RefreshSeconds = RefreshSeconds;
            return visit.ShowAsync<ChancesPage>(view, ("Work", work));
        }

        if (visit.Project.ReadChances(loaded, visit.Aborted) is not { Found: PanelLottery found } chances)
        {
            return visit.ShowAsync<ChancesPage>(view, ("Work", work));
        }

        SelectionExplanation? explanation = null;
        if (explains && found.Problem.IndexOf(person) < 0)
        {
            view.Errors = [new PageError(visit.T("chances/no-person"), "person")];
        }
        else if (explains)
        {
            explanation = SelectionExplanation.ForPerson(found, person);
        }

        return visit.ShowAsync<ChancesPage>(
            view,
            ("Work", work),
            ("Found", found),
            ("Metrics", LotteryMetrics.Compute(found)),
            ("IsStopped", chances.State.Stopped),
            ("Sorted", Sorted(found)),
            ("Groups", Groups.Of(found)),
            ("Person", person),
            ("Explanation", explanation));
    }

    private static (double Chance, int Count)[] Sorted(PanelLottery lottery) =>
    [
        .. lottery.SelectionProbabilities().GroupBy(p => Math.Round(p, Digits)).OrderBy(g => g.Key).Select(g => (g.Min(), g.Count())),
    ];
}
