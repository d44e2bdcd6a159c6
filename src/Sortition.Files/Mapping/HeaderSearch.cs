using System.Globalization;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;

namespace Sortition.Files.Mapping;

/// <summary>Finds where the headings of a table are: below titles and groups of headings, above questions in full and other second lines.</summary>
internal static class HeaderSearch
{
    /// <summary>Titles and explanations take no more rows.</summary>
    private const int RowsSearched = 15;

    /// <summary>Rows by which columns are judged.</summary>
    private const int RowsJudged = 200;

    /// <summary>Rows at the end that may be totals or notes.</summary>
    private const int RowsAtEnd = 5;

    /// <summary>The line of the headings, that of the first person, and with what rows begin that are nobody's.</summary>
    public static TableForm Find(RawTable table, IEnumerable<string> names)
    {
        IReadOnlyList<string[]> rows = table.Cells;
        HashSet<string> known = [.. names.Select(NameComparer.Key)];
        int width = rows.Skip(1).Take(RowsJudged).Select(Filled).Order().ElementAtOrDefault(Math.Min(rows.Count - 1, RowsJudged) / 2);
        int header = Enumerable.Range(0, Math.Min(RowsSearched, rows.Count))
            .OrderByDescending(row => Score(rows[row], known, width))
            .ThenBy(row => row)
            .FirstOrDefault();
        int first = header + 1;
        while (first < rows.Count - 1 && first <= header + 2 && IsSecondHeader(rows, first))
        {
            first++;
        }

        return new TableForm
        {
            Sheet = table.Sheet,
            Encoding = table.Reading.Encoding ?? (string?)table.Warnings.FirstOrDefault(w => w.Code == FileFaults.EncodingAssumed)?["encoding"],
            Decimal = table.Reading.DecimalMark,
            HiddenRows = Hidden(table, first),
            HeaderRow = table.LineOf(header),
            FirstRow = first > header + 1 ? table.LineOf(first) : null,
            NotPeople =
            [
                .. rows.Skip(Math.Max(first, rows.Count - RowsAtEnd)).Select(FirstCell).Select(WithoutNumber).Where(IsTotal).Distinct(NameComparer.Instance),
            ],
        };
    }

    /// <summary>How much a row looks like headings: as wide as the table, texts that differ, and known names above all.</summary>
    private static double Score(string[] row, HashSet<string> known, int width)
    {
        string[] cells = [.. row.Select(NameComparer.Clean).Where(cell => cell.Length > 0)];
        if (cells.Length == 0)
        {
            return -1;
        }

        double texts = cells.Count(cell => !LooksLikeData(cell)) / (double)cells.Length;
        double differ = cells.Distinct(NameComparer.Instance).Count() / (double)cells.Length;
        double fill = Math.Min(1, cells.Length / (double)Math.Max(2, width));
        int recognised = cells.Count(cell => known.Contains(NameComparer.Key(cell)) || IsUsualHeading(cell));
        return (fill * texts * texts * differ) + (recognised / (double)Math.Max(2, width));
    }

    /// <summary>
    /// A second line of headings: where the column below holds numbers, dates or addresses, or the same few texts again and again, it does not.
    /// </summary>
    private static bool IsSecondHeader(IReadOnlyList<string[]> rows, int row)
    {
        string[][] below = [.. rows.Skip(row + 1).Take(RowsJudged)];
        int unlike = 0;
        int alike = 0;
        for (int column = 0; column < rows[row].Length; column++)
        {
            string cell = NameComparer.Clean(rows[row][column]);
            string[] cells = [.. below.Where(r => r.Length > column).Select(r => NameComparer.Clean(r[column])).Where(c => c.Length > 0)];
            if (cells.Length < 3 || cell.Length == 0)
            {
                continue;
            }

            bool areData = cells.Count(LooksLikeData) >= 0.9 * cells.Length;
            HashSet<string> kinds = new(cells, NameComparer.Instance);
            bool areFew = cells.Length >= 6 && kinds.Count <= cells.Length / 3;
            if (areData || areFew)
            {
                bool fits = areData ? LooksLikeData(cell) : kinds.Contains(cell);
                (unlike, alike) = fits ? (unlike, alike + 1) : (unlike + 1, alike);
            }
        }

        return unlike >= 2 && alike == 0;
    }

    private static bool IsUsualHeading(string cell) =>
        Array.Exists(
            [
                Words.Ids, Words.FirstNames, Words.LastNames, Words.Names, Words.Emails, Words.Phones, Words.Streets, Words.Postcodes, Words.Births, Words.Ages,
                Words.Statuses, Words.GenderHeadings,
            ],
            words => Words.AreOneOf(words, cell));

    private static bool LooksLikeData(string cell) =>
        cell.Contains('@', StringComparison.Ordinal)
            || decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || BirthText.TryRead(cell) is not null
            || (cell.Length > 5 && cell.Count(char.IsAsciiDigit) > cell.Length / 2);

    /// <summary>A cell without a number behind its words, as in <c>Total: 183</c>, which is another one next time.</summary>
    public static string WithoutNumber(string cell) => cell.TrimEnd([.. "0123456789 .,:="]) is { Length: > 0 } words ? words : cell;

    private static bool IsTotal(string cell) => HeadingWords.Is(HeadingWords.Total, cell);

    private static string? Hidden(RawTable table, int first) => table.Reading.HiddenRows switch
    {
        HiddenRows.Use => TableForm.UseHidden,
        HiddenRows.LeaveOut => TableForm.LeaveOutHidden,
        _ => Enumerable.Range(first, table.Cells.Count - first).Any(table.IsHidden) ? Open.Mark : null,
    };

    private static int Filled(string[] row) => row.Count(cell => !NameComparer.IsBlank(cell));

    private static string FirstCell(string[] row) => NameComparer.Clean(row.FirstOrDefault(cell => !NameComparer.IsBlank(cell)));
}
