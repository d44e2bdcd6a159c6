using Sortition.Core.Feasibility;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Algorithms;

/// <summary>
/// What an algorithm answers that is asked for one panel: <see cref="PanelDrawn"/>, <see cref="NoPanelExists"/> or <see cref="NoPanelFound"/>.
/// </summary>
public abstract record PanelResult
{
    private protected PanelResult()
    {
    }

    /// <summary>The panel, where there is one.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Panel GetPanelOrThrow() => this switch
    {
        PanelDrawn drawn => drawn.Panel,
        NoPanelExists => throw new InvalidOperationException("No panel meets the quotas."),
        _ => throw new InvalidOperationException("No panel was found."),
    };
}

/// <summary>A panel was drawn.</summary>
/// <param name="Panel">The panel; it meets every quota.</param>
/// <param name="Attempts">How many attempts it took, 1 or more.</param>
public sealed record PanelDrawn(Panel Panel, int Attempts) : PanelResult;

/// <summary>No panel meets the quotas; proven.</summary>
/// <param name="Report">Why.</param>
public sealed record NoPanelExists(FeasibilityReport Report) : PanelResult;

/// <summary>No panel was found. There may be one.</summary>
/// <param name="Attempts">How many attempts were made.</param>
public sealed record NoPanelFound(int Attempts) : PanelResult;
