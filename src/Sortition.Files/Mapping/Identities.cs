using System.Text;
using Sortition.Core.Problems;

namespace Sortition.Files.Mapping;

/// <summary>By what each person of a table can be told from others: name, e-mail, phone, address, and all that the row holds.</summary>
internal sealed class Identities
{
    /// <summary>Fewer digits are no number that reaches one person.</summary>
    private const int FewestDigits = 6;

    /// <summary>Country and trunk prefixes stand before the last digits, or do not.</summary>
    private const int TellingDigits = 8;

    private const char Unit = '\u001F';

    private readonly MappedTable _table;
    private readonly int[] _name;
    private readonly int[] _household;
    private readonly int _email;
    private readonly int _phone;
    private readonly int _id;
    private readonly int _status;
    private readonly (int Column, string Key)[] _columns;

    public Identities(MappedTable table, MappingModel mapping, FaultList faults)
    {
        _table = table;
        _name = [.. mapping.Contact.Name.Select(Find)];
        _household = [.. mapping.Household.Select(Find)];
        _email = mapping.Contact.Email is string email ? Find(email) : -1;
        _phone = mapping.Contact.Phone is string phone ? Find(phone) : -1;
        _id = mapping.Id.Column is string id ? table.Header.Find(id) : -1;
        _status = mapping.Status is StatusRule status ? table.Header.Find(status.Column) : -1;
        _columns =
        [
            .. Enumerable.Range(0, table.Header.Headings.Length)
                .Select(column => (column, NameComparer.Key(table.Header.Headings[column])))
                .OrderBy(pair => pair.Item2, StringComparer.Ordinal),
        ];

        int Find(string heading) => table.FindOrReport(heading, faults);
    }

    /// <summary>The columns that tell who somebody is.</summary>
    public IEnumerable<int> Columns => _name.Concat(_household).Append(_email).Append(_phone).Append(_id).Where(c => c >= 0);

    /// <summary>Whether anything in a row tells who somebody is, as against what they are like.</summary>
    public bool IsNamed(int row) => Enum.GetValues<IdentityPart>().Any(part => Part(row, part) is not null);

    /// <summary>A text that is equal for rows that have this in common; null where the row does not say it.</summary>
    public string? Part(int row, IdentityPart part) => part switch
    {
        IdentityPart.Email => _email < 0 ? null : EmailKey(_table.Cell(row, _email)),
        IdentityPart.Phone => _phone < 0 ? null : PhoneKey(_table.Cell(row, _phone)),
        IdentityPart.Name => NameKey(row),
        _ => _household.Length == 0 ? null : HouseholdKey.Create([.. _household.Select(c => _table.Cell(row, c))]),
    };

    /// <summary>Several parts at once; null where the row lacks one.</summary>
    public string? Parts(int row, IReadOnlyList<IdentityPart> parts)
    {
        string?[] all = [.. parts.Select(part => Part(row, part))];
        return all.Contains(null) ? null : string.Join(Unit, all);
    }

    /// <summary>
    /// All that a row holds, whatever the order of the columns and whatever empty ones there are, but not its id. The status is left out where it may change.
    /// </summary>
    public string Row(int row, bool withStatus)
    {
        StringBuilder all = new();
        foreach ((int column, string key) in _columns)
        {
            if (column != _id && (withStatus || column != _status) && NameComparer.Key(_table.Cell(row, column)) is { Length: > 0 } cell)
            {
                all.Append(key).Append(Unit).Append(cell).Append(Unit);
            }
        }

        return all.ToString();
    }

    private string? NameKey(int row)
    {
        string key = NameComparer.Key(string.Join(' ', _name.Select(c => _table.Cell(row, c))));
        return key.Length == 0 ? null : key;
    }

    private static string? EmailKey(string cell) => cell.Contains('@', StringComparison.Ordinal) ? NameComparer.Key(cell) : null;

    /// <summary>The last digits: what stands before them is written by some and left out by others.</summary>
    private static string? PhoneKey(string cell)
    {
        string digits = string.Concat(cell.Where(char.IsAsciiDigit));
        return digits.Length < FewestDigits ? null : digits.Length <= TellingDigits ? digits : digits[^TellingDigits..];
    }
}
