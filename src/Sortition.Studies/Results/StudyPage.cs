using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Sortition.Core;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Metrics;
using Sortition.Studies.Running;

namespace Sortition.Studies.Results;

/// <summary>The report of a study: one page that needs nothing else, tables and drawings.</summary>
/// <remarks>
/// All text goes in as text of elements, so that nothing in a name can become markup. Times are left out, so that the page is the same each time.
/// </remarks>
internal sealed class StudyPage
{
    /// <summary>The instances whose chances are drawn one by one: the first ones.</summary>
    private const int MostCurves = 12;

    /// <summary>The metrics that are drawn over all instances.</summary>
    private static readonly string[] s_shown =
    [
        "min_chance_of_best", "min_chance", "max_chance", "gini", "geometric_mean", "share_below_half_equal", "pairs_mse_pool", "together_max",
    ];

    private const string Style =
        """
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:.15rem .6rem;text-align:right;border-bottom:1px solid #ddd}
        th:first-child,td:first-child{text-align:left}
        div.wide{overflow-x:auto}
        svg{width:100%;height:auto;font-size:13px}
        """;

    private readonly TextRenderer _texts;
    private readonly StudyData _data;
    private readonly Dictionary<(string Metric, string Algorithm), List<double>> _values = [];
    private readonly List<XElement> _curves = [];
    private readonly List<StudyCell> _notDone = [];
    private readonly List<string> _algorithms = [];
    private int _instances;

    private StudyPage(StudyData data, TextRenderer texts)
    {
        _data = data;
        _texts = texts;
    }

    /// <summary>Writes the page.</summary>
    public static void Write(Stream stream, StudyData data, TextRenderer texts)
    {
        StudyPage page = new(data, texts);
        page.Collect();
        stream.Write(Encoding.UTF8.GetBytes("<!DOCTYPE html>\n" + page.Document().ToString() + "\n"));
    }

    /// <summary>What files call a status.</summary>
    public static string NameOf(StudyStatus status) => status switch
    {
        StudyStatus.Done => "done",
        StudyStatus.Infeasible => "infeasible",
        StudyStatus.Stopped => "stopped",
        StudyStatus.NothingFound => "nothing_found",
        StudyStatus.NotConverged => "not_converged",
        _ => "failed",
    };

    private void Collect()
    {
        foreach (IReadOnlyList<StudyCell> cells in _data.ByInstance())
        {
            _instances++;
            _notDone.AddRange(cells.Where(cell => cell.Status != StudyStatus.Done));
            foreach (StudyCell cell in cells)
            {
                if (!_algorithms.Contains(cell.Algorithm, StringComparer.Ordinal))
                {
                    _algorithms.Add(cell.Algorithm);
                }

                foreach (MetricValue metric in StudyData.FiguresOf(cell, cells).Where(m => s_shown.Contains(m.Name, StringComparer.Ordinal)))
                {
                    if (!_values.TryGetValue((metric.Name, cell.Algorithm), out List<double>? values))
                    {
                        _values.Add((metric.Name, cell.Algorithm), values = []);
                    }

                    values.Add(metric.Value);
                }
            }

            if (_instances <= MostCurves && cells.Any(cell => cell.Chances.Count > 0))
            {
                _curves.Add(Curve(cells));
            }
        }
    }

    private XElement Document() => new(
        "html",
        new XAttribute("lang", _texts.Language),
        new XElement(
            "head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            new XElement(
                "meta",
                new XAttribute("http-equiv", "Content-Security-Policy"),
                new XAttribute("content", "default-src 'none'; style-src 'unsafe-inline'")),
            Text("title", "study.title"),
            new XElement("style", Style)),
        new XElement(
            "body",
            Text("h1", "study.title"),
            Text(
                "p",
                "study.sizes",
                ("instances", _instances),
                ("algorithms", _algorithms.Count),
                ("cells", _data.Plan.Cells.Count),
                ("failed", _notDone.Count)),
            Text("p", "study.files"),
            Text("h2", "study.metrics"),
            Text("p", "study.spread"),
            s_shown.Where(metric => _values.Keys.Any(key => string.Equals(key.Metric, metric, StringComparison.Ordinal))).Select(Section),
            _curves.Count == 0 ? null : (object[])[Text("h2", "study.curves"), Text("p", "study.curves-how"), _curves],
            _notDone.Count == 0 ? null : Failures()));

    private XElement Section(string metric)
    {
        (string Algorithm, double[] Sorted)[] rows =
        [
            .. _algorithms.Where(a => _values.ContainsKey((metric, a))).Select(a => (a, _values[(metric, a)].Order().ToArray())),
        ];
        string[] headings = ["study.algorithm", "study.count", "study.lowest", "study.quarter", "study.median", "study.three-quarters", "study.highest"];
        return new XElement(
            "section",
            Text("h3", "study.metric." + metric),
            new XElement("p", new XElement("code", metric)),
            StudyPlots.Spread(rows),
            new XElement("div", new XAttribute("class", "wide"), new XElement(
                "table",
                new XElement("tr", headings.Select(key => Text("th", key))),
                rows.Select(row => new XElement(
                    "tr",
                    new XElement("td", Clean(row.Algorithm)),
                    new XElement("td", row.Sorted.Length),
                    ((double[])[0, 0.25, 0.5, 0.75, 1]).Select(share => new XElement("td", Number(Quantile(row.Sorted, share)))))))));
    }

    private static XElement Curve(IReadOnlyList<StudyCell> cells) => new(
        "section",
        new XElement("h3", Clean(cells[0].Instance)),
        StudyPlots.Curves([.. cells.Where(c => c.Chances.Count > 0).Select(c => (Clean(c.Algorithm), c.Chances.Select(x => x.Chance).Order().ToArray()))]));

    private object[] Failures()
    {
        const int Most = 200;
        return
        [
            Text("h2", "study.failures"),
            new XElement("div", new XAttribute("class", "wide"), new XElement(
                "table",
                new XElement("tr", ((string[])["study.instance", "study.algorithm", "study.status", "study.code"]).Select(key => Text("th", key))),
                _notDone.Take(Most).Select(cell => new XElement(
                    "tr",
                    new XElement("td", Clean(cell.Instance)),
                    new XElement("td", Clean(cell.Algorithm)),
                    new XElement("td", NameOf(cell.Status)),
                    new XElement("td", Clean(string.Join(", ", cell.Faults.Select(f => f.Code).Distinct(StringComparer.Ordinal)))))))),
        ];
    }

    private XElement Text(string element, string key, params ReadOnlySpan<(string Name, object? Value)> values) => new(element, _texts.Render(key, values));

    private string Number(double number) => number.ToString("G4", _texts.Numbers);

    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>A name from data, without what XML cannot hold or what could turn the writing round.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse || rune.Value is 0xFFFE or 0xFFFF
            ? "\uFFFD"
            : rune.ToString()));
}
