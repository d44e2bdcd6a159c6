using System.Globalization;
using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>Reads the tables that hold numbers and hashes only: lines of cells with commas between them, after one line of headings.</summary>
internal sealed class NumberLines(string name, FaultList faults)
{
    /// <summary>How a line ends: in a rehearsal with a last cell that says so.</summary>
    public static string EndOf(bool isRehearsal) => isRehearsal ? $",{Rehearsal.Mark}\n" : "\n";

    /// <summary>The cells of each line after the first. A line with other than so many cells at least is a fault.</summary>
    public IEnumerable<(int Line, string[] Cells)> Read(ReadOnlyMemory<byte> content, int cells)
    {
        using StreamReader reader = new(new MemoryStream(content.ToArray(), writable: false), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        reader.ReadLine();
        int line = 1;
        while (reader.ReadLine() is string text)
        {
            line++;
            string[] found = text.Split(',');
            if (found.Length >= cells)
            {
                yield return (line, found);
            }
            else
            {
                faults.Add(PublicationFaults.TooFewCells, new FaultLocation(name, line), found.Length, cells);
            }
        }
    }

    /// <summary>A whole number from 1 to a bound, written in digits; or a fault and null.</summary>
    public int? Number(int line, string column, string text, int most)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most)
        {
            return number;
        }

        faults.Add(PublicationFaults.NumberOutOfRange, new FaultLocation(name, line, column), text.Length > 20 ? text[..20] : text, most);
        return null;
    }
}
