using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Files.Mapping;

/// <summary>Finds everybody's id: in a column, or in the register, where whoever is new gets another one.</summary>
internal sealed class IdAssignment
{
    private readonly MappedTable _table;
    private readonly Identities _identities;
    private readonly IReadOnlyList<int> _people;
    private readonly Dictionary<int, string> _ids = [];

    private IdAssignment(MappedTable table, Identities identities, IReadOnlyList<int> people)
    {
        _table = table;
        _identities = identities;
        _people = people;
    }

    /// <summary>The id of each row that is a person.</summary>
    public IReadOnlyDictionary<int, string> Ids => _ids;

    /// <summary>How many ids are new.</summary>
    public int Created { get; private set; }

    /// <summary>The ids of those whose rows have changed since.</summary>
    public List<string> Changed { get; } = [];

    public static IdAssignment Run(
        MappedTable table, Identities identities, IReadOnlyList<int> people, IdRule rule, IdRegister register, FaultList faults)
    {
        IdAssignment assignment = new(table, identities, people);
        if (rule.Column is string column)
        {
            assignment.FromColumn(table.FindOrReport(column, faults), faults);
        }
        else
        {
            assignment.FromRegister(register, rule.Create ?? IdPattern.Default, faults);
        }

        return assignment;
    }

    private void FromColumn(int column, FaultList faults)
    {
        if (column < 0)
        {
            return;
        }

        int[] without = [.. _people.Where(row => _table.Cell(row, column).Length == 0)];
        if (without.Length > 0)
        {
            faults.Add(FileFaults.PeopleWithoutId, _table.At(without[0], column), without.Length, _table.Lines(without));
        }

        Dictionary<string, int> firstOf = new(StringComparer.Ordinal);
        foreach (int row in _people)
        {
            string id = _table.Cell(row, column);
            string key = NameComparer.IdKey(id);
            _ids.Add(row, id);
            if (id.Length > 0 && !firstOf.TryAdd(key, row) && !IsEqual(row, firstOf[key]))
            {
                faults.Add(FileFaults.IdOfTwoRows, _table.At(row, column), id, _table.Lines([firstOf[key], row]));
            }
        }
    }

    private bool IsEqual(int row, int other) =>
        string.Equals(_identities.Row(row, withStatus: true), _identities.Row(other, withStatus: true), StringComparison.Ordinal);

    private void FromRegister(IdRegister register, IdPattern pattern, FaultList faults)
    {
        Dictionary<int, RegisteredRow> prints = _people.ToDictionary(row => row, row => Prints(row, register.Key));
        bool[] isTaken = new bool[register.Rows.Count];
        TakeEqualRows(register, prints, isTaken, print => print.Row);
        TakeEqualRows(register, prints, isTaken, print => print.Rest);
        TakeChangedRows(register, prints, isTaken);
        ILookup<string, int> left = Unassigned(register, isTaken)
            .SelectMany(i => Reached(register.Rows[i]).Select(key => (key, i)))
            .ToLookup(pair => pair.key, pair => pair.i, StringComparer.Ordinal);
        int next = 1 + register.Rows.Select(r => pattern.NumberOf(r.Id)).DefaultIfEmpty().Max();
        foreach (int row in _people.Where(row => !_ids.ContainsKey(row)))
        {
            RegisteredRow added = prints[row] with { Id = pattern.Id(next++) };
            int[] alike = [.. Reached(added).SelectMany(key => left[key]).Distinct()];
            if (alike.Length > 0)
            {
                faults.Add(FileFaults.NewIdThoughAlike, _table.At(row, -1), added.Id, alike.Select(i => register.Rows[i].Id).ToArray());
            }

            register.Add(added);
            _ids.Add(row, added.Id);
            Created++;
        }
    }

    /// <summary>Rows that hold what they held. Equal ones are one as good as another.</summary>
    private void TakeEqualRows(IdRegister register, Dictionary<int, RegisteredRow> prints, bool[] isTaken, Func<RegisteredRow, string> held)
    {
        Dictionary<string, Queue<int>> byPrint = new(StringComparer.Ordinal);
        foreach (int i in Unassigned(register, isTaken))
        {
            if (!byPrint.TryGetValue(held(register.Rows[i]), out Queue<int>? queue))
            {
                byPrint.Add(held(register.Rows[i]), queue = new Queue<int>());
            }

            queue.Enqueue(i);
        }

        foreach (int row in _people.Where(row => !_ids.ContainsKey(row)))
        {
            if (byPrint.TryGetValue(held(prints[row]), out Queue<int>? queue) && queue.TryDequeue(out int i))
            {
                Take(register, i, prints[row], row, isTaken);
            }
        }
    }

    /// <summary>
    /// Rows in which something was put right since. Somebody is known by name together with an e-mail, a phone or an address; where nobody has a name, by
    /// e-mail or phone. Whoever could be two people is nobody's: a stranger must never get an id that was somebody's.
    /// </summary>
    private void TakeChangedRows(IdRegister register, Dictionary<int, RegisteredRow> prints, bool[] isTaken)
    {
        ILookup<string, int> known = Unassigned(register, isTaken)
            .SelectMany(i => KnownBy(register.Rows[i]).Select(key => (key, i)))
            .ToLookup(pair => pair.key, pair => pair.i, StringComparer.Ordinal);
        Dictionary<int, int> onlyOf = [];
        Dictionary<int, int> rowsOf = [];
        foreach (int row in _people.Where(row => !_ids.ContainsKey(row)))
        {
            int[] candidates = [.. KnownBy(prints[row]).SelectMany(key => known[key]).Distinct()];
            foreach (int i in candidates)
            {
                rowsOf[i] = rowsOf.GetValueOrDefault(i) + 1;
            }

            if (candidates.Length == 1)
            {
                onlyOf.Add(row, candidates[0]);
            }
        }

        foreach ((int row, int i) in onlyOf.Where(pair => rowsOf[pair.Value] == 1))
        {
            Take(register, i, prints[row], row, isTaken);
            Changed.Add(register.Rows[i].Id);
        }
    }

    private void Take(IdRegister register, int i, RegisteredRow prints, int row, bool[] isTaken)
    {
        isTaken[i] = true;
        register.Replace(i, prints with { Id = register.Rows[i].Id });
        _ids.Add(row, register.Rows[i].Id);
    }

    private static IEnumerable<int> Unassigned(IdRegister register, bool[] isTaken) =>
        Enumerable.Range(0, isTaken.Length).Where(i => !isTaken[i] && i < register.Rows.Count);

    /// <summary>What one person only is known by.</summary>
    private static IEnumerable<string> KnownBy(RegisteredRow row) =>
        row.Name.Length == 0
            ? Reached(row)
            : Reached(row).Concat(row.Household.Length == 0 ? [] : ["h" + row.Household]).Select(key => key + row.Name);

    /// <summary>Where somebody is reached.</summary>
    private static IEnumerable<string> Reached(RegisteredRow row)
    {
        if (row.Email.Length > 0)
        {
            yield return "e" + row.Email;
        }

        if (row.Phone.Length > 0)
        {
            yield return "p" + row.Phone;
        }
    }

    private RegisteredRow Prints(int row, ReadOnlySpan<byte> key) => new(
        "",
        Fingerprint.Of(key, "row", _identities.Row(row, withStatus: true)),
        Fingerprint.Of(key, "row", _identities.Row(row, withStatus: false)),
        Fingerprint.Of(key, "name", _identities.Part(row, IdentityPart.Name)),
        Fingerprint.Of(key, "email", _identities.Part(row, IdentityPart.Email)),
        Fingerprint.Of(key, "phone", _identities.Part(row, IdentityPart.Phone)),
        Fingerprint.Of(key, "household", _identities.Part(row, IdentityPart.Household)));
}
