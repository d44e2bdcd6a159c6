namespace Sortition.Publication.Report.Model;

/// <summary>Counts what a report tells of a selection that was drawn at once, without ballots.</summary>
internal static class SelectionCounts
{
    /// <exception cref="ArgumentException">An option is about ballots, or does not fit.</exception>
    public static ReportContent Count(RecordedSelection selection, CitizenReportOptions options)
    {
        Check(options);
        List<CountedFeature> features = [.. selection.Groups
            .GroupBy(g => (g.Condition.Count, g.Feature))
            .Select(groups => Feature(selection, groups.Key.Feature, [.. groups], options.SmallestGroup))];
        IEnumerable<double> chances = selection.Types.Where(t => t.Chance > 0).SelectMany(t => Enumerable.Repeat(t.Chance, t.People))
            .Concat(Enumerable.Repeat(0.0, selection.WithoutChance));
        IReadOnlyList<ChanceStep> steps = ReportCounts.Steps([.. chances.Order()]);
        return new DisplayNames(options.DisplayNames).In(new ReportContent
        {
            Title = options.Title,
            IsRehearsal = options.IsRehearsal || selection.IsRehearsal,
            Details = ReportDetails.Of(options),
            PoolSize = selection.PoolSize,
            PanelSize = selection.PanelSize,
            Ballots = 0,
            Seed = selection.Seed,
            HouseholdLimit = selection.HouseholdLimit,
            MustBeIn = selection.MustBeIn,
            MustBeOut = selection.MustBeOut,
            Features = [.. features.Select(f => f.Report)],
            Chances = new ReportChances
            {
                Covered = steps.Sum(s => s.People),
                Uncovered = selection.Uncovered,
                WithoutChance = selection.WithoutChance,
                Ideal = steps,
                ByBallots = [],
                Gini = selection.Gini,
            },
            Rounding = new ReportRounding(0, 0, IsWithinOneBallot: true),
            Mixing = new ReportMixing(0, null, null, []),
            Certificate = selection.Certificate,
            SmallestGroup = options.SmallestGroup,
            QuotaChanges = options.WishedQuotas is { } wished ? QuotaComparison.Of(selection.Problem, null, wished) : null,
            Mirror = options.Population is { } population
                ? MirrorCounts.Of(selection.Problem, selection.PoolSize, features, isDrawn: true, [], options, population)
                : null,
        });
    }

    private static void Check(CitizenReportOptions options)
    {
        ReportCounts.CheckDetails(options);
        object?[] ofBallots =
        [
            options.Draw, options.Round, options.LookAhead, options.Alternates, options.RootHash, options.RandomnessSource, options.PublishedAt, options.Mixing,
        ];
        if (Array.Exists(ofBallots, option => option is not null))
        {
            throw new ArgumentException("A selection that was drawn at once has no ballots to tell of.", nameof(options));
        }
    }

    private static CountedFeature Feature(RecordedSelection selection, string name, RecordedGroup[] groups, int smallest)
    {
        ChanceVisibility[] visibility = SmallGroups.Of([.. groups.Select(g => Covered(selection, g))], smallest);
        return new CountedFeature(
            new ReportFeature(
                name,
                [.. groups.Select((group, g) => ReportCounts.Group(
                    group.Value,
                    group.Min,
                    group.Max,
                    selection.PanelSize,
                    group.Pool,
                    group.Panel,
                    group.Chances is null ? ChanceVisibility.Nobody : visibility[g],
                    group.Chances))]),
            [.. groups.Select(g => g.Condition)]);
    }

    /// <summary>How many people of a group are known to have a chance.</summary>
    private static int Covered(RecordedSelection selection, RecordedGroup group) => selection.Types
        .Where(t => t.Chance > 0 && group.Condition.All(c => t.Values.Contains(c)))
        .Sum(t => t.People);
}
