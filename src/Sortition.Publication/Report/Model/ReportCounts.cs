using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;

namespace Sortition.Publication.Report.Model;

/// <summary>Counts what a report tells, from a lottery and its ballots.</summary>
internal static class ReportCounts
{
    /// <summary>Chances that differ by less than this, relatively, are one step: far more than rounding errors, far less than anybody could see.</summary>
    private const double Same = 1e-8;

    public static ReportContent Count(PanelLottery lottery, PanelTable ballots, CitizenReportOptions options, CancellationToken cancellationToken)
    {
        Check(lottery, ballots, options);
        SelectionProblem problem = lottery.Problem;
        bool[] covered = LotteryMetrics.CoveredBy(lottery);
        int keptOut = problem.People.Count(p => p.Status == PersonStatus.MustBeOut);
        double[] chances = lottery.SelectionProbabilities();
        int[] counts = BallotsOfPeople(ballots);
        int[] people = [.. Enumerable.Range(0, covered.Length).Where(i => covered[i])];
        List<CountedFeature> features = Features(lottery, ballots, options, covered);
        RoundingError quality = RoundingError.Compute(lottery, ballots);
        return new DisplayNames(options.DisplayNames).In(new ReportContent
        {
            Title = options.Title,
            IsRehearsal = options.IsRehearsal,
            Details = ReportDetails.Of(options),
            PoolSize = problem.People.Count,
            PanelSize = problem.PanelSize,
            Ballots = ballots.Rows.Count,
            HouseholdLimit = problem.HouseholdLimit,
            MustBeIn = problem.People.Count(p => p.Status == PersonStatus.MustBeIn),
            MustBeOut = keptOut,
            Features = [.. features.Select(f => f.Report)],
            Chances = new ReportChances
            {
                Covered = people.Length,
                Uncovered = covered.Length - people.Length - keptOut,
                WithoutChance = lottery.WithoutChance.Count,
                Ideal = Steps([.. people.Select(i => chances[i]).Order()]),
                ByBallots = [.. people.GroupBy(i => counts[i]).OrderBy(g => g.Key).Select(g => new BallotStep(g.Key, g.Count()))],
                Gini = LotteryMetrics.Compute(lottery).Gini,
            },
            Rounding = new ReportRounding(quality.MaxDeviation, people.Count(i => chances[i] > 0 && counts[i] == 0), quality.IsWithinOneBallot),
            Mixing = ReportMixing.Of(options.Mixing ?? BallotMixing.Measure(ballots)),
            Certificate = lottery.Certificate,
            SmallestGroup = options.SmallestGroup,
            RandomnessSource = options.RandomnessSource,
            Method = options.Draw?.Method ?? options.Method,
            Draw = options.Draw,
            Round = options.Round is { } round ? new ReportRound(round.PanelSize, round.Staying) : null,
            QuotaChanges = options.WishedQuotas is { } wished ? QuotaComparison.Of(problem, options.Round, wished) : null,
            Mirror = options.Population is { } population
                ? MirrorCounts.Of(problem, problem.People.Count, features, options.Draw is not null, chances, options, population, options.Round is not null)
                : null,
            DropOuts = options.LookAhead is { } ahead ? DropOutCounts.Of(ahead) : null,
            Alternates = options.Alternates is { } alternates
                ? AlternatesCounts.Of(alternates, options.DropOutChance, options.RootHash, cancellationToken)
                : null,
            RootHash = options.RootHash,
            PublishedAt = options.PublishedAt,
        });
    }

    private static void Check(PanelLottery lottery, PanelTable ballots, CitizenReportOptions options)
    {
        if (!ballots.Problem.Equals(lottery.Problem))
        {
            throw new ArgumentException("The ballots are of another problem than the lottery.", nameof(ballots));
        }

        if (ballots.Rows.Any(r => r.Weight != 1))
        {
            throw new ArgumentException("Ballots have the weight 1; this table is a lottery.", nameof(ballots));
        }

        CheckDetails(options);

        if (options.Mixing is { } mixing && mixing.Ballots != ballots.Rows.Count)
        {
            throw new ArgumentException("The figures of mixing are of other ballots.", nameof(options));
        }

        if (options.Draw is DrawRecord draw && (draw.Ballot < 0 || draw.Ballot >= ballots.Rows.Count))
        {
            throw new ArgumentException("The ballot drawn is none of the ballots.", nameof(options));
        }

        if (options.Round is { } round && RoundCheck.Run(lottery.Problem, round).Outcome != VerificationOutcome.Passed)
        {
            throw new ArgumentException("The round is not that of the lottery.", nameof(options));
        }

        if (options.LookAhead is { } ahead && !IsDrawn(ahead.Panel))
        {
            throw new ArgumentException("The look ahead is not of the whole panel that was drawn.", nameof(options));
        }

        if (options.Alternates is { } alternates && !IsDrawn(alternates.Panel))
        {
            throw new ArgumentException("The alternates are not of the whole panel that was drawn.", nameof(options));
        }

        if (options.DropOutChance is not (>= 0 and <= 1))
        {
            throw new ArgumentException("A drop-out chance is a number from 0 to 1.", nameof(options));
        }

        if (options.RootHash is string root && !RootHash.IsHash(root))
        {
            throw new ArgumentException("A root hash is 64 hexadecimal digits in lower case.", nameof(options));
        }

        bool IsDrawn(Panel panel) =>
            options.Round is null
                && options.Draw is { } draw && panel.Problem.Equals(lottery.Problem) && panel.Members.SequenceEqual(ballots.Rows[draw.Ballot].Panel.Members);
    }

    /// <summary>Checks what is said of any report.</summary>
    public static void CheckDetails(CitizenReportOptions options)
    {
        if (options.SmallestGroup < 1)
        {
            throw new ArgumentException("The smallest group whose chances are told has 1 person or more.", nameof(options));
        }

        if (options.Invited < 1)
        {
            throw new ArgumentException("If people were invited, there was 1 or more.", nameof(options));
        }
    }

    private static int[] BallotsOfPeople(PanelTable ballots)
    {
        int[] counts = new int[ballots.Problem.People.Count];
        foreach (int person in ballots.Rows.SelectMany(r => r.Panel.Members))
        {
            counts[person]++;
        }

        return counts;
    }

    /// <summary>Chances from the lowest to the highest, equal ones as one step.</summary>
    public static List<ChanceStep> Steps(double[] sorted)
    {
        List<ChanceStep> steps = [];
        for (int i = 0, next; i < sorted.Length; i = next)
        {
            next = i + 1;
            while (next < sorted.Length && sorted[next] - sorted[i] <= Same * sorted[next])
            {
                next++;
            }

            steps.Add(new ChanceStep(sorted[i], next - i));
        }

        return steps;
    }

    private static List<CountedFeature> Features(PanelLottery lottery, PanelTable ballots, CitizenReportOptions options, bool[] covered)
    {
        SelectionProblem problem = lottery.Problem;

        // Before the draw the summary is of some panel all the same, whose seats are not looked at.
        Panel panel = ballots.Rows[options.Draw?.Ballot ?? 0].Panel;
        List<CountedFeature> features = [];
        IReadOnlyList<PublishedRoundQuota>? whole = options.Round?.Quotas;
        int wholePanelSize = options.Round?.PanelSize ?? lottery.Problem.PanelSize;

        // Of a round, quotas beyond those of the whole panel are about the households of those who stay, which is nobody's business.
        HashSet<string> ofHouseholds = [.. problem.Quotas.Skip(whole?.Count ?? problem.Quotas.Count).Select(q => q.FeatureLabel)];
        foreach (IGrouping<(int Count, string Label), GroupSummary> groups in
            GroupSummary.Summarize(panel, lottery).GroupBy(g => (g.Condition.Count, Label: Label(g))).Where(g => !ofHouseholds.Contains(g.Key.Label)))
        {
            GroupSummary[] summaries = [.. groups];
            ChanceVisibility[] visibility = SmallGroups.Of([.. summaries.Select(Covered)], options.SmallestGroup);
            features.Add(new CountedFeature(
                new ReportFeature(
                    groups.Key.Label,
                    [.. summaries.Select((s, g) => Group(s, WholeQuota(s.Quota), visibility[g], options.Draw is not null, wholePanelSize))]),
                [.. summaries.Select(s => s.Condition)]));
        }

        return features;

        PublishedRoundQuota? WholeQuota(Quota? quota) =>
            quota is null || whole is null ? null : whole[problem.Quotas.Index().First(q => quota.Equals(q.Item)).Index];

        int Covered(GroupSummary group)
        {
            int[] indices = [.. group.Condition.Select(term => IndexOf(problem, term.Feature))];
            int count = 0;
            for (int i = 0; i < covered.Length; i++)
            {
                IReadOnlyList<string> values = problem.People[i].Values;
                count += covered[i] && group.Condition.Index().All(t => string.Equals(values[indices[t.Index]], t.Item.Value, StringComparison.Ordinal))
                    ? 1
                    : 0;
            }

            return count;
        }
    }

    private static string Label(GroupSummary group) => string.Join(" & ", group.Condition.Select(c => c.Feature));

    private static int IndexOf(SelectionProblem problem, string feature) =>
        problem.Features.Index().First(f => string.Equals(f.Item.Name, feature, StringComparison.Ordinal)).Index;

    private static ReportGroup Group(GroupSummary summary, PublishedRoundQuota? whole, ChanceVisibility visibility, bool isDrawn, int wholePanelSize) => Group(
        string.Join(" & ", summary.Condition.Select(c => c.Value)),
        whole?.Min ?? summary.Quota?.Min,
        whole?.Max ?? summary.Quota?.Max,
        wholePanelSize,
        summary.Pool,
        isDrawn ? summary.Panel : null,
        visibility,
        summary.LowestChance is double lowest ? new GroupChances(lowest, summary.MeanChance!.Value, summary.HighestChance!.Value) : null,
        whole?.Staying);

    /// <summary>What is told of a group.</summary>
    public static ReportGroup Group(
        string name, int? min, int? max, int panelSize, int pool, int? panel, ChanceVisibility visibility, GroupChances? chances, int? staying = null)
    {
        // From none to all is how files say that a value has no quota.
        bool isQuota = min > 0 || max < panelSize;
        return new ReportGroup(
            name,
            isQuota ? min : null,
            isQuota ? max : null,
            pool,
            panel,
            visibility,
            visibility == ChanceVisibility.Shown ? chances : null,
            staying);
    }
}
