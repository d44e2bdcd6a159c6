namespace Sortition.Publication.Report;

/// <summary>How a ballot is drawn.</summary>
public enum DrawMethod
{
    /// <summary>A number is drawn in public and called out.</summary>
    CalledNumber,

    /// <summary>A public text that nobody could know beforehand decides (<see cref="DrawProcedure"/>).</summary>
    PublicText,

    /// <summary>The organisers' computer draws, and nobody else can repeat it.</summary>
    Local,
}

/// <summary>A draw that has taken place.</summary>
/// <param name="Method">How the ballot was drawn.</param>
/// <param name="Ballot">The ballot drawn, 0..M−1: the index of a row of the ballots.</param>
/// <param name="Text">The public text that decided; null for the other methods.</param>
public sealed record ReportDraw(DrawMethod Method, int Ballot, string? Text = null);
