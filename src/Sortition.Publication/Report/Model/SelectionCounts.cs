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
        return new DisplayNames(options.DisplayNames).In(new ReportContent
        {
            Title = options.Title,
            IsRehearsal = options.IsRehearsal || selection.IsRehearsal,
            Details = ReportDetails.Of(options),
            PoolSize = selection.PoolSize,
            PanelSize = selection.PanelSize,
            Ballots = 0,
            Seed = selection.Seed,
            DrawnBy = selection.Lottery is null ? selection.Algorithm : null,
            Round = selection.Round is { } round ? new ReportRound(round.PanelSize, round.Staying) : null,
            HouseholdLimit = selection.HouseholdLimit,
            MustBeIn = selection.MustBeIn,
            MustBeOut = selection.MustBeOut,
            Features = [.. features.Select(f => f.Report)],
            Chances = selection.Lottery is { } lottery ? Chances(lottery) : null,
            Rounding = new ReportRounding(0, 0, IsWithinOneBallot: true),
            Mixing = new ReportMixing(0, null, null, []),
            Certificate = selection.Lottery?.Certificate,
            SmallestGroup = options.SmallestGroup,
            QuotaChanges = options.WishedQuotas is { } wished ? QuotaComparison.Of(selection.Problem, null, wished) : null,
            Mirror = options.Population is { } population
                ? MirrorCounts.Of(selection.Problem, selection.PoolSize, features, isDrawn: true, [], options, population, selection.Round is not null)
                : null,
        });
    }

    private static ReportChances Chances(RecordedLottery lottery)
    {
        IEnumerable<double> chances = lottery.Types.Where(t => t.Chance > 0).SelectMany(t => Enumerable.Repeat(t.Chance, t.People))
            .Concat(Enumerable.Repeat(0.0, lottery.WithoutChance));
        IReadOnlyList<ChanceStep> steps = ReportCounts.Steps([.. chances.Order()]);
        return new ReportChances
        {
            Covered = steps.Sum(s => s.People),
            Uncovered = lottery.Uncovered,
            WithoutChance = lottery.WithoutChance,
            Ideal = steps,
            ByBallots = [],
            Gini = lottery.Gini,
        };
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
                    selection.Round?.PanelSize ?? selection.PanelSize,
                    group.Pool,
                    group.Panel,
                    group.Chances is null ? ChanceVisibility.Nobody : visibility[g],
                    group.Chances,
                    group.Staying))]),
            [.. groups.Select(g => g.Condition)]);
    }

    /// <summary>How many people of a group are known to have a chance.</summary>
    private static int Covered(RecordedSelection selection, RecordedGroup group) => selection.Lottery is null ? 0 : selection.Lottery.Types
        .Where(t => t.Chance > 0 && group.Condition.All(c => t.Values.Contains(c)))
        .Sum(t => t.People);
}
