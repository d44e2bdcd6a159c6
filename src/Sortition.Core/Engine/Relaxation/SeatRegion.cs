using Sortition.Core.Engine.OrTools;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Problems;

namespace Sortition.Core.Engine.Relaxation;

/// <summary>Which expected seats there can be: a part of a linear program that other parts refer to.</summary>
internal abstract class SeatRegion
{
    /// <summary>Adds variables for the expected seats to an empty program.</summary>
    /// <param name="program">The program.</param>
    /// <returns>The variable of each type; -1 for types that are not covered.</returns>
    public abstract int[] AddTo(LinearProgram program);

    /// <summary>Adds rows that were left out and are broken; whether there were any. Called after each solve.</summary>
    public abstract bool AddBroken(LinearProgram program, int[] seats);
}

/// <summary>All expected seats within the linear relaxation: an outer bound on what lotteries reach.</summary>
internal sealed class RelaxedRegion(QuotaPolytope polytope, bool[] covered) : SeatRegion
{
    private HouseholdCuts<int>? _households;

    public override int[] AddTo(LinearProgram program)
    {
        int[] seats = new int[covered.Length];
        for (int t = 0; t < seats.Length; t++)
        {
            seats[t] = covered[t] ? program.AddVariable(polytope.Lower[t], polytope.Upper[t], 0) : -1;
        }

        foreach (PolytopeRow row in polytope.Rows)
        {
            AddRow(program, row, seats);
        }

        _households = new(polytope, row => AddRow(program, row, seats));
        return seats;
    }

    public override bool AddBroken(LinearProgram program, int[] seats) =>
        _households!.AddBroken(Array.ConvertAll(seats, s => s < 0 ? 0 : program.Values[s]));

    /// <summary>The prices of the constraints at the optimum, per unit of the program's objective.</summary>
    public (double[] Rows, double[] Households) Prices(LinearProgram program) =>
        (program.Duals[..polytope.Rows.Count], _households!.Prices(row => Math.Max(0, program.Duals[row])));

    private static int AddRow(LinearProgram program, PolytopeRow row, int[] seats)
    {
        int index = program.AddRow(row.Min, row.Max);
        foreach (int t in row.Types)
        {
            if (seats[t] >= 0)
            {
                program.SetEntry(index, seats[t], 1);
            }
        }

        return index;
    }
}

/// <summary>The expected seats of all mixes of known panels: an inner bound.</summary>
internal sealed class MixRegion(IReadOnlyList<TypeSeats[]> panels, bool[] covered) : SeatRegion
{
    private int _first;

    public override int[] AddTo(LinearProgram program)
    {
        int[] seats = new int[covered.Length];
        int[] rows = new int[covered.Length];
        for (int t = 0; t < seats.Length; t++)
        {
            seats[t] = covered[t] ? program.AddVariable(0, double.PositiveInfinity, 0) : -1;
            if (covered[t])
            {
                rows[t] = program.AddRow(0, 0);
                program.SetEntry(rows[t], seats[t], -1);
            }
        }

        int total = program.AddRow(1, 1);
        foreach (TypeSeats[] panel in panels)
        {
            int probability = program.AddVariable(0, double.PositiveInfinity, 0);
            _first = _first == 0 ? probability : _first;
            program.SetEntry(total, probability, 1);
            foreach ((int type, int count) in panel)
            {
                program.SetEntry(rows[type], probability, count);
            }
        }

        return seats;
    }

    public override bool AddBroken(LinearProgram program, int[] seats) => false;

    /// <summary>One probability for each panel at the optimum.</summary>
    public double[] Probabilities(LinearProgram program) => program.Values[_first..(_first + panels.Count)];
}
