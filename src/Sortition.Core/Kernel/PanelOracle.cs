using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Search;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Kernel;

/// <summary>
/// Finds the heaviest panel for any weights, within all quotas, the household limit and who must be in or out, and proves that none is heavier.
/// </summary>
/// <remarks>
/// <para>Exact: a search in floating-point arithmetic proposes a panel, and a solver that computes in whole numbers confirms that none is heavier, or finds
/// it. For that proof each weight is multiplied by one power of two and rounded to a whole number of at most 2⁴⁰ (fewer in pools of more than a million).
/// Weights that are whole numbers up to 2⁴⁰, or all multiples of one power of two up to that, are not rounded at all, and then <c>UpperBound</c> equals
/// <c>Weight</c>. Otherwise rounding moves the weight of a seat by 2⁻⁴⁰ of the largest weight at most, so that <c>UpperBound</c> exceeds <c>Weight</c> by
/// 2⁻³⁹, that is 2e-12, of the largest weight for each seat at most: no panel is heavier than the one found by more than that.</para>
/// <para>An instance keeps its search between calls, so that a series of calls with weights that change little is quick. Among panels of one weight, which is
/// found may depend on the calls before. Not safe for use from several threads at once; give each thread its own.</para>
/// <para>Most calls take milliseconds to a second; the problem is NP-hard, and no time is promised.</para>
/// </remarks>
/// <example>
/// <code>
/// PanelOracle oracle = new(problem);
/// double[] weights = new double[problem.People.Count];            // one a person, in the order of problem.People
/// weights[problem.IndexOf("F000004")] = 1;
/// HeaviestPanel? heaviest = oracle.FindHeaviest(weights);         // null: no panel meets the quotas
/// bool canBeChosen = heaviest?.Weight > 0;
///
/// double[] ofTypes = [.. problem.Types.Select(type => 1.0 / type.Members.Count)];
/// HeaviestComposition? seats = oracle.FindHeaviestComposition(ofTypes);
/// </code>
/// </example>
public sealed class PanelOracle
{
    // Beyond that, the exact solver is the better searcher.
    private const long NodesOfSearch = 100_000;

    private const long NodesOfGlance = 500;

    private readonly PanelSearch _byType;
    private readonly int[] _typeOf;

    // The types as weights by person split them, for as long as those split them alike.
    private int[] _labels = [];
    private SelectionProblem? _splitProblem;
    private PanelSearch? _bySplitType;

    /// <summary>Prepares the search. Takes time in proportion to the pool.</summary>
    /// <param name="problem">The problem.</param>
    public PanelOracle(SelectionProblem problem)
        : this(problem ?? throw new ArgumentNullException(nameof(problem)), QuotaPolytope.Of(problem))
    {
    }

    internal PanelOracle(SelectionProblem problem, QuotaPolytope polytope)
    {
        Problem = problem;
        _typeOf = problem.TypeTable.TypeOf;
        _byType = new PanelSearch(polytope);
    }

    /// <summary>The problem whose panels are searched.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>Finds the panel whose members weigh most together. People of one type may weigh differently.</summary>
    /// <param name="weights">
    /// One finite number for each person, of either sign, in the order of <see cref="SelectionProblem.People"/>. The weights of people who must be out play no
    /// part.
    /// </param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>
    /// The panel; null if no panel meets the quotas. Where all people of a type weigh alike, its seats go to those who come first in the pool.
    /// </returns>
    /// <exception cref="ArgumentException">There are more or fewer weights than people, or one is no finite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public HeaviestPanel? FindHeaviest(ReadOnlySpan<double> weights, CancellationToken cancellationToken = default)
    {
        Check(weights, Problem.People.Count);
        int[] labels = LabelsOf(weights);
        bool isSplit = Problem.Types.Any(type => type.Members.Any(i => labels[i] != labels[type.Members[0]]));
        if (isSplit && (_bySplitType is null || !labels.AsSpan().SequenceEqual(_labels)))
        {
            Split(labels);
        }

        SelectionProblem problem = isSplit ? _splitProblem! : Problem;
        double[] ofTypes = new double[problem.Types.Count];
        for (int t = 0; t < ofTypes.Length; t++)
        {
            ofTypes[t] = weights[problem.Types[t].Members[0]];
        }

        if (Find(isSplit ? _bySplitType! : _byType, ofTypes, cancellationToken) is not (int[] seats, double bound))
        {
            return null;
        }

        int[] members = PeopleOfTypes.Choose(problem, SeatsOf(seats), new FirstComeSource());
        double weight = 0;
        foreach (int i in members)
        {
            weight += weights[i];
        }

        return new HeaviestPanel(new Panel(Problem, members), weight, Math.Max(weight, bound));
    }

    /// <summary>Finds the seats by type that weigh most together.</summary>
    /// <param name="weights">
    /// One finite number for each type, of either sign, in the order of <see cref="SelectionProblem.Types"/>: what a member weighs.
    /// </param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The seats; null if no panel meets the quotas.</returns>
    /// <exception cref="ArgumentException">There are more or fewer weights than types, or one is no finite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public HeaviestComposition? FindHeaviestComposition(ReadOnlySpan<double> weights, CancellationToken cancellationToken = default)
    {
        Check(weights, Problem.Types.Count);
        if (Find(_byType, weights, cancellationToken) is not (int[] seats, double bound))
        {
            return null;
        }

        double weight = 0;
        for (int t = 0; t < seats.Length; t++)
        {
            weight += weights[t] * seats[t];
        }

        return new HeaviestComposition(SeatsOf(seats), weight, Math.Max(weight, bound));
    }

    /// <summary>Looks for panels heavier than a floor, in floating-point arithmetic only.</summary>
    /// <param name="weights">One weight a type.</param>
    /// <param name="floor">Only panels heavier than this count.</param>
    /// <param name="found">Told of every panel that was the heaviest so far.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    internal void FindHeavier(ReadOnlySpan<double> weights, double floor, Action<int[]> found, CancellationToken cancellationToken)
    {
        // A panel heavier than the floor will do, so that the heaviest need not be known for certain; only that there is none is worth a long search.
        if (_byType.Search(weights, floor, firstOnly: false, NodesOfGlance, found, cancellationToken) is null && _byType.GaveUp)
        {
            _byType.Search(weights, floor, firstOnly: true, NodesOfSearch, found, cancellationToken);
        }
    }

    /// <summary>Has it confirmed in whole numbers that no panel is heavier than a floor.</summary>
    internal (WholeWeights Weights, Confirmation Confirmation) Confirm(ReadOnlySpan<double> weights, double floor, CancellationToken cancellationToken)
    {
        WholeWeights whole = WholeWeights.Of(weights, _byType.Polytope.Upper);
        long limit = (long)Math.Floor(whole.Scaled(floor));
        return (whole, WeightCertifier.Confirm(_byType.Polytope, [], whole.Numbers, null, limit, cancellationToken));
    }

    private static void Check(ReadOnlySpan<double> weights, int count)
    {
        if (weights.Length != count)
        {
            throw new ArgumentException(FormattableString.Invariant($"There are {weights.Length} weights, and there must be {count}."), nameof(weights));
        }

        foreach (double weight in weights)
        {
            if (!double.IsFinite(weight))
            {
                throw new ArgumentException(FormattableString.Invariant($"A weight is {weight}, which is no finite number."), nameof(weights));
            }
        }
    }

    private static (int[] Seats, double Bound)? Find(PanelSearch search, ReadOnlySpan<double> weights, CancellationToken cancellationToken)
    {
        QuotaPolytope polytope = search.Polytope;
        int k = polytope.Rows[0].Max;
        if (polytope.Upper.Sum(n => (long)n) < k)
        {
            return null;
        }

        WholeWeights whole = WholeWeights.Of(weights, polytope.Upper);
        double[] numbers = Array.ConvertAll(whole.Numbers, n => (double)n);
        int[]? seats = search.Search(numbers, double.NegativeInfinity, firstOnly: false, NodesOfSearch, null, cancellationToken);
        if (seats is null || Array.Exists(whole.Numbers, n => n != 0))
        {
            long? above = seats is null ? null : whole.Of(seats);
            seats = ExactJudge.HeaviestPanel(polytope, whole.Numbers, null, null, cancellationToken, above).Panel ?? seats;
        }

        return seats is null ? null : (seats, whole.BoundOf(whole.Of(seats), k));
    }

    private static TypeSeats[] SeatsOf(int[] seats) =>
        [.. Enumerable.Range(0, seats.Length).Where(t => seats[t] > 0).Select(t => new TypeSeats(t, seats[t]))];

    /// <summary>Labels people, those of one type and weight alike: with the first of them. -1 for people of no type.</summary>
    private int[] LabelsOf(ReadOnlySpan<double> weights)
    {
        Dictionary<(int Type, double Weight), int> labels = [];
        int[] labelOf = new int[_typeOf.Length];
        for (int i = 0; i < labelOf.Length; i++)
        {
            labelOf[i] = -1;
            if (_typeOf[i] >= 0 && !labels.TryGetValue((_typeOf[i], weights[i]), out labelOf[i]))
            {
                labels.Add((_typeOf[i], weights[i]), labelOf[i] = i);
            }
        }

        return labelOf;
    }

    /// <summary>
    /// Poses the same problem with types that people of other labels do not share. An entitlement is a number that tells types apart and does nothing else to
    /// the panels, so the labels go there; types, household classes and rows then come out as they always do.
    /// </summary>
    private void Split(int[] labels)
    {
        Person[] people = [.. Problem.People.Select((p, i) => new Person(p.Id, p.Vector, p.Household, p.Status, labels[i]))];
        _splitProblem = new SelectionProblem(Problem.PanelSize, Problem.Features, Problem.Quotas, people, Problem.HouseholdLimit, []);
        _bySplitType = new PanelSearch(QuotaPolytope.Of(_splitProblem));
        _labels = labels;
    }

    /// <summary>No chance at all: whoever comes first.</summary>
    private sealed class FirstComeSource : RandomSource
    {
        public override ulong NextUInt64() => 0;
    }
}
