using System.Globalization;
using System.Text;
using System.Text.Json;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>
/// The one form of the documents of a published lottery: that of Python's <c>json.dumps(document, indent=1, ensure_ascii=False)</c> and a line feed.
/// </summary>
/// <remarks>
/// So a second program can check the form in one line. Indented by one space; only quotes, backslashes and control characters are escaped. The encoders that
/// come with .NET escape more, and one of one's own takes unsafe code.
/// </remarks>
internal sealed class CanonicalJson
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isEmpty = true;

    /// <summary>A document as bytes.</summary>
    /// <exception cref="ArgumentException">A text is no valid Unicode.</exception>
    public static byte[] ToBytes(Action<CanonicalJson> writeMembers)
    {
        CanonicalJson json = new();
        json.Enclose('{', () => writeMembers(json), '}');
        json._text.Append('\n');
        return JsonForm.Utf8.GetBytes(json._text.ToString());
    }

    public void Member(string name, string text) => Quoted(Name(name), text);

    public void Member(string name, int number) => Name(name).Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A member with a text, unless there is none.</summary>
    public void Optional(string name, string? text)
    {
        if (text is not null)
        {
            Member(name, text);
        }
    }

    /// <summary>A member with a number, unless there is none.</summary>
    public void Optional(string name, int? number)
    {
        if (number is int n)
        {
            Member(name, n);
        }
    }

    /// <summary>A member that says that something is so; it is left out where it is not.</summary>
    public void Flag(string name, bool isSo)
    {
        if (isSo)
        {
            Name(name).Append("true");
        }
    }

    /// <summary>What documents of a rehearsal say after their format, and others do not.</summary>
    public void Mark(bool isRehearsal) => Optional(Rehearsal.Member, isRehearsal ? Rehearsal.Mark : null);

    /// <summary>Whether a document is of a rehearsal.</summary>
    /// <param name="mark">Its member for that; null where it has none.</param>
    /// <param name="faults">Is told a mark that is none.</param>
    public static bool ReadMark(JsonElement? mark, JsonFaults faults)
    {
        string place = "$." + Rehearsal.Member;
        string? text = mark is null ? null : faults.Text(mark, place);
        if (text is not (null or Rehearsal.Mark))
        {
            faults.Add(JsonFaultCodes.UnknownWord, place, text, (string[])[Rehearsal.Mark]);
        }

        return text is not null;
    }

    public void Object(string name, Action writeMembers)
    {
        Name(name);
        Enclose('{', writeMembers, '}');
    }

    public void Texts(string name, IEnumerable<string> texts) => List(name, texts, text => Quoted(Item(), text));

    public void Numbers(string name, IEnumerable<int> numbers) => List(name, numbers, n => Item().Append(n.ToString(CultureInfo.InvariantCulture)));

    public void Objects<T>(string name, IEnumerable<T> items, Action<T> writeMembers) => List(name, items, item =>
    {
        Item();
        Enclose('{', () => writeMembers(item), '}');
    });

    private void List<T>(string name, IEnumerable<T> items, Action<T> writeItem)
    {
        Name(name);
        Enclose('[', () =>
        {
            foreach (T item in items)
            {
                writeItem(item);
            }
        }, ']');
    }

    private void Enclose(char start, Action writeEntries, char end)
    {
        _text.Append(start);
        _depth++;
        _isEmpty = true;
        writeEntries();
        _depth--;
        if (!_isEmpty)
        {
            _text.Append('\n').Append(' ', _depth);
        }

        _isEmpty = false;
        _text.Append(end);
    }

    /// <summary>Begins an entry on a line of its own.</summary>
    private StringBuilder Item()
    {
        _text.Append(_isEmpty ? "\n" : ",\n").Append(' ', _depth);
        _isEmpty = false;
        return _text;
    }

    private StringBuilder Name(string name)
    {
        Quoted(Item(), name);
        return _text.Append(": ");
    }

    private static void Quoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\f' => text.Append("\\f"),
                '\b' => text.Append("\\b"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
