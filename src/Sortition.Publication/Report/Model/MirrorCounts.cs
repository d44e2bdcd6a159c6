using System.Numerics;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Targets;

namespace Sortition.Publication.Report.Model;

/// <summary>Sets the groups of a lottery against the population.</summary>
internal static class MirrorCounts
{
    /// <exception cref="ArgumentException">The population has none of the lottery's features, or lacks values of one that it has.</exception>
    /// <param name="problem">The problem; its people are looked at before a draw only.</param>
    /// <param name="poolSize">How many people the pool has.</param>
    /// <param name="features">What is told of the groups.</param>
    /// <param name="isDrawn">Whether the panel has been drawn.</param>
    /// <param name="chances">Everybody's chance, before a draw.</param>
    /// <param name="options">What is told beside.</param>
    /// <param name="population">The population.</param>
    /// <param name="isRound">Whether some members of the panel stay, and the others are drawn.</param>
    public static IReadOnlyList<ReportMirrorFeature> Of(
        SelectionProblem problem,
        int poolSize,
        IReadOnlyList<CountedFeature> features,
        bool isDrawn,
        double[] chances,
        CitizenReportOptions options,
        Population population,
        bool isRound)
    {
        Check(problem, features, population);
        return
        [
            .. features.Where(f => f.Conditions.All(c => IsTold(population, c))).Select(f =>
                Feature(problem, f, population, poolSize, (group, condition) => PanelShare(problem, group, condition, isDrawn, options, chances, isRound))),
        ];
    }

    private static ReportMirrorFeature Feature(
        SelectionProblem problem,
        CountedFeature feature,
        Population population,
        int poolSize,
        Func<ReportGroup, IReadOnlyList<FeatureValue>, double?> panelShare)
    {
        List<ReportMirrorGroup> groups = [.. feature.Report.Groups.Select((group, g) => new ReportMirrorGroup(
            group.Name,
            Share(population, feature.Conditions[g]),
            group.Pool / (double)poolSize,
            panelShare(group, feature.Conditions[g])))];
        if (feature.Conditions[0].Count == 1)
        {
            string name = feature.Conditions[0][0].Feature;
            groups.AddRange(population.By(name).Groups
                .Where(g => problem.FindValue(name, g.Condition[0].Value) is null)
                .Select(g => new ReportMirrorGroup(g.Condition[0].Value, Share(population, g.Condition), 0, 0)));
        }

        IReadOnlyList<PopulationGroup> told = population.By(feature.Conditions[0].Select(t => t.Feature)).Groups;
        return new ReportMirrorFeature(feature.Report.Name, groups)
        {
            Sources = Remarks(told, group => group.Source),
            Comments = Remarks(told, group => group.Comment),
        };
    }

    /// <summary>What is said of the groups, each text once.</summary>
    private static ReportRemark[] Remarks(IReadOnlyList<PopulationGroup> groups, Func<PopulationGroup, string?> remark) =>
    [
        .. groups.Where(g => !string.IsNullOrWhiteSpace(remark(g)))
            .GroupBy(g => remark(g)!.Trim(), StringComparer.Ordinal)
            .Select(same => new ReportRemark(
                same.Key, same.Count() == groups.Count ? [] : [.. same.Select(g => string.Join(" & ", g.Condition.Select(t => t.Value)))])),
    ];

    private static double? PanelShare(
        SelectionProblem problem,
        ReportGroup group,
        IReadOnlyList<FeatureValue> condition,
        bool isDrawn,
        CitizenReportOptions options,
        double[] chances,
        bool isRound)
    {
        int panelSize = options.Round?.PanelSize ?? problem.PanelSize;
        if (isDrawn)
        {
            return group.WholePanel(isRound) / (double)panelSize;
        }

        // What can be expected is the group's chances added up, and tells as much as their mean.
        if (group.Visibility is ChanceVisibility.TooFew or ChanceVisibility.Withheld || (options.Round is not null && group.Staying is null))
        {
            return null;
        }

        int[] places = [.. condition.Select(t => problem.Features.Index().First(f => string.Equals(f.Item.Name, t.Feature, StringComparison.Ordinal)).Index)];
        double expected = problem.People.Index()
            .Where(p => condition.Index().All(t => string.Equals(p.Item.Values[places[t.Index]], t.Item.Value, StringComparison.Ordinal)))
            .Sum(p => chances[p.Index]);
        return ((group.Staying ?? 0) + expected) / panelSize;
    }

    private static void Check(SelectionProblem problem, IReadOnlyList<CountedFeature> features, Population population)
    {
        IReadOnlyList<FeatureValue>[] shared = [.. features.SelectMany(f => f.Conditions).Where(c => c.Count == 1 && IsTold(population, c))];
        if (shared.Length == 0)
        {
            throw new ArgumentException("The population has none of the lottery's features.", nameof(population));
        }

        if (shared.FirstOrDefault(c => !population.By(c[0].Feature).Groups.Any(g => c[0].Equals(problem.FindValue(c[0].Feature, g.Condition[0].Value))))
            is { } missing)
        {
            throw new ArgumentException($"The population does not say how many have \"{missing[0]}\".", nameof(population));
        }
    }

    /// <summary>Whether the population tells how many have each value, or all of several.</summary>
    private static bool IsTold(Population population, IReadOnlyList<FeatureValue> condition) =>
        (condition.Count == 1 || population.IsCrossTable) && condition.All(t => population.Features.Contains(t.Feature, NameComparer.Instance));

    /// <summary>To 18 decimals, since weights may be too large for a double. Nobody is in a combination that a cross table does not list.</summary>
    private static double Share(Population population, IReadOnlyList<FeatureValue> condition)
    {
        Breakdown breakdown = population.By(condition.Select(t => t.Feature));
        PopulationGroup? group = breakdown.Groups.FirstOrDefault(
            g => g.Condition.Zip(condition).All(t => NameComparer.Instance.Equals(t.First.Value, t.Second.Value)));
        BigInteger scale = BigInteger.Pow(10, 18);
        return group is null ? 0 : (double)(group.Weight * scale / breakdown.Total) / (double)scale;
    }
}
