using System.Buffers;
using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>What makes people a panel, checked person by person and independently of types and solvers.</summary>
/// <remarks>
/// Made once for a problem, then quick: which quotas count a person is looked up, not found out each time. Immutable and safe to use from any thread.
/// </remarks>
/// <example>
/// <code>
/// PanelRules rules = new(problem);
/// bool isPanel = rules.IsFeasible([0, 4, 7]);             // indices into problem.People
/// foreach (PanelBreach breach in rules.FindBreaches([0, 4, 7]))
/// {
///     Console.WriteLine($"{breach.Kind} {breach.Quota}: {breach.Count}");
/// }
/// </code>
/// </example>
public sealed class PanelRules
{
    private const int MostOnStack = 512;

    private readonly IReadOnlyList<Person> _people;
    private readonly int[] _mustBeIn;

    /// <summary>Prepares the rules of a problem. Takes time in proportion to the pool.</summary>
    /// <param name="problem">The problem.</param>
    public PanelRules(SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
        _people = problem.People;
        _mustBeIn = [.. Enumerable.Range(0, _people.Count).Where(i => _people[i].Status == PersonStatus.MustBeIn)];
    }

    /// <summary>The problem.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>Whether people are a panel: as many as the panel size, all different, within every quota, status and the household limit.</summary>
    /// <param name="members">Indices into <see cref="SelectionProblem.People"/>, in any order.</param>
    /// <returns>Whether <see cref="FindBreaches"/> would find nothing. Allocates nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">As many people as a panel has are named, and somebody is not in the pool.</exception>
    public bool IsFeasible(ReadOnlySpan<int> members)
    {
        if (members.Length != Problem.PanelSize)
        {
            return false;
        }

        int size = members.Length + Problem.Quotas.Count;
        int[]? rented = size > MostOnStack ? ArrayPool<int>.Shared.Rent(size) : null;
        Span<int> numbers = rented is null ? stackalloc int[MostOnStack] : rented;
        try
        {
            Span<int> sorted = numbers[..members.Length];
            members.CopyTo(sorted);
            sorted.Sort();
            return AreDifferent(sorted) && HaveRightStatus(sorted) && MeetQuotas(sorted, numbers[members.Length..size]) && ObeyHouseholdLimit(sorted);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<int>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Finds every rule that people break.</summary>
    /// <param name="members">Indices into <see cref="SelectionProblem.People"/>, in any order. Somebody who is named twice counts twice.</param>
    /// <returns>The broken rules in the order of <see cref="PanelBreachKind"/>, quotas last in their own order; empty if the people are a panel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Somebody is not in the pool.</exception>
    public IReadOnlyList<PanelBreach> FindBreaches(ReadOnlySpan<int> members)
    {
        int[] sorted = members.ToArray();
        Array.Sort(sorted);
        CheckIndices(sorted);
        List<PanelBreach> breaches = [];
        int[] different = WithoutRepeats(sorted);
        if (sorted.Length != Problem.PanelSize)
        {
            breaches.Add(new PanelBreach(PanelBreachKind.PanelSize, sorted.Length, different));
        }

        if (different.Length < sorted.Length)
        {
            breaches.AddRange(sorted.GroupBy(i => i).Where(g => g.Count() > 1).Select(g => new PanelBreach(PanelBreachKind.NamedTwice, g.Count(), [g.Key])));
        }

        AddStatusBreaches(sorted, different, breaches);
        AddHouseholdBreaches(sorted, breaches);
        AddQuotaBreaches(sorted, breaches);
        return breaches;
    }

    /// <summary>Reports every rule that the people break as a fault; none if they are a panel.</summary>
    internal void Check(IReadOnlyList<int> members, FaultLocation location, FaultList faults)
    {
        foreach (PanelBreach breach in FindBreaches([.. members]))
        {
            switch (breach.Kind)
            {
                case PanelBreachKind.PanelSize:
                    faults.Add(CoreFaults.WrongPanelSize, location, breach.Count, Problem.PanelSize);
                    break;
                case PanelBreachKind.NamedTwice:
                    AddForEach(CoreFaults.NamedTwice, breach.People);
                    break;
                case PanelBreachKind.MustBeOut:
                    AddForEach(CoreFaults.MustBeOut, breach.People);
                    break;
                case PanelBreachKind.MustBeIn:
                    AddForEach(CoreFaults.MustBeIn, breach.People);
                    break;
                case PanelBreachKind.HouseholdLimit:
                    AddForEach(CoreFaults.HouseholdOverLimit, breach.People.Skip(Problem.HouseholdLimit!.Value), Problem.HouseholdLimit);
                    break;
                default:
                    faults.Add(CoreFaults.QuotaNotMet, location, breach.Quota!.ToString(), breach.Count);
                    break;
            }
        }

        void AddForEach(FaultCode code, IEnumerable<int> people, params object?[] more)
        {
            foreach (int i in people)
            {
                faults.Add(code, location, [_people[i].Id, .. more]);
            }
        }
    }

    private void AddStatusBreaches(int[] sorted, int[] different, List<PanelBreach> breaches)
    {
        if (Array.Exists(different, MustBeOut))
        {
            breaches.Add(new PanelBreach(PanelBreachKind.MustBeOut, sorted.Count(MustBeOut), Array.FindAll(different, MustBeOut)));
        }

        int[] missing = Array.FindAll(_mustBeIn, i => Array.BinarySearch(different, i) < 0);
        if (missing.Length > 0)
        {
            breaches.Add(new PanelBreach(PanelBreachKind.MustBeIn, _mustBeIn.Length - missing.Length, missing));
        }

        bool MustBeOut(int i) => _people[i].Status == PersonStatus.MustBeOut;
    }

    private void AddHouseholdBreaches(int[] sorted, List<PanelBreach> breaches)
    {
        if (Problem.HouseholdLimit is int limit && !ObeyHouseholdLimit([.. sorted]))
        {
            breaches.AddRange(
                from household in sorted.Where(i => _people[i].Household is not null).GroupBy(i => _people[i].Household)
                where household.Count() > limit
                select new PanelBreach(PanelBreachKind.HouseholdLimit, household.Count(), [.. household.Distinct()]));
        }
    }

    private void AddQuotaBreaches(int[] sorted, List<PanelBreach> breaches)
    {
        int[] counts = new int[Problem.Quotas.Count];
        CountMatching(sorted, counts);
        for (int q = 0; q < counts.Length; q++)
        {
            Quota quota = Problem.Quotas[q];
            if (counts[q] < quota.Min || counts[q] > quota.Max)
            {
                PanelBreachKind kind = counts[q] < quota.Min ? PanelBreachKind.QuotaMinimum : PanelBreachKind.QuotaMaximum;
                breaches.Add(new PanelBreach(kind, counts[q], WithoutRepeats(Matching(q, counts[q])), quota));
            }
        }

        int[] Matching(int quota, int count)
        {
            int[] people = new int[count];
            int found = 0;
            foreach (int i in sorted)
            {
                if (Problem.QuotasOf[i].AsSpan().Contains(quota))
                {
                    people[found++] = i;
                }
            }

            return people;
        }
    }

    private static int[] WithoutRepeats(int[] sorted)
    {
        for (int m = 1; m < sorted.Length; m++)
        {
            if (sorted[m] == sorted[m - 1])
            {
                return [.. sorted.Distinct()];
            }
        }

        return sorted;
    }

    /// <summary>Throws if somebody is not in the pool.</summary>
    /// <param name="members">Sorted.</param>
    private void CheckIndices(ReadOnlySpan<int> members)
    {
        if (!members.IsEmpty && (members[0] < 0 || members[^1] >= _people.Count))
        {
            throw new ArgumentOutOfRangeException(nameof(members), members[0] < 0 ? members[0] : members[^1], "Nobody in the pool has this index.");
        }
    }

    private bool AreDifferent(ReadOnlySpan<int> sorted)
    {
        CheckIndices(sorted);
        for (int m = 1; m < sorted.Length; m++)
        {
            if (sorted[m] == sorted[m - 1])
            {
                return false;
            }
        }

        return true;
    }

    private bool HaveRightStatus(ReadOnlySpan<int> members)
    {
        int mustBeIn = 0;
        foreach (int i in members)
        {
            PersonStatus status = _people[i].Status;
            if (status == PersonStatus.MustBeOut)
            {
                return false;
            }

            mustBeIn += status == PersonStatus.MustBeIn ? 1 : 0;
        }

        return mustBeIn == _mustBeIn.Length;
    }

    private bool MeetQuotas(ReadOnlySpan<int> members, Span<int> counts)
    {
        CountMatching(members, counts);
        for (int q = 0; q < counts.Length; q++)
        {
            Quota quota = Problem.Quotas[q];
            if (counts[q] < quota.Min || counts[q] > quota.Max)
            {
                return false;
            }
        }

        return true;
    }

    private void CountMatching(ReadOnlySpan<int> members, Span<int> counts)
    {
        int[][] quotasOf = Problem.QuotasOf;
        counts.Clear();
        foreach (int i in members)
        {
            foreach (int q in quotasOf[i])
            {
                counts[q]++;
            }
        }
    }

    /// <summary>Puts the numbers of the households in the place of their members, sorted, so that housemates stand side by side.</summary>
    private bool ObeyHouseholdLimit(Span<int> members)
    {
        if (Problem.HouseholdLimit is not int limit)
        {
            return true;
        }

        int known = 0;
        foreach (int i in members)
        {
            if (_people[i].Household is int household)
            {
                members[known++] = household;
            }
        }

        Span<int> households = members[..known];
        households.Sort();
        for (int h = limit; h < known; h++)
        {
            if (households[h] == households[h - limit])
            {
                return false;
            }
        }

        return true;
    }
}
