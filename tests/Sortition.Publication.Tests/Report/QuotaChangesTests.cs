using System.Xml.Linq;
using Sortition.Core;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

/// <summary>What a report tells of quotas that are others than those wished for at first.</summary>
public sealed class QuotaChangesTests
{
    [Fact]
    public void Every_kind_of_change_is_told_in_seats()
    {
        ReportContent report = Reports.Changed();
        ReportQuotaChanges compared = report.QuotaChanges!;
        Assert.Equal(1, compared.Unchanged);
        Assert.Equal(
            [
                ("gender", "f", new ReportBounds(2, 2), new ReportBounds(1, 2), 1, 0),
                ("gender", "m", new ReportBounds(0, 1), new ReportBounds(1, 4), 3, 1),
                ("age", "young", null, new ReportBounds(0, 3), 0, 0),
                ("gender & age", "f & old", new ReportBounds(1, 1), null, 0, 0),
            ],
            compared.Changes.Select(c => (c.Feature, c.Group, c.Before, c.Now, c.Loosened, c.Tightened)));
    }

    [Theory]
    [InlineData("en", "Loosened: 2 quotas, by 4 seats in all.|Tightened: 1 quota, by 1 seat in all.|Dropped: 1 quota.|Added: 1 quota.|Unchanged: 1 quota.", "none", "dropped", "added")]
    [InlineData("da", "Lempet: 2 kvoter, med 4 pladser i alt.|Strammet: 1 kvote, med 1 plads i alt.|Udgået: 1 kvote.|Kommet til: 1 kvote.|Uændret: 1 kvote.", "ingen", "udgået", "kommet til")]
    public void The_page_tells_them_in_words_and_in_a_table(string code, string sentences, string none, string dropped, string added)
    {
        XElement page = Reports.Tree(Reports.Html(Reports.Changed(), code));
        XElement section = page.Descendants("section").Single(s => s.Attribute("id")!.Value == "changes");
        Assert.All(sentences.Split('|'), sentence => Assert.Contains(section.Descendants("li"), li => li.Value.StartsWith(sentence, StringComparison.Ordinal)));
        Assert.Contains(page.Descendants("nav").Descendants("a"), a => a.Attribute("href")!.Value == "#changes");
        Assert.Equal(
            [
                "gender, f|2 → 1|2|1|0",
                "gender, m|0 → 1|1 → 4|3|1",
                $"age, young|{none} → 0|{none} → 3|0|{added}",
                $"gender & age, f & old|1 → {none}|1 → {none}|{dropped}|0",
            ],
            section.Descendants("tbody").Single().Elements("tr").Select(tr => string.Join('|', tr.Elements().Select(e => e.Value.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal)))));
    }

    [Fact]
    public void Where_nothing_differs_that_is_said()
    {
        PanelLottery lottery = Reports.OneWomanThreeMen();
        string html = Reports.Html(Reports.Of(lottery, 4, Reports.Options(wished: lottery.Problem.Quotas)));
        Assert.Contains("No quota was changed. Compared and the same: <strong>2 quotas</strong>.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("changes-table", html, StringComparison.Ordinal);
        Assert.Contains("Ingen kvote er ændret.", Reports.Html(Reports.Of(lottery, 4, Reports.Options(wished: lottery.Problem.Quotas)), "da"), StringComparison.Ordinal);

        // Without the wishes nothing is said.
        Assert.DoesNotContain("id=\"changes\"", Reports.Html(Reports.Of(lottery, 4)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 2, "Quota|At least|At most|Looser", "2 → 1|2 → 4|3")]
    [InlineData(0, 5, "Quota|At least|At most|Stricter", "0 → 1|5 → 4|2")]
    public void Where_all_goes_one_way_the_other_is_left_out(int min, int max, string headings, string cells)
    {
        PanelLottery lottery = Reports.Solve(Reports.Problem(2, ("a", "x"), ("b", "x"), ("c", "y")).Quota("gender", "x", 1, 4).Quota("gender", "y", 0, 1));
        IReadOnlyList<Quota> wished = new SelectionProblemBuilder(2).Quota("gender", "x", min, max).Quota("gender", "y", 0, 1).Build().Quotas;
        XElement table = Reports.Tree(Reports.Html(Reports.Of(lottery, 2, Reports.Options(wished: wished))))
            .Descendants("table").Single(t => t.Element("caption")!.Attribute("id")!.Value == "changes-table-caption");
        Assert.Equal(headings, string.Join('|', table.Element("thead")!.Descendants("th").Select(th => th.Value)));
        Assert.Equal(cells, string.Join('|', table.Element("tbody")!.Descendants("td").Select(td => td.Value)));
    }

    [Fact]
    public void Names_are_matched_as_in_any_quota_file()
    {
        IReadOnlyList<Quota> wished = new SelectionProblemBuilder(9).Quota(" GENDER ", "FEMALE", 1, 1).Quota("Gender", "Male", 1, 1).Build().Quotas;
        Assert.Empty(Reports.Of(Reports.OneWomanThreeMen(), 4, Reports.Options(wished: wished)).QuotaChanges!.Changes);
    }

    [Fact]
    public void In_a_round_the_quotas_of_the_whole_panel_are_compared()
    {
        // Among the quotas of the round are further ones about households, which nobody wished for and nobody is told of.
        Assert.True(RoundExample.Lottery.Problem.Quotas.Count > RoundExample.Problem.Quotas.Count);
        ReportQuotaChanges same = Of(RoundExample.Problem.Quotas);
        Assert.Equal((5, 0), (same.Unchanged, same.Changes.Count));

        Quota[] wished = [.. new SelectionProblemBuilder(6).Quota("gender", "f", 3, 3).Quota("gender", "m", 3, 3).Quota("age", "young", 2, 4).Quota("age", "old", 2, 4).Build().Quotas];
        Assert.Equal([("young", 1, 0), ("old", 1, 0), ("f & old", 0, 0)], Of(wished).Changes.Select(c => (c.Group, c.Loosened, c.Tightened)));

        ReportQuotaChanges Of(IReadOnlyList<Quota> quotas) =>
            Reports.Count(RoundExample.Lottery, RoundExample.Of(Form.Private).ToTable(), Reports.Options(round: RoundExample.Of(Form.Private).Round, wished: quotas)).QuotaChanges!;
    }

    [Fact]
    public void Seats_add_up_as_counted_one_by_one()
    {
        // Of the whole example, every quota wider by random seats: the seats that the wish forbids and the lottery allows are counted one by one.
        PanelLottery lottery = Reports.Albertslund();
        RandomSource random = RandomSource.Seeded("changes");
        SelectionProblemBuilder builder = new(36);
        int allowed = 0;
        foreach (Quota quota in lottery.Problem.Quotas)
        {
            int min = quota.Min + (int)random.NextBelow(quota.Max - quota.Min + 1);
            int max = min + (int)random.NextBelow(quota.Max - min + 1);
            builder.Quota(quota.Condition[0].Feature, quota.Condition[0].Value, min, max);
            allowed += Enumerable.Range(0, 37).Count(seats => seats >= quota.Min && seats <= quota.Max && (seats < min || seats > max));
        }

        ReportQuotaChanges compared = Reports.Of(lottery, 100, Reports.Options(wished: builder.Build().Quotas)).QuotaChanges!;
        Assert.InRange(compared.Changes.Count, 1, 21);
        Assert.Equal(22, compared.Changes.Count + compared.Unchanged);
        Assert.Equal(allowed, compared.Changes.Sum(c => c.Loosened));
        Assert.Equal(0, compared.Changes.Sum(c => c.Tightened));
    }

    [Theory]
    [InlineData("income", "high")]
    [InlineData("gender", "other")]
    public void A_wish_for_what_the_lottery_does_not_know_is_refused(string feature, string value)
    {
        IReadOnlyList<Quota> wished = new SelectionProblemBuilder(2).Quota(feature, value, 0, 1).Build().Quotas;
        Assert.Throws<ArgumentException>(() => Reports.Of(Reports.OneWomanThreeMen(), 4, Reports.Options(wished: wished)));
    }
}
