using System.Globalization;
using System.Text;

namespace Sortition.Testing;

/// <summary>A reader of CSV of its own, so that what the command writes is not judged by the code that wrote it.</summary>
internal static class Csv
{
    public static string[][] Read(string path) => [.. Records(File.ReadAllText(path))];

    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The cells of a column, by its heading.</summary>
    public static string[] Column(string[][] table, string heading)
    {
        int column = Array.IndexOf(table[0], heading);
        Xunit.Assert.True(column >= 0, $"There is no column {heading}.");
        return [.. table.Skip(1).Select(row => row[column])];
    }

    private static IEnumerable<string[]> Records(string text)
    {
        List<string> record = [];
        StringBuilder cell = new();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append(text[++i]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                record.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    yield return [.. record];
                    record.Clear();
                }
            }
            else if (c is not '\r' and not '\uFEFF')
            {
                cell.Append(c);
            }
        }

        if (record.Count + cell.Length > 0)
        {
            yield return [.. record, cell.ToString()];
        }

        if (record.Count + cell.Length > 0)
        {
            yield return [.. record, cell.ToString()];
        }
    }
}
