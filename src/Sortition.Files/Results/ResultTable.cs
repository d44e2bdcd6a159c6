using Sortition.Shared;

namespace Sortition.Files.Results;

/// <summary>One table of a selection, to be written in whatever form.</summary>
/// <param name="File">The name of its CSV file.</param>
/// <param name="Sheet">The name of its sheet in a workbook.</param>
/// <param name="IsOfPeople">Whether its rows are rows of the people file, and are written as that file was.</param>
/// <param name="Write">Writes headings and rows.</param>
internal sealed record ResultTable(string File, string Sheet, bool IsOfPeople, Action<TableWriter> Write);
