using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Shared;
using Sortition.Studies.Instances;

namespace Sortition.Studies.Metrics;

/// <summary>What share of the population has two values of two features.</summary>
/// <param name="First">One value.</param>
/// <param name="Second">The other.</param>
/// <param name="Share">The share, 0..1.</param>
internal sealed record PopulationShare(FeatureValue First, FeatureValue Second, double Share)
{
    private static readonly string[] s_columns = ["category 1", "feature 1", "category 2", "feature 2", "population share"];

    /// <summary>Reads <c>category 1,feature 1,category 2,feature 2,population share</c>; what is said of features without quotas is passed over.</summary>
    /// <exception cref="MalformedInputException">The file is malformed, or names a value that its feature does not have.</exception>
    public static IReadOnlyList<PopulationShare> Load(FileSource file, SelectionProblem problem, CancellationToken cancellationToken)
    {
        LoadedTable table = TableFiles.Load(file, s_columns, cancellationToken: cancellationToken);
        FaultList faults = new();
        List<PopulationShare> shares = [];
        for (int row = 0; row < table.Rows.Count; row++)
        {
            if (!IsKnown(s_columns[0]) || !IsKnown(s_columns[2]))
            {
                continue;
            }

            FeatureValue? first = Value(row, s_columns[0], s_columns[1]);
            FeatureValue? second = Value(row, s_columns[2], s_columns[3]);
            string text = table.Cell(row, s_columns[4]);
            bool isNumber = ShareText.TryRead(text, out decimal number, out bool isPercent);
            double share = (double)(isPercent ? number / 100 : number);
            if (!isNumber || share is not (>= 0 and <= 1))
            {
                faults.Add(StudyFaults.NotANumber, table.LocationOf(row, s_columns[4]), text);
            }
            else if (first is not null && second is not null)
            {
                shares.Add(new PopulationShare(first, second, share));
            }

            bool IsKnown(string column) =>
                problem.Features.Any(f => NameComparer.Instance.Equals(f.Name, NameComparer.Clean(table.Cell(row, column))));
        }

        faults.ThrowIfAny();
        return shares;

        FeatureValue? Value(int row, string feature, string value)
        {
            FeatureValue? found = problem.FindValue(table.Cell(row, feature), table.Cell(row, value));
            if (found is null)
            {
                faults.Add(StudyFaults.UnknownValue, table.LocationOf(row, value), table.Cell(row, value));
            }

            return found;
        }
    }
}
