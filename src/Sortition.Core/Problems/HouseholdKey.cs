using System.Text;

namespace Sortition.Core.Problems;

/// <summary>Turns the columns of an address into a key that is equal for people of one household.</summary>
public static class HouseholdKey
{
    // A unit separator keeps ("1 a", "b") apart from ("1", "a b"); it cannot be typed into a spreadsheet cell.
    private const char Separator = '\u001F';

    /// <summary>Normalises and joins the columns of an address.</summary>
    /// <param name="columns">The address, most telling column (the street) first.</param>
    /// <returns>
    /// The columns in Unicode NFC, trimmed, inner white space collapsed, upper case, joined; or null, which means unknown and equals nobody's
    /// household, where the first column is blank or missing.
    /// </returns>
    public static string? Create(params ReadOnlySpan<string?> columns)
    {
        if (columns.IsEmpty || string.IsNullOrWhiteSpace(columns[0]))
        {
            return null;
        }

        StringBuilder key = new();
        foreach (string? column in columns)
        {
            if (key.Length > 0)
            {
                key.Append(Separator);
            }

            AppendNormalised(key, column ?? "");
        }

        return key.ToString();
    }

    private static void AppendNormalised(StringBuilder key, string column)
    {
        bool pendingSpace = false;
        int start = key.Length;
        foreach (char c in Names.Compose(column))
        {
            if (char.IsWhiteSpace(c))
            {
                pendingSpace = key.Length > start;
                continue;
            }

            if (pendingSpace)
            {
                key.Append(' ');
                pendingSpace = false;
            }

            key.Append(char.ToUpperInvariant(c));
        }
    }
}
