using System.Collections.Frozen;
using Sortition.Core.Problems;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Mapping;

/// <summary>Which cells of a column mean which values of a feature, by their names.</summary>
internal sealed class ValueSuggestion
{
    private const int FewestLetters = 3;

    private readonly IReadOnlyList<string> _values;
    private readonly Dictionary<string, string> _byKey;
    private readonly Dictionary<string, string> _byWords = new(StringComparer.Ordinal);
    private readonly FrozenSet<string>[] _synonyms;

    public ValueSuggestion(IReadOnlyList<string> values)
    {
        _values = values;
        _byKey = values.Distinct(NameComparer.Instance).ToDictionary(NameComparer.Key, value => value, StringComparer.Ordinal);
        _synonyms = [.. Words.Synonyms.Where(set => values.Any(value => Words.AreOneOf(set, value)))];
        foreach (IGrouping<string, string> plain in values.GroupBy(Words.Plain, StringComparer.Ordinal).Where(g => g.Count() == 1))
        {
            _byWords.TryAdd(plain.Key, plain.First());
        }
    }

    /// <summary>The value that a cell means, exactly or likely; null where that cannot be told.</summary>
    public string? Find(string cell) => Same(cell) ?? Meant(cell);

    /// <summary>The value with which a cell is one.</summary>
    public string? Same(string cell) => _byKey.GetValueOrDefault(NameComparer.Key(cell));

    private string? Meant(string cell) =>
        _byWords.GetValueOrDefault(Words.Plain(cell))
            ?? Synonym(cell)
            ?? Beginning(cell)
            ?? (TextLikeness.OnlyLike(NameComparer.Key(cell), _byKey.Keys) is string like ? _byKey[like] : null);

    /// <summary>
    /// Another word for one of the values. Single letters mean many things: first of all the beginning of a value, if it is that of one only.
    /// </summary>
    private string? Synonym(string cell)
    {
        if (_synonyms.Length < 2)
        {
            return null;
        }

        if (cell.Length == 1)
        {
            string[] begun = [.. _values.Where(value => NameComparer.Key(value).StartsWith(NameComparer.Key(cell), StringComparison.Ordinal))];
            string[] ofSets = [.. begun.Where(value => Array.Exists(_synonyms, set => Words.AreOneOf(set, value)))];
            if (begun.Length > 0)
            {
                return begun.Length == 1 && ofSets.Length == 1 ? begun[0] : null;
            }
        }

        FrozenSet<string>[] meant = [.. _synonyms.Where(set => Words.AreOneOf(set, cell))];
        string[] values = meant.Length == 1 ? [.. _values.Where(value => Words.AreOneOf(meant[0], value))] : [];
        return values.Length == 1 ? values[0] : null;
    }

    /// <summary>An abbreviation of one value only.</summary>
    private string? Beginning(string cell)
    {
        string key = Words.Plain(cell);
        string[] begun = [.. _values.Where(value => Words.Plain(value).StartsWith(key, StringComparison.Ordinal))];
        return key.Length >= FewestLetters && !key.Any(char.IsDigit) && begun.Length == 1 ? begun[0] : null;
    }
}
