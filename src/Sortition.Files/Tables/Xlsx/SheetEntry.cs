namespace Sortition.Files.Tables.Xlsx;

/// <summary>A sheet as a workbook lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Part">The part that holds its cells.</param>
/// <param name="IsHidden">Whether people who open the workbook do not see it.</param>
internal sealed record SheetEntry(string Name, string Part, bool IsHidden);
