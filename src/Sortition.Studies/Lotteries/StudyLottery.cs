using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Sampling;

namespace Sortition.Studies.Lotteries;

/// <summary>A panel by type, and how likely it is.</summary>
public sealed class StudyPanel
{
    /// <param name="probability">The probability.</param>
    /// <param name="seats">The seats by type.</param>
    /// <param name="members">Who sits; empty where that is left to chance within types.</param>
    internal StudyPanel(double probability, IReadOnlyList<TypeSeats> seats, IReadOnlyList<int> members) =>
        (Probability, Seats, Members) = (probability, seats, members);

    /// <summary>The probability, 0..1.</summary>
    public double Probability { get; }

    /// <summary>The types with seats, ascending; together they have as many seats as the panel.</summary>
    public IReadOnlyList<TypeSeats> Seats { get; }

    /// <summary>Who sits, as indices into the pool; empty where that is left to chance within types.</summary>
    internal IReadOnlyList<int> Members { get; }

    /// <summary>The same panel with another probability.</summary>
    internal StudyPanel With(double probability) => new(probability, Seats, Members);

    /// <summary>Adds a share to everybody who sits.</summary>
    internal void AddTo(double[] chances, double share)
    {
        foreach (int member in Members)
        {
            chances[member] += share;
        }
    }
}

/// <summary>What an algorithm came to on an instance: everybody's chance and the panels by type, exact or estimated from draws.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class StudyLottery
{
    /// <summary>How many batches the draws are cut into, to tell how far figures made of them are off.</summary>
    internal const int Batches = 20;

    /// <summary>The quantile 0.975 of the normal distribution.</summary>
    private const double Normal = 1.959963984540054;

    private readonly bool _alike;
    private readonly bool _isExact;
    private readonly Lazy<Dictionary<double, double>> _intervals;
    private double[]? _errors;

    private StudyLottery(SelectionProblem problem, IReadOnlyList<StudyPanel> panels, double[] chances, bool[] covered, int? draws, bool alike)
    {
        Problem = problem;
        Panels = panels;
        Chances = chances;
        Covered = covered;
        Draws = draws;
        _alike = alike;

        // Quantiles take time, and many people have one chance.
        _intervals = new(() => Chances.Distinct().ToDictionary(chance => chance, chance => Jeffreys.HalfWidth(chance * Draws!.Value, Draws.Value)));
    }

    /// <summary>The problem.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>The panels by type, with probabilities that add up to 1; of draws each with 1/N, in the order drawn.</summary>
    public IReadOnlyList<StudyPanel> Panels { get; }

    /// <summary>n numbers 0..1, one for each person in the order of the pool.</summary>
    public IReadOnlyList<double> Chances { get; }

    /// <summary>n flags: whether the person can be on a panel, so that figures are about them.</summary>
    public IReadOnlyList<bool> Covered { get; }

    /// <summary>How many panels were drawn, where all is estimated from draws; null where it is exact.</summary>
    public int? Draws { get; }

    /// <summary>The lottery with its certificate, where an algorithm computed one; null otherwise.</summary>
    public PanelLottery? Computed { get; private init; }

    /// <summary>
    /// The entropy of who sits, in nats: −Σ p·ln p over panels of people. Null where it is not known: of draws, and of a lottery by types under a household
    /// limit, which forbids some of the ways to seat a type.
    /// </summary>
    public double? Entropy { get; private init; }

    /// <summary>The probability that a panel breaks the rules of the problem, 0..1; above 0 only in lotteries that were made elsewhere.</summary>
    public double BrokenShare { get; private init; }

    /// <summary>Takes a lottery as it was computed; all figures of it are exact.</summary>
    /// <param name="lottery">The lottery.</param>
    public static StudyLottery FromLottery(PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        StudyPanel[] panels = [.. lottery.Panels.Select(p => new StudyPanel(p.Probability, p.Seats, []))];
        return new StudyLottery(lottery.Problem, panels, lottery.SelectionProbabilities(), LotteryMetrics.CoveredBy(lottery), null, alike: true)
        {
            Computed = lottery,
            Entropy = lottery.Problem.HouseholdLimit is null ? EntropyOf(panels) + panels.Sum(p => p.Probability * LogWays(lottery.Problem, p)) : null,
        };
    }

    /// <summary>Takes panels that were drawn independently of each other, or a chain of panels; all figures of it are estimates.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="draws">The panels, in the order drawn; at least 20.</param>
    /// <param name="uncovered">People who can be on no panel.</param>
    /// <param name="alike">
    /// Whether the algorithm treats people of one type alike. Then what was drawn of all of them tells of each; otherwise everybody is counted alone.
    /// </param>
    /// <exception cref="ArgumentException">There are too few draws, or a panel is one of another problem.</exception>
    public static StudyLottery FromDraws(SelectionProblem problem, IReadOnlyList<Panel> draws, IEnumerable<UnselectablePerson> uncovered, bool alike)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(uncovered);
        if (draws.Count < Batches)
        {
            throw new ArgumentException(FormattableString.Invariant($"An estimate needs {Batches} draws or more."), nameof(draws));
        }

        if (draws.Any(panel => panel.Members.Count != problem.PanelSize || panel.Members[^1] >= problem.People.Count))
        {
            throw new ArgumentException("A panel is one of another problem.", nameof(draws));
        }

        double share = 1.0 / draws.Count;
        double[] chances = new double[problem.People.Count];
        StudyPanel[] panels = [.. draws.Select(panel => new StudyPanel(share, SeatsOf(problem, panel.Members), panel.Members))];
        foreach (StudyPanel panel in panels)
        {
            panel.AddTo(chances, share);
        }

        return new StudyLottery(problem, panels, alike ? MeanOfTypes(problem, chances) : chances, CoveredOf(problem, uncovered), draws.Count, alike);
    }

    /// <summary>Takes panels of people with probabilities, such as a table that was made elsewhere; all figures of it are exact.</summary>
    internal static StudyLottery FromPanels(
        SelectionProblem problem, IReadOnlyList<(int[] Members, double Probability)> panels, IEnumerable<UnselectablePerson> uncovered, double brokenShare)
    {
        double[] chances = new double[problem.People.Count];
        Dictionary<string, double> different = new(StringComparer.Ordinal);
        foreach ((int[] members, double probability) in panels)
        {
            string key = string.Join(' ', members.Order());
            different[key] = different.GetValueOrDefault(key) + probability;
            foreach (int member in members)
            {
                chances[member] += probability;
            }
        }

        return new StudyLottery(
            problem,
            [.. panels.Select(p => new StudyPanel(p.Probability, SeatsOf(problem, p.Members), p.Members))],
            chances,
            CoveredOf(problem, uncovered),
            null,
            alike: false)
        {
            Entropy = EntropyOf(different.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value)),
            BrokenShare = brokenShare,
        };
    }

    /// <summary>Takes uniform panels; chances are those of the sample, which knows them exactly where its table is complete.</summary>
    /// <param name="sample">The sample, of at least 20 panels.</param>
    /// <param name="uncovered">People who can be on no panel.</param>
    /// <exception cref="ArgumentException">There are too few draws.</exception>
    public static StudyLottery FromSample(UniformSample sample, IEnumerable<UnselectablePerson> uncovered)
    {
        ArgumentNullException.ThrowIfNull(sample);
        StudyLottery drawn = FromDraws(sample.Problem, sample.Panels, uncovered, alike: true);
        int[] people = [.. Enumerable.Range(0, drawn.Chances.Count)];
        double[] chances = [.. people.Select(sample.Chance)];
        return sample.Method == UniformMethod.TableWithRejection
            ? drawn
            : new StudyLottery(drawn.Problem, drawn.Panels, chances, [.. drawn.Covered], drawn.Draws, alike: true)
            {
                HasExactChances = sample.Method == UniformMethod.Table,
                _errors = sample.Method == UniformMethod.Table ? null : [.. people.Select(i => Math.Max(Normal * sample.StandardError(i), Unseen(sample, i)))],
            };

        // Where all chains agree on 0 or 1, no standard error tells anything; this is the rule of three.
        static double Unseen(UniformSample sample, int person) => sample.Chance(person) is 0 or 1 && sample.EffectiveSize > 0 ? 3 / sample.EffectiveSize : 0;
    }

    /// <summary>Whether chances are exact, though the panels may be draws.</summary>
    public bool HasExactChances { get => _isExact || Draws is null; private init => _isExact = value; }

    /// <summary>How far a person's chance may be off: half the width of an interval of 95 %; null where it is exact.</summary>
    /// <param name="person">Index into the pool.</param>
    public double? ErrorOf(int person) => HasExactChances ? null : _errors?[person] ?? _intervals.Value[Chances[person]];

    /// <summary>The same estimate without the draws of one batch; batch b has the draws from b·N/20 to (b+1)·N/20.</summary>
    internal StudyLottery WithoutBatch(int batch)
    {
        int all = Panels.Count;
        (int start, int end) = ((int)((long)batch * all / Batches), (int)((long)(batch + 1) * all / Batches));
        double share = 1.0 / (all - (end - start));
        StudyPanel[] left = [.. Panels.Where((_, p) => p < start || p >= end).Select(p => p.With(share))];
        double[] chances = [.. Chances];
        if (!HasExactChances)
        {
            Array.Clear(chances);
            foreach (StudyPanel panel in left)
            {
                panel.AddTo(chances, share);
            }

            chances = _alike ? MeanOfTypes(Problem, chances) : chances;
        }

        return new StudyLottery(Problem, left, chances, [.. Covered], left.Length, _alike) { HasExactChances = HasExactChances };
    }

    /// <summary>−Σ p·ln p.</summary>
    internal static double EntropyOf(IEnumerable<double> probabilities) => -probabilities.Where(p => p > 0).Sum(p => p * Math.Log(p));

    private static double EntropyOf(IEnumerable<StudyPanel> panels) => EntropyOf(panels.Select(p => p.Probability));

    /// <summary>ln of in how many ways the people of a panel by type can be chosen.</summary>
    private static double LogWays(SelectionProblem problem, StudyPanel panel)
    {
        double log = 0;
        foreach (TypeSeats seats in panel.Seats)
        {
            int members = problem.Types[seats.Type].Members.Count;
            for (int s = 0; s < seats.Seats; s++)
            {
                log += Math.Log((members - s) / (s + 1.0));
            }
        }

        return log;
    }

    private static TypeSeats[] SeatsOf(SelectionProblem problem, IEnumerable<int> members) =>
        [.. members.Select(problem.TypeOf).Where(type => type >= 0).GroupBy(type => type).OrderBy(g => g.Key).Select(g => new TypeSeats(g.Key, g.Count()))];

    private static double[] MeanOfTypes(SelectionProblem problem, double[] chances)
    {
        double[] means = [.. chances];
        foreach (IReadOnlyList<int> members in problem.Types.Select(type => type.Members))
        {
            double mean = Math.Min(1, members.Sum(i => chances[i]) / members.Count);
            foreach (int i in members)
            {
                means[i] = mean;
            }
        }

        return means;
    }

    private static bool[] CoveredOf(SelectionProblem problem, IEnumerable<UnselectablePerson> uncovered)
    {
        bool[] covered = [.. problem.People.Select(person => person.Status != PersonStatus.MustBeOut)];
        foreach (UnselectablePerson person in uncovered)
        {
            covered[person.Person] = false;
        }

        return covered;
    }
}
