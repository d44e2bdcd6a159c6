using System.Text;
using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Charts;

/// <summary>Everybody's chance, from the lowest to the highest: as computed, by ballots, and what it would be without quotas.</summary>
/// <remarks>Equal chances are one step, and steps too narrow to be seen are drawn as one, so that a large pool makes no larger drawing.</remarks>
internal sealed class ChancesChart(ReportContent report, ReportChances chances, ReportLanguage language) : IChart
{
    private const int LegendHeight = 84;
    private const int PlotHeight = 260;

    /// <summary>The narrowest step drawn, in thousandths of the width.</summary>
    private const double Narrowest = 0.8;

    private readonly Scale _scale = Scale.UpTo(
        Math.Max(
            report.EqualChance,
            Math.Max(chances.Highest, report.HasBallots ? (double)chances.ByBallots[^1].Ballots / report.Ballots : 0)),
        5);

    public string Id => "chances";

    public string Title => language.Text("chances.chart");

    public string Description => language.Format(
        report.HasBallots ? "chances.describe" : "chances.describe.selection",
        ("lowest", language.Chance(chances.Lowest)),
        ("middle", language.Chance(Ranks.At(chances.Ideal, 0.5))),
        ("highest", language.Chance(chances.Highest)),
        ("equal", language.Chance(report.EqualChance)));

    public int Height => LegendHeight + PlotHeight + 50;

    public int Gutter => 52;

    public void Draw(Markup markup)
    {
        Legend(markup, "ideal", language.Text("chances.ideal"), 0);
        if (report.HasBallots)
        {
            Legend(markup, "ballots", language.Text("chances.ballots"), 1);
        }

        Legend(markup, "equal", language.Format("chances.equal", ("equal", language.Chance(report.EqualChance))), report.HasBallots ? 2 : 1);
        foreach (double tick in _scale.Ticks)
        {
            Drawing.LineAt(markup, "grid", "0", Y(tick), "100%", Y(tick));
            Drawing.Text(markup, language.Tick(tick), "tick", "-8", Y(tick) + 4, "end");
        }

        PeopleAxis(markup);
        markup.Open(
            "svg", ("x", "0"), ("y", Drawing.Number(LegendHeight)), ("width", "100%"), ("height", Drawing.Number(PlotHeight)),
            ("viewBox", "0 0 1000 1000"), ("preserveAspectRatio", "none"), ("overflow", "visible")).Line();
        string ideal = Staircase(chances.Ideal);
        markup.Shape("path", ("class", "area"), ("d", ideal + "V1000H0Z"));
        markup.Shape("path", ("class", "ideal"), ("d", ideal), ("vector-effect", "non-scaling-stroke"));
        if (report.HasBallots)
        {
            markup.Shape("path", ("class", "ballots"), ("d", Staircase(Ranks.ByBallots(chances, report.Ballots))), ("vector-effect", "non-scaling-stroke"));
        }

        markup.CloseLine();
        Drawing.LineAt(markup, "equal", "0", Y(report.EqualChance), "100%", Y(report.EqualChance));
    }

    private void Legend(Markup markup, string kind, string text, int line)
    {
        int y = 12 + 24 * line;
        Drawing.LineAt(markup, kind, Drawing.Number(1 - Gutter), y, Drawing.Number(33 - Gutter), y);
        Drawing.Text(markup, text, "legend", Drawing.Number(42 - Gutter), y + 5);
    }

    private void PeopleAxis(Markup markup)
    {
        int bottom = LegendHeight + PlotHeight;
        Scale people = Scale.UpTo(chances.Covered, 5);
        foreach (double tick in people.Ticks.Where(t => t <= chances.Covered && t == Math.Floor(t)))
        {
            string x = Drawing.Percent(100 * tick / chances.Covered);
            Drawing.LineAt(markup, "axis", x, bottom, x, bottom + 5);
            Drawing.Text(markup, language.Whole((long)tick), "tick", x, bottom + 20, tick > 0.97 * chances.Covered ? "end" : "middle");
        }

        Drawing.LineAt(markup, "axis", "0", bottom, "100%", bottom);
        Drawing.Text(markup, language.Text("chances.axis"), "tick", "100%", bottom + 42, "end");
    }

    private double Y(double chance) => LegendHeight + PlotHeight * (1 - chance / _scale.Top);

    private string Staircase(IReadOnlyList<ChanceStep> steps)
    {
        StringBuilder path = new("M0 ");
        path.Append(Height(steps[0]));
        double drawn = 0;
        long people = 0;
        for (int s = 0; s < steps.Count; s++)
        {
            people += steps[s].People;
            double end = 1000.0 * people / chances.Covered;
            if (end - drawn < Narrowest && s + 1 < steps.Count)
            {
                continue;
            }

            path.Append('V').Append(Height(steps[s])).Append('H').Append(Drawing.Number(Math.Round(end, 1)));
            drawn = end;
        }

        return path.ToString();

        string Height(ChanceStep step) => Drawing.Number(Math.Round(1000 * (1 - step.Chance / _scale.Top), 1));
    }
}
