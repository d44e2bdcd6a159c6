using System.Xml.Linq;
using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Core.Targets;
using Sortition.Files;
using Sortition.Publication.Format;
using Sortition.Publication.Report;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

/// <summary>Small lotteries whose figures are known by hand, a real one, and pages made of them.</summary>
internal static class Reports
{
    public const string Root = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static readonly Lazy<PanelLottery> Example = new(SolveExample);

    public static CitizenReportOptions Titled => Options();

    /// <summary>One woman and three men for a panel of one woman and one man: chances 1, ⅓, ⅓, ⅓, in ballots dealt round the men.</summary>
    public static PanelLottery OneWomanThreeMen() => Solve(Problem(2, ("id-w1", "female"), ("id-m1", "male"), ("id-m2", "male"), ("id-m3", "male")).Quota("gender", "female", 1, 1).Quota("gender", "male", 1, 1));

    public static SelectionProblemBuilder Problem(int seats, params IReadOnlyList<(string Id, string Gender)> people) =>
        new SelectionProblemBuilder(seats).People(people, p => p.Id, null, p => new Dictionary<string, string> { ["gender"] = p.Gender });

    public static PanelLottery Solve(SelectionProblemBuilder builder) => new Leximin().Solve(builder.Build()).GetLotteryOrThrow();

    public static ReportContent Of(PanelLottery lottery, int ballots, CitizenReportOptions? options = null) =>
        Count(lottery, DependentRounding.Round(lottery, ballots, RandomSource.Seeded("x")), options ?? Titled);

    public static PanelLottery Albertslund() => Example.Value;

    public static Population AlbertslundPopulation() => PopulationFiles.Load(TestFiles.PathOf("albertslund", "population.csv"));

    /// <summary>One quota loosened, one moved, one added, one dropped and one as it was wished.</summary>
    public static ReportContent Changed()
    {
        PanelLottery lottery = Solve(new SelectionProblemBuilder(3)
            .People((string[])["fo", "fy", "mo", "my"], p => p, null, p => new Dictionary<string, string> { ["gender"] = p[..1], ["age"] = p[1..] == "o" ? "old" : "young" })
            .Quota("gender", "f", 1, 2).Quota("gender", "m", 1, 4).Quota("age", "old", 1, 2).Quota("age", "young", 0, 3));
        IReadOnlyList<Quota> wished = new SelectionProblemBuilder(3)
            .Quota("gender", "m", 0, 1).Quota("gender", "f", 2, 2).Quota("age", "old", 1, 2)
            .Quota(new QuotaInput { Condition = [new FeatureValue("gender", "f"), new FeatureValue("age", "old")], Min = 1, Max = 1 })
            .Build().Quotas;
        return Of(lottery, 4, Options(wished: wished));
    }

    /// <summary>A drawn panel, with the first people off it kept ready.</summary>
    public static ReportContent WithAlternates(PanelLottery lottery, int alternates, double chance)
    {
        PanelTable ballots = DependentRounding.Round(lottery, 4, RandomSource.Seeded("x"));
        Panel panel = ballots.Rows[0].Panel;
        return Count(
            lottery, ballots, Options(drawn: 0, alternates: AlternateSet.Create(panel, lottery.Problem.People.Select(p => p.Id).Except(panel.Ids).Take(alternates)), dropOutChance: chance));
    }

    /// <summary>One woman and three men, against a population of as many women as men.</summary>
    public static ReportContent Mirrored(int? drawn = null, int smallestGroup = 5) => Of(
        OneWomanThreeMen(),
        4,
        Options(
            drawn: drawn,
            smallestGroup: smallestGroup,
            population: new PopulationBuilder(PopulationMeasure.Count).Group("gender", "female", 1).Group("gender", "male", 1).Build()));

    private static PanelLottery SolveExample() => new Leximin().Solve(InstanceFiles.Load("albertslund", 36).Problem).GetLotteryOrThrow();

    public static CitizenReportOptions Drawn(int ballot) => Options(drawn: ballot);

    /// <summary>Before the draw only the title is told; after it also the root and where things are.</summary>
    public static CitizenReportOptions Options(
        int? drawn = null,
        int smallestGroup = 5,
        PublishedRound? round = null,
        ReplaceabilityAnalysis? lookAhead = null,
        IReadOnlyList<Quota>? wished = null,
        Population? population = null,
        AlternateSet? alternates = null,
        double dropOutChance = 0.1,
        string? root = Root) => new()
        {
            Title = "An assembly",
            SmallestGroup = smallestGroup,
            RootHash = drawn is null && root == Root ? null : root,
            RandomnessSource = drawn is null ? null : "the numbers of a day",
            PublishedAt = drawn is null ? null : "the library",
            Draw = drawn is int ballot ? Draw(DrawMethod.Text, ballot, "1 2 3") : null,
            Round = round,
            LookAhead = lookAhead,
            WishedQuotas = wished,
            Population = population,
            Alternates = alternates,
            DropOutChance = dropOutChance,
        };

    /// <summary>A record of a draw of which only the report's own part matters.</summary>
    public static DrawRecord Draw(DrawMethod method, int ballot, string? text = null) => new() { Root = Root, Method = method, Text = text, Ballot = ballot };

    public static ReportContent Count(PanelLottery lottery, PanelTable ballots, CitizenReportOptions options) =>
        CitizenReport.Create(lottery, ballots, options).Content;

    /// <summary>The round of <see cref="RoundExample"/>, before the draw or after it.</summary>
    public static ReportContent Round(int? drawn) => Count(
        RoundExample.Lottery, RoundExample.Of(Form.Private).ToTable(), Options(drawn: drawn, round: RoundExample.Of(Form.Private).Round));

    /// <summary>A round in which one woman stays, and there is a quota on women only.</summary>
    public static ReportContent RoundWithoutQuota(int? drawn, Population? population = null)
    {
        SelectionProblem problem = Problem(2, ("w1", "female"), ("m1", "male"), ("m2", "male")).Feature("gender", ["female", "male"]).Quota("gender", "female", 1, 1).Build();
        ReplacementRound round = ReplacementRound.Start(problem, ["w1"], []).GetRoundOrThrow();
        PanelLottery lottery = new Leximin().Solve(round.Residual).GetLotteryOrThrow();
        PanelTable ballots = DependentRounding.Round(lottery, 2, RandomSource.Seeded("x"));
        PublishedLottery published = PublishedLottery.Create(lottery, ballots, new PublicationOptions { Seed = "x", Round = round });
        return Count(lottery, ballots, Options(drawn: drawn, round: published.Round, population: population));
    }

    /// <summary>One woman and three men, and a look ahead of the first ballot.</summary>
    public static ReportContent LookingAhead() => LookingAhead(OneWomanThreeMen());

    /// <summary>A look ahead of the first of four ballots.</summary>
    public static ReportContent LookingAhead(PanelLottery lottery)
    {
        PanelTable ballots = DependentRounding.Round(lottery, 4, RandomSource.Seeded("x"));
        return Count(lottery, ballots, Options(drawn: 0, lookAhead: ReplaceabilityAnalysis.Run(ballots.Rows[0].Panel)));
    }

    /// <summary>Two sit on the panel by decision; whoever could follow the one of y lives with the one of x.</summary>
    public static PanelLottery Household() => Solve(new SelectionProblemBuilder(2).HouseholdLimit(1)
        .Quota("gender", "x", 1, 1).Quota("gender", "y", 1, 1)
        .People((string[])["x home", "y away", "y home"], p => p, p => p[2..], p => new Dictionary<string, string> { ["gender"] = p[..1] }));

    public static string Html(ReportContent report, string language = "en")
    {
        StringWriter writer = new();
        HtmlReport.Write(writer, new CitizenReport(report), ReportLanguage.Get(language));
        return writer.ToString();
    }

    public static IReadOnlyList<SvgChart> Charts(ReportContent report, string language) =>
        SvgCharts.Create(new CitizenReport(report), ReportLanguage.Get(language));

    /// <summary>The page as a tree: it is well-formed XML but for its doctype and the elements that HTML does not end.</summary>
    public static XElement Tree(string html)
    {
        string[] lines = html.Split('\n');
        Assert.Equal("<!DOCTYPE html>", lines[0]);
        return XElement.Parse(
            string.Join('\n', lines.Skip(1).Select(l => l.StartsWith("<meta ", StringComparison.Ordinal) || l.StartsWith("<img ", StringComparison.Ordinal) ? l[..^1] + "/>" : l)), LoadOptions.PreserveWhitespace);
    }

    /// <summary>Every kind of report there is something special to say about.</summary>
    public static IEnumerable<ReportContent> Various()
    {
        PanelLottery lottery = OneWomanThreeMen();
        ReportContent report = Of(lottery, 4);
        yield return report;
        foreach (DrawMethod method in Enum.GetValues<DrawMethod>())
        {
            yield return Of(lottery, 4, new() { Title = "t", Method = method });
            yield return Of(lottery, 4, new() { Title = "t", Draw = Reports.Draw(method, 3, method == DrawMethod.Text ? "text" : null) });
        }

        foreach (bool isMixed in (bool[])[true, false])
        {
            yield return report with { Mixing = report.Mixing with { IsMixed = isMixed, LargestPairRatio = 2.5 } };
        }

        yield return Of(lottery, 1, Options(drawn: 0, smallestGroup: 1));
        foreach (string rule in (string[])["leximin", "maximin", "nash", "minimax", "goldilocks", "weighted-leximin", "another"])
        {
            yield return report with { Certificate = report.Certificate!.Change(objective: LotteryAlgorithms.FindObjective(rule, null), claims: []) };
            yield return report with { Certificate = report.Certificate!.Change(objective: LotteryAlgorithms.FindObjective(rule, null), claims: [], status: CertificateStatus.NotProven, value: 0.3, bound: 0.4) };
            yield return report with { Certificate = report.Certificate!.Change(objective: LotteryAlgorithms.FindObjective(rule, null), claims: [], status: CertificateStatus.NotProven, value: double.PositiveInfinity, bound: 1) };
        }

        yield return Of(Solve(Problem(2, ("a", "x"), ("b", "x"), ("c", "y"), ("d", "y")).Quota("gender", "x", 0, 2).Quota("gender", "y", 0, 2)), 10);
        yield return Of(Solve(Problem(2, ("a", "x"), ("b", "x"), ("c", "y"), ("d", "z"), ("e", "x")).Quota("gender", "y", 0, 0).Quota("gender", "x", 1, 2).Quota("gender", "z", 0, 1).HouseholdLimit(1).MustBeIn("a").MustBeOut("b")), 10);
        yield return Of(Solve(new SelectionProblemBuilder(2).People((string[])["a", "b", "c"], p => p, null, _ => new Dictionary<string, string>())), 5);
        foreach (int? drawn in (int?[])[null, 1])
        {
            yield return Round(drawn);
            yield return RoundWithoutQuota(drawn);
        }

        yield return LookingAhead();
        yield return LookingAhead(Household());
        yield return LookingAhead(Solve(Problem(2, ("a", "x"), ("b", "x")).Quota("gender", "x", 0, 2)));
        yield return LookingAhead(Solve(Problem(1, ("a", "x"), ("b", "x")).Quota("gender", "x", 0, 2)));
        yield return Changed();
        yield return Of(lottery, 4, Options(wished: lottery.Problem.Quotas));
        yield return Mirrored();
        yield return Mirrored(smallestGroup: 1);
        yield return Mirrored(drawn: 1);
        foreach (int? drawn in (int?[])[null, 1])
        {
            yield return RoundWithoutQuota(drawn, new PopulationBuilder(PopulationMeasure.Count).Group("gender", "female", 1).Group("gender", "male", 1).Build());
        }

        yield return Count(RoundExample.Lottery, RoundExample.Of(Form.Private).ToTable(), Options(round: RoundExample.Of(Form.Private).Round, wished: RoundExample.Problem.Quotas));
        ReportContent alternates = WithAlternates(lottery, 1, 0.1);
        yield return alternates;
        yield return alternates with { Alternates = alternates.Alternates! with { IsExact = false, Cases = 10_000 } };
        yield return report with { Chances = report.Chances! with { ByBallots = [new BallotStep(0, 2), new BallotStep(4, 2)] }, Rounding = new ReportRounding(0.5, 2, false) };
    }
}
