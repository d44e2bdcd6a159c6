using System.Xml.Linq;
using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

/// <summary>What a report tells of people kept ready: how well they could step in, by hand and by trying everything.</summary>
public sealed class AlternatesReportTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 0.9375)]
    public void The_small_case_is_known_by_hand(int alternates, double filled)
    {
        // A man can take the man's seat, but not the woman's: quotas are kept if she stays.
        ReportAlternates counts = Small(alternates, 0.25).Alternates!;
        Assert.Equal((alternates, 2, 1, 0.25, 4, true), (counts.Alternates, counts.Members, counts.ReplaceableMembers, counts.DropOutChance, counts.Cases, counts.IsExact));
        Assert.Equal(0.75, counts.KeptShare, 12);
        Assert.Equal(filled, counts.FilledShare, 12);
    }

    [Theory]
    [InlineData("en", "How many: 2 people.", "for 1 of 2 members an alternate fits", "a chance of 25%", "that is 0.5 of 2 members", "In 75 of 100 cases every quota is kept", "In 100 of 100 cases there are enough", "4 cases, each by how likely it is")]
    [InlineData("da", "Så mange er de: 2 personer.", "For 1 af 2 medlemmer er der en suppleant", "en chance på 25\u00a0%", "gennemsnit 0,5 af 2 medlemmer", "I 75 af 100 tilfælde er alle kvoter overholdt", "I 100 af 100 tilfælde er der suppleanter nok", "4 tilfælde, hvert efter, hvor sandsynligt det er")]
    public void The_page_tells_it_in_plain_words(string code, params string[] sentences)
    {
        XElement page = Reports.Tree(Reports.Html(Small(2, 0.25), code));
        string section = page.Descendants("section").Single(s => s.Attribute("id")!.Value == "alternates").Value;
        Assert.All(sentences, sentence => Assert.Contains(sentence, section, StringComparison.Ordinal));
        Assert.Contains(page.Descendants("nav").Descendants("a"), a => a.Attribute("href")!.Value == "#alternates");
        Assert.DoesNotContain("10,000", section, StringComparison.Ordinal);
        Assert.DoesNotContain("10.000", section, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_panel_is_counted_in_cases_that_follow_from_the_root()
    {
        PanelLottery lottery = Reports.Albertslund();
        PanelTable ballots = DependentRounding.Round(lottery, 100, RandomSource.Seeded("x"));
        Panel panel = ballots.Rows[42].Panel;
        SelectionProblem problem = lottery.Problem;
        int[] ready = [.. Alike(panel).Take(3)];
        AlternateSet alternates = AlternateSet.Create(panel, ready.Select(i => problem.People[i].Id));
        ReportContent report = Counted(Reports.Root);
        ReportAlternates counts = report.Alternates!;
        Assert.Equal((3, 36, 10_000, false), (counts.Alternates, counts.Members, counts.Cases, counts.IsExact));

        // Whoever drops out, every choice of alternates is tried.
        bool[][] matches = [.. problem.People.Select(p => problem.Quotas.Select(q => problem.Matches(p, q)).ToArray())];
        Assert.Equal(panel.Members.Count(m => CanStepIn([m])), counts.ReplaceableMembers);
        Assert.InRange(counts.ReplaceableMembers, 1, 35);
        RandomSource random = RandomSource.Seeded("alternates " + Reports.Root);
        (int kept, int filled) = (0, 0);
        for (int j = 0; j < 10_000; j++)
        {
            int[] gone = [.. panel.Members.Where(_ => (random.NextUInt64() >> 11) / (double)(1UL << 53) < 0.04)];
            kept += CanStepIn(gone) ? 1 : 0;
            filled += gone.Length <= 3 ? 1 : 0;
        }

        Assert.InRange(kept, 2301, 9000);
        Assert.Equal((kept / 10_000.0, filled / 10_000.0), (Math.Round(counts.KeptShare, 9), Math.Round(counts.FilledShare, 9)));

        string html = Reports.Html(report);
        Assert.Contains("10,000 cases were drawn at random", html, StringComparison.Ordinal);
        Assert.Contains("follow from the root hash", html, StringComparison.Ordinal);
        Assert.All(problem.People, p => Assert.DoesNotContain(p.Id, html, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("follow from the root hash", Reports.Html(Counted(null)), StringComparison.Ordinal);
        Assert.NotEqual(counts.KeptShare, Counted(new string('1', 64)).Alternates!.KeptShare);

        ReportContent Counted(string? root) =>
            Reports.Count(lottery, ballots, Reports.Options(drawn: 42, alternates: alternates, dropOutChance: 0.04, root: root));

        bool CanStepIn(int[] gone)
        {
            int size = Math.Min(gone.Length, ready.Length);
            for (int set = 0; set < 1 << ready.Length; set++)
            {
                int[] members = [.. panel.Members.Except(gone), .. ready.Where((_, a) => (set >> a & 1) != 0)];
                if (members.Length == 36 - gone.Length + size
                    && Enumerable.Range(0, problem.Quotas.Count).All(q => members.Count(i => matches[i][q]) is int n && n >= problem.Quotas[q].Min && n <= problem.Quotas[q].Max))
                {
                    return true;
                }
            }

            return false;
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0001, "0.1")]
    [InlineData(0.005, "0.5")]
    [InlineData(0.126, "13")]
    [InlineData(0.9931, "99.3")]
    [InlineData(0.9999, "99.9")]
    [InlineData(0.9999999999999, "100")]
    [InlineData(1, "100")]
    public void Almost_none_is_not_none_and_almost_all_not_all(double share, string number)
    {
        ReportContent report = Small(2, 0.25);
        report = report with { Alternates = report.Alternates! with { KeptShare = share } };
        Assert.Contains($"In <strong>{number}</strong> of 100 cases every quota is kept", Reports.Html(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Alternates_of_another_panel_are_refused()
    {
        PanelLottery lottery = Reports.OneWomanThreeMen();
        PanelTable ballots = DependentRounding.Round(lottery, 4, RandomSource.Seeded("x"));
        Panel drawn = ballots.Rows[0].Panel;
        Panel other = ballots.Rows.Select(r => r.Panel).First(p => !p.Members.SequenceEqual(drawn.Members));
        Assert.NotNull(Reports.Count(lottery, ballots, Reports.Options(drawn: 0, alternates: Ready(drawn, 2))).Alternates);
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, ballots, Reports.Options(drawn: 0, alternates: Ready(other, 1))));
        Assert.Throws<ArgumentException>(() => Reports.Count(lottery, ballots, Reports.Options(alternates: Ready(drawn, 2))));
        Assert.All(
            (double[])[-0.1, 1.1, double.NaN],
            chance => Assert.Throws<ArgumentException>(
                () => Reports.Count(lottery, ballots, Reports.Options(drawn: 0, alternates: Ready(drawn, 2), dropOutChance: chance))));
        PanelTable joining = RoundExample.Of(Form.Private).ToTable();
        Panel ofRound = joining.Rows[0].Panel;
        Assert.Throws<ArgumentException>(() => Reports.Count(
            RoundExample.Lottery, joining, Reports.Options(drawn: 0, round: RoundExample.Of(Form.Private).Round, alternates: Ready(ofRound, 1))));
        Assert.DoesNotContain("id=\"alternates\"", Reports.Html(Reports.Of(lottery, 4, Reports.Drawn(0))), StringComparison.Ordinal);
    }

    [Fact]
    public void Counting_can_be_stopped()
    {
        PanelLottery lottery = Reports.Albertslund();
        PanelTable ballots = DependentRounding.Round(lottery, 100, RandomSource.Seeded("x"));
        CitizenReportOptions options = Reports.Options(drawn: 42, alternates: Ready(ballots.Rows[42].Panel, 2));
        Assert.Throws<OperationCanceledException>(() => CitizenReport.Create(lottery, ballots, options, new CancellationToken(canceled: true)));
    }

    private static ReportContent Small(int alternates, double chance) => Reports.WithAlternates(Reports.OneWomanThreeMen(), alternates, chance);

    private static AlternateSet Ready(Panel panel, int count) => AlternateSet.Create(panel, panel.Problem.People.Select(p => p.Id).Except(panel.Ids).Take(count));

    /// <summary>People off a panel, those first of whom most members have every value in common.</summary>
    private static IEnumerable<int> Alike(Panel panel) => Enumerable.Range(0, panel.Problem.People.Count).Except(panel.Members)
        .OrderByDescending(i => panel.Members.Count(m => panel.Problem.People[m].Values.SequenceEqual(panel.Problem.People[i].Values)));
}
