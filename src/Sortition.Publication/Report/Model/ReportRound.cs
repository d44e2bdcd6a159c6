namespace Sortition.Publication.Report.Model;

/// <summary>That a report is about a replacement round, which fills the open seats of a panel.</summary>
/// <param name="PanelSize">How many seats the whole panel has. The quotas are about it.</param>
/// <param name="Staying">How many of its members stay.</param>
internal sealed record ReportRound(int PanelSize, int Staying);
