using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Charts;

/// <summary>Population, pool and panel of the groups of one feature: bars on one scale of shares, with a line where the mirror would be perfect.</summary>
internal sealed class MirrorChart(ReportContent report, int feature, ReportLanguage language) : IChart
{
    private const int NameHeight = 22;
    private const int RowHeight = 20;
    private const int GroupHeight = NameHeight + 3 * RowHeight;
    private const int Gap = 16;
    private const int AxisHeight = 22;

    private readonly ReportMirrorFeature _feature = report.Mirror![feature];
    private readonly Scale _scale = Scale.UpTo(report.Mirror!.SelectMany(f => f.Groups).Max(g => Math.Max(g.Population, Math.Max(g.Pool, g.Panel ?? 0))), 5);

    public string Id { get; } = $"mirror-{Drawing.Number(feature + 1)}";

    public string Title => language.Format("mirror.chart", ("feature", SafeText.Isolated(_feature.Name)));

    public string Description => string.Join(" ", _feature.Groups.Select(g => language.Format(
        !report.IsDrawn ? "mirror.describe" : "mirror.describe.drawn",
        ("group", SafeText.Isolated(g.Name)), ("population", language.Share(g.Population)), ("pool", language.Share(g.Pool)), (
            "panel", GroupTexts.Share(g.Panel, language)))));

    public int Height => _feature.Groups.Count * (GroupHeight + Gap) + AxisHeight;

    public int Gutter => 132;

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

    private void Draw(Markup markup, ReportMirrorGroup group, int top)
    {
        Drawing.Text(markup, SafeText.Shortened(group.Name, 42), "name", Drawing.Number(-Gutter), top + 15);
        int row = top + NameHeight;
        Bar(markup, "series.population", "quota", group.Population, row);
        Bar(markup, "series.pool", "pool", group.Pool, row + RowHeight);
        Bar(markup, !report.IsDrawn ? "series.expected" : "series.panel", "panel", group.Panel, row + 2 * RowHeight);
        Drawing.LineAt(markup, "edge", X(group.Population), row, X(group.Population), row + 3 * RowHeight);
    }

    private void Bar(Markup markup, string series, string kind, double? share, int row)
    {
        Drawing.Text(markup, language.Text(series), "series", Drawing.Number(-Gutter), row + 14);
        Drawing.Text(markup, GroupTexts.Share(share, language), "number", "-10", row + 14, "end");
        if (share is double known)
        {
            markup.Shape("rect", ("class", kind), ("x", "0%"), ("y", Drawing.Number(row + 3)), ("width", X(known)), ("height", Drawing.Number(RowHeight - 6)));
        }
    }

    private string X(double share) => Drawing.Percent(100 * share / _scale.Top);
}
