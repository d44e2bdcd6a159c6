using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Studies.Instances;

namespace Sortition.Studies.Results;

/// <summary>A figure that a study is to come to, such as a published one.</summary>
public sealed class ExpectedFigure
{
    private static readonly string[] s_columns = ["instance", "algorithm", "metric", "expected", "tolerance"];

    private ExpectedFigure(string instance, string algorithm, string metric, double expected, double tolerance) =>
        (Instance, Algorithm, Metric, Expected, Tolerance) = (instance, algorithm, metric, expected, tolerance);

    /// <summary>The name of the instance.</summary>
    public string Instance { get; }

    /// <summary>The name of the algorithm.</summary>
    public string Algorithm { get; }

    /// <summary>The name of the metric; <c>chance:ID</c> is the chance of the person with that id.</summary>
    public string Metric { get; }

    /// <summary>The value expected.</summary>
    public double Expected { get; }

    /// <summary>By how much the value may differ, 0 or more.</summary>
    public double Tolerance { get; }

    /// <summary>Reads <c>instance,algorithm,metric,expected,tolerance</c>; further columns are passed over.</summary>
    /// <param name="file">The table.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">The file is malformed; the exception lists all of it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<ExpectedFigure> Load(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        LoadedTable table = TableFiles.Load(file, s_columns, cancellationToken: cancellationToken);
        FaultList faults = new();
        ExpectedFigure[] figures =
        [
            .. Enumerable.Range(0, table.Rows.Count).Select(row => new ExpectedFigure(
                table.Cell(row, s_columns[0]),
                table.Cell(row, s_columns[1]),
                table.Cell(row, s_columns[2]),
                Number(row, s_columns[3]),
                Number(row, s_columns[4]))),
        ];
        faults.ThrowIfAny();
        return figures;

        double Number(int row, string column)
        {
            string text = table.Cell(row, column);
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
            if (!isNumber || (ReferenceEquals(column, s_columns[4]) && number < 0))
            {
                faults.Add(StudyFaults.NotANumber, table.LocationOf(row, column), text);
            }

            return number;
        }
    }
}

/// <summary>What a study came to in place of an expected figure.</summary>
public sealed class CheckedFigure
{
    internal CheckedFigure(ExpectedFigure figure, double? reached) => (Figure, Reached) = (figure, reached);

    /// <summary>What was expected.</summary>
    public ExpectedFigure Figure { get; }

    /// <summary>The value reached; null where the study has none.</summary>
    public double? Reached { get; }

    /// <summary>The value reached less the expected one; null where there is none.</summary>
    public double? Difference => Reached - Figure.Expected;

    /// <summary>Whether the value is within the tolerance.</summary>
    public bool IsReached => Difference is double difference && Math.Abs(difference) <= Figure.Tolerance;
}
