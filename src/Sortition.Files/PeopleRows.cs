namespace Sortition.Files;

/// <summary>The people file as it was, with all its columns, in its own order.</summary>
/// <remarks>Holds personal data. Immutable and safe to read from any thread.</remarks>
public sealed class PeopleRows
{
    private readonly int[] _personOf;

    internal PeopleRows(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, int[] personOf)
    {
        Header = header;
        Rows = rows;
        _personOf = personOf;
    }

    /// <summary>The headings, as written.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The rows that hold something, each with one cell for each heading, as written.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>Whose row it is.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    /// <returns>Index into <see cref="Core.Problems.SelectionProblem.People"/>; rows that are repeated have one person.</returns>
    public int PersonOf(int row) => _personOf[row];
}
