using Sortition.Core;

namespace Sortition.Files.Tables.Model;

/// <summary>What a table is wanted for, and so which sheet of a workbook it may be.</summary>
/// <param name="Names">The usual names of its sheet, which come before any other.</param>
/// <param name="NamesOfOthers">Names of sheets that are not meant, whatever their headings.</param>
/// <param name="Fits">Whether a sheet with these headings may be meant.</param>
/// <param name="Missing">The fault of a workbook that has no such sheet.</param>
/// <param name="Headings">
/// How many of the headings wanted a row holds: the row that holds most is that of the headings, and what stands above it a title.
/// </param>
/// <param name="Unlike">A sheet that may be meant for this is not meant.</param>
internal sealed record TableRole(
    string[] Names,
    string[] NamesOfOthers,
    Predicate<TableHeader> Fits,
    FaultCode Missing,
    Func<TableHeader, int> Headings,
    TableRole? Unlike = null);
