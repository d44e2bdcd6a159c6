using Sortition.Core;

namespace Sortition.Files.Tables.Model;

/// <summary>What a table is wanted for, and so which sheet of a workbook it may be.</summary>
/// <param name="Names">The usual names of its sheet, which come before any other.</param>
/// <param name="NamesOfOthers">Names of sheets that are not meant, whatever their headings.</param>
/// <param name="Fits">Whether a sheet with these headings may be meant.</param>
/// <param name="Missing">The fault of a workbook that has no such sheet.</param>
internal sealed record TableRole(string[] Names, string[] NamesOfOthers, Predicate<TableHeader> Fits, FaultCode Missing);
