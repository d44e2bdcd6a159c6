using System.CommandLine;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;

namespace Sortition.Cli;

/// <summary>Says whether the quotas can be met, and who can never be chosen. Draws nobody and writes nothing.</summary>
internal sealed class CheckCommand : ToolCommand
{
    private readonly ProblemInput _input = new();

    public CheckCommand()
        : base(
            "check",
            "Says whether the quotas can be met at all, why not, and who could never be chosen. Draws nobody.",
            "# can 36 people be chosen under these quotas?",
            "sortition check --quotas categories.csv --people respondents.csv --size 36") =>
        _input.AddTo(this);

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        SelectionProblem problem = _input.Load(line, terminal, entitlementColumn: null, cancellationToken).Problem;
        FeasibilityReport report = ProgressDisplay.Run(terminal, "", _ => FeasibilityCheck.Run(problem, cancellationToken));
        terminal.Out.Write(QuotaTable.Of(problem));
        terminal.Say();
        terminal.Say(report.IsFeasible
            ? FormattableString.Invariant($"The quotas can be met: there are panels of {problem.PanelSize} among these {problem.People.Count} people.")
            : "The quotas cannot be met:");
        foreach (string detail in report.IsFeasible ? FeasibilityText.NeverChosen(problem, report.Uncovered) : FeasibilityText.Reasons(problem, report))
        {
            terminal.Say(detail);
        }

        return report.IsFeasible ? ExitCode.Done : ExitCode.QuotasCannotBeMet;
    }
}
