using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Lotteries;

namespace Sortition.Studies.Metrics;

/// <summary>Figures for which the algorithm runs on other pools: without a feature's quotas, and with somebody who gives false answers.</summary>
internal static class OtherPools
{
    /// <summary>How many types are tried where there are more: each takes a run of the algorithm.</summary>
    private const int MostTypes = 20;

    /// <summary>
    /// For each feature, the probability that a panel meets its quotas though the algorithm knows nothing of them: N panels are drawn, and the share that does
    /// has its Jeffreys interval.
    /// </summary>
    public static IEnumerable<MetricValue> UnseenOf(MetricInput input, CancellationToken cancellationToken)
    {
        SelectionProblem problem = input.Lottery.Problem;
        if (input.Algorithm is not { } algorithm || problem.HouseholdLimit is not null)
        {
            yield break;
        }

        List<double> shares = [];
        foreach (Feature feature in problem.Features)
        {
            bool IsHidden(FeatureValue value) => string.Equals(value.Feature, feature.Name, StringComparison.Ordinal);
            Quota[] hidden = [.. problem.Quotas.Where(quota => quota.Condition.Any(IsHidden))];
            if (hidden.Length == 0 || hidden.Length == problem.Quotas.Count)
            {
                continue;
            }

            StudyRun run = Run(input.Run, "unseen", feature.Name);
            SelectionProblem without = Copy(problem, problem.Features.Where(f => f != feature), problem.Quotas.Except(hidden), (person, f) => person.Values[f]);
            if (algorithm.Run(without, run, cancellationToken).Lottery is not { } lottery)
            {
                continue;
            }

            RandomSource random = RandomSource.Seeded(run.Seed + "\ndraws");
            int[][] panels = lottery.Computed is { } computed
                ? [.. computed.Draw(random, run.Draws).Select(panel => panel.Members.ToArray())]
                : [.. lottery.Panels.Select(panel => panel.Members.ToArray())];

            // People keep their order, and so their indices, for ids do not change.
            int meets = panels.Count(members => Array.TrueForAll(hidden, quota =>
                members.Count(i => problem.Matches(problem.People[i], quota)) is int count && count >= quota.Min && count <= quota.Max));
            double share = meets / (double)panels.Length;
            shares.Add(share);
            yield return new MetricValue($"unseen:{feature.Name}", share, Jeffreys.HalfWidth(meets, panels.Length));
        }

        if (shares.Count > 0)
        {
            yield return new MetricValue("unseen_mean", shares.Average());
        }
    }

    /// <summary>
    /// By how much somebody's chance grows who claims, of every feature, the value that is most wanted for how many have it: the largest (middle of the quota)
    /// / (share of the pool). Over the types, or 20 of them by lot, each with one member who does so ([G24] Baharav, Flanigan, EC 2024).
    /// </summary>
    public static IEnumerable<MetricValue> ManipulationOf(MetricInput input, CancellationToken cancellationToken)
    {
        SelectionProblem problem = input.Lottery.Problem;
        if (input.Algorithm is not { } algorithm || problem.HouseholdLimit is not null)
        {
            yield break;
        }

        string[] claim = [.. problem.Features.Select((feature, f) => MostWanted(problem, feature, f))];
        int[] types =
        [
            .. Enumerable.Range(0, problem.Types.Count)
                .Where(t => problem.Types[t].Status == PersonStatus.Free && !problem.Types[t].Values.SequenceEqual(claim, StringComparer.Ordinal)),
        ];
        Shuffle(types, RandomSource.Seeded(input.Run.Seed + "\nmanipulation"));
        (double most, double sum, double people) = (0, 0, 0);
        foreach (int type in types.Take(MostTypes))
        {
            int liar = problem.Types[type].Members[0];
            string id = problem.People[liar].Id;
            SelectionProblem other = Copy(problem, problem.Features, problem.Quotas, (person, f) => IsLiar(person) ? claim[f] : person.Values[f]);
            bool IsLiar(Person person) => string.Equals(person.Id, id, StringComparison.Ordinal);
            StudyRun run = Run(input.Run, "manipulation", id);
            if (algorithm.Run(other, run, cancellationToken).Lottery is { } lottery)
            {
                double gain = lottery.Chances[liar] - input.Lottery.Chances[liar];
                most = Math.Max(most, gain);
                sum += gain * problem.Types[type].Members.Count;
                people += problem.Types[type].Members.Count;
            }
        }

        if (people > 0)
        {
            yield return new MetricValue("manipulation_types", Math.Min(MostTypes, types.Length));
            yield return new MetricValue("manipulation_max", most);
            yield return new MetricValue("manipulation_mean", sum / people);
        }
    }

    /// <summary>The value with the largest quota for how many have it.</summary>
    private static string MostWanted(SelectionProblem problem, Feature feature, int index) => feature.Values.MaxBy(value =>
    {
        double people = problem.People.Count(person => string.Equals(person.Values[index], value, StringComparison.Ordinal));
        Quota? quota = problem.Quotas.FirstOrDefault(q => q.Condition.Count == 1 && q.Condition[0].Equals(new FeatureValue(feature.Name, value)));
        return quota is null || people == 0 ? 0 : (quota.Min + (double)quota.Max) / people;
    })!;

    private static StudyRun Run(StudyRun run, string figure, string of) =>
        new() { Seed = $"{run.Seed}\n{figure}\n{of}", Draws = run.Draws, TimeLimit = run.TimeLimit };

    private static SelectionProblem Copy(SelectionProblem problem, IEnumerable<Feature> features, IEnumerable<Quota> quotas, Func<Person, int, string> value)
    {
        SelectionProblemBuilder builder = new(problem.PanelSize);
        Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
        for (int f = 0; f < problem.Features.Count; f++)
        {
            indexOf.Add(problem.Features[f].Name, f);
        }

        foreach (Feature feature in features)
        {
            builder.Feature(feature.Name, feature.Values);
        }

        foreach (Quota quota in quotas)
        {
            builder.Quota(new QuotaInput { Condition = quota.Condition, Min = quota.Min, Max = quota.Max });
        }

        return builder.People(problem.People, new PersonReader<Person>
        {
            Id = person => person.Id,
            Value = (person, feature) => value(person, indexOf[feature]),
            Status = person => person.Status,
            Entitlement = person => person.Entitlement,
        }).Build();
    }

    private static void Shuffle(int[] items, RandomSource random)
    {
        for (int i = 0; i < items.Length; i++)
        {
            int j = i + (int)random.NextBelow(items.Length - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
