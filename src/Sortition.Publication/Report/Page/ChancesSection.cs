using Sortition.Publication.Report.Charts;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Page;

/// <summary>
/// What everybody's chance was: all of them in order, how even they are, whether that is the best possible, what the ballots changed, and by group.
/// </summary>
internal static class ChancesSection
{
    public static void Write(PageWriter page)
    {
        page.Begin("chances", "chances.heading");
        if (page.Report.Chances is not ReportChances chances)
        {
            page.Paragraph("chances.unknown");
            page.Markup.CloseLine();
            return;
        }

        WriteAll(page, chances);
        WriteEvenness(page, chances);
        ProofPart.Write(page);
        if (page.Report.HasBallots)
        {
            WriteRounding(page, chances);
            MixingPart.Write(page);
        }

        WriteGroups(page);
        page.Markup.CloseLine();
    }

    private static void WriteAll(PageWriter page, ReportChances chances)
    {
        (ReportContent report, ReportLanguage language) = (page.Report, page.Language);
        bool areEqual = chances.Ideal.Count == 1 && chances.Uncovered == 0;
        page.Paragraph(
            areEqual ? "chances.same" : "chances.intro",
            ("equal", page.Chance(report.EqualChance)), (
                "seats", Inline.Strong(language.Count("count.seats", report.PanelSize))), ("people", page.People(report.PoolSize - report.MustBeOut)));
        if (!areEqual)
        {
            page.Markup.Open("ul").Line();
            WriteEnd(page, chances.Ideal[0], "chances.lowest");
            WriteEnd(page, chances.Ideal[^1], "chances.highest");
            page.Markup.CloseLine();
        }

        if (chances.Uncovered > 0)
        {
            page.Paragraph(page.Choose("chances.uncovered", "chances.uncovered.round"), ("people", page.People(chances.Uncovered)));
        }

        if (chances.WithoutChance > 0)
        {
            page.Paragraph("chances.without", ("people", page.People(chances.WithoutChance)));
        }

        page.Chart(new ChancesChart(report, chances, language));
        IReadOnlyList<ChanceStep>? byBallots = report.HasBallots ? Ranks.ByBallots(chances, report.Ballots) : null;
        page.Table(
            "chances-table",
            caption => caption.Text(language.Text("chances.table")),
            [language.Text("column.rank"), language.Text("column.ideal"), .. byBallots is null ? (string[])[] : [language.Text("column.ballots")]],
            [
                Row(language.Text("rank.lowest"), 0),
                .. ((double[])[0.1, 0.25, 0.5, 0.75, 0.9]).Select(share => Row(language.Format("rank.share", ("share", language.Tick(share))), share)),
                Row(language.Text("rank.highest"), 1),
            ]);

        (Inline Name, string[] Cells) Row(string name, double share) =>
            (name, [language.Chance(Ranks.At(chances.Ideal, share)), .. byBallots is null ? (string[])[] : [language.Chance(Ranks.At(byBallots, share))]]);
    }

    private static void WriteEnd(PageWriter page, ChanceStep step, string key)
    {
        Markup markup = page.Markup;
        markup.Open("li").Sentence(page.Language, key, ("chance", page.Chance(step.Chance)));
        if (step.Chance is > 0 and <= 1.0 / 3)
        {
            markup.Text(" ").Sentence(page.Language, "chances.odds", ("number", page.Language.Whole((long)Math.Round(1 / step.Chance))));
        }

        if (step.People >= page.Report.SmallestGroup)
        {
            markup.Text(" ").Text(page.Language.Count("chances.have", step.People));
        }

        markup.CloseLine();
    }

    private static void WriteEvenness(PageWriter page, ReportChances chances)
    {
        ReportLanguage language = page.Language;
        page.Heading("h3", "even.heading");
        page.Paragraph("even.half", ("share", Inline.Strong(language.Share(Ranks.LowerHalf(chances.Ideal)))));
        page.Paragraph("even.gini", ("gini", Inline.Strong(language.Real(chances.Gini, 3))));
    }

    private static void WriteRounding(PageWriter page, ReportChances chances)
    {
        (ReportContent report, ReportLanguage language) = (page.Report, page.Language);
        BallotStep lowest = chances.ByBallots[0];
        page.Heading("h3", "rounding.heading");
        page.Paragraph("rounding.why", ("ballots", language.Count("count.ballots", report.Ballots)));
        page.Markup.Open("ul").Line();
        page.Item(
            "rounding.lowest",
            ("ballots", Inline.Strong(language.Count("count.ballots", lowest.Ballots))), ("all", language.Whole(report.Ballots)), (
                "chance", page.Chance((double)lowest.Ballots / report.Ballots)));
        page.Item("rounding.largest", ("difference", Inline.Strong(language.Points(report.Rounding.LargestDifference))));
        if (report.Rounding.IsWithinOneBallot)
        {
            page.Item("rounding.within");
        }

        page.Item("rounding.expected");
        if (report.Rounding.LostAll > 0)
        {
            page.Item("rounding.lost", ("people", page.People(report.Rounding.LostAll)));
        }

        page.Markup.CloseLine();
    }

    private static void WriteGroups(PageWriter page)
    {
        (ReportContent report, ReportLanguage language, Markup markup) = (page.Report, page.Language, page.Markup);
        page.Heading("h3", "groups.heading");
        page.Paragraph("groups.intro");
        if (report.Features.Any(f => f.Groups.Any(g => g.Visibility is ChanceVisibility.TooFew or ChanceVisibility.Withheld)))
        {
            page.Paragraph("groups.hidden", ("smallest", language.Whole(report.SmallestGroup)));
        }

        for (int f = 0; f < report.Features.Count; f++)
        {
            ReportFeature feature = report.Features[f];
            markup.Open("div", ("class", "feature")).Line();
            markup.Open("h4").Data(feature.Name).CloseLine();
            page.Chart(new GroupChancesChart(report, f, language));
            page.Table(
                $"groups-table-{Drawing.Number(f + 1)}",
                caption => caption.Sentence(language, "groups.table", ("feature", Inline.Data(feature.Name))),
                [language.Text("column.group"), language.Text("column.lowest"), language.Text("column.mean"), language.Text("column.highest")],
                feature.Groups.Select(g => (Inline.Data(g.Name), Cells(page, g))));
            markup.CloseLine();
        }
    }

    private static string[] Cells(PageWriter page, ReportGroup group)
    {
        ReportLanguage language = page.Language;
        if (group.Chances is GroupChances chances)
        {
            return [language.Chance(chances.Lowest), language.Chance(chances.Mean), language.Chance(chances.Highest)];
        }

        string why = GroupTexts.Hidden(group, page.Report, language);
        return [why, why, why];
    }
}
