using System.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>
/// What makes one lottery better than another, as arithmetic: the value of a lottery, and what a claim about the weight of panels says of the best value.
/// </summary>
/// <remarks>
/// <para>Everything that has to know an objective asks its descriptor: the run that optimises it, the check of its certificate, explanations, files and texts.
/// The descriptors stand beside their algorithms.</para>
/// <para>An objective of your own needs a name, <see cref="ValueOf(ReadOnlySpan{double}, CoveredPeople)"/>, <see cref="IsMaximized"/> where less is better, and
/// <see cref="RangeOf"/> where values are not within 0..1. Whether a lottery is the best by it is then not checked by anybody.</para>
/// <para>Immutable and safe to use from any thread.</para>
/// </remarks>
public abstract class Objective
{
    /// <summary>Names the objective.</summary>
    /// <param name="name">The name by which files and the command line call it, in lower case, such as <c>maximin</c>.</param>
    /// <param name="parameter">Its parameter as stated, which may be out of <see cref="ParameterRange"/>; null where none is stated.</param>
    protected Objective(string name, double? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Parameter = parameter;
    }

    /// <summary>The name by which files and the command line call the objective.</summary>
    public string Name { get; }

    /// <summary>The parameter as stated: γ of Goldilocks; null where none is stated.</summary>
    public double? Parameter { get; }

    /// <summary>The lowest and the highest parameter allowed; null (the default) where the objective has none.</summary>
    public virtual (double Min, double Max)? ParameterRange => null;

    /// <summary>
    /// Whether this version knows the objective, so that a certificate for it can be checked: <see cref="BoundOf"/> says what follows from a claim. False by
    /// default.
    /// </summary>
    public virtual bool IsKnown => false;

    /// <summary>Whether more is better; true by default.</summary>
    public virtual bool IsMaximized => true;

    /// <summary>What the claims of a certificate bound. Nobody asks for it where an objective is not known.</summary>
    public virtual ExplainedValue Explains => ExplainedValue.OwnChance;

    /// <summary>
    /// Whether the claims settle people one after the other, in their order, as leximin does; false (the default) where one claim bounds the value for
    /// everybody.
    /// </summary>
    internal virtual bool IsSettledInTurn => false;

    /// <summary>Whether claims have weights that are taken off, as objectives do that hold high chances down; false by default.</summary>
    internal virtual bool HasCapWeights => false;

    /// <summary>Whether no lottery has a higher lowest chance than a proven one; false by default.</summary>
    internal virtual bool BoundsLowestChance => false;

    /// <summary>
    /// The largest relative gap at which the bound is worth confirming: 1e-9 by default, more where optimal values can be irrational. Where a claim bounds the
    /// objective by a fraction, the gap proves nothing: <see cref="IsReached"/>.
    /// </summary>
    internal virtual double ProvenGap => 1e-9;

    /// <summary>What a person's chance is measured by, above 0: 1 by default.</summary>
    /// <param name="type">The person's type.</param>
    internal virtual double EntitlementOf(PersonType type) => 1;

    /// <summary>The range in which the best value lies whatever panels there are and whoever is covered; 0..1 by default.</summary>
    /// <param name="problem">The problem.</param>
    public virtual (double Lower, double Upper) RangeOf(SelectionProblem problem) => (0, 1);

    /// <summary>Whether a bound says more than what holds for any lottery.</summary>
    /// <param name="value">What the lottery reaches.</param>
    /// <param name="bound">What no lottery can better.</param>
    public virtual bool IsInformative(double value, double bound) => bound < 1;

    /// <summary>The objective's value for given chances.</summary>
    /// <param name="chances">The chance of each type, 0..1.</param>
    /// <param name="people">Whom the objective is about.</param>
    public abstract double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people);

    /// <summary>The objective's value of a lottery.</summary>
    /// <param name="lottery">The lottery, which says who is covered.</param>
    public double ValueOf(PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        return ValueOf([.. lottery.Types.Select((_, t) => lottery.ProbabilityOfType(t))], CoveredPeople.FromLottery(lottery));
    }

    /// <summary>
    /// Which of two lotteries serves the objective better over the people who have a chance in it: above 0 for the first, 0 if neither. In fractions where
    /// values are such, or else by the values as computed.
    /// </summary>
    internal virtual int Compare(ReachedChances first, ReachedChances second) =>
        ValueOf(first.Chances, first.Served).CompareTo(ValueOf(second.Chances, second.Served)) * (IsMaximized ? 1 : -1);

    /// <summary>What no lottery can better if no panel weighs more than a limit by a claim's weights. Not for objectives that are settled in turn.</summary>
    /// <param name="claim">The claim, for its weights.</param>
    /// <param name="limit">The limit: the claim's own, or another.</param>
    /// <param name="people">Whom the objective is about.</param>
    /// <returns>The bound; no number (the default) where it is not known what follows.</returns>
    internal virtual double BoundOf(WeightClaim claim, double limit, CoveredPeople people) => double.NaN;

    /// <summary>The same as a fraction; null where the best value can be irrational.</summary>
    /// <param name="claim">The claim, for its weights and limit.</param>
    /// <param name="people">Whom the objective is about.</param>
    internal virtual Fraction? ExactBoundOf(WeightClaim claim, CoveredPeople people) => null;

    /// <summary>Whether a lottery reaches what a claim bounds: as a fraction where it is one, or else but for the gap that counts as none.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="gap">The relative gap between what the lottery reaches and what the claim bounds.</param>
    /// <param name="panels">The lottery's panels.</param>
    /// <param name="people">Whom the objective is about.</param>
    internal bool IsReached(WeightClaim claim, double gap, IReadOnlyList<PanelComposition> panels, CoveredPeople people)
    {
        if (ExactBoundOf(claim, people) is not Fraction bound)
        {
            return gap <= ProvenGap;
        }

        ExactChances chances = new(panels, people.Counts.Count);
        bool isReached = false;
        for (int t = 0; t < people.Counts.Count; t++)
        {
            int members = (int)people.Counts[t];
            int compared = members == 0 ? 1 : chances.Compare(t, members, bound * members) * (IsMaximized ? 1 : -1);
            if (compared < 0)
            {
                return false;
            }

            isReached |= compared == 0;
        }

        return isReached;
    }

    /// <summary>An objective of which nothing is known but how it is called. Certificates for it cannot be checked.</summary>
    /// <param name="name">The name.</param>
    /// <param name="parameter">The parameter as stated, if any.</param>
    public static Objective Unknown(string name, double? parameter = null) => new UnknownObjective(name, parameter);

    /// <summary>A certificate that claims nothing: the value, and the bound that holds for any lottery.</summary>
    internal Certificate LeftOpen(SelectionProblem problem, double value)
    {
        (double lower, double upper) = RangeOf(problem);
        return new Certificate(
            objective: this,
            status: CertificateStatus.NotProven,
            value: value,
            bound: IsMaximized ? Math.Max(value, upper) : Math.Min(value, lower),
            claims: []);
    }

    /// <summary>The name, and the parameter if there is one.</summary>
    public override string ToString() => Parameter is double parameter ? FormattableString.Invariant($"{Name} ({parameter:G6})") : Name;

    private sealed class UnknownObjective(string name, double? parameter) : Objective(name, parameter)
    {
        public override double ValueOf(ReadOnlySpan<double> chances, CoveredPeople people) => double.NaN;
    }
}

/// <summary>What the claims of an objective bound.</summary>
public enum ExplainedValue
{
    /// <summary>
    /// The chance of the people explained (leximin, weighted leximin), as the lowest of all whom the claim settles with them; at most the bound, unless
    /// somebody is given less whose chance, by entitlement, is no higher.
    /// </summary>
    OwnChance = 0,

    /// <summary>The lowest chance of all covered people (maximin); at most the bound.</summary>
    LowestChance = 1,

    /// <summary>The geometric mean of all covered people's chances (Nash); at most the bound.</summary>
    GeometricMean = 2,

    /// <summary>The highest chance of all covered people (minimax); at least the bound.</summary>
    HighestChance = 3,

    /// <summary>(n/k)·highest + γ·(k/n)/lowest chance (Goldilocks); at least the bound.</summary>
    GoldilocksValue = 4,
}

/// <summary>The people whom an objective is about: those who can be on a panel at all, by type.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class CoveredPeople
{
    internal CoveredPeople(int panelSize, IReadOnlyList<PersonType> types, IReadOnlyList<double> counts)
    {
        PanelSize = panelSize;
        Types = types;
        Counts = counts;
        Total = counts.Sum();
    }

    /// <summary>The people whom a lottery covers.</summary>
    /// <param name="lottery">The lottery.</param>
    public static CoveredPeople FromLottery(PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        bool[] covered = LotteryMetrics.CoveredBy(lottery);
        return new CoveredPeople(lottery.Problem.PanelSize, lottery.Types, [.. lottery.Types.Select(t => covered[t.Members[0]] ? (double)t.Members.Count : 0)]);
    }

    /// <summary>The number of seats, k.</summary>
    public int PanelSize { get; }

    /// <summary>The types of people.</summary>
    public IReadOnlyList<PersonType> Types { get; }

    /// <summary>Entry t: how many covered people are of type t.</summary>
    public IReadOnlyList<double> Counts { get; }

    /// <summary>How many covered people there are, n.</summary>
    public double Total { get; }

    /// <summary>Adds up a figure over all covered people.</summary>
    /// <param name="ofPerson">The figure of a person of a type.</param>
    public double Sum(Func<int, double> ofPerson)
    {
        ArgumentNullException.ThrowIfNull(ofPerson);
        double total = 0;
        for (int t = 0; t < Counts.Count; t++)
        {
            total += Counts[t] > 0 ? Counts[t] * ofPerson(t) : 0;
        }

        return total;
    }

    /// <summary>Adds up a whole number over all covered people.</summary>
    /// <param name="ofPerson">The number of a person of each type.</param>
    internal BigInteger ExactSum(IReadOnlyList<long> ofPerson)
    {
        BigInteger total = 0;
        for (int t = 0; t < Counts.Count; t++)
        {
            total += (BigInteger)(long)Counts[t] * ofPerson[t];
        }

        return total;
    }

    /// <summary>The lowest and the highest figure of a covered person; +∞ and 0 if nobody is covered.</summary>
    /// <param name="ofPerson">The figure of a person of each type, 0 or more.</param>
    public (double Lowest, double Highest) Extremes(ReadOnlySpan<double> ofPerson)
    {
        (double lowest, double highest) = (double.PositiveInfinity, 0);
        for (int t = 0; t < Counts.Count; t++)
        {
            if (Counts[t] > 0)
            {
                (lowest, highest) = (Math.Min(lowest, ofPerson[t]), Math.Max(highest, ofPerson[t]));
            }
        }

        return (lowest, highest);
    }
}
