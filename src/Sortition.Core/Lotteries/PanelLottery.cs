using System.Diagnostics;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core;

/// <summary>A lottery over panels: panels by type, each with a probability, and a uniform choice of people inside every type.</summary>
/// <remarks>
/// <para>Exact at any pool size: probabilities are whole numbers over 2⁶², and people of one type have one chance. Lists of people are made when asked for
/// (<see cref="ToPanelTable"/>, <see cref="Draw(RandomSource)"/>).</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
/// <example>
/// <code>
/// PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
/// double chance = lottery.ProbabilityOf("F000004");                    // 0..1; all of them: lottery.ProbabilitiesById()
/// Panel panel = lottery.Draw(RandomSource.Secure());                   // or RandomSource.Seeded(text), which can be redone
/// Console.WriteLine(string.Join(", ", panel.Ids));
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class PanelLottery
{
    /// <summary>What the weights of the panels add up to: 2⁶².</summary>
    public const long WeightTotal = 1L << 62;

    // What probabilities may miss of 1: more than rounding leaves, less than anybody would call another lottery.
    private const double SumTolerance = 1e-9;

    private readonly double[] _chanceOfType;
    private readonly Lazy<IReadOnlyList<int>> _withoutChance;
    private readonly Int128[] _seatWeightOfType;

    internal PanelLottery(
        SelectionProblem problem, IReadOnlyList<PanelComposition> panels, IReadOnlyList<UnselectablePerson> uncovered, Certificate certificate)
    {
        Problem = problem;
        Panels = panels;
        Uncovered = uncovered;
        Certificate = certificate;
        _seatWeightOfType = SeatWeights(problem.TypeTable.Types.Length, panels);
        _chanceOfType = ChanceOfTypes(problem.TypeTable.Types, panels);
        _withoutChance = new(FindWithoutChance);
    }

    /// <summary>The problem whose quotas every panel meets.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>The types of people, by whom panels are described; people who must be out are of none.</summary>
    public IReadOnlyList<PersonType> Types => Problem.Types;

    /// <summary>The panels with a probability above 0, the likeliest first. At least one; from an algorithm, never more than there are types.</summary>
    public IReadOnlyList<PanelComposition> Panels { get; }

    /// <summary>People who can be on no panel whatever the lottery, each with the reason; everyone else is covered.</summary>
    public IReadOnlyList<UnselectablePerson> Uncovered { get; }

    /// <summary>People who have no chance in this lottery although nothing shows that they can be on no panel.</summary>
    /// <remarks>
    /// <para>Indices into <see cref="SelectionProblem.People"/>, in order. Empty wherever a computation came to its end, but for objectives that only hold high
    /// chances down, such as minimax. After a time limit these people have none for mere lack of time: nobody should be drawn from such a lottery.</para>
    /// <para>As long as it is not known who can be on a panel, <see cref="Uncovered"/> is empty and nobody is excused.</para>
    /// </remarks>
    public IReadOnlyList<int> WithoutChance => _withoutChance.Value;

    /// <summary>What proves the lottery optimal, or how far from proven it is.</summary>
    public Certificate Certificate { get; }

    /// <summary>A person's chance to be on the panel.</summary>
    /// <param name="id">The person's id.</param>
    /// <returns>The selection probability, 0..1.</returns>
    /// <exception cref="ArgumentException">Nobody in the pool has this id.</exception>
    public double ProbabilityOf(string id) =>
        Problem.IndexOf(id) is >= 0 and int person
            ? ProbabilityOf(person)
            : throw new ArgumentException($"Nobody in the pool has the id \"{id}\".", nameof(id));

    /// <summary>A person's chance to be on the panel.</summary>
    /// <param name="person">Index into <see cref="SelectionProblem.People"/>.</param>
    /// <returns>The selection probability, 0..1.</returns>
    public double ProbabilityOf(int person) => Problem.TypeTable.TypeOf[person] is >= 0 and int type ? _chanceOfType[type] : 0;

    /// <summary>Every person's chance.</summary>
    /// <returns>n numbers 0..1 in the order of <see cref="SelectionProblem.People"/>; they add up to the panel size.</returns>
    public double[] SelectionProbabilities()
    {
        double[] probabilities = new double[Problem.People.Count];
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = ProbabilityOf(i);
        }

        return probabilities;
    }

    /// <summary>Every person's chance, by id.</summary>
    /// <returns>One entry for each person of the pool, in the ordinal order of ids: the selection probability, 0..1. They add up to the panel size.</returns>
    public IReadOnlyDictionary<string, double> ProbabilitiesById()
    {
        OrderedDictionary<string, double> chances = new(Problem.People.Count, StringComparer.Ordinal);
        for (int i = 0; i < Problem.People.Count; i++)
        {
            chances.Add(Problem.People[i].Id, ProbabilityOf(i));
        }

        return chances;
    }

    /// <summary>The chance of every member of a type.</summary>
    /// <param name="type">Index into <see cref="Types"/>.</param>
    /// <returns>The selection probability, 0..1.</returns>
    public double ProbabilityOfType(int type) => _chanceOfType[type];

    /// <summary>The expected seats of a type, over <see cref="WeightTotal"/>: Σ weight · seats over the panels.</summary>
    internal Int128 SeatWeightOfType(int type) => _seatWeightOfType[type];

    /// <summary>For logs: the objective, how many panels, whether it is proven optimal, and how many people have no chance who might.</summary>
    public override string ToString()
    {
        string proof = Certificate.Status switch
        {
            CertificateStatus.ProvenOptimal => "proven optimal",
            CertificateStatus.EpsilonLeximin => FormattableString.Invariant($"proven within {Certificate.Epsilon:G2}"),
            _ => "not proven optimal",
        };
        string without = WithoutChance.Count > 0 ? FormattableString.Invariant($", {WithoutChance.Count} people without a chance") : "";
        return FormattableString.Invariant($"{Certificate.Objective.Name}: {Panels.Count} panels, {proof}{without}");
    }

    /// <summary>Draws one panel: a panel by type by its weight, then its people, as <see cref="DrawMembers"/> does.</summary>
    /// <param name="random">The source of chance.</param>
    /// <returns>The panel.</returns>
    public Panel Draw(RandomSource random) => DrawMembers(DrawPanelIndex(random), random);

    /// <summary>
    /// Draws which of <see cref="Panels"/> sits: the first one whose weight and all before it exceed a random number below <see cref="WeightTotal"/>.
    /// </summary>
    /// <param name="random">The source of chance; exactly one bounded number is taken.</param>
    /// <returns>Index into <see cref="Panels"/>.</returns>
    public int DrawPanelIndex(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        long number = random.NextBelow(WeightTotal);
        int panel = 0;
        while (number >= Panels[panel].Weight)
        {
            number -= Panels[panel++].Weight;
        }

        return panel;
    }

    /// <summary>
    /// Draws who sits on one of <see cref="Panels"/>: of each type as many people as it has seats. Every set of people that has as many of each type, and no
    /// more of a household than the limit, is as likely as another.
    /// </summary>
    /// <param name="panel">Index into <see cref="Panels"/>.</param>
    /// <param name="random">The source of chance; how much is taken from it depends on the panel.</param>
    /// <returns>The panel.</returns>
    public Panel DrawMembers(int panel, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new Panel(Problem, PeopleOfTypes.Choose(Problem, Panels[panel].Seats, random));
    }

    /// <summary>Draws several panels, independently of each other.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="count">How many, 0 or more.</param>
    /// <returns>The panels in the order drawn; people and whole panels may come more than once.</returns>
    public IReadOnlyList<Panel> Draw(RandomSource random, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Panel[] panels = new Panel[count];
        for (int i = 0; i < count; i++)
        {
            panels[i] = Draw(random);
        }

        return panels;
    }

    /// <summary>Writes the lottery out as lists of people in which everyone has the very chance they have here.</summary>
    /// <param name="maxRows">The most rows wanted.</param>
    /// <returns>The table, or null if it would have more rows than wanted. It depends on the lottery only.</returns>
    /// <remarks>
    /// The chances of two people of one type differ by 2⁻⁶² times the number of panels at most. Without binding households there are at most panels + people −
    /// types rows. Only single chances are kept: people who stand beside each other share rows, so that a row drawn from the table seats neighbours together.
    /// To draw, there is <see cref="Draw(RandomSource)"/>.
    /// </remarks>
    public PanelTable? ToPanelTable(int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        return Seating.ToPanelTable(Problem, [.. Panels.Select(p => (p.Seats, p.Weight))], maxRows);
    }

    /// <summary>Makes a lottery of given panels, for example one that was stored.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="panels">The panels: seats by type (index into the types of <paramref name="problem"/>), and weights that add up to 2⁶².</param>
    /// <param name="uncovered">People who can be on no panel.</param>
    /// <param name="certificate">The certificate that came with the lottery. It is not checked here.</param>
    /// <returns>The lottery.</returns>
    /// <exception cref="MalformedInputException">
    /// Panels break the panel size, a quota or the household rule, or the weights do not add up; the exception lists all of it, by the ordinals of the panels.
    /// </exception>
    public static PanelLottery Create(
        SelectionProblem problem, IEnumerable<(
            IReadOnlyList<TypeSeats> Seats, long Weight)> panels, IReadOnlyList<UnselectablePerson> uncovered, Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentNullException.ThrowIfNull(uncovered);
        ArgumentNullException.ThrowIfNull(certificate);
        PanelComposition[] made = [.. panels.Select(p => new PanelComposition([.. p.Seats.OrderBy(s => s.Type)], p.Weight))];
        FaultList faults = new();
        Int128 total = 0;
        for (int p = 0; p < made.Length; p++)
        {
            FaultLocation location = new("panels", p + 1);
            if (made[p].Weight < 1)
            {
                faults.Add(CoreFaults.WeightNotPositive, location);
            }

            total += made[p].Weight;
            PanelCompositionRules.Check(problem, made[p].Seats, location, faults);
        }

        if (total != WeightTotal)
        {
            faults.Add(CoreFaults.WrongTotalWeight, new FaultLocation("panels"));
        }

        faults.ThrowIfAny();
        return new PanelLottery(problem, made, uncovered, certificate);
    }

    /// <summary>Makes a lottery of panels with ordinary probabilities, as solvers give them.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="panels">
    /// The panels, as the types with seats (index into the types of <paramref name="problem"/>), and their probabilities: finite, 0 or more, and 1 in all but
    /// for 1e-9. One panel may come several times; those of probability 0 are left out.
    /// </param>
    /// <param name="objective">What the lottery is to be good for; its value goes into the certificate.</param>
    /// <param name="uncovered">People who can be on no panel, as the feasibility check lists them; empty where that is left open.</param>
    /// <returns>
    /// The lottery, whose weights are the probabilities over their sum, rounded down to whole numbers over <see cref="WeightTotal"/>, and the likeliest panel
    /// gets what is left. That moves no chance by more than 1e-15 times the panel size. Its certificate claims nothing.
    /// </returns>
    /// <exception cref="ArgumentException">A probability is no finite number or below 0, or they do not add up to 1.</exception>
    /// <exception cref="MalformedInputException">
    /// Panels break the panel size, a quota or the household rule; the exception lists all of it, by the ordinals of the panels.
    /// </exception>
    public static PanelLottery FromProbabilities(
        SelectionProblem problem,
        IEnumerable<(IReadOnlyList<TypeSeats> Seats, double Probability)> panels,
        Objective objective,
        IReadOnlyList<UnselectablePerson> uncovered)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(uncovered);
        SortedDictionary<TypeSeats[], double> probabilities = new(Comparer<TypeSeats[]>.Create(LotteryWeights.Compare));
        FaultList faults = new();
        double total = 0;
        int ordinal = 0;
        foreach ((IReadOnlyList<TypeSeats> seats, double probability) in panels)
        {
            if (!double.IsFinite(probability) || probability < 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"{probability} is no probability."), nameof(panels));
            }

            PanelCompositionRules.Check(problem, seats, new FaultLocation("panels", ++ordinal), faults);
            TypeSeats[] sorted = [.. seats.OrderBy(s => s.Type)];
            probabilities[sorted] = probabilities.GetValueOrDefault(sorted) + probability;
            total += probability;
        }

        if (!(Math.Abs(total - 1) <= SumTolerance))
        {
            throw new ArgumentException(FormattableString.Invariant($"The probabilities add up to {total:R}, not to 1."), nameof(panels));
        }

        faults.ThrowIfAny();
        IReadOnlyList<PanelComposition> made = LotteryWeights.Of([.. probabilities.Keys], [.. probabilities.Values]);
        PanelLottery lottery = new(problem, made, uncovered, objective.LeftOpen(problem, 0));
        return new PanelLottery(problem, made, uncovered, objective.LeftOpen(problem, objective.ValueOf(lottery)));
    }

    /// <summary>Makes a lottery of panels of people with ordinary probabilities.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="panels">The panels, and their probabilities as in the other form.</param>
    /// <param name="objective">What the lottery is to be good for; its value goes into the certificate.</param>
    /// <param name="uncovered">People who can be on no panel, as the feasibility check lists them; empty where that is left open.</param>
    /// <returns>
    /// The lottery by types: of each panel it keeps how many members of each type there are, not who. So everybody of a type has the mean of the chances that
    /// the panels give to its members.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A panel is one of another problem, a probability is no finite number or below 0, or they do not add up to 1.
    /// </exception>
    public static PanelLottery FromProbabilities(
        SelectionProblem problem,
        IEnumerable<(Panel Panel, double Probability)> panels,
        Objective objective,
        IReadOnlyList<UnselectablePerson> uncovered)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(panels);
        return FromProbabilities(problem, panels.Select(p => (SeatsOf(p.Panel), p.Probability)), objective, uncovered);

        IReadOnlyList<TypeSeats> SeatsOf(Panel panel) => panel?.Problem.Equals(problem) == true
            ? [.. panel.Members.GroupBy(problem.TypeOf).Select(g => new TypeSeats(g.Key, g.Count()))]
            : throw new ArgumentException("A panel is one of another problem.", nameof(panels));
    }

    /// <summary>The expected seats of each type, over 2⁶².</summary>
    internal static Int128[] SeatWeights(int types, IReadOnlyList<PanelComposition> panels)
    {
        Int128[] weights = new Int128[types];
        foreach (PanelComposition panel in panels)
        {
            foreach (TypeSeats seats in panel.Seats)
            {
                weights[seats.Type] += (Int128)panel.Weight * seats.Seats;
            }
        }

        return weights;
    }

    private IReadOnlyList<int> FindWithoutChance()
    {
        HashSet<int> excused = [.. Uncovered.Select(u => u.Person)];
        IReadOnlyList<Person> people = Problem.People;
        return [.. Enumerable.Range(0, people.Count).Where(i => ProbabilityOf(i) == 0 && people[i].Status != PersonStatus.MustBeOut && !excused.Contains(i))];
    }

    internal static double[] ChanceOfTypes(PersonType[] types, IReadOnlyList<PanelComposition> panels)
    {
        Int128[] weights = SeatWeights(types.Length, panels);
        double[] chances = new double[types.Length];
        for (int t = 0; t < chances.Length; t++)
        {
            chances[t] = (double)weights[t] / WeightTotal / types[t].Members.Count;
        }

        return chances;
    }
}
