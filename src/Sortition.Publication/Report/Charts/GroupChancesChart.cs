using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Charts;

/// <summary>The lowest, mean and highest chance of the groups of one feature.</summary>
internal sealed class GroupChancesChart(ReportContent report, int feature, ReportLanguage language) : IChart
{
    private const int LegendHeight = 62;
    private const int NameHeight = 22;
    private const int RowHeight = 20;
    private const int Gap = 10;
    private const int AxisHeight = 26;

    private readonly ReportFeature _feature = report.Features[feature];
    private readonly Scale _scale = Scale.UpTo(Math.Max(report.EqualChance, report.Chances?.Highest ?? 0), 5);

    public string Id { get; } = $"group-chances-{Drawing.Number(feature + 1)}";

    public string Title => language.Format("groups.chart", ("feature", SafeText.Isolated(_feature.Name)));

    public string Description => string.Join(" ", _feature.Groups.Select(Describe));

    public int Height => LegendHeight + _feature.Groups.Count * (NameHeight + RowHeight + Gap) + AxisHeight;

    public int Gutter => 132;

    private string X0 => Drawing.Number(-Gutter);

    public void Draw(Markup markup)
    {
        Range(markup, Sample(1), Sample(33), Sample(17), 12);
        Drawing.Text(markup, language.Text("groups.legend"), "legend", Sample(42), 17);
        Drawing.LineAt(markup, "equal", Sample(1), 36, Sample(33), 36);
        Drawing.Text(markup, language.Format("chances.equal", ("equal", language.Chance(report.EqualChance))), "legend", Sample(42), 41);
        int bottom = Height - AxisHeight;
        foreach (double tick in _scale.Ticks)
        {
            Drawing.LineAt(markup, "grid", X(tick), LegendHeight, X(tick), bottom);
            Drawing.Text(markup, language.Tick(tick), "tick", X(tick), Height - 6, tick == 0 ? "start" : tick == _scale.Top ? "end" : "middle");
        }

        for (int g = 0; g < _feature.Groups.Count; g++)
        {
            Draw(markup, _feature.Groups[g], LegendHeight + g * (NameHeight + RowHeight + Gap));
        }
    }

    private static void Range(Markup markup, string lowest, string highest, string mean, double y)
    {
        Drawing.LineAt(markup, "spread", lowest, y, highest, y);
        Drawing.LineAt(markup, "spread", lowest, y - 6, lowest, y + 6);
        Drawing.LineAt(markup, "spread", highest, y - 6, highest, y + 6);
        markup.Shape("circle", ("class", "mean"), ("cx", mean), ("cy", Drawing.Number(y)), ("r", "5"));
    }

    private void Draw(Markup markup, ReportGroup group, int top)
    {
        Drawing.Text(markup, SafeText.Shortened(group.Name, 42), "name", X0, top + 15);
        double middle = top + NameHeight + RowHeight / 2.0 - 2;
        Drawing.LineAt(markup, "equal", X(report.EqualChance), middle - 12, X(report.EqualChance), middle + 12);
        if (group.Chances is not GroupChances chances)
        {
            Drawing.Text(markup, GroupTexts.Hidden(group, report, language), "series", X0, middle + 5);
            return;
        }

        Drawing.Text(markup, language.Format("groups.mean", ("mean", language.Chance(chances.Mean))), "series", X0, middle + 5);
        Range(markup, X(chances.Lowest), X(chances.Highest), X(chances.Mean), middle);
    }

    private string X(double chance) => Drawing.Percent(100 * chance / _scale.Top);

    private string Sample(int x) => Drawing.Number(x - Gutter);

    private string Describe(ReportGroup group) => group.Chances is GroupChances chances
        ? language.Format(
            "groups.describe",
            ("group", SafeText.Isolated(group.Name)), ("lowest", language.Chance(chances.Lowest)), ("mean", language.Chance(chances.Mean)), (
                "highest", language.Chance(chances.Highest)))
        : language.Format("groups.describe.hidden", ("group", SafeText.Isolated(group.Name)), ("why", GroupTexts.Hidden(group, report, language)));
}
