using System.Numerics;

namespace Sortition.Core.Lotteries;

/// <summary>The expected seats of a lottery as whole numbers over 2⁶², to be compared with fractions.</summary>
/// <remarks>
/// 1/11 is no multiple of 2⁻⁶²: a lottery can reach a fraction only but for the rounding of its probabilities. With R panels that is less than R units of 2⁻⁶²
/// for everybody, and who misses a fraction by no more has it.
/// </remarks>
internal sealed class ExactChances
{
    private readonly Int128[] _seats;
    private readonly int _panels;

    /// <param name="panels">The lottery's panels.</param>
    /// <param name="types">How many types there are.</param>
    public ExactChances(IReadOnlyList<PanelComposition> panels, int types)
    {
        _panels = panels.Count;
        _seats = PanelLottery.SeatWeights(types, panels);
    }

    /// <summary>How the chance of a type's members compares with a fraction.</summary>
    /// <param name="type">The type.</param>
    /// <param name="people">How many members it has.</param>
    /// <param name="seats">The fraction, times the members.</param>
    /// <returns>0 if they have it; below 0 if they have less, above 0 if more.</returns>
    public int Compare(int type, int people, Fraction seats)
    {
        BigInteger difference = ((BigInteger)_seats[type] * seats.Bottom) - (seats.Top * PanelLottery.WeightTotal);
        return BigInteger.Abs(difference) <= (BigInteger)_panels * people * seats.Bottom ? 0 : difference.Sign;
    }

    /// <summary>How far the chance of a type's members is from a fraction.</summary>
    /// <param name="type">The type.</param>
    /// <param name="people">How many members it has.</param>
    /// <param name="seats">The fraction, times the members.</param>
    public Fraction DistanceTo(int type, int people, Fraction seats)
    {
        Fraction difference = (new Fraction(_seats[type], PanelLottery.WeightTotal) - seats) / (long)people;
        return difference.Top.Sign < 0 ? 0L - difference : difference;
    }
}
