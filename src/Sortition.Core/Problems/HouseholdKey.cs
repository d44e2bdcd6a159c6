namespace Sortition.Core.Problems;

/// <summary>Turns the columns of an address into a key that is equal for people of one household.</summary>
public static class HouseholdKey
{
    // A unit separator keeps ("1 a", "b") apart from ("1", "a b"); it cannot be typed into a spreadsheet cell.
    private const char Separator = '\u001F';

    /// <summary>Normalises and joins the columns of an address.</summary>
    /// <param name="columns">The address, most telling column (the street) first.</param>
    /// <returns>
    /// The <see cref="NameComparer.Key"/> of each column, joined; or null, which means unknown and equals nobody's household, where the first column is blank
    /// or missing.
    /// </returns>
    public static string? Create(params ReadOnlySpan<string?> columns)
    {
        if (columns.IsEmpty || NameComparer.IsBlank(columns[0]))
        {
            return null;
        }

        string[] keys = new string[columns.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            keys[c] = NameComparer.Key(columns[c]);
        }

        return string.Join(Separator, keys);
    }
}
