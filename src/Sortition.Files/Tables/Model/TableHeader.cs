using Sortition.Core.Problems;

namespace Sortition.Files.Tables.Model;

/// <summary>The headings of a table and where they stand.</summary>
internal sealed class TableHeader
{
    private readonly string _source;
    private readonly Dictionary<string, int> _columnOf = new(Heading.Comparer);
    private readonly HashSet<string> _repeated = new(Heading.Comparer);

    public TableHeader(string source, int line, string[] headings)
    {
        _source = source;
        Line = line;
        Headings = headings;
        for (int c = 0; c < headings.Length; c++)
        {
            string clean = Heading.Clean(headings[c]);
            if (clean.Length > 0 && !_columnOf.TryAdd(clean, c))
            {
                _repeated.Add(clean);
            }
        }
    }

    public int Line { get; }

    /// <summary>As written.</summary>
    public string[] Headings { get; }

    /// <summary>The column with a heading, or -1.</summary>
    public int Find(string heading) => _columnOf.GetValueOrDefault(Heading.Clean(heading), -1);

    /// <summary>The column with the first of some headings that there is, or -1.</summary>
    public int FindAny(IEnumerable<string> headings) => headings.Select(Find).FirstOrDefault(c => c >= 0, -1);

    /// <summary>The heading of a column, trimmed.</summary>
    public string Name(int column) => Headings[column].Trim();

    /// <summary>Reports headings that are needed and stand twice.</summary>
    public void ReportRepeated(IEnumerable<int> neededColumns, Action<ProblemFault> report)
    {
        foreach (int column in neededColumns.Distinct())
        {
            if (_repeated.Contains(Heading.Clean(Headings[column])))
            {
                report(new ProblemFault(FaultCode.DuplicateColumn, At(Name(column)), null, null, ["one column with this heading"]));
            }
        }
    }

    public void ReportMissing(string heading, Action<ProblemFault> report) => ReportMissing(heading, [Named(heading)], report);

    /// <summary>Reports that there is none of some columns, and what headings there are.</summary>
    public void ReportMissing(IEnumerable<string> expected, Action<ProblemFault> report) => ReportMissing(null, expected, report);

    /// <summary>How to say which column is missing.</summary>
    public static string Named(string heading) => $"a column named \"{heading}\"";

    private FaultLocation At(string? heading) => new(_source, Line, heading);

    private void ReportMissing(string? heading, IEnumerable<string> expected, Action<ProblemFault> report)
    {
        string found = string.Join(", ", Headings.Select(h => h.Trim()).Where(h => h.Length > 0));
        report(new ProblemFault(FaultCode.MissingColumn, At(heading), null, found, [.. expected]));
    }
}
