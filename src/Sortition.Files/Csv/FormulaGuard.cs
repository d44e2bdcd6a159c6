namespace Sortition.Files.Csv;

/// <summary>Keeps spreadsheets from running what a volunteer typed into a form.</summary>
internal static class FormulaGuard
{
    /// <summary>
    /// The cell, with an apostrophe before it if a spreadsheet might take it for a formula: if it begins with = + - @ (or their full-width forms), a tab or a line break,
    /// and is not a plain number.
    /// </summary>
    public static string Neutralise(string cell) =>
        cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' && !IsPlainNumber(cell)
            ? "'" + cell
            : cell;

    /// <summary>A sign, digits, and at most one point or comma with digits after it.</summary>
    private static bool IsPlainNumber(ReadOnlySpan<char> cell)
    {
        if (cell[0] is not ('+' or '-'))
        {
            return false;
        }

        ReadOnlySpan<char> digits = cell[1..];
        int separator = digits.IndexOfAny('.', ',');
        return separator < 0
            ? AreDigits(digits)
            : AreDigits(digits[..separator]) && AreDigits(digits[(separator + 1)..]);
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
