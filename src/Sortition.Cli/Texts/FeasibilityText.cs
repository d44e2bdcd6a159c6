using Sortition.Core;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Cli.Texts;

/// <summary>Reasons in sentences: why no panel exists, and why some people are on none.</summary>
internal static class FeasibilityText
{
    private const int ReasonsShown = 20;
    private const int IdsShown = 20;

    /// <summary>Why the quotas cannot be met, one line a reason.</summary>
    public static IEnumerable<string> Reasons(SelectionProblem problem, FeasibilityReport report) =>
        report.Reasons.Select(reason => "  " + PublicationTexts.English.Describe(reason, problem));

    /// <summary>Says on standard error why the quotas cannot be met, and that nothing was written.</summary>
    /// <returns>The exit code.</returns>
    public static int Refuse(Terminal terminal, SelectionProblem problem, FeasibilityReport report)
    {
        terminal.Fill(json => json["reasons"] = Json.Reasons(report.Reasons, problem));
        terminal.Complain("The quotas cannot be met; nothing was written:");
        foreach (string reason in Reasons(problem, report))
        {
            terminal.Complain(reason);
        }

        return ExitCode.QuotasCannotBeMet;
    }

    /// <summary>Who can never be chosen, people of one reason together.</summary>
    public static IEnumerable<string> NeverChosen(SelectionProblem problem, IReadOnlyList<UnselectablePerson> uncovered)
    {
        if (uncovered.Count == 0)
        {
            yield return "Everyone in the pool can be chosen.";
            yield break;
        }

        yield return FormattableString.Invariant($"{uncovered.Count} of {problem.People.Count} people can never be chosen, whatever the lottery:");
        List<IGrouping<string, UnselectablePerson>> reasons =
        [
            .. uncovered.GroupBy(u => PublicationTexts.English.Describe(u, problem), StringComparer.Ordinal).OrderByDescending(g => g.Count())
        ];
        foreach (IGrouping<string, UnselectablePerson> reason in reasons.Take(ReasonsShown))
        {
            string more = reason.Count() > IdsShown ? FormattableString.Invariant($" and {reason.Count() - IdsShown} more") : "";
            yield return $"  {string.Join(", ", reason.Take(IdsShown).Select(u => problem.People[u.Person].Id))}{more}: {reason.Key}";
        }

        if (reasons.Count > ReasonsShown)
        {
            yield return FormattableString.Invariant($"  and {reasons.Skip(ReasonsShown).Sum(r => r.Count())} more people, for other reasons.");
        }
    }
}
