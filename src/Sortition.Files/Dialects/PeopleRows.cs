using Sortition.Core;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>The people file as it was, with all its columns, in its own order.</summary>
/// <remarks>Holds personal data. Immutable and safe to read from any thread.</remarks>
public sealed class PeopleRows
{
    private readonly int[] _personOf;

    internal PeopleRows(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, int[] personOf, bool hasIds, TextForm form)
    {
        Header = header;
        Rows = rows;
        _personOf = personOf;
        HasIds = hasIds;
        Form = form;
    }

    /// <summary>The headings, as written.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The rows that hold something, as written: at most one cell for each heading; empty cells at the end are left out.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>The name of the file or sheet, for faults.</summary>
    internal string Name { get; init; } = "people";

    /// <summary>Whether the file has a column of ids; if not, the number of the row, from 1, is the person's id.</summary>
    public bool HasIds { get; }

    /// <summary>The headings of the columns by which people are written to, as asked for; none where nobody asked.</summary>
    public IReadOnlyList<string> ContactColumns { get; internal init; } = [];

    /// <summary>How many rows of the file are of people who are not in the problem, and so not among <see cref="Rows"/>.</summary>
    public int OtherRows { get; internal init; }

    /// <summary>How rows are written as CSV: as the file was.</summary>
    internal TextForm Form { get; }

    /// <summary>Where the contact columns are.</summary>
    internal IReadOnlyList<int> ContactPlaces { get; init; } = [];

    /// <summary>Whose row it is.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    /// <returns>Index into <see cref="Core.SelectionProblem.People"/>; rows that are repeated have one person.</returns>
    public int PersonOf(int row) => _personOf[row];

    /// <summary>Everybody in a problem that no file was read for.</summary>
    internal static PeopleRows Of(SelectionProblem problem) => new(
        ["id", .. problem.Features.Select(f => f.Name)],
        [.. problem.People.Select(p => (IReadOnlyList<string>)[p.Id, .. p.Values])],
        [.. Enumerable.Range(0, problem.People.Count)],
        hasIds: true,
        TextForm.Plain);

    /// <summary>The rows of those who are in a smaller problem too.</summary>
    internal PeopleRows Of(SelectionProblem problem, SelectionProblem smaller)
    {
        int[] places = [.. problem.People.Select(p => smaller.IndexOf(p.Id))];
        int[] kept = [.. Enumerable.Range(0, Rows.Count).Where(row => places[_personOf[row]] >= 0)];
        return new PeopleRows(Header, [.. kept.Select(row => Rows[row])], [.. kept.Select(row => places[_personOf[row]])], HasIds, Form)
        {
            ContactColumns = ContactColumns,
            ContactPlaces = ContactPlaces,
            OtherRows = OtherRows,
            Name = Name,
        };
    }
}
