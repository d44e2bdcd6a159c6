using System.CommandLine;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Cli.Commands;

/// <summary>Says why people have the chance they have. Draws nobody and writes nothing.</summary>
internal sealed class ExplainCommand : ToolCommand
{
    private readonly ProblemInput _input = new();
    private readonly AlgorithmInput _algorithm = new(withoutLottery: false);
    private readonly Option<string?> _person = new("--person") { HelpName = "ID,…" };
    private readonly Option<string?> _group = new("--group") { HelpName = "FEATURE=VALUE" };

    private readonly Option<bool> _exact = new("--exact");

    public ExplainCommand()
        : base("explain")
    {
        _input.AddTo(this);
        _algorithm.AddTo(this);
        foreach (Option option in (Option[])[_person, _group, _exact])
        {
            Options.Add(option);
        }
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string[] ids = [.. ProblemInput.SplitList(line.GetValue(_person)).Distinct(StringComparer.Ordinal)];
        string? group = line.GetValue(_group);
        if (ids.Length > 0 == group is not null)
        {
            throw new UsageException("usage/whose-chance");
        }

        LotteryComputation computation = _algorithm.Choose(line, out string? entitlementColumn)!;
        SelectionProblem problem = _input.Load(line, terminal, entitlementColumn, cancellationToken).Problem;
        IReadOnlyList<FeatureValue> condition = Whom(problem, ids, group);
        SolveResult result = ProgressDisplay.Run(terminal, computation.Name, progress => computation.Solve(problem, progress, cancellationToken));
        switch (result)
        {
            case SolveResult.Infeasible infeasible:
                terminal.Fill(json => json["reasons"] = Json.Reasons(infeasible.Report.Reasons, problem, terminal.Texts));
                terminal.Warn("explain/infeasible");
                foreach (string reason in FeasibilityText.Reasons(terminal.Language, problem, infeasible.Report))
                {
                    terminal.Complain(reason);
                }

                return ExitCode.QuotasCannotBeMet;
            case SolveResult.Stopped { Best: null }:
                terminal.Fill(json => json["stoppedByLimit"] = true);
                terminal.Warn("limit/stopped", ("before", terminal.Text(computation.FirstResult)));
                return ExitCode.NotProven;
        }

        PanelLottery lottery = LotteryComputation.LotteryOf(result, terminal);
        (string Title, SelectionExplanation Explanation)[] explanations = group is null
            ? [.. ids.Select(id => (id, SelectionExplanation.ForPerson(lottery, id)))]
            : [(string.Join(" & ", condition), SelectionExplanation.ForGroup(lottery, condition))];
        LoosenedLotteries loosened = new(terminal, computation, problem, cancellationToken);
        new ExplanationReport(terminal, lottery, result is SolveResult.Stopped, line.GetValue(_exact) ? loosened.Of : null).Write(explanations);
        return ProofText.IsProven(lottery) ? ExitCode.Done : ExitCode.NotProven;
    }

    /// <summary>Finds out before any work that there is somebody to explain.</summary>
    private static IReadOnlyList<FeatureValue> Whom(SelectionProblem problem, string[] ids, string? group)
    {
        string[] unknown = [.. ids.Where(id => problem.IndexOf(id) < 0)];
        if (unknown.Length > 0)
        {
            throw new UsageException("usage/unknown-ids", ("ids", unknown.Select(id => $"\"{id}\"")));
        }

        IReadOnlyList<FeatureValue> condition = group is null ? [] : GroupCondition.Read(problem, group);
        int[] features =
        [
            .. condition.Select(
                term => Enumerable.Range(0, problem.Features.Count).First(f => string.Equals(problem.Features[f].Name, term.Feature, StringComparison.Ordinal)))
        ];
        return problem.People.Any(p => condition.Zip(features).All(t => string.Equals(p.Values[t.Second], t.First.Value, StringComparison.Ordinal)))
            ? condition
            : throw new UsageException("usage/empty-group", ("group", string.Join(" & ", condition)));
    }
}
