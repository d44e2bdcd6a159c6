namespace Sortition.Files.Tables.Model;

/// <summary>A row as it was read.</summary>
/// <param name="Line">Its line, from 1, as an editor or a spreadsheet program counts it.</param>
/// <param name="Cells">Its cells, without empty ones at the end.</param>
/// <param name="FieldCount">How many fields it has, empty ones included; those of a sheet reach every column.</param>
/// <param name="Numbers">Which cells are numbers of a workbook; null where none is.</param>
/// <param name="IsHidden">Whether a spreadsheet program does not show it.</param>
internal sealed record TableRow(int Line, string[] Cells, int FieldCount, bool[]? Numbers = null, bool IsHidden = false);
