using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Charts;

/// <summary>How many members any two ballots have in common: a bar for each number, or for a few numbers that follow each other.</summary>
internal sealed class OverlapChart(ReportContent report, ReportLanguage language) : IChart
{
    private const int PlotHeight = 200;
    private const int AxisHeight = 50;
    private const int Top = 14;

    /// <summary>Labels stand below every bar, or every second or third one, so that they do not touch on a telephone.</summary>
    private const int MostLabels = 9;

    private readonly IReadOnlyList<OverlapBar> _bars = report.Mixing.Overlaps;
    private readonly Scale _scale = Scale.UpTo(report.Mixing.Overlaps.Max(b => b.Share), 4);

    public string Id => "overlaps";

    public string Title => language.Text("mixing.chart");

    public string Description => language.Format(
        "mixing.describe",
        ("usual", Numbers(_bars.MaxBy(b => b.Share)!, language)),
        ("most", language.Whole(_bars[^1].To)),
        ("seats", language.Count("count.seats", report.PanelSize)));

    public int Height => Top + PlotHeight + AxisHeight;

    public int Gutter => 52;

    /// <summary>The numbers of members that a bar is about.</summary>
    public static string Numbers(OverlapBar bar, ReportLanguage language) => language.Range(bar.From, bar.To);

    public void Draw(Markup markup)
    {
        foreach (double tick in _scale.Ticks)
        {
            Drawing.LineAt(markup, "grid", "0", Y(tick), "100%", Y(tick));
            Drawing.Text(markup, language.Tick(tick), "tick", "-8", Y(tick) + 4, "end");
        }

        double width = 100.0 / _bars.Count;
        int step = (_bars.Count + MostLabels - 1) / MostLabels;
        for (int b = 0; b < _bars.Count; b++)
        {
            double y = Y(_bars[b].Share);
            markup.Shape(
                "rect",
                ("class", "panel"),
                ("x", Drawing.Percent((b + 0.1) * width)),
                ("y", Drawing.Number(Math.Round(y, 2))),
                ("width", Drawing.Percent(0.8 * width)),
                ("height", Drawing.Number(Math.Round(Y(0) - y, 2))));
            if (b % step == 0)
            {
                Drawing.Text(markup, Numbers(_bars[b], language), "tick", Drawing.Percent((b + 0.5) * width), Y(0) + 20, "middle");
            }
        }

        Drawing.LineAt(markup, "axis", "0", Y(0), "100%", Y(0));
        Drawing.Text(markup, language.Text("mixing.axis"), "tick", "100%", Y(0) + 42, "end");
    }

    private double Y(double share) => Top + (PlotHeight * (1 - (share / _scale.Top)));
}
