using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>What stands below tables and is no row of them: totals, sources, remarks.</summary>
internal static class Trailers
{
    /// <summary>A single text in a table of fewer columns may be a row of which the rest is missing.</summary>
    private const int FewestColumns = 3;

    private const int WordsOfRemark = 3;

    /// <summary>How a row at the end is told if it is a remark; null if it is none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="needed">The columns without which a row says nothing.</param>
    /// <param name="columns">How many columns the table has.</param>
    /// <param name="onlyLong">Whether a single short text may be a row all the same, such as somebody's id.</param>
    public static FaultCode? Remark(TableRow row, IReadOnlyCollection<int> needed, int columns, bool onlyLong)
    {
        if (needed.Count == 0 || !IsBlank(row, needed))
        {
            return null;
        }

        string[] filled = [.. row.Cells.Where(c => !NameComparer.IsBlank(c))];
        bool isSingle = filled.Length == 1 && columns >= FewestColumns && (!onlyLong || NameComparer.Clean(filled[0]).Split(' ').Length >= WordsOfRemark);
        return filled.Length > 0 && (isSingle || HeadingWords.BeginsRemark(filled[0])) ? FileFaults.RemarkLeftOut : null;
    }

    /// <summary>How a row at the end is told if it is a total that says nothing in the columns needed; null if it is none.</summary>
    public static FaultCode? Total(TableRow row, IReadOnlyCollection<int> needed) =>
        needed.Count > 0 && IsBlank(row, needed) && HeadingWords.Is(HeadingWords.Total, row.Cells.FirstOrDefault(c => !NameComparer.IsBlank(c), ""))
            ? FileFaults.TotalLeftOut
            : null;

    private static bool IsBlank(TableRow row, IReadOnlyCollection<int> columns) =>
        columns.All(c => c >= row.Cells.Length || NameComparer.IsBlank(row.Cells[c]));
}
