using Sortition.Studies.Metrics;
using Sortition.Studies.Running;

namespace Sortition.Studies.Results;

/// <summary>All cells of a study, read when they are asked for, with the figures that need more than one cell.</summary>
/// <param name="plan">The plan.</param>
/// <param name="stores">Where the cells are.</param>
internal sealed class StudyData(StudyPlan plan, IReadOnlyList<CellStore> stores)
{
    private const string ChanceOf = "chance:";

    private static readonly (string Metric, string Bound, string Name)[] s_shares =
    [
        ("min_chance", StudyMetrics.MinBound, "min_chance_of_best"),
        ("max_chance", StudyMetrics.MaxBound, "max_chance_of_best"),
    ];

    public StudyPlan Plan { get; } = plan;

    /// <summary>What the cells were computed on, as JSON, each once.</summary>
    public IReadOnlyList<string> Machines =>
        [.. stores.Select(s => s.ComputedOn).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>How many cells are missing.</summary>
    public int Missing => Plan.Cells.Count(cell => !stores.Any(store => store.Has(cell.Instance, cell.Algorithm)));

    /// <summary>The cells of each instance, in order.</summary>
    public IEnumerable<IReadOnlyList<StudyCell>> ByInstance()
    {
        for (int start = 0, end; start < Plan.Cells.Count; start = end)
        {
            end = start + 1;
            while (end < Plan.Cells.Count && string.Equals(Plan.Cells[end].Instance, Plan.Cells[start].Instance, StringComparison.Ordinal))
            {
                end++;
            }

            yield return [.. Enumerable.Range(start, end - start).Select(c => Cell(Plan.Cells[c].Instance, Plan.Cells[c].Algorithm)!)];
        }
    }

    /// <summary>The figures of a cell: its status, its own, and those against the best that cells of the same instance prove possible.</summary>
    public static IEnumerable<MetricValue> FiguresOf(StudyCell cell, IReadOnlyList<StudyCell> ofInstance)
    {
        yield return new MetricValue("status", (int)cell.Status);
        foreach (MetricValue metric in cell.Metrics)
        {
            yield return metric;
        }

        foreach ((string metric, string bound, string name) in s_shares)
        {
            double[] bounds = [.. ofInstance.Select(c => c.ValueOf(bound)).OfType<double>()];
            if (bounds.Length > 0 && bounds.Min() > 0 && cell.Metrics.FirstOrDefault(m => string.Equals(m.Name, metric, StringComparison.Ordinal)) is { } value)
            {
                yield return new MetricValue(name, value.Value / bounds.Min(), value.Error / bounds.Min());
            }
        }
    }

    /// <summary>Compares figures with expected ones.</summary>
    public IReadOnlyList<CheckedFigure> Check(IReadOnlyList<ExpectedFigure> expected)
    {
        ILookup<string, ExpectedFigure> wanted = expected.ToLookup(e => e.Instance, StringComparer.Ordinal);
        Dictionary<ExpectedFigure, double> reached = [];
        foreach (IReadOnlyList<StudyCell> cells in ByInstance().Where(cells => wanted.Contains(cells[0].Instance)))
        {
            foreach (ExpectedFigure figure in wanted[cells[0].Instance])
            {
                if (cells.FirstOrDefault(c => string.Equals(c.Algorithm, figure.Algorithm, StringComparison.Ordinal)) is { } cell
                    && ValueOf(figure.Metric, cell, cells) is double value)
                {
                    reached[figure] = value;
                }
            }
        }

        return [.. expected.Select(figure => new CheckedFigure(figure, reached.TryGetValue(figure, out double value) ? value : null))];
    }

    private static double? ValueOf(string metric, StudyCell cell, IReadOnlyList<StudyCell> ofInstance)
    {
        if (!metric.StartsWith(ChanceOf, StringComparison.Ordinal))
        {
            return FiguresOf(cell, ofInstance).FirstOrDefault(m => string.Equals(m.Name, metric, StringComparison.Ordinal))?.Value;
        }

        int person = cell.People.ToList().IndexOf(metric[ChanceOf.Length..]);
        return person < 0 ? null : cell.Chances[person].Chance;
    }

    private StudyCell? Cell(string instance, string algorithm) =>
        stores.Select(store => store.Cell(instance, algorithm)).FirstOrDefault(cell => cell is not null);
}
