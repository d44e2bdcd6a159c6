using System.Globalization;
using System.Xml.Linq;

namespace Sortition.Studies.Results;

/// <summary>The drawings of a report, as SVG elements.</summary>
internal static class StudyPlots
{
    private const int Width = 720;
    private const int Gutter = 150;
    private const int RowHeight = 26;
    private const int AxisHeight = 34;
    private const int CurveHeight = 300;
    private const int Steps = 200;

    /// <summary>Colours that people who see few of them can tell apart (Okabe, Ito, Color universal design, 2008); letters on the lines say the same.</summary>
    private static readonly string[] s_colours = ["#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"];

    /// <summary>A row of marks for each algorithm, a mark for each instance, and a bar at the median.</summary>
    public static XElement Spread(IReadOnlyList<(string Algorithm, double[] Sorted)> rows)
    {
        double low = Math.Min(0, rows.Min(r => r.Sorted[0]));
        double high = rows.Max(r => r.Sorted[^1]);
        double span = high > low ? high - low : 1;
        int bottom = rows.Count * RowHeight;
        double X(double value) => Gutter + ((Width - Gutter - 20) * (value - low) / span);
        return new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {Width} {bottom + AxisHeight}"),
            new XAttribute("role", "img"),
            Ticks(low, low + span).Select(tick => (object[])
            [
                Line(X(tick), 0, X(tick), bottom, "#ddd"),
                Label(X(tick), bottom + 18, "middle", tick.ToString("G4", CultureInfo.InvariantCulture)),
            ]),
            rows.Select((row, r) => (object[])
            [
                Label(Gutter - 10, (r * RowHeight) + 17, "end", row.Algorithm),
                row.Sorted.Select(value => Mark(X(value), (r * RowHeight) + 13)),
                Bar(X(row.Sorted[row.Sorted.Length / 2]), (r * RowHeight) + 3),
            ]));
    }

    /// <summary>A line for each algorithm: everybody's chance, the lowest first, on a scale of powers of ten.</summary>
    public static XElement Curves(IReadOnlyList<(string Algorithm, double[] Sorted)> lines)
    {
        const double Least = 1e-5;
        double[] all = [.. lines.SelectMany(l => l.Sorted).Where(c => c > Least)];
        double floor = all.Length == 0 ? Least : Math.Pow(10, Math.Floor(Math.Log10(all.Min())));
        int decades = Math.Max(1, (int)Math.Round(-Math.Log10(floor)));
        double Y(double chance) => 10 + (CurveHeight * -Math.Log10(Math.Clamp(chance, floor, 1)) / decades);
        double X(double share) => 60 + ((Width - 80) * share);
        return new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {Width} {CurveHeight + 30 + (lines.Count * 20)}"),
            new XAttribute("role", "img"),
            Enumerable.Range(0, decades + 1).Select(d => (object[])
            [
                Line(X(0), Y(Math.Pow(10, -d)), X(1), Y(Math.Pow(10, -d)), "#ddd"),
                Label(X(0) - 8, Y(Math.Pow(10, -d)) + 4, "end", Math.Pow(10, -d).ToString("G", CultureInfo.InvariantCulture)),
            ]),
            lines.Select((line, l) =>
            {
                string colour = s_colours[l % s_colours.Length];
                string letter = LetterOf(l);
                double At(double share) => line.Sorted[(int)(share * (line.Sorted.Length - 1))];
                string points = string.Join(' ', Enumerable.Range(0, Steps + 1).Select(s => $"{Text(X(s / (double)Steps))},{Text(Y(At(s / (double)Steps)))}"));
                double place = (l + 1.0) / (lines.Count + 1);
                return (object[])
                [
                    new XElement(
                        "polyline", new XAttribute("points", points), new XAttribute("fill", "none"), new XAttribute("stroke", colour),
                        new XAttribute("stroke-width", 2)),
                    Label(X(place), Y(At(place)) - 5, "middle", letter, colour),
                    Label(X(0), CurveHeight + 40 + (l * 20), "start", $"{letter}  {line.Algorithm}", colour),
                ];
            }));
    }

    private static string LetterOf(int line) => line < 26 ? ((char)('A' + line)).ToString() : (line + 1).ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<double> Ticks(double low, double high)
    {
        double step = Math.Pow(10, Math.Floor(Math.Log10((high - low) / 2)));
        step *= (high - low) / step > 10 ? 5 : (high - low) / step > 5 ? 2 : 1;
        for (double tick = Math.Ceiling(low / step) * step; tick <= high * (1 + 1e-9); tick += step)
        {
            yield return Math.Abs(tick) < step / 1e6 ? 0 : Math.Round(tick, 12);
        }
    }

    private static XElement Line(double x1, double y1, double x2, double y2, string colour) => new(
        "line", new XAttribute("x1", Text(x1)), new XAttribute("y1", Text(y1)), new XAttribute("x2", Text(x2)), new XAttribute("y2", Text(y2)),
        new XAttribute("stroke", colour));

    private static XElement Mark(double x, double y) => new(
        "circle", new XAttribute("cx", Text(x)), new XAttribute("cy", Text(y)), new XAttribute("r", 4), new XAttribute("fill", "#0072b2"),
        new XAttribute("fill-opacity", "0.35"));

    private static XElement Bar(double x, double y) => new(
        "rect", new XAttribute("x", Text(x - 1.5)), new XAttribute("y", Text(y)), new XAttribute("width", 3), new XAttribute("height", 20),
        new XAttribute("fill", "#d55e00"));

    private static XElement Label(double x, double y, string anchor, string text, string colour = "#1a1a1a") => new(
        "text", new XAttribute("x", Text(x)), new XAttribute("y", Text(y)), new XAttribute("text-anchor", anchor), new XAttribute("fill", colour), text);

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
