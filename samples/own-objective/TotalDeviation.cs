using Google.OrTools.LinearSolver;
using Sortition.Core;
using Sortition.Core.Kernel;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Constraint = Google.OrTools.LinearSolver.Constraint;
using Objective = Sortition.Core.Lotteries.Objective;

/// <summary>The lottery whose chances are as near to equal ones as can be: Σ |chance − k/n| over all people is as small as any lottery's.</summary>
internal sealed class TotalDeviation : ILotteryAlgorithm
{
    public Objective Objective { get; } = new Definition();

    public string Name => Objective.Name;

    public SolveResult Solve(SelectionProblem problem, SolveOptions? options = null, CancellationToken cancellationToken = default) =>
        ColumnGeneration.Solve(problem, Objective, BestMix, new() { TimeLimit = options?.TimeLimit, Progress = options?.Progress }, cancellationToken);

    /// <summary>min Σ (above + below), where the expected seats of each type are its equal share + above − below, and the probabilities add up to 1.</summary>
    private static MasterSolution BestMix(IReadOnlyList<IReadOnlyList<TypeSeats>> panels, CoveredPeople people, CancellationToken cancellationToken)
    {
        using Solver lp = Solver.CreateSolver("GLOP");
        double[] shares = [.. people.Counts.Select(count => people.PanelSize * count / people.Total)];
        Constraint[] seats = [.. shares.Select(share => lp.MakeConstraint(share, share))];
        Constraint total = lp.MakeConstraint(1, 1);
        foreach (Constraint row in seats)
        {
            AddVariable(1, [(row, -1)]); // above
            AddVariable(1, [(row, 1)]);  // below
        }

        Variable[] probabilities = [.. panels.Select(panel => AddVariable(0, [(total, 1), .. panel.Select(s => (seats[s.Type], (double)s.Seats))]))];
        Solver.ResultStatus status = lp.Solve();
        return status == Solver.ResultStatus.OPTIMAL
            ? new MasterSolution([.. probabilities.Select(p => p.SolutionValue())], [.. seats.Select(row => row.DualValue())], -total.DualValue())
            : throw new InvalidOperationException($"GLOP ended with {status}.");

        Variable AddVariable(double cost, List<(Constraint Row, double Value)> entries)
        {
            Variable variable = lp.MakeNumVar(0, double.PositiveInfinity, "");
            lp.Objective().SetCoefficient(variable, cost); // minimised, as long as nobody asks for the maximum
            entries.ForEach(entry => entry.Row.SetCoefficient(variable, entry.Value));
            return variable;
        }
    }

    private sealed class Definition() : Objective("total-deviation")
    {
        public override bool IsMaximized => false;

        public override (double Lower, double Upper) RangeOf(SelectionProblem problem) => (0, 2 * problem.PanelSize);

        public override double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people)
        {
            double[] deviations = Array.ConvertAll(chances.ToArray(), chance => Math.Abs(chance - people.PanelSize / people.Total));
            return people.Sum(type => deviations[type]);
        }
    }
}
