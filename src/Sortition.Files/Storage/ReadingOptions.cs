namespace Sortition.Files.Storage;

/// <summary>What becomes of rows of a sheet that are hidden, by a filter or by hand.</summary>
public enum HiddenRows
{
    /// <summary>They are a fault that tells how many there are: whether they count has to be said.</summary>
    Ask = 0,

    /// <summary>They count like all others.</summary>
    Use = 1,

    /// <summary>They do not count.</summary>
    LeaveOut = 2,
}

/// <summary>How a table is to be read where its file does not say so itself.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class ReadingOptions
{
    /// <summary>
    /// The name or number of the code page of a text file that has no byte order mark and is not UTF-8, such as <c>windows-1250</c>; null (the default) for
    /// Windows-1252, which is then told with a sample.
    /// </summary>
    public string? Encoding { get; init; }

    /// <summary>What separates the cells of a text file: a comma, a semicolon or a tab; null (the default) to find it.</summary>
    public char? Separator { get; init; }

    /// <summary>The mark before decimals in cells of text, a point or a comma; null (the default) to find it in the numbers themselves.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>What becomes of hidden rows of a sheet; by default they are a fault.</summary>
    public HiddenRows HiddenRows { get; init; }

    /// <summary>
    /// Whether a table that was written in a rehearsal, which has a column <c>REHEARSAL</c>, may be read; false by default: then such a table is a fault.
    /// </summary>
    public bool AcceptsRehearsal { get; init; }

    /// <summary>Nothing is said.</summary>
    internal static ReadingOptions Default { get; } = new();
}
