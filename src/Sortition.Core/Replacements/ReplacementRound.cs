using Sortition.Core.Feasibility;
using Sortition.Core.Problems;

namespace Sortition.Core.Replacements;

/// <summary>Some members of a panel stay, others have dropped out: the problem of filling their seats, and the way back to a whole panel.</summary>
/// <remarks>
/// <see cref="Residual"/> is a problem like any other, so every algorithm, ballots, publication and the public draw apply to it. Its panels are exactly the
/// choices of replacements that, with those who stay, keep every quota and the household rule. Immutable and safe to read from any thread.
/// </remarks>
public sealed class ReplacementRound
{
    // The original problem, in which nobody who dropped out must be in.
    private readonly SelectionProblem _whole;

    private ReplacementRound(SelectionProblem original, SelectionProblem whole, SelectionProblem residual, int[] confirmed, int[] declined)
    {
        Original = original;
        _whole = whole;
        Residual = residual;
        Confirmed = confirmed;
        Declined = declined;
    }

    /// <summary>The problem that the first panel was drawn for.</summary>
    public SelectionProblem Original { get; }

    /// <summary>
    /// The problem of the open seats: quotas less what the confirmed members account for; a pool without the confirmed, the declined, and the housemates for
    /// whom the household limit leaves no seat.
    /// </summary>
    /// <remarks>
    /// Where a household has a confirmed member and some, but not enough seats left for all others in it (which takes a limit of 2 or more), one more feature
    /// numbers these households and a quota on each says how many seats are left.
    /// </remarks>
    public SelectionProblem Residual { get; }

    /// <summary>The members who stay, as indices into the people of <see cref="Original"/>, ascending.</summary>
    public IReadOnlyList<int> Confirmed { get; }

    /// <summary>The people who dropped out or cannot be asked, as indices into the people of <see cref="Original"/>, ascending.</summary>
    public IReadOnlyList<int> Declined { get; }

    /// <summary>Works out what is left to be filled, and whether it can be.</summary>
    /// <param name="problem">The problem that the first panel was drawn for.</param>
    /// <param name="confirmed">The ids of the members who stay. Members who are neither here nor among the declined go back to the pool.</param>
    /// <param name="declined">The ids of people who are not to be drawn: those who dropped out, and whoever else said no.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The round; or the confirmed members as a panel, if no seat is open; or why the seats cannot be filled.</returns>
    /// <exception cref="MalformedInputException">
    /// An id is unknown, or somebody is confirmed and declined, or confirmed and must be out; the exception lists all such faults.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// ReplacementResult result = ReplacementRound.Start(problem, confirmed: panel.Ids.Skip(2), declined: panel.Ids.Take(2));
    /// if (result is ReplacementResult.Open { Round: var round })
    /// {
    ///     PanelLottery lottery = new Leximin().Solve(round.Residual).GetLotteryOrThrow();
    ///     Panel whole = round.Complete(lottery.Draw(RandomSource.Secure()));
    /// }
    /// </code>
    /// </example>
    public static ReplacementResult Start(
        SelectionProblem problem, IEnumerable<string> confirmed, IEnumerable<string> declined, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(confirmed);
        ArgumentNullException.ThrowIfNull(declined);
        FaultList faults = new();
        int[] stay = [.. problem.Find(confirmed, new FaultLocation("confirmed"), faults).Distinct().Order()];
        int[] gone = [.. problem.Find(declined, new FaultLocation("declined"), faults).Distinct().Order()];
        foreach (int i in stay.Intersect(gone))
        {
            faults.Add(CoreFaults.ConfirmedAndDeclined, new FaultLocation("declined"), problem.People[i].Id);
        }

        foreach (int i in stay.Where(i => problem.People[i].Status == PersonStatus.MustBeOut))
        {
            faults.Add(CoreFaults.ContradictoryStatus, new FaultLocation("confirmed"), problem.People[i].Id);
        }

        faults.ThrowIfAny();

        // With those who stay made sure, the original problem has the same panels as the round has choices, and its reasons speak of the organiser's own
        // quotas.
        SelectionProblem standing = WithStatuses(problem, stay, gone);
        FeasibilityReport report = FeasibilityAnalysis.Check(standing, cancellationToken);
        if (!report.IsFeasible)
        {
            return new ReplacementResult.Infeasible(standing, report);
        }

        SelectionProblem whole = gone.Any(i => problem.People[i].Status == PersonStatus.MustBeIn) ? WithStatuses(problem, [], gone) : problem;
        return stay.Length == problem.PanelSize
            ? new ReplacementResult.NotNeeded(new Panel(whole, stay))
            : new ReplacementResult.Open(new ReplacementRound(problem, whole, ResidualProblem.Of(problem, stay, gone), stay, gone));
    }

    /// <summary>Those who stay and their replacements as one panel.</summary>
    /// <param name="replacements">A panel of <see cref="Residual"/>.</param>
    /// <returns>
    /// A panel of <see cref="Original"/>, checked against all its rules; where somebody who must be in has declined, of the same problem without those who
    /// declined.
    /// </returns>
    /// <exception cref="ArgumentException">The replacements were drawn for another problem.</exception>
    public Panel Complete(Panel replacements)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        return replacements.Problem.Equals(Residual)
            ? Panel.Create(_whole, replacements.Ids.Concat(Confirmed.Select(i => Original.People[i].Id)))
            : throw new ArgumentException("The replacements were drawn for another problem.", nameof(replacements));
    }

    /// <summary>The same problem with some people in and some out; everybody keeps their place.</summary>
    private static SelectionProblem WithStatuses(SelectionProblem problem, int[] isIn, int[] isOut)
    {
        Person[] people = [.. problem.People];
        Set(isIn, PersonStatus.MustBeIn);
        Set(isOut, PersonStatus.MustBeOut);
        return new SelectionProblem(problem.PanelSize, problem.Features, problem.Quotas, people, problem.HouseholdLimit, problem.Warnings);

        void Set(int[] whom, PersonStatus status)
        {
            foreach (int i in whom)
            {
                people[i] = new Person(people[i].Id, people[i].Vector, people[i].Household, status, people[i].Entitlement);
            }
        }
    }
}
