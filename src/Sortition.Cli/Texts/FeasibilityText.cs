using Sortition.Core;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;

namespace Sortition.Cli.Texts;

/// <summary>Reasons in sentences: why no panel exists, and why some people are on none.</summary>
internal static class FeasibilityText
{
    private const int ReasonsShown = 20;
    private const int IdsShown = 20;

    /// <summary>Why the quotas cannot be met, one line a reason.</summary>
    public static IEnumerable<string> Reasons(Language language, SelectionProblem problem, FeasibilityReport report) =>
        report.Reasons.Select(reason => "  " + language.Texts.Describe(reason, problem));

    /// <summary>Says on standard error why the quotas cannot be met, and that nothing was written.</summary>
    /// <returns>The exit code.</returns>
    public static int Refuse(Terminal terminal, SelectionProblem problem, FeasibilityReport report)
    {
        terminal.Fill(json => json["reasons"] = Json.Reasons(report.Reasons, problem, terminal.Texts));
        terminal.Warn("feasibility/refused");
        foreach (string reason in Reasons(terminal.Language, problem, report))
        {
            terminal.Complain(reason);
        }

        return ExitCode.QuotasCannotBeMet;
    }

    /// <summary>Who can never be chosen, people of one reason together.</summary>
    public static IEnumerable<string> NeverChosen(
        Language language, SelectionProblem problem, IReadOnlyList<UnselectablePerson> uncovered)
    {
        if (uncovered.Count == 0)
        {
            yield return language.Text("feasibility/everyone");
            yield break;
        }

        yield return language.Text("feasibility/never", ("count", uncovered.Count), ("all", problem.People.Count));
        List<IGrouping<string, UnselectablePerson>> reasons =
        [
            .. uncovered.GroupBy(u => language.Texts.Describe(u, problem), StringComparer.Ordinal).OrderByDescending(g => g.Count())
        ];
        foreach (IGrouping<string, UnselectablePerson> reason in reasons.Take(ReasonsShown))
        {
            IEnumerable<string> ids = reason.Take(IdsShown).Select(u => problem.People[u.Person].Id);
            int? more = reason.Count() > IdsShown ? reason.Count() - IdsShown : null;
            yield return language.Text("feasibility/ids", ("ids", ids), ("more", more), ("reason", reason.Key));
        }

        if (reasons.Count > ReasonsShown)
        {
            yield return language.Text("feasibility/more-people", ("count", reasons.Skip(ReasonsShown).Sum(r => r.Count())));
        }
    }
}
