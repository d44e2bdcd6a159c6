using Sortition.Core.Problems;
using Sortition.Core.Replacements;

namespace Sortition.Core.Alternates;

/// <summary>People kept ready to take the seats of members of a panel who drop out.</summary>
/// <remarks>
/// Members and alternates together keep the household rule, so that whoever steps in, it holds. Whether quotas are kept depends on who drops out;
/// <see cref="Assess"/> says how well. Immutable and safe to read from any thread.
/// </remarks>
public sealed class AlternateSet
{
    internal AlternateSet(Panel panel, int[] people)
    {
        Panel = panel;
        People = people;
    }

    /// <summary>The panel.</summary>
    public Panel Panel { get; }

    /// <summary>
    /// Who: indices into the people of the problem, at least one, in their order: of two who would do equally well, the earlier one steps in.
    /// </summary>
    public IReadOnlyList<int> People { get; }

    /// <summary>The alternates' ids, in their order.</summary>
    public IEnumerable<string> Ids => People.Select(i => Panel.Problem.People[i].Id);

    /// <summary>Makes alternates of given people, after checking that they can be.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="ids">Their ids, in their order.</param>
    /// <returns>The alternates.</returns>
    /// <exception cref="MalformedInputException">
    /// There are none; an id is unknown, given twice, or that of a member or of somebody who must be out; or members and alternates together break the
    /// household rule. The exception lists all of it, by the ordinals of the ids.
    /// </exception>
    public static AlternateSet Create(Panel panel, IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(ids);
        SelectionProblem problem = panel.Problem;
        FaultList faults = new();
        List<int> people = [];
        HashSet<int> members = [.. panel.Members];
        Dictionary<int, int> seats = Households.SeatsLeft(problem, panel.Members);
        int ordinal = 0;
        foreach (string id in ids)
        {
            FaultLocation location = new("alternates", ++ordinal);
            if (problem.Find([id], location, faults) is [int i])
            {
                FaultCode? wrong = members.Contains(i) ? CoreFaults.MemberOfPanel
                    : problem.People[i].Status == PersonStatus.MustBeOut ? CoreFaults.MustBeOut
                    : people.Contains(i) ? CoreFaults.NamedTwice
                    : !Households.TakeSeat(problem, seats, problem.People[i]) ? CoreFaults.AlternateHouseholdFull
                    : null;
                if (wrong is not null)
                {
                    faults.Add(wrong, location, problem.People[i].Id);
                }

                people.Add(i);
            }
        }

        if (ordinal == 0)
        {
            faults.Add(CoreFaults.NoAlternates, new FaultLocation("alternates"));
        }

        faults.ThrowIfAny();
        return new AlternateSet(panel, [.. people]);
    }

    /// <summary>How well they do against drop-outs, if the best of them step in each time.</summary>
    /// <param name="sample">Scenarios for the panel; others than those against which they were chosen, if they were.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The expected breach and how often all quotas are kept.</returns>
    /// <exception cref="ArgumentException">The sample is for another panel.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public BreachEstimate Assess(DropOutSample sample, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample.Panel.Equals(Panel)
            ? BreachEstimate.Of(sample, new ReserveScenarios(sample, People, People.Count).Breaches(cancellationToken))
            : throw new ArgumentException("The sample is for another panel.", nameof(sample));
    }

    /// <summary>Who steps in when some drop out: the choice that breaches the quotas least.</summary>
    /// <param name="dropOuts">Ids of members who drop out, and of alternates who are not to be had.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Who takes which seat. All seats are filled, as far as there are alternates.</returns>
    /// <exception cref="MalformedInputException">Some are neither members nor alternates; the exception lists them.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Substitution Substitute(IEnumerable<string> dropOuts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dropOuts);
        HashSet<int> members = [.. Panel.Members];
        HashSet<int> alternates = [.. People];
        FaultList faults = new();
        SortedSet<int> gone = [];
        foreach (string id in dropOuts)
        {
            int i = Panel.Problem.IndexOf(id);
            if (members.Contains(i) || alternates.Contains(i))
            {
                gone.Add(i);
            }
            else
            {
                faults.Add(CoreFaults.NeitherMemberNorAlternate, new FaultLocation("drop-outs"), id);
            }
        }

        faults.ThrowIfAny();
        int[] left = [.. gone.Where(members.Contains)];
        int[] ready = [.. People.Where(i => !gone.Contains(i))];
        int[] stepIn = ready.Length == 0 || left.Length == 0
            ? []
            : new ReserveScenarios(DropOutSample.Single(Panel, left), ready, ready.Length).StepIn(cancellationToken);
        return Substitution.Of(Panel, left, [.. People.Where(gone.Contains)], ready, stepIn);
    }
}
