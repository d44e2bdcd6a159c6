using System.Globalization;
using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Shared;

/// <summary>Reads parts of a JSON document; whatever is wrong becomes a fault with its path, and reading goes on.</summary>
internal sealed class JsonFaults
{
    /// <summary>The largest document, so that the parser's own tables, 12 bytes a token, stay within what an array can hold.</summary>
    public const int MaxBytes = 256 << 20;

    private const int MaxDepth = 8;

    /// <summary>The faults found so far; the source of each is the path in the document.</summary>
    public FaultList Found { get; } = new();

    /// <summary>How many faults there are in all.</summary>
    public int Count => Found.Count;

    /// <summary>Reads a document, or reports why it is none and returns null.</summary>
    public JsonDocument? Parse(FileSource file, CancellationToken cancellationToken = default)
    {
        try
        {
            return Parse(file.Read(MaxBytes, cancellationToken));
        }
        catch (MalformedInputException e)
        {
            AddOfFile(e);
            return null;
        }
    }

    /// <summary>Reads a document that is in memory, or reports why it is none and returns null.</summary>
    public JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            int mark = bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            return JsonDocument.Parse(bytes[mark..], new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            int? line = e.LineNumber is long before ? (int)Math.Min(before, int.MaxValue - 1) + 1 : null;
            Found.Add(JsonFaultCodes.MalformedJson, new FaultLocation("$", line));
            return null;
        }
    }

    /// <summary>Reports why a file cannot be read; its place is the document.</summary>
    public void AddOfFile(MalformedInputException unread) => Found.Add(unread.Faults[0].At(new FaultLocation("$")));

    public void Add(FaultCode code, string path, params IReadOnlyList<object?> values) => Found.Add(code, new FaultLocation(path), values);

    /// <summary>
    /// The members of an object in the order of their names given here; names that end in a question mark may be absent. Null if it is no object.
    /// </summary>
    public JsonElement?[]? Members(JsonElement element, string path, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(JsonFaultCodes.NotAnObject, path, Kind(element));
            return null;
        }

        JsonElement?[] members = new JsonElement?[names.Length];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            int i = 0;
            string? name = NameOf(property);
            while (i < names.Length && !names[i].AsSpan().TrimEnd('?').SequenceEqual(name))
            {
                i++;
            }

            if (i == names.Length)
            {
                Add(JsonFaultCodes.UnknownMember, path, name);
            }
            else if (members[i] is not null)
            {
                Add(JsonFaultCodes.MemberTwice, Join(path, names[i]));
            }
            else
            {
                members[i] = property.Value;
            }
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (members[i] is null && !names[i].EndsWith('?'))
            {
                Add(JsonFaultCodes.MissingMember, Join(path, names[i]));
            }
        }

        return members;
    }

    /// <summary>Reports a format other than the one wanted.</summary>
    public void CheckFormat(JsonElement? element, string wanted)
    {
        if (Text(element, "$.format") is string format && !string.Equals(format, wanted, StringComparison.Ordinal))
        {
            Add(JsonFaultCodes.UnknownFormat, "$.format", format, wanted);
        }
    }

    /// <summary>An array, or null if it is absent or none.</summary>
    public JsonElement? Array(JsonElement? element, string path) =>
        element is JsonElement array && Is(array, JsonValueKind.Array, path, JsonFaultCodes.NotAnArray) ? array : null;

    /// <summary>The entries of an array, each with its path; none if it is absent or no array.</summary>
    public IEnumerable<(JsonElement Element, string Path)> Items(JsonElement? element, string path)
    {
        if (Array(element, path) is not JsonElement array)
        {
            yield break;
        }

        int i = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            yield return (item, FormattableString.Invariant($"{path}[{i++}]"));
        }
    }

    /// <summary>A text, or null if it is absent or none.</summary>
    public string? Text(JsonElement? element, string path)
    {
        if (element is not JsonElement text || !Is(text, JsonValueKind.String, path, JsonFaultCodes.NotAText))
        {
            return null;
        }

        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped.
            Add(JsonFaultCodes.InvalidUnicode, path);
            return null;
        }
    }

    /// <summary>A name, as people read it: 1 to 100 printable signs of ASCII with no space at either end; or null if it is absent or none.</summary>
    public string? Name(JsonElement? element, string path)
    {
        string? name = Text(element, path);
        if (name is null || IsName(name))
        {
            return name;
        }

        Add(JsonFaultCodes.NotAName, path);
        return null;
    }

    /// <summary>Whether a text is a name, as <see cref="Name"/> takes it.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 100 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text[0] != ' ' && text[^1] != ' ';

    /// <summary>A whole number, which may be negative, or null if it is absent or none.</summary>
    public int? WholeNumber(JsonElement? element, string path)
    {
        if (element is not JsonElement number)
        {
            return null;
        }

        if (number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value))
        {
            return value;
        }

        string raw = number.GetRawText();
        bool isWhole = number.ValueKind == JsonValueKind.Number && raw.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0;
        Found.Add(!isWhole ? new Fault(JsonFaultCodes.NotAWholeNumber, new FaultLocation(path), Kind(number))
            : raw[0] == '-' ? new Fault(CoreFaults.NegativeNumber, new FaultLocation(path), null, raw)
            : new Fault(CoreFaults.NumberTooLarge, new FaultLocation(path), null, raw, int.MaxValue));
        return null;
    }

    /// <summary>A whole number, 0 or more, or null if it is absent or none.</summary>
    public int? NaturalNumber(JsonElement? element, string path)
    {
        int? number = WholeNumber(element, path);
        if (number is null or >= 0)
        {
            return number;
        }

        Add(CoreFaults.NegativeNumber, path, null, number);
        return null;
    }

    /// <summary>A finite number, or null if it is absent or none.</summary>
    public double? Number(JsonElement? element, string path)
    {
        if (element is not JsonElement number || !Is(number, JsonValueKind.Number, path, JsonFaultCodes.NotAJsonNumber))
        {
            return null;
        }

        if (number.TryGetDouble(out double value) && double.IsFinite(value))
        {
            return value;
        }

        Add(JsonFaultCodes.NumberBeyondDouble, path);
        return null;
    }

    /// <summary>A whole number of either sign as text, below 2⁶³ in size.</summary>
    public long? Integer(JsonElement? element, string path) => WholeText(element, path, NumberStyles.AllowLeadingSign, JsonFaultCodes.NotAnIntegerText);

    /// <summary>A whole number from 0 as text, below 2⁶³.</summary>
    public long? NaturalText(JsonElement? element, string path) => WholeText(element, path, NumberStyles.None, JsonFaultCodes.NotANaturalText);

    /// <summary>An index below a count.</summary>
    public int? IndexBelow(int count, JsonElement? element, string path)
    {
        int? index = NaturalNumber(element, path);
        if (index is null || index < count)
        {
            return index;
        }

        Add(CoreFaults.NumberTooLarge, path, null, index, count - 1);
        return null;
    }

    /// <summary>One of several names.</summary>
    public T? OneOf<T>((T Value, string Name)[] names, JsonElement? element, string path)
        where T : struct
    {
        string? text = Text(element, path);
        foreach ((T value, string name) in names)
        {
            if (string.Equals(name, text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        if (text is not null)
        {
            Add(JsonFaultCodes.UnknownWord, path, text, names.Select(n => n.Name).ToArray());
        }

        return null;
    }

    public static string Join(string path, string name) => $"{path}.{name.TrimEnd('?')}";

    private bool Is(JsonElement element, JsonValueKind kind, string path, FaultCode otherwise)
    {
        if (element.ValueKind == kind)
        {
            return true;
        }

        Add(otherwise, path, Kind(element));
        return false;
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped.
            return null;
        }
    }

    /// <summary>The type of an element, as JSON calls it, without its content.</summary>
    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };

    private long? WholeText(JsonElement? element, string path, NumberStyles style, FaultCode otherwise)
    {
        string? text = Text(element, path);
        if (text is null)
        {
            return null;
        }

        // One number has one form, so that a document read and written again is the same.
        if (long.TryParse(text, style, CultureInfo.InvariantCulture, out long number) && string.Equals(JsonForm.Text(number), text, StringComparison.Ordinal))
        {
            return number;
        }

        Add(otherwise, path, text);
        return null;
    }
}
