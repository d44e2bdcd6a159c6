using System.CommandLine;
using System.Diagnostics;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Files.Dialects;

namespace Sortition.Cli.Commands;

/// <summary>From two spreadsheets to a panel.</summary>
internal sealed class SelectCommand : ToolCommand
{
    private readonly ProblemInput _input = new();
    private readonly AlgorithmInput _algorithm = new(withoutLottery: true);
    private readonly DrawInput _draw = new();

    public SelectCommand()
        : base("select")
    {
        _input.AddTo(this);
        _algorithm.AddTo(this);
        _draw.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        LotteryComputation? computation = _algorithm.Choose(line, out string? entitlementColumn);
        _draw.Check(line, terminal, _algorithm.WithoutLottery(line));
        LoadedProblem input = _input.Load(line, terminal, entitlementColumn, cancellationToken);
        return _draw.Run(line, terminal, input, _algorithm, computation, clock, cancellationToken);
    }
}
