namespace Sortition.Core.DropOuts;

/// <summary>How likely one person is to drop out, as given, before it is checked, and where it was given.</summary>
public sealed class PersonDropOut
{
    /// <summary>The person's id. Trimmed, then compared character by character.</summary>
    public required string Id { get; init; }

    /// <summary>The drop-out chance, 0..1.</summary>
    public required double Chance { get; init; }

    /// <summary>Where the person stands: file and line, and the column of the chance.</summary>
    public FaultLocation? Location { get; init; }
}
