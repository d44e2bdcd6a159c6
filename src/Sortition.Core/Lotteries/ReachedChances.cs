using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>What a lottery gives, to compare lotteries that a time limit may leave: how many people have no chance, and what the others have.</summary>
internal sealed class ReachedChances
{
    // Doubles that may be the lowest or the highest: far more than their rounding.
    private const double Near = 1e-9;

    private readonly Int128[] _seats;
    private readonly PersonType[] _types;

    /// <param name="panels">The lottery's panels.</param>
    /// <param name="types">The types of people.</param>
    /// <param name="panelSize">The number of seats.</param>
    /// <param name="counts">Which types count: all that are not proven to be on no panel.</param>
    public ReachedChances(IReadOnlyList<PanelComposition> panels, PersonType[] types, int panelSize, Func<int, bool> counts)
    {
        _types = types;
        _seats = PanelLottery.SeatWeights(types.Length, panels);
        Chances = PanelLottery.ChanceOfTypes(types, panels);
        double[] served = new double[types.Length];
        for (int t = 0; t < types.Length; t++)
        {
            int people = counts(t) ? types[t].Members.Count : 0;
            served[t] = _seats[t] > 0 ? people : 0;
            Without += _seats[t] > 0 ? 0 : people;
        }

        Served = new CoveredPeople(panelSize, types, served);
    }

    /// <summary>How many people have no chance, of those who count.</summary>
    public long Without { get; }

    /// <summary>The others.</summary>
    public CoveredPeople Served { get; }

    /// <summary>The chance of each type's members, rounded.</summary>
    public double[] Chances { get; }

    /// <summary>The lowest chance of those served, divided by what they are entitled to; 0 if nobody is served.</summary>
    public Fraction LowestBy(Func<PersonType, double> entitlement) => Extreme(entitlement, isHighest: false);

    /// <summary>The highest chance of those served; 0 if nobody is.</summary>
    public Fraction Highest => Extreme(_ => 1, isHighest: true);

    /// <summary>The chances of those served, divided by what they are entitled to, from the lowest to the highest, and how many people have each.</summary>
    public List<(Fraction Value, double People)> SortedBy(Func<PersonType, double> entitlement)
    {
        IEnumerable<int> served = Enumerable.Range(0, _types.Length).Where(IsServed);
        List<(Fraction Value, double People)> sorted = [.. served.Select(t => (ValueOf(t, entitlement), Served.Counts[t]))];
        sorted.Sort((a, b) => a.Value.CompareTo(b.Value));
        return sorted;
    }

    private bool IsServed(int type) => Served.Counts[type] > 0;

    private Fraction ValueOf(int type, Func<PersonType, double> entitlement) =>
        new Fraction(_seats[type], (Int128)PanelLottery.WeightTotal * _types[type].Members.Count) / Fraction.Of(entitlement(_types[type]));

    private Fraction Extreme(Func<PersonType, double> entitlement, bool isHighest)
    {
        int[] served = [.. Enumerable.Range(0, _types.Length).Where(IsServed)];
        if (served.Length == 0)
        {
            return 0L;
        }

        double[] rounded = Array.ConvertAll(served, t => Chances[t] / entitlement(_types[t]));
        double extreme = isHighest ? rounded.Max() : rounded.Min();
        IEnumerable<Fraction> near = served.Where((_, i) => Math.Abs(rounded[i] - extreme) <= Near * extreme).Select(t => ValueOf(t, entitlement));
        return isHighest ? near.Max() : near.Min();
    }
}
