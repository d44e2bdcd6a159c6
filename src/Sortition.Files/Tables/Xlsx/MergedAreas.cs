using System.Globalization;
using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>The merged areas of a sheet, each of which shows the value of its first cell in the place of all its cells.</summary>
internal sealed class MergedAreas
{
    private const int MostAreas = 100_000;

    /// <summary>Sorted by first row.</summary>
    private readonly List<Area> _areas;

    /// <summary>By first column, the areas that reach the row at hand.</summary>
    private readonly SortedDictionary<int, Area> _active = [];
    private int _next;

    private MergedAreas(List<Area> areas) => _areas = areas;

    /// <summary>Whether there is any.</summary>
    public bool Any => _areas.Count > 0;

    /// <summary>Reads them; they stand behind the rows, so a sheet that has some is read twice.</summary>
    public static MergedAreas Read(XmlPart xml)
    {
        List<Area> areas = [];
        while (xml.Read())
        {
            if (!xml.IsStart("mergeCell") || xml.Attribute("ref")?.Split(':') is not [string first, string last]
                || Cell(first) is not (int top, int left) || Cell(last) is not (int bottom, int right))
            {
                continue;
            }

            areas.Add(new Area(Math.Min(top, bottom), Math.Max(top, bottom), Math.Min(left, right), Math.Max(left, right)));
            if (areas.Count > MostAreas)
            {
                throw new WorkbookException(FileFaults.TooManyMergedAreas, MostAreas);
            }
        }

        areas.Sort((a, b) => a.Top.CompareTo(b.Top));
        return new MergedAreas(areas);
    }

    /// <summary>Puts the values of areas into the blank cells that they cover.</summary>
    /// <param name="row">The number of the row, which comes after those before.</param>
    /// <param name="cells">Its cells as stored, blank ones at the end left out.</param>
    /// <param name="isNumber">Which of them are numbers, as long as the cells.</param>
    public void Fill(int row, List<string> cells, List<bool> isNumber)
    {
        for (; _next < _areas.Count && _areas[_next].Top <= row; _next++)
        {
            _active[_areas[_next].Left] = _areas[_next];
        }

        bool isStored = cells.Exists(c => !string.IsNullOrWhiteSpace(c));
        int[] filled = [.. Enumerable.Range(0, cells.Count).Where(c => !string.IsNullOrWhiteSpace(cells[c]))];
        foreach (Area area in _active.Values.ToList())
        {
            if (area.Bottom < row)
            {
                _active.Remove(area.Left);
                continue;
            }

            if (filled.Any(c => c > area.Left && c <= area.Right))
            {
                // Spreadsheet programs keep the first cell of an area only: this is none.
                _active.Remove(area.Left);
                continue;
            }

            if (area.Top == row)
            {
                area.Value = area.Left < cells.Count ? cells[area.Left] : "";
                area.IsNumber = area.Left < cells.Count && isNumber[area.Left];
            }

            // A row that holds nothing of its own stays blank, and one that is a single wide text, such as a title, stays that.
            bool isTitle = area.Top == row && filled is [int only] && only == area.Left;
            if (isStored && !isTitle && area.Value.Length > 0)
            {
                area.Cover(cells, isNumber);
            }
        }
    }

    private static (int Row, int Column)? Cell(string reference)
    {
        int column = 0;
        int i = 0;
        for (; i < reference.Length && char.IsAsciiLetter(reference[i]) && column <= SheetReader.MaxColumns; i++)
        {
            column = (column * 26) + (char.ToUpperInvariant(reference[i]) - 'A' + 1);
        }

        return column is >= 1 and <= SheetReader.MaxColumns
            && int.TryParse(reference.AsSpan(i), NumberStyles.None, CultureInfo.InvariantCulture, out int row) && row is >= 1 and <= SheetReader.MaxSheetRows
            ? (row, column - 1)
            : null;
    }

    private sealed class Area(int top, int bottom, int left, int right)
    {
        public int Top => top;

        public int Bottom => bottom;

        public int Left => left;

        public int Right => right;

        public string Value { get; set; } = "";

        public bool IsNumber { get; set; }

        public void Cover(List<string> cells, List<bool> isNumber)
        {
            for (int c = left; c <= right; c++)
            {
                while (cells.Count <= c)
                {
                    cells.Add("");
                    isNumber.Add(false);
                }

                if (string.IsNullOrWhiteSpace(cells[c]))
                {
                    (cells[c], isNumber[c]) = (Value, IsNumber);
                }
            }
        }
    }
}
