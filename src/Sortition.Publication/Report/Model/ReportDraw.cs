using Sortition.Publication.Format;

namespace Sortition.Publication.Report.Model;

/// <summary>A draw that has taken place.</summary>
/// <param name="Method">How the ballot was drawn.</param>
/// <param name="Ballot">The ballot drawn, 0..M−1: the index of a row of the ballots.</param>
/// <param name="Text">The text that decided; null where a number was called out.</param>
public sealed record ReportDraw(DrawMethod Method, int Ballot, string? Text = null);
