using System.CommandLine;
using System.Text.Json.Nodes;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Feasibility;
using Sortition.Files;

namespace Sortition.Cli.Commands;

/// <summary>Says whether the quotas can be met, and who can never be chosen; and if they cannot, what clashes and the ways out. Draws nobody.</summary>
internal sealed class CheckCommand : ToolCommand
{
    private readonly ProblemInput _input = new();
    private readonly RelaxationInput _relaxation = new();
    private readonly Option<bool> _fairness = new("--fairness");

    public CheckCommand()
        : base("check")
    {
        _input.AddTo(this);
        _relaxation.AddTo(this);
        Options.Add(_fairness);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        (int Number, string Path)? apply = _relaxation.Apply(line);
        SelectionProblem problem = _input.Load(line, terminal, entitlementColumn: null, cancellationToken).Problem;
        RelaxationOptions options = _relaxation.Options(line, problem);
        FeasibilityReport report = ProgressDisplay.Run(terminal, "", _ => FeasibilityAnalysis.Check(problem, cancellationToken));
        bool withFairness = line.GetValue(_fairness);
        terminal.Fill(json =>
        {
            json["panelSize"] = problem.PanelSize;
            json["people"] = problem.People.Count;
            json["quotas"] = Json.Quotas(problem);
            json["feasible"] = report.IsFeasible;
            json["uncovered"] = Json.Uncovered(problem, report.Uncovered, terminal.Texts);
        });
        terminal.Out.Write(QuotaTable.Of(terminal.Language, problem));
        terminal.Say();
        if (!report.IsFeasible)
        {
            return TellWaysOut(terminal, problem, report, options, withFairness, apply, cancellationToken);
        }

        terminal.Tell("check/feasible", ("size", problem.PanelSize), ("people", problem.People.Count));
        foreach (string detail in FeasibilityText.NeverChosen(terminal.Language, problem, report.Uncovered))
        {
            terminal.Say(detail);
        }

        if (withFairness)
        {
            IReadOnlyList<SeatTradeOff> tradeOffs = ProgressDisplay.Run(
                terminal, LotteryAlgorithms.All[0].Name, _ =>
                    SeatTradeOff.Compute(new Leximin().Solve(problem, null, cancellationToken).GetLotteryOrThrow(), null, null, cancellationToken));
            terminal.Fill(json => json["tradeOffs"] = Json.List(tradeOffs, t =>
            {
                JsonObject tradeOff = Json.Constraint(t.Constraint, problem, terminal.Texts);
                tradeOff["seats"] = t.Seats;
                tradeOff["lowestChanceNow"] = t.CurrentMinimum;
                tradeOff["lowestChanceThen"] = Json.Number(t.NewMinimum);
                return tradeOff;
            }));
            terminal.Say();
            terminal.Out.Write(WayOutText.TradeOffs(terminal.Language, problem, tradeOffs));
        }

        if (apply is not null)
        {
            terminal.Warn("check/nothing-to-apply");
        }

        return ExitCode.Done;
    }

    private static int TellWaysOut(
        Terminal terminal,
        SelectionProblem problem,
        FeasibilityReport report,
        RelaxationOptions options,
        bool withFairness,
        (int Number, string Path)? apply,
        CancellationToken cancellationToken)
    {
        Diagnosis diagnosis = ProgressDisplay.Run(terminal, "", _ => FeasibilityAnalysis.Diagnose(problem, null, cancellationToken));
        terminal.Fill(json =>
        {
            json["reasons"] = Json.Reasons(report.Reasons, problem, terminal.Texts);
            json["conflicts"] = Json.Conflicts(diagnosis.Conflicts, problem, terminal.Texts);
            json["allConflicts"] = diagnosis.IsExhaustive;
        });
        terminal.Tell("check/infeasible");
        foreach (string detail in WayOutText.Conflicts(terminal.Language, problem, report, diagnosis))
        {
            terminal.Say(detail);
        }

        RelaxationReport relaxations = ProgressDisplay.Run(terminal, "", _ => QuotaRelaxation.Find(problem, options, cancellationToken));
        terminal.Say();
        if (relaxations.Alternatives.Count == 0)
        {
            terminal.Fill(json =>
            {
                json["waysOut"] = new JsonArray();
                json["obstacles"] = Json.Conflicts(relaxations.Obstacles!.Conflicts, relaxations.Loosest!, terminal.Texts);
            });
            terminal.Tell("check/no-way-out");
            foreach (Conflict conflict in relaxations.Obstacles!.Conflicts)
            {
                terminal.Say("  " + terminal.Texts.Describe(conflict, relaxations.Loosest!));
            }
        }
        else
        {
            IReadOnlyList<RelaxationFairness>? fairness = withFairness
                ? ProgressDisplay.Run(
                    terminal,
                    LotteryAlgorithms.All[0].Name,
                    progress => RelaxationFairness.Compare(relaxations, null, new SolveOptions { Progress = progress }, cancellationToken))
                : null;
            terminal.Fill(json => json["waysOut"] = Json.WaysOut(relaxations, fairness));
            terminal.Out.Write(WayOutText.Alternatives(terminal.Language, relaxations, fairness));
        }

        if (apply is not (int number, string path))
        {
            return ExitCode.QuotasCannotBeMet;
        }

        if (number > relaxations.Alternatives.Count)
        {
            throw new UsageException("usage/apply", ("number", number), ("count", relaxations.Alternatives.Count));
        }

        SelectionProblem applied = relaxations.Alternatives[number - 1].Problem;
        OutputFolder.WriteFile(terminal, path, stream => QuotaFiles.Write(stream, applied));
        terminal.Fill(json => (json["applied"], json["file"]) = (number, path));
        terminal.Say();
        terminal.Tell("check/applied", ("number", number), ("path", StandardStreams.Describe(terminal.Language, path)));
        return ExitCode.Done;
    }
}
