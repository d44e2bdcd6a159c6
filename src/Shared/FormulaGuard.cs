namespace Sortition.Shared;

/// <summary>Keeps spreadsheets from running what a volunteer typed into a form.</summary>
internal static class FormulaGuard
{
    private const char Apostrophe = '\'';

    /// <summary>
    /// The cell, with an apostrophe before it if a spreadsheet might take it for a formula: if it begins with = + - @ (or their full-width forms), a tab or a
    /// line break,
    /// and is not a plain number. So that it can be told from what it was made of, a cell that looks as if it had such an apostrophe gets one more.
    /// </summary>
    public static string Neutralise(string cell) => NeedsApostrophe(cell) ? Apostrophe + cell : cell;

    /// <summary>The cell that was written so: without the apostrophe.</summary>
    public static string Restore(string written) =>
        written.Length > 1 && written[0] == Apostrophe && NeedsApostrophe(written.AsSpan(1)) ? written[1..] : written;

    private static bool NeedsApostrophe(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> rest = cell.TrimStart(Apostrophe);
        return rest.Length > 0
            && rest[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20'
            && !IsPlainNumber(rest);
    }

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
