using System.Globalization;

namespace Sortition.Files.Tables.Model;

/// <summary>Numbers of rows in few words.</summary>
internal static class RowRanges
{
    private const int MostTold = 8;

    /// <summary>The first of them, those that follow each other as a range: <c>14–16</c>, <c>20</c>, <c>…</c>.</summary>
    public static string[] Of(List<int> rows, int count)
    {
        List<string> ranges = [];
        int next = 0;
        while (next < rows.Count && ranges.Count < MostTold)
        {
            int last = next;
            while (last + 1 < rows.Count && rows[last + 1] == rows[last] + 1)
            {
                last++;
            }

            ranges.Add(last == next ? Text(rows[next]) : $"{Text(rows[next])}–{Text(rows[last])}");
            next = last + 1;
        }

        return next < rows.Count || count > rows.Count ? [.. ranges, "…"] : [.. ranges];
    }

    private static string Text(int row) => row.ToString(CultureInfo.InvariantCulture);
}
