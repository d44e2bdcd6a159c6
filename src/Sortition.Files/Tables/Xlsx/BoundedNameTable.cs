using System.Xml;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>The names of elements and attributes, which an XML reader keeps to its end: a hostile document could make up a new one each time.</summary>
internal sealed class BoundedNameTable : NameTable
{
    private const int MaxNames = 10_000;
    private const int MaxChars = 1 << 20;

    private int _names;
    private int _chars;

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Count(len, base.Add(key, start, len));

    public override string Add(string key) => Get(key) ?? Count(key.Length, base.Add(key));

    private string Count(int length, string name)
    {
        _chars += length;
        return ++_names <= MaxNames && _chars <= MaxChars
            ? name
            : throw WorkbookException.TooLarge(FormattableString.Invariant($"at most {MaxNames} different names in its XML"));
    }
}
