using Sortition.Core.Problems;
using Sortition.Core.Replacements;

namespace Sortition.Core.Alternates;

/// <summary>The people of whom alternates are chosen: any of them together keep the household rule with the panel.</summary>
internal sealed class Reserve
{
    /// <param name="panel">The panel.</param>
    /// <param name="unavailable">Ids of people who cannot be asked; null for nobody.</param>
    /// <param name="count">How many alternates there are to be.</param>
    /// <param name="random">Decides who of a household can be an alternate if not all can.</param>
    public Reserve(Panel panel, IEnumerable<string>? unavailable, int count, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        SelectionProblem problem = panel.Problem;
        Dictionary<int, int> seats = Households.SeatsLeft(problem, panel.Members);
        int[] candidates = Candidates(panel, unavailable);
        int[] order = problem.HouseholdLimit is null ? candidates : Take(candidates, candidates.Length, random);
        People = [.. order.Where(i => Households.TakeSeat(problem, seats, problem.People[i])).Order()];
        TooFew = People.Count < count ? new AlternatesResult.TooFewCandidates(candidates.Length, People.Count) : null;
    }

    /// <summary>
    /// Indices into the people of the problem, ascending. How many they are does not depend on the lot: of each household as many as it has seats.
    /// </summary>
    public IReadOnlyList<int> People { get; }

    /// <summary>The answer where they are too few; null where they are enough.</summary>
    public AlternatesResult.TooFewCandidates? TooFew { get; }

    /// <summary>Everybody who could be an alternate.</summary>
    public static int[] Candidates(Panel panel, IEnumerable<string>? unavailable)
    {
        SelectionProblem problem = panel.Problem;
        FaultList faults = new();
        HashSet<int> excluded = [.. panel.Members, .. problem.Find(unavailable ?? [], new FaultLocation("unavailable"), faults)];
        faults.ThrowIfAny();
        Dictionary<int, int> seats = Households.SeatsLeft(problem, panel.Members);
        return [.. Enumerable.Range(0, problem.People.Count).Where(i =>
            !excluded.Contains(i)
                && problem.People[i].Status != PersonStatus.MustBeOut
                && (problem.People[i].Household is not int h || seats.GetValueOrDefault(h, 1) > 0))];
    }

    /// <summary>Some people by lot, in the order of the lot.</summary>
    public static int[] Take(IReadOnlyList<int> people, int count, RandomSource random)
    {
        int[] shuffled = [.. people];
        random.Shuffle<int>(shuffled, count);
        return shuffled[..count];
    }
}
