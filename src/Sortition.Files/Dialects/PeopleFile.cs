using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;
using Sortition.Shared;

namespace Sortition.Files.Dialects;

/// <summary>The headings of the columns that a people file is asked to have.</summary>
/// <param name="Id">That of ids; null to find it.</param>
/// <param name="Household">Those of the address; empty where there is no household rule.</param>
/// <param name="Entitlement">That of entitlements; null where there is none.</param>
/// <param name="Contact">Those by which people are written to; empty where nobody asks.</param>
internal sealed record PeopleColumns(string? Id, IReadOnlyList<string> Household, string? Entitlement, IReadOnlyList<string> Contact);

/// <summary>The rows of a people file, and which columns mean what.</summary>
internal sealed class PeopleFile
{
    /// <summary>Usual headings of ids, in the order in which they are looked for.</summary>
    private static readonly string[] IdHeadings =
    [
        "id", "nationbuilder_id", "person_id", "respondent_id", "participant_id", "person-id", "personid", "person id", "respondent id", "participant id",
        "deltager-id", "deltagerid", "deltagar-id", "deltaker-id", "teilnehmer-id", "deelnemer-id", "azonosító", "identifiant", "identificador", "kennung",
    ];

    private const int MostListed = 10;

    private readonly string _name;
    private readonly TableHeader _header;
    private readonly TextForm _form;
    private readonly int _id;
    private readonly int[] _household;
    private readonly int[] _contact;
    private readonly int _entitlement;
    private readonly List<string[]> _rows = [];
    private readonly List<int> _lines = [];
    private readonly List<double> _entitlements = [];
    private readonly List<(string Id, Answer Answer)> _answers = [];
    private int[] _features = [];

    private PeopleFile(TableReader table, int id, int[] household, int[] contact, int entitlement)
    {
        _name = table.Name;
        _header = table.Header;
        _form = table.Form;
        _id = id;
        _household = household;
        _contact = contact;
        _entitlement = entitlement;
    }

    public bool HasIds => _id >= 0;

    /// <summary>What became of everybody's invitation, by the column that says it, in the order of the rows; empty where there is none.</summary>
    public IReadOnlyList<(string Id, Answer Answer)> Answers => _answers;

    /// <summary>The column of ids, or -1.</summary>
    /// <param name="header">The headings.</param>
    /// <param name="heading">The heading it has; null for any of the usual ones.</param>
    public static int FindIds(TableHeader header, string? heading) =>
        heading is not null ? header.Find(heading) : header.FindAny(IdHeadings);

    /// <summary>Reads all rows; those that cannot be told apart into columns are reported and left out.</summary>
    /// <param name="table">The table, read up to its header.</param>
    /// <param name="columns">Which columns hold ids, addresses and entitlements.</param>
    /// <param name="features">The features that the quotas name.</param>
    /// <param name="faults">Is told every fault.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static PeopleFile Read(
        TableReader table, PeopleColumns columns, IReadOnlyCollection<string> features, FaultList faults, CancellationToken cancellationToken)
    {
        TableHeader header = table.Header;
        int id = FindIds(header, columns.Id);
        if (id < 0 && columns.Id is string heading)
        {
            header.ReportMissing(heading.Trim(), faults);
        }

        int[] household = [.. columns.Household.Select(FindOrReport)];
        int entitlement = columns.Entitlement is null ? -1 : FindOrReport(columns.Entitlement);
        int[] contact = [.. columns.Contact.Select(FindOrReport)];
        int[] needed = [.. household.Concat(contact).Append(id).Append(entitlement).Concat(features.Select(header.Find)).Where(c => c >= 0)];
        header.ReportRepeated(needed, faults);
        int[] featureColumns = [.. features.Select(header.Find).Where(c => c >= 0).Distinct()];
        if (featureColumns.Length < features.Count(f => header.Find(f) < 0) + featureColumns.Length)
        {
            header.ReportTitle(faults);
        }

        int named = header.Names().Count;
        table.LeaveOutAtEnd(row => Trailers.Total(row, featureColumns) ?? Trailers.Remark(row, featureColumns, named, onlyLong: true));
        PeopleFile file = new(table, id, household.Contains(-1) ? [] : household, contact.Contains(-1) ? [] : contact, entitlement);
        file._features = featureColumns;
        int neededFields = needed.Length == 0 ? 0 : 1 + needed.Max();
        bool anyRow = false;
        while (table.Read())
        {
            anyRow = true;
            if (file._rows.Count % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (!IsEmptyForm() && table.CheckFieldCount(neededFields))
            {
                file._rows.Add(table.Cells);
                file._lines.Add(table.Line);
                if (entitlement >= 0)
                {
                    file._entitlements.Add(EntitlementOrFault());
                }
            }
        }

        if (!anyRow && !table.HasEnded)
        {
            features.Where(f => header.Find(f) < 0).ToList().ForEach(f => header.ReportMissing(f, faults));
            faults.Add(FileFaults.NoRows, header.At(null));
        }

        return file;

        // A row of a form that nobody filled in has what the form writes itself, and nothing that makes somebody a person of the pool.
        bool IsEmptyForm()
        {
            bool isEmpty = featureColumns.Length > 0 && table.TextEnd <= header.Headings.Length
                && Array.TrueForAll(featureColumns, c => NameComparer.IsBlank(table.Cell(c)))
                && (id < 0 || NameComparer.IsBlank(table.Cell(id)));
            if (isEmpty)
            {
                faults.Add(FileFaults.EmptyFormRow, new FaultLocation(table.Name, table.Line));
            }

            return isEmpty;
        }

        double EntitlementOrFault()
        {
            string text = table.Cell(entitlement);
            if (double.TryParse(WrittenNumber.WithPoint(text), NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            {
                return number;
            }

            // The builder checks the range, but sees numbers only. What the text says is reported here; with any good number the rest of the row is then
            // checked.
            bool isBlank = string.IsNullOrWhiteSpace(text);
            FaultLocation location = new(table.Name, table.Line, header.Name(entitlement));
            string? subject = id < 0 ? null : table.Cell(id).Trim();
            faults.Add(isBlank
                ? new Fault(FileFaults.MissingEntitlement, location, subject, Person.MinEntitlement, Person.MaxEntitlement)
                : new Fault(CoreFaults.EntitlementOutOfRange, location, subject, text, Person.MinEntitlement, Person.MaxEntitlement));
            return 1;
        }

        int FindOrReport(string heading)
        {
            int column = header.Find(heading);
            if (column < 0)
            {
                header.ReportMissing(heading.Trim(), faults);
            }

            return column;
        }
    }

    public void AddTo(SelectionProblemBuilder builder, CancellationToken cancellationToken)
    {
        Dictionary<string, int> columns = new(StringComparer.Ordinal);
        string?[] address = new string?[_household.Length];
        builder.People(RowNumbers(cancellationToken), new PersonReader<int>
        {
            Id = IdOf,
            Value = (row, feature) => ColumnOf(feature) is >= 0 and int column ? Cell(row, column) : null,
            Household = _household.Length == 0 ? null : HouseholdOf,
            Entitlement = _entitlement < 0 ? null : row => _entitlements[row],
            SameRow = (a, b) => _rows[a].AsSpan().SequenceEqual(_rows[b]),
            Source = _name,
            HeaderLine = _header.Line,
            Line = row => _lines[row],
            IdColumn = !HasIds ? "id" : _header.Name(_id),
            EntitlementColumn = _entitlement < 0 ? "" : _header.Name(_entitlement),
            Headings = _header.Names(),
            Suggest = MeantBy,
            Column = feature => ColumnOf(feature) is >= 0 and int column ? _header.Name(column) : feature,
        });

        int ColumnOf(string feature)
        {
            if (!columns.TryGetValue(feature, out int column))
            {
                columns.Add(feature, column = _header.Find(feature));
            }

            return column;
        }

        string? HouseholdOf(int row)
        {
            for (int c = 0; c < address.Length; c++)
            {
                address[c] = Cell(row, _household[c]);
            }

            return HouseholdKey.Create(address);
        }
    }

    /// <summary>The value that somebody may have meant; null where none or several are like it.</summary>
    private static string? MeantBy(string written, IReadOnlyList<string> allowed)
    {
        string? like = TextLikeness.OnlyLike(NameComparer.Key(written), allowed.Select(NameComparer.Key));
        return like is null ? null : allowed.First(value => string.Equals(NameComparer.Key(value), like, StringComparison.Ordinal));
    }

    /// <summary>The rows with the person of each.</summary>
    public PeopleRows ToRows(SelectionProblem problem)
    {
        int[] personOf = new int[_rows.Count];
        for (int row = 0; row < personOf.Length; row++)
        {
            personOf[row] = problem.IndexOf(IdOf(row));
        }

        int[] kept = [.. Enumerable.Range(0, personOf.Length).Where(row => personOf[row] >= 0)];
        return new PeopleRows(
            _header.Headings,
            kept.Length == _rows.Count ? _rows : [.. kept.Select(row => _rows[row])],
            [.. kept.Select(row => personOf[row])],
            HasIds,
            _form)
        {
            ContactColumns = [.. _contact.Select(_header.Name)],
            ContactPlaces = _contact,
            OtherRows = _rows.Count - kept.Length,
            Name = _name,
        };
    }

    /// <summary>Reads the column that says what became of invitations.</summary>
    public void ReadAnswers(string heading, FaultList faults)
    {
        int column = _header.Find(heading);
        if (column < 0)
        {
            _header.ReportMissing(heading.Trim(), faults);
            return;
        }

        for (int row = 0; row < _rows.Count; row++)
        {
            string cell = Cell(row, column);
            if (AnswerDialect.Read(cell) is Answer answer)
            {
                _answers.Add((IdOf(row).Trim(), answer));
            }
            else
            {
                faults.Add(FileFaults.UnknownAnswer, new FaultLocation(_name, _lines[row], _header.Name(column)), cell, AnswerDialect.Examples);
            }
        }
    }

    /// <summary>Leaves out the rows of people who are out, where they lack a value: what was erased need not be known of whoever is not drawn.</summary>
    /// <param name="ids">The ids of those who are out.</param>
    /// <returns>The ids of those left out, as ids are compared.</returns>
    public HashSet<string> LeaveOutErased(IEnumerable<string> ids)
    {
        HashSet<string> isOut = [.. ids.Select(NameComparer.IdKey)];
        HashSet<string> erased = [];
        if (!HasIds || isOut.Count == 0)
        {
            return erased;
        }

        for (int row = _rows.Count - 1; row >= 0; row--)
        {
            string id = NameComparer.IdKey(IdOf(row));
            if (isOut.Contains(id) && Array.Exists(_features, column => NameComparer.IsBlank(Cell(row, column))))
            {
                _rows.RemoveAt(row);
                _lines.RemoveAt(row);
                if (_entitlement >= 0)
                {
                    _entitlements.RemoveAt(row);
                }

                erased.Add(id);
            }
        }

        return erased;
    }

    /// <summary>Adds the rows of another table of the same columns whose people are not in this one.</summary>
    /// <param name="others">The people of the other table, with what it says of them.</param>
    /// <returns>The ids of those who were added.</returns>
    public IReadOnlyList<string> AddMissing(IEnumerable<ListedId> others)
    {
        List<string> added = [];
        if (!HasIds || _entitlement >= 0)
        {
            return added;
        }

        HashSet<string> known = [.. Enumerable.Range(0, _rows.Count).Select(row => NameComparer.IdKey(IdOf(row)))];
        foreach (ListedId other in others.Where(o => o.Header is not null))
        {
            int[] places = [.. _header.Headings.Select(other.Header!.Find)];
            if (_features.Append(_id).Concat(_household).All(column => places[column] >= 0) && known.Add(NameComparer.IdKey(other.Id)))
            {
                _rows.Add([.. places.Select(place => place >= 0 && place < other.Cells.Count ? FormulaGuard.Restore(other.Cells[place]) : "")]);
                _lines.Add(other.Location.Line ?? 0);
                added.Add(other.Id);
            }
        }

        return added;
    }

    /// <summary>Those of some ids that nobody here has, as ids are compared.</summary>
    public HashSet<string> Lacking(IReadOnlyList<string> ids)
    {
        HashSet<string> lacking = [.. ids.Select(NameComparer.IdKey)];
        for (int row = 0; row < _rows.Count && lacking.Count > 0; row++)
        {
            lacking.Remove(NameComparer.IdKey(IdOf(row)));
        }

        return lacking;
    }

    /// <summary>Compares the rows with the people of a problem that was posed before; nobody may be missing, and nobody may have become another.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="faults">Is told who is missing, stands there twice, or has another value.</param>
    public void Compare(SelectionProblem problem, FaultList faults)
    {
        int[] rowOf = new int[problem.People.Count];
        Array.Fill(rowOf, -1);
        for (int row = 0; row < _rows.Count; row++)
        {
            if (problem.IndexOf(IdOf(row)) is not (>= 0 and int person))
            {
                continue;
            }

            if (rowOf[person] is >= 0 and int other && !_rows[row].AsSpan().SequenceEqual(_rows[other]))
            {
                FaultLocation place = new(_name, _lines[row], HasIds ? _header.Name(_id) : null);
                faults.Add(FileFaults.PersonTwice, place, problem.People[person].Id, _lines[other]);
            }

            rowOf[person] = rowOf[person] < 0 ? row : rowOf[person];
        }

        string[] missing = [.. problem.People.Where((_, i) => rowOf[i] < 0).Select(p => p.Id)];
        if (missing.Length > 0)
        {
            faults.Add(FileFaults.PeopleMissing, _header.At(null), missing.Length, Listed(missing));
        }

        for (int f = 0; f < problem.Features.Count; f++)
        {
            int column = _header.Find(problem.Features[f].Name);
            int at = f;
            string[] changed =
            [
                .. problem.People.Where((person, i) => column >= 0 && rowOf[i] >= 0 && !NameComparer.Instance.Equals(person.Values[at], Cell(rowOf[i], column)))
                    .Select(person => person.Id),
            ];
            if (changed.Length > 0)
            {
                faults.Add(FileFaults.ValuesChanged, _header.At(_header.Name(column)), changed.Length, Listed(changed));
            }
        }
    }

    /// <summary>Ids in a sentence, of many the first.</summary>
    internal static string Listed(string[] ids) =>
        string.Join(", ", ids.Take(MostListed)) + (ids.Length > MostListed ? ", …" : "");

    /// <summary>Files of research have no ids: there the number of the row, from 1, is the id.</summary>
    private string IdOf(int row) => !HasIds ? (row + 1).ToString(CultureInfo.InvariantCulture) : Cell(row, _id);

    private string Cell(int row, int column) => column < _rows[row].Length ? _rows[row][column] : "";

    private IEnumerable<int> RowNumbers(CancellationToken cancellationToken) =>
        Enumerable.Range(0, _rows.Count).Select(row =>
        {
            if (row % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return row;
        });
}
