using System.Globalization;
using System.Text.Json;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Shared;

/// <summary>Reads parts of a JSON document; whatever is wrong becomes a fault with its path, and reading goes on.</summary>
internal sealed class JsonFaults
{
    // So that the parser's own tables, 12 bytes a token, stay within what an array can hold.
    private const int MaxBytes = 256 << 20;
    private const int MaxDepth = 8;

    /// <summary>The faults found so far.</summary>
    public FaultList List { get; } = new();

    /// <summary>How many they are.</summary>
    public int Count => List.Count;

    /// <summary>Reads a document, or reports why it is none and returns null.</summary>
    public JsonDocument? Parse(FileSource file, CancellationToken cancellationToken = default)
    {
        try
        {
            ArraySegment<byte> bytes = file.Read(MaxBytes, cancellationToken);
            int mark = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            return JsonDocument.Parse(bytes.AsMemory(mark), new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (InvalidProblemException e)
        {
            List.Add(e.Faults[0] with { Location = new FaultLocation("$") });
            return null;
        }
        catch (JsonException e)
        {
            int? line = e.LineNumber is long before ? (int)Math.Min(before, int.MaxValue - 1) + 1 : null;
            List.Add(new ProblemFault(FaultCode.UnreadableFile, new FaultLocation("$", line), null, null, ["a JSON document"]));
            return null;
        }
    }

    public void Add(FaultCode code, string path, string? found, params IReadOnlyList<string> expected) =>
        List.Add(new ProblemFault(code, new FaultLocation(path), null, found, expected));

    /// <summary>
    /// The members of an object in the order of their names given here; names that end in a question mark may be absent. Null if it is no object.
    /// </summary>
    public JsonElement?[]? Members(JsonElement element, string path, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(FaultCode.UnknownFormat, path, Kind(element), "an object");
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
                Add(FaultCode.UnknownFormat, path, name, "no other members than the format has");
            }
            else if (members[i] is not null)
            {
                Add(FaultCode.UnknownFormat, Join(path, names[i]), null, "each member once");
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
                Add(FaultCode.MissingValue, Join(path, names[i]), null, "a member of this name");
            }
        }

        return members;
    }

    /// <summary>Reports a format other than the one wanted.</summary>
    public void CheckFormat(JsonElement? element, string wanted)
    {
        if (Text(element, "$.format") is string format && !string.Equals(format, wanted, StringComparison.Ordinal))
        {
            Add(FaultCode.UnknownFormat, "$.format", format, $"\"{wanted}\"");
        }
    }

    /// <summary>An array, or null if it is absent or none.</summary>
    public JsonElement? Array(JsonElement? element, string path) =>
        element is JsonElement array && Is(array, JsonValueKind.Array, path, "an array") ? array : null;

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
        if (element is not JsonElement text || !Is(text, JsonValueKind.String, path, "text"))
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
            Add(FaultCode.UnknownFormat, path, null, "text in valid Unicode");
            return null;
        }
    }

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
        FaultCode code = !isWhole ? FaultCode.NotAWholeNumber : raw[0] == '-' ? FaultCode.NegativeNumber : FaultCode.NumberTooLarge;
        Add(code, path, isWhole ? raw : Kind(number), "a whole number, written in digits only");
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

        Add(FaultCode.NegativeNumber, path, JsonForm.Text(number.Value), "0 or more");
        return null;
    }

    /// <summary>A finite number, or null if it is absent or none.</summary>
    public double? Number(JsonElement? element, string path)
    {
        if (element is not JsonElement number || !Is(number, JsonValueKind.Number, path, "a number"))
        {
            return null;
        }

        if (number.TryGetDouble(out double value) && double.IsFinite(value))
        {
            return value;
        }

        Add(FaultCode.NumberTooLarge, path, null, "a number that a double can hold");
        return null;
    }

    /// <summary>A whole number of either sign as text, below 2⁶³ in size.</summary>
    public long? Integer(JsonElement? element, string path) =>
        WholeText(element, path, NumberStyles.AllowLeadingSign, "a whole number below 2^63 in size as text, in digits only");

    /// <summary>A whole number from 0 as text, below 2⁶³.</summary>
    public long? NaturalText(JsonElement? element, string path) =>
        WholeText(element, path, NumberStyles.None, "a whole number below 2^63 as text, in digits only");

    /// <summary>An index below a count.</summary>
    public int? IndexBelow(int count, JsonElement? element, string path)
    {
        int? index = NaturalNumber(element, path);
        if (index is null || index < count)
        {
            return index;
        }

        Add(FaultCode.NumberTooLarge, path, JsonForm.Text(index.Value), FormattableString.Invariant($"below {count}"));
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
            Add(FaultCode.UnknownFormat, path, text, [.. names.Select(n => n.Name)]);
        }

        return null;
    }

    public static string Join(string path, string name) => $"{path}.{name.TrimEnd('?')}";

    private bool Is(JsonElement element, JsonValueKind kind, string path, string expected)
    {
        if (element.ValueKind == kind)
        {
            return true;
        }

        Add(FaultCode.UnknownFormat, path, Kind(element), expected);
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

    /// <summary>What an element is, without telling its content.</summary>
    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private long? WholeText(JsonElement? element, string path, NumberStyles style, string expected)
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

        Add(FaultCode.NotAWholeNumber, path, text, expected);
        return null;
    }
}
