using System.CommandLine;
using System.Diagnostics;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Replacements;
using Sortition.Files.Dialects;

namespace Sortition.Cli.Commands;

/// <summary>Fills the seats of members who dropped out, or says beforehand which seats could be filled.</summary>
internal sealed class ReplaceCommand : ToolCommand
{
    private readonly ProblemInput _input = new();
    private readonly AlgorithmInput _algorithm = new(withoutLottery: true);
    private readonly ReplacementInput _replacement = new();
    private readonly Option<bool> _lookAhead = new("--look-ahead");

    private readonly DrawInput _draw = new();

    public ReplaceCommand()
        : base("replace")
    {
        _input.AddTo(this);
        _algorithm.AddTo(this);
        _replacement.AddTo(this);
        Options.Add(_lookAhead);
        _draw.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool looksAhead = line.GetValue(_lookAhead);
        if (looksAhead && (!_replacement.IsWholePanel(line) || _draw.IsGiven(line)))
        {
            throw new UsageException("usage/look-ahead");
        }

        _replacement.Check(line);
        LotteryComputation? computation = _algorithm.Choose(line, out string? entitlementColumn);
        _draw.Check(line, terminal, _algorithm.WithoutLottery(line));
        RoundLists lists = _replacement.Read(line, _input, cancellationToken);
        LoadedProblem input = _input.Load(line, terminal, entitlementColumn, cancellationToken, lists);
        if (looksAhead)
        {
            lists.Check(terminal, input, looksAhead: true);
            Panel panel = Panel.Create(input.Problem, lists.Panel!.Select(member => member.Id));
            ReplaceabilityAnalysis ahead = ProgressDisplay.RunLookAhead(terminal, panel, lists.Leaving(input), cancellationToken);
            terminal.Fill(json => LookAheadText.Fill(json, ahead, terminal.Texts));
            LookAheadText.Write(terminal, ahead);
            return ExitCode.Done;
        }

        (int exitCode, LoadedProblem? residual) = ReplacementInput.Open(terminal, input, lists, cancellationToken);
        return residual is null ? exitCode : _draw.Run(line, terminal, residual, _algorithm, computation, clock, cancellationToken);
    }
}
