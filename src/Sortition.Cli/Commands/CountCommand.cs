using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Feasibility;
using Sortition.Core.Sampling;

namespace Sortition.Cli.Commands;

/// <summary>Says how many panels there are. Draws nobody.</summary>
internal sealed class CountCommand : ToolCommand
{
    private readonly ProblemInput _input = new();
    private readonly Option<int?> _threads = AlgorithmInput.Threads();
    private readonly Option<double?> _error = Numbers.Real("--error", "X", 0.0001, 1);

    private readonly Option<string?> _seed = new("--seed") { HelpName = "TEXT" };

    public CountCommand()
        : base("count")
    {
        _input.AddTo(this);
        foreach (Option option in (Option[])[_error, _seed, _threads])
        {
            Options.Add(option);
        }
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        SelectionProblem problem = _input.Load(line, terminal, entitlementColumn: null, cancellationToken).Problem;
        string? givenSeed = line.GetValue(_seed);
        string seed = givenSeed ?? RandomSource.NewSeed();
        UniformOptions defaults = new();
        PanelCount count = ProgressDisplay.RunWithShare(terminal, "progress/counting", progress => PanelCount.Estimate(
            problem,
            seed,
            new UniformOptions
            {
                MaxThreads = line.GetValue(_threads) ?? defaults.MaxThreads,
                Progress = progress,
                TargetLog10Error = line.GetValue(_error) ?? defaults.TargetLog10Error,
            },
            cancellationToken));
        bool usesSeed = count.Proposals > 0;
        terminal.Fill(json => Fill(json, count, usesSeed ? seed : null));
        if (count.Log10 is null)
        {
            // An estimate that hit nothing may be of nothing at all.
            FeasibilityReport report = ProgressDisplay.Run(terminal, "", _ => FeasibilityAnalysis.Check(problem, cancellationToken));
            if (!report.IsFeasible)
            {
                return TellNone(terminal, problem, report);
            }
        }
        else if (count.Exact is { IsZero: true })
        {
            return TellNone(terminal, problem, FeasibilityAnalysis.Check(problem, cancellationToken));
        }

        terminal.Say(CountText.Sentence(terminal.Language, count));
        terminal.Say();
        terminal.Lines(
        [
            .. CountText.Lines(terminal.Language, count),
            .. usesSeed ? ((string, string)[])[(terminal.Text("label/seed"), seed + (givenSeed is null ? terminal.Text("count/seed-drawn") : ""))] : [],
        ]);
        return count.IsConclusive ? ExitCode.Done : ExitCode.NotProven;
    }

    private static int TellNone(Terminal terminal, SelectionProblem problem, FeasibilityReport report)
    {
        terminal.Fill(json =>
        {
            (json["panels"], json["log10"], json["conclusive"]) = ("0", null, true);
            json["reasons"] = Json.Reasons(report.Reasons, problem, terminal.Texts);
        });
        terminal.Tell("count/none");
        foreach (string reason in FeasibilityText.Reasons(terminal.Language, problem, report))
        {
            terminal.Say(reason);
        }

        return ExitCode.QuotasCannotBeMet;
    }

    private static void Fill(JsonObject json, PanelCount count, string? seed)
    {
        json["panelSize"] = count.Problem.PanelSize;
        json["people"] = count.Problem.People.Count;
        json["quotas"] = Json.Quotas(count.Problem);
        json["panels"] = count.Exact?.ToString(CultureInfo.InvariantCulture);
        json["log10"] = Json.Number(count.Log10);
        json["standardError"] = Json.Number(count.Log10StandardError);
        json["atLeast"] = Json.Number(count.Log10LowerBound);
        json["atMost"] = Json.Number(count.Log10UpperBound);
        json["effectiveHits"] = count.EffectiveHits;
        json["proposals"] = count.Proposals;
        json["conclusive"] = count.IsConclusive;
        json["seed"] = seed;
    }
}
