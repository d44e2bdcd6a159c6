using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Charts;

/// <summary>Quota, pool and panel of the groups of one feature: bars on one scale of shares.</summary>
internal sealed class QuotaChart(ReportContent report, int feature, ReportLanguage language) : IChart
{
    private const int NameHeight = 22;
    private const int RowHeight = 20;
    private const int Gap = 16;
    private const int AxisHeight = 22;

    private readonly ReportFeature _feature = report.Features[feature];
    private readonly Scale _scale = Scale.UpTo(report.Features.SelectMany(f => f.Groups).Max(g => Largest(report, g)), 5);
    private readonly bool _hasPanel = report.IsDrawn;
    private readonly bool _isRound = report.Round is not null;

    public string Id { get; } = $"quotas-{Drawing.Number(feature + 1)}";

    public string Title => language.Format(
        _isRound
            ? (_hasPanel ? "quotas.chart.round.drawn" : "quotas.chart.round")
            : _hasPanel ? "quotas.chart.drawn" : "quotas.chart", ("feature", SafeText.Isolated(_feature.Name)));

    public string Description => string.Join(" ", _feature.Groups.Select(Describe));

    public int Height => _feature.Groups.Count * (GroupHeight + Gap) + AxisHeight;

    public int Gutter => 132;

    private string X0 => Drawing.Number(-Gutter);

    private int GroupHeight => NameHeight + RowHeight * (2 + (_isRound ? 1 : 0) + (_hasPanel ? 1 : 0));

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

    private static double Largest(ReportContent report, ReportGroup group) => Math.Max(
        PoolShare(report, group), Math.Max(
            Math.Min(1, (group.Max ?? 0) / (double)report.WholePanelSize), ((group.Staying ?? 0) + (group.Panel ?? 0)) / (double)report.WholePanelSize));

    private static double PoolShare(ReportContent report, ReportGroup group) => group.Pool / (double)report.PoolSize;

    private void Draw(Markup markup, ReportGroup group, int top)
    {
        Drawing.Text(markup, SafeText.Shortened(group.Name, 42), "name", X0, top + 15);
        int row = top + NameHeight;
        int bottom = top + GroupHeight;
        string quota = language.Text("quota.none");
        if (group.Min is int min && group.Max is int max)
        {
            double from = Share(min);
            double to = Math.Min(1, Share(max));
            quota = Shares(from, to);
            markup.Shape(
                "rect", ("class", "quota"), ("x", X(from)), ("y", Drawing.Number(row)), ("width", X(to - from)), ("height", Drawing.Number(bottom - row)));
            Drawing.LineAt(markup, "edge", X(from), row, X(from), bottom);
            Drawing.LineAt(markup, "edge", X(to), row, X(to), bottom);
            Drawing.LineAt(markup, "edge", X(from), row + RowHeight / 2.0, X(to), row + RowHeight / 2.0);
        }

        Label(markup, language.Text("series.quota"), quota, row);
        double pool = PoolShare(report, group);
        Bar(markup, "pool", pool, row + RowHeight);
        Label(markup, language.Text("series.pool"), language.Share(pool), row + RowHeight);
        row += 2 * RowHeight;
        if (_isRound)
        {
            Label(markup, language.Text("series.stay"), group.Staying is int stay ? language.Share(Share(stay)) : language.Text("unknown"), row);
            Bar(markup, "stay", Share(group.Staying ?? 0), row);
            row += RowHeight;
        }

        if (!_hasPanel)
        {
            return;
        }

        Label(markup, language.Text("series.panel"), group.WholePanel(_isRound) is int panel ? language.Share(Share(panel)) : language.Text("unknown"), row);
        if (_isRound)
        {
            // Those who join are drawn on from where those who stay end.
            Bar(markup, "stay", Share(group.Staying ?? 0), row);
        }

        if (!_isRound || group.Staying is not null)
        {
            Bar(markup, "panel", Share(group.Panel ?? 0), row, Share(group.Staying ?? 0));
        }
    }

    private double Share(int seats) => seats / (double)report.WholePanelSize;

    private void Label(Markup markup, string series, string number, int row)
    {
        Drawing.Text(markup, series, "series", X0, row + 14);
        Drawing.Text(markup, number, "number", "-10", row + 14, "end");
    }

    private void Bar(Markup markup, string kind, double share, int row, double from = 0) =>
        markup.Shape("rect", ("class", kind), ("x", X(from)), ("y", Drawing.Number(row + 3)), ("width", X(share)), ("height", Drawing.Number(RowHeight - 6)));

    private string Shares(double from, double to) =>
        from == to ? language.Share(from) : language.Format("range", ("from", language.Number(from)), ("to", language.Share(to)));

    private string X(double share) => Drawing.Percent(100 * share / _scale.Top);

    private string Describe(ReportGroup group)
    {
        string quota = group.Min is int min && group.Max is int max ? language.Range(min, max) : language.Text("quota.none");
        string pool = language.Share(PoolShare(report, group));
        if (_isRound)
        {
            string stay = Known(group.Staying);
            return group.Panel is int join
                ? language.Format(
                    "quotas.describe.round.drawn",
                    ("group", SafeText.Isolated(group.Name)), ("quota", quota), ("pool", pool), ("stay", stay), ("join", language.Whole(join)), (
                        "panel", Known(group.WholePanel(isRound: true))))
                : language.Format("quotas.describe.round", ("group", SafeText.Isolated(group.Name)), ("quota", quota), ("pool", pool), ("stay", stay));
        }

        return group.Panel is int panel
            ? language.Format(
                "quotas.describe.drawn", ("group", SafeText.Isolated(group.Name)), ("quota", quota), ("pool", pool), ("panel", language.Whole(panel)))
            : language.Format("quotas.describe", ("group", SafeText.Isolated(group.Name)), ("quota", quota), ("pool", pool));

        string Known(int? number) => number is int known ? language.Whole(known) : language.Text("unknown");
    }
}
