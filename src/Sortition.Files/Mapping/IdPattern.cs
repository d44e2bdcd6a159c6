using System.Globalization;

namespace Sortition.Files.Mapping;

/// <summary>How ids are made: a number with something before and after it, such as <c>P{0000}</c>.</summary>
internal sealed class IdPattern
{
    private const int MostDigits = 9;

    private readonly string _before;
    private readonly string _after;
    private readonly int _digits;

    private IdPattern(string before, int digits, string after) => (_before, _digits, _after) = (before, digits, after);

    public static IdPattern Default { get; } = TryParse("P{0000}")!;

    /// <summary>Reads a pattern; null where it is none.</summary>
    public static IdPattern? TryParse(string text)
    {
        int open = text.IndexOf('{', StringComparison.Ordinal);
        int close = text.LastIndexOf('}');
        int digits = close - open - 1;
        return open < 0 || digits is < 1 or > MostDigits || text.AsSpan(open + 1, digits).ContainsAnyExcept('0')
            || text.AsSpan(close + 1).ContainsAny('{', '}') || text.Trim().Length < text.Length
            ? null
            : new IdPattern(text[..open], digits, text[(close + 1)..]);
    }

    public string Id(int number) => _before + number.ToString(CultureInfo.InvariantCulture).PadLeft(_digits, '0') + _after;

    /// <summary>The number of an id that was made so; 0 for others.</summary>
    public int NumberOf(string id) =>
        id.Length > _before.Length + _after.Length
            && id.StartsWith(_before, StringComparison.Ordinal)
            && id.EndsWith(_after, StringComparison.Ordinal)
            && int.TryParse(id.AsSpan(_before.Length..^_after.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : 0;

    public override string ToString() => $"{_before}{{{new string('0', _digits)}}}{_after}";
}
