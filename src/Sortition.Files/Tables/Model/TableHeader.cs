using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Model;

/// <summary>The headings of a table and where they stand.</summary>
internal sealed class TableHeader
{
    private readonly string _source;
    private readonly Dictionary<string, int> _columnOf = new(NameComparer.Instance);
    private readonly HashSet<string> _repeated = new(NameComparer.Instance);

    public TableHeader(string source, int line, string[] headings, bool mayBeTitle)
    {
        MayBeTitle = mayBeTitle;
        _source = source;
        Line = line;
        Headings = headings;
        for (int c = 0; c < headings.Length; c++)
        {
            string clean = NameComparer.Clean(headings[c]);
            if (clean.Length > 0 && !_columnOf.TryAdd(clean, c))
            {
                _repeated.Add(clean);
            }
        }
    }

    public int Line { get; }

    /// <summary>Whether it is a single text above wider rows, so that it may be a title.</summary>
    public bool MayBeTitle { get; }

    /// <summary>As written.</summary>
    public string[] Headings { get; }

    /// <summary>The column with a heading, or -1.</summary>
    public int Find(string heading) => _columnOf.GetValueOrDefault(NameComparer.Clean(heading), -1);

    /// <summary>The column with the first of some headings that there is, or -1.</summary>
    public int FindAny(IEnumerable<string> headings) => headings.Select(Find).FirstOrDefault(c => c >= 0, -1);

    /// <summary>The heading of a column, trimmed.</summary>
    public string Name(int column) => NameComparer.Clean(Headings[column]);

    /// <summary>Reports headings that are needed and stand twice.</summary>
    public void ReportRepeated(IEnumerable<int> neededColumns, FaultList faults)
    {
        foreach (int column in neededColumns.Distinct())
        {
            if (_repeated.Contains(NameComparer.Clean(Headings[column])))
            {
                faults.Add(FileFaults.DuplicateColumn, At(Name(column)));
            }
        }
    }

    public void ReportMissing(string heading, FaultList faults)
    {
        faults.Add(FileFaults.MissingColumn, At(heading), Names(), heading);
        ReportTitle(faults);
    }

    /// <summary>Asks, where headings are missing, whether this is a title.</summary>
    public void ReportTitle(FaultList faults)
    {
        if (MayBeTitle)
        {
            faults.Add(FileFaults.MayBeTitle, At(null), Names().FirstOrDefault(""));
        }
    }

    public FaultLocation At(string? heading) => new(_source, Line, heading);

    /// <summary>The headings there are, trimmed, without empty ones.</summary>
    public IReadOnlyList<string> Names() => [.. Headings.Select(NameComparer.Clean).Where(h => h.Length > 0)];
}
