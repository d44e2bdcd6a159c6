namespace Sortition.Publication.Report.Charts;

/// <summary>Quota, pool and panel of the groups of one feature: bars on one scale of shares.</summary>
internal sealed class QuotaChart(CitizenReport report, int feature, ReportLanguage language) : IChart
{
    private const int NameHeight = 22;
    private const int RowHeight = 20;
    private const int Gap = 16;
    private const int AxisHeight = 22;

    private readonly ReportFeature _feature = report.Features[feature];
    private readonly Scale _scale = Scale.UpTo(report.Features.SelectMany(f => f.Groups).Max(g => Largest(report, g)), 5);
    private readonly bool _hasPanel = report.Draw is not null;

    public string Id { get; } = $"quotas-{Drawing.Number(feature + 1)}";

    public string Title => language.Format(_hasPanel ? "quotas.chart.drawn" : "quotas.chart", ("feature", SafeText.Isolated(_feature.Name)));

    public string Description => string.Join(" ", _feature.Groups.Select(Describe));

    public int Height => _feature.Groups.Count * (GroupHeight + Gap) + AxisHeight;

    public int Gutter => 132;

    private string X0 => Drawing.Number(-Gutter);

    private int GroupHeight => NameHeight + RowHeight * (_hasPanel ? 3 : 2);

    public void Draw(Markup markup)
    {
        int bottom = Height - AxisHeight;
        foreach (double tick in _scale.Ticks)
        {
            Drawing.LineAt(markup, "grid", X(tick), NameHeight, X(tick), bottom);
            Drawing.Text(markup, language.Tick(tick), "tick", X(tick), Height - 4, tick == 0 ? "start" : tick == _scale.Top ? "end" : "middle");
        }

        for (int g = 0; g < _feature.Groups.Count; g++)
        {
            Draw(markup, _feature.Groups[g], g * (GroupHeight + Gap));
        }
    }

    private static double Largest(CitizenReport report, ReportGroup group) => Math.Max(
        PoolShare(report, group), Math.Max(Math.Min(1, (group.Max ?? 0) / (double)report.PanelSize), (group.Panel ?? 0) / (double)report.PanelSize));

    private static double PoolShare(CitizenReport report, ReportGroup group) => group.Pool / (double)report.PoolSize;

    private void Draw(Markup markup, ReportGroup group, int top)
    {
        Drawing.Text(markup, SafeText.Shortened(group.Name, 42), "name", X0, top + 15);
        int row = top + NameHeight;
        int bottom = top + GroupHeight;
        string quota = language.Text("none");
        if (group.Min is int min && group.Max is int max)
        {
            double from = min / (double)report.PanelSize;
            double to = Math.Min(1, max / (double)report.PanelSize);
            quota = Shares(from, to);
            markup.Shape("rect", ("class", "quota"), ("x", X(from)), ("y", Drawing.Number(row)), ("width", X(to - from)), ("height", Drawing.Number(bottom - row)));
            Drawing.LineAt(markup, "edge", X(from), row, X(from), bottom);
            Drawing.LineAt(markup, "edge", X(to), row, X(to), bottom);
            Drawing.LineAt(markup, "edge", X(from), row + RowHeight / 2.0, X(to), row + RowHeight / 2.0);
        }

        Label(markup, language.Text("series.quota"), quota, row);
        double pool = PoolShare(report, group);
        Bar(markup, "pool", pool, row + RowHeight);
        Label(markup, language.Text("series.pool"), language.Share(pool), row + RowHeight);
        if (group.Panel is int seats)
        {
            double panel = seats / (double)report.PanelSize;
            Bar(markup, "panel", panel, row + 2 * RowHeight);
            Label(markup, language.Text("series.panel"), language.Share(panel), row + 2 * RowHeight);
        }
    }

    private void Label(Markup markup, string series, string number, int row)
    {
        Drawing.Text(markup, series, "series", X0, row + 14);
        Drawing.Text(markup, number, "number", "-10", row + 14, "end");
    }

    private void Bar(Markup markup, string kind, double share, int row) =>
        markup.Shape("rect", ("class", kind), ("x", X(0)), ("y", Drawing.Number(row + 3)), ("width", X(share)), ("height", Drawing.Number(RowHeight - 6)));

    private string Shares(double from, double to) =>
        from == to ? language.Share(from) : language.Format("range", ("from", language.Number(from)), ("to", language.Share(to)));

    private string X(double share) => Drawing.Percent(100 * share / _scale.Top);

    private string Describe(ReportGroup group)
    {
        string quota = group.Min is int min && group.Max is int max ? language.Range(min, max) : language.Text("none");
        string pool = language.Share(PoolShare(report, group));
        return group.Panel is int panel
            ? language.Format("quotas.describe.drawn", ("group", SafeText.Isolated(group.Name)), ("quota", quota), ("pool", pool), ("panel", language.Whole(panel)))
            : language.Format("quotas.describe", ("group", SafeText.Isolated(group.Name)), ("quota", quota), ("pool", pool));
    }
}
