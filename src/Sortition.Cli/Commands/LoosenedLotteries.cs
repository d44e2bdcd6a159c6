using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Fairness;

namespace Sortition.Cli.Commands;

/// <summary>Lotteries of a problem with one constraint loosened, each computed once.</summary>
internal sealed class LoosenedLotteries(Terminal terminal, LotteryComputation computation, SelectionProblem problem, CancellationToken cancellationToken)
{
    private readonly Dictionary<Constraint, SolveResult?> _results = [];

    /// <summary>What comes of it if a constraint gives; null if it cannot (no panel without members).</summary>
    public SolveResult? Of(BindingConstraint binding)
    {
        if (!_results.TryGetValue(binding.Constraint, out SolveResult? result))
        {
            bool canGive = binding.Constraint.Kind != ConstraintKind.PanelSize || problem.PanelSize + binding.Seats > 0;
            result = canGive
                ? ProgressDisplay.Run(
                    terminal, computation.Name, progress => computation.Solve(problem.Loosen(binding.Constraint, binding.Seats), progress, cancellationToken))
                : null;
            _results.Add(binding.Constraint, result);
        }

        return result;
    }
}
