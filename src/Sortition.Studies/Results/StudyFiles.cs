using System.Globalization;
using System.Text.Json;
using Sortition.Core;
using Sortition.Files.Storage;
using Sortition.Shared;
using Sortition.Studies.Metrics;
using Sortition.Studies.Running;

namespace Sortition.Studies.Results;

/// <summary>The files that a study ends with.</summary>
internal static class StudyFiles
{
    private const string Results = "results.csv";
    private const string Chances = "chances.csv";
    private const string Failures = "failures.csv";
    private const string Checks = "check.csv";
    private const string Timings = "timings.csv";
    private const string Report = "report.html";
    private const string Surroundings = "environment.json";
    private const string Format = "sortition-study-environment/1";

    /// <summary>Whether a name is that of a file of a study.</summary>
    public static bool IsOne(string name) => name is Results or Chances or Failures or Checks or Timings or Report or Surroundings;

    /// <summary>Whether a folder has some.</summary>
    public static bool AreAt(string output) => Directory.Exists(output) && Directory.GetFiles(output).Any(path => IsOne(Path.GetFileName(path)));

    /// <summary>Writes all of them.</summary>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> Write(
        StudyData data, IReadOnlyList<CheckedFigure> figures, FolderTarget target, TextRenderer texts, CancellationToken cancellationToken)
    {
        List<(string Name, Action<Stream> Write)> files =
        [
            (Results, stream => Table(stream, ["instance", "algorithm", "metric", "value", "error"], csv => WriteResults(csv, data))),
            (Chances, stream => Table(stream, ["instance", "algorithm", "id", "chance", "error"], csv => WriteChances(csv, data))),
            (Failures, stream => Table(stream, ["instance", "algorithm", "status", "code", "place"], csv => WriteFailures(csv, data))),
            (Timings, stream => Table(stream, ["instance", "algorithm", "seconds", "peak_mib"], csv => WriteTimings(csv, data))),
            (Surroundings, stream => JsonForm.WriteDocument(stream, json => WriteSurroundings(json, data))),
            (Report, stream => StudyPage.Write(stream, data, texts)),
        ];
        if (figures.Count > 0)
        {
            string[] columns = ["instance", "algorithm", "metric", "expected", "tolerance", "reached", "difference", "is_reached"];
            files.Add((Checks, stream => Table(stream, columns, csv => WriteChecks(csv, figures))));
        }

        target.Write(files, IsOne, cancellationToken: cancellationToken);
        return [.. files.Select(f => f.Name)];
    }

    private static void Table(Stream stream, IReadOnlyList<string> columns, Action<CsvWriter> write)
    {
        using CsvWriter csv = new(stream);
        csv.Row(columns);
        write(csv);
    }

    private static void WriteResults(CsvWriter csv, StudyData data)
    {
        foreach (IReadOnlyList<StudyCell> cells in data.ByInstance())
        {
            foreach (StudyCell cell in cells)
            {
                foreach (MetricValue metric in StudyData.FiguresOf(cell, cells))
                {
                    csv.Cell(cell.Instance).Cell(cell.Algorithm).Cell(metric.Name).Cell(Text(metric.Value)).Cell(Text(metric.Error));
                    csv.EndRow();
                }
            }
        }
    }

    private static void WriteChances(CsvWriter csv, StudyData data)
    {
        foreach (StudyCell cell in data.ByInstance().SelectMany(cells => cells))
        {
            for (int i = 0; i < cell.Chances.Count; i++)
            {
                csv.Cell(cell.Instance).Cell(cell.Algorithm).Cell(cell.People[i]).Cell(cell.Chances[i].Chance).Cell(Text(cell.Chances[i].Error));
                csv.EndRow();
            }
        }
    }

    private static void WriteFailures(CsvWriter csv, StudyData data)
    {
        foreach (StudyCell cell in data.ByInstance().SelectMany(cells => cells).Where(cell => cell.Status != Algorithms.StudyStatus.Done))
        {
            foreach (CellFault fault in cell.Faults.DefaultIfEmpty(new CellFault("", "")))
            {
                csv.Row([cell.Instance, cell.Algorithm, StudyPage.NameOf(cell.Status), fault.Code, fault.Place]);
            }
        }
    }

    private static void WriteTimings(CsvWriter csv, StudyData data)
    {
        foreach (StudyCell cell in data.ByInstance().SelectMany(cells => cells))
        {
            csv.Cell(cell.Instance).Cell(cell.Algorithm).Cell(Math.Round(cell.Seconds, 4)).Cell(cell.PeakMemory);
            csv.EndRow();
        }
    }

    private static void WriteChecks(CsvWriter csv, IReadOnlyList<CheckedFigure> figures)
    {
        foreach (CheckedFigure figure in figures)
        {
            csv.Cell(figure.Figure.Instance).Cell(figure.Figure.Algorithm).Cell(figure.Figure.Metric);
            csv.Cell(figure.Figure.Expected).Cell(figure.Figure.Tolerance);
            csv.Cell(Text(figure.Reached)).Cell(Text(figure.Difference)).Cell(figure.IsReached ? 1 : 0);
            csv.EndRow();
        }
    }

    private static void WriteSurroundings(Utf8JsonWriter json, StudyData data)
    {
        json.WriteString("format", Format);
        using JsonDocument plan = JsonDocument.Parse(data.Plan.Content);
        json.WritePropertyName("study");
        plan.RootElement.WriteTo(json);
        json.WriteArray("machines", data.Machines, machine =>
        {
            using JsonDocument document = JsonDocument.Parse(machine);
            document.RootElement.WriteTo(json);
        });
    }

    /// <summary>
    /// A number as other programs read it; empty for none. What is below 0 has no exponent: a cell that begins with a sign and is not a plain number gets an
    /// apostrophe, for spreadsheets might take it for a formula.
    /// </summary>
    private static string Text(double? number)
    {
        string text = number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
        return number < 0 && text.Contains('E', StringComparison.Ordinal) ? ((decimal)number.Value).ToString(CultureInfo.InvariantCulture) : text;
    }
}
