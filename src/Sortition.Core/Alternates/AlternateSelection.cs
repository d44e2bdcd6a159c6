using Sortition.Core.Engine;
using Sortition.Core.Engine.Reserve;

namespace Sortition.Core.Alternates;

/// <summary>Chooses alternates, with the least expected breach of quotas or by the simple practices in use.</summary>
public static class AlternateSelection
{
    /// <summary>
    /// Who can be an alternate: everybody in the pool who is not a member, need not be out, is not unavailable, and lives in a household with a seat left.
    /// </summary>
    /// <param name="panel">The panel.</param>
    /// <param name="unavailable">Ids of people who cannot be asked; null for nobody.</param>
    /// <returns>
    /// Indices into the people of the problem, ascending. Of a household with fewer seats left than people not all can be alternates together.
    /// </returns>
    /// <exception cref="MalformedInputException">Somebody who is unavailable is unknown.</exception>
    public static IReadOnlyList<int> Candidates(Panel panel, IEnumerable<string>? unavailable = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        return Reserve.Candidates(panel, unavailable);
    }

    /// <summary>
    /// Chooses the alternates whose expected breach over a sample of scenarios is least: the sample-average program of [A25] Assos, Baharav, Flanigan,
    /// Procaccia, Alternates, Assemble!
    /// </summary>
    /// <remarks>
    /// <para>The best is sought by local search; a lower bound on every choice comes from Benders' decomposition and from branch and bound over how many
    /// alternates there are of each kind. Small cases are solved to optimality, larger ones end with a gap. All alternates are taken to be there when they are
    /// called.</para>
    /// <para>Of people whom the same quotas count, as many as are wanted are drawn by lot, each equally likely. Of a household with fewer seats left than
    /// people, those who can be alternates are drawn by lot first. The bound holds for every choice all the same: where the lot may have kept out somebody
    /// better, the alternates are not proven the best.</para>
    /// </remarks>
    /// <param name="sample">The scenarios.</param>
    /// <param name="count">How many alternates, 1 or more.</param>
    /// <param name="random">Decides among people whom the same quotas count, and their order.</param>
    /// <param name="unavailable">Ids of people who cannot be asked; null for nobody.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// <see cref="AlternatesResult.Chosen"/>: the alternates, their expected breach on the sample, and what no others can be below; or
    /// <see cref="AlternatesResult.TooFewCandidates"/>.
    /// </returns>
    /// <exception cref="MalformedInputException">Somebody who is unavailable is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// DropOutChances chances = DropOutChances.Equal(problem, 0.1);
    /// DropOutSample sample = DropOutSample.Draw(panel, chances, 300, RandomSource.Seeded("scenarios"));
    /// if (AlternateSelection.Optimize(sample, count: 12, RandomSource.Seeded("choice")) is AlternatesResult.Chosen chosen)
    /// {
    ///     Console.WriteLine($"{string.Join(", ", chosen.Alternates.Ids)}: {chosen.ExpectedBreach:F3} seats off, at best {chosen.LowerBound:F3}");
    /// }
    /// </code>
    /// </example>
    public static AlternatesResult Optimize(
        DropOutSample sample,
        int count,
        RandomSource random,
        IEnumerable<string>? unavailable = null,
        AlternatesOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(random);
        options ??= new AlternatesOptions();
        Reserve reserve = new(sample.Panel, unavailable, count, random);
        if (reserve.TooFew is AlternatesResult.TooFewCandidates tooFew)
        {
            return tooFew;
        }

        ReserveScenarios scenarios = new(sample, reserve.People, count, Reserve.Candidates(sample.Panel, unavailable));
        using Deadline deadline = new(options.TimeLimit, cancellationToken);
        ReserveChoice choice = new(
            scenarios.Model,
            options.Progress is null ? null : p => options.Progress.Report(new AlternatesProgress(p.Value, p.Bound)),
            deadline.Token,
            cancellationToken);
        bool isComplete = choice.Run();
        List<int> people = [];
        for (int c = 0; c < choice.Alternates.Count; c++)
        {
            people.AddRange(Reserve.Take(scenarios.PeopleOfKind[c], choice.Alternates[c], random));
        }

        return new AlternatesResult.Chosen(new AlternateSet(sample.Panel, Reserve.Take([.. people], count, random)), choice.Value, choice.Bound, isComplete);
    }

    /// <summary>A simple practice: alternates drawn from the candidates by lot, everybody equally likely but for the household rule.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="count">How many alternates, 1 or more.</param>
    /// <param name="random">The lot.</param>
    /// <param name="unavailable">Ids of people who cannot be asked; null for nobody.</param>
    /// <returns>The alternates; null where fewer people can be alternates together.</returns>
    /// <exception cref="MalformedInputException">Somebody who is unavailable is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    internal static AlternateSet? AtRandom(Panel panel, int count, RandomSource random, IEnumerable<string>? unavailable = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(random);
        Reserve reserve = new(panel, unavailable, count, random);
        return reserve.TooFew is null ? new AlternateSet(panel, Reserve.Take(reserve.People, count, random)) : null;
    }

    /// <summary>A simple practice: members drawn by lot are given a reserve each, of the same profile if there is anybody.</summary>
    /// <remarks>
    /// Everybody on the panel is given one before anybody is given a second. Where nobody is like a member in all features, it is somebody who differs in the
    /// fewest; of equals one is drawn.
    /// </remarks>
    /// <param name="panel">The panel.</param>
    /// <param name="count">How many alternates, 1 or more.</param>
    /// <param name="random">The lot.</param>
    /// <param name="unavailable">Ids of people who cannot be asked; null for nobody.</param>
    /// <returns>The alternates; null where fewer people can be alternates together.</returns>
    /// <exception cref="MalformedInputException">Somebody who is unavailable is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    internal static AlternateSet? SameProfile(Panel panel, int count, RandomSource random, IEnumerable<string>? unavailable = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(random);
        Reserve reserve = new(panel, unavailable, count, random);
        if (reserve.TooFew is not null)
        {
            return null;
        }

        List<int> free = [.. reserve.People];
        int[] chosen = new int[count];
        int[] members = [];
        for (int n = 0; n < count; n++)
        {
            if (n % panel.Members.Count == 0)
            {
                members = Reserve.Take([.. panel.Members], panel.Members.Count, random);
            }

            IReadOnlyList<string> profile = panel.Problem.People[members[n % members.Length]].Values;
            int[] differences =
            [
                .. free.Select(i => panel.Problem.People[i].Values.Zip(profile).Count(v => !string.Equals(v.First, v.Second, StringComparison.Ordinal))),
            ];
            int fewest = differences.Min();
            int[] nearest = [.. Enumerable.Range(0, free.Count).Where(i => differences[i] == fewest)];
            int taken = nearest[random.NextBelow(nearest.Length)];
            chosen[n] = free[taken];
            free.RemoveAt(taken);
        }

        return new AlternateSet(panel, chosen);
    }
}
