namespace Sortition.Publication.Report.Charts;

/// <summary>The lowest, mean and highest chance of the groups of one feature.</summary>
internal sealed class GroupChancesChart(CitizenReport report, int feature, ReportLanguage language) : IChart
{
    private const int LegendHeight = 62;
    private const int NameHeight = 22;
    private const int RowHeight = 20;
    private const int Gap = 10;
    private const int AxisHeight = 26;
    private const double Gutter = 31;

    private readonly ReportFeature _feature = report.Features[feature];
    private readonly Scale _scale = Scale.UpTo(Math.Max(report.EqualChance, report.Chances.Highest), 5);

    public string Id { get; } = $"group-chances-{Drawing.Number(feature + 1)}";

    public string Title => language.Format("groups.chart", ("feature", SafeText.Isolated(_feature.Name)));

    public string Description => string.Join(" ", _feature.Groups.Select(Describe));

    public int Height => LegendHeight + _feature.Groups.Count * (NameHeight + RowHeight + Gap) + AxisHeight;

    public void Draw(Markup markup)
    {
        Range(markup, "1", "33", "17", 12);
        Drawing.Text(markup, language.Text("groups.legend"), "legend", "42", 17);
        Drawing.LineAt(markup, "equal", "1", 36, "33", 36);
        Drawing.Text(markup, language.Format("chances.equal", ("equal", language.Chance(report.EqualChance))), "legend", "42", 41);
        int bottom = Height - AxisHeight;
        foreach (double tick in _scale.Ticks)
        {
            Drawing.LineAt(markup, "grid", X(tick), LegendHeight, X(tick), bottom);
            Drawing.Text(markup, language.Tick(tick), "tick", X(tick), Height - 6, tick == 0 ? "start" : tick == _scale.Top ? "end" : "middle");
        }

        Drawing.LineAt(markup, "equal", X(report.EqualChance), LegendHeight, X(report.EqualChance), bottom);
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
        Drawing.Text(markup, SafeText.Shortened(group.Name, 42), "name", "0", top + 15);
        double middle = top + NameHeight + RowHeight / 2.0 - 2;
        if (group.Chances is not GroupChances chances)
        {
            Drawing.Text(markup, GroupTexts.Hidden(group, report, language), "series", "0", middle + 5);
            return;
        }

        Drawing.Text(markup, language.Format("groups.mean", ("mean", language.Chance(chances.Mean))), "series", "0", middle + 5);
        Range(markup, X(chances.Lowest), X(chances.Highest), X(chances.Mean), middle);
    }

    private string X(double chance) => Drawing.Percent(Gutter + (99 - Gutter) * chance / _scale.Top);

    private string Describe(ReportGroup group) => group.Chances is GroupChances chances
        ? language.Format(
            "groups.describe",
            ("group", SafeText.Isolated(group.Name)), ("lowest", language.Chance(chances.Lowest)), ("mean", language.Chance(chances.Mean)), ("highest", language.Chance(chances.Highest)))
        : language.Format("groups.describe.hidden", ("group", SafeText.Isolated(group.Name)), ("why", GroupTexts.Hidden(group, report, language)));
}
