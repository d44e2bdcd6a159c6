using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sortition.Shared;

/// <summary>How all JSON here is written, the same everywhere.</summary>
internal static class JsonForm
{
    // Letters of all languages stay readable; none of these documents is pasted into HTML unescaped.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The encoding, which throws at half of a surrogate pair.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>For machines: one line.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = Encoder };

    private static JsonWriterOptions Readable { get; } = new() { Encoder = Encoder, Indented = true, IndentSize = 2, NewLine = "\n" };

    /// <summary>Writes a document for people: one object, indented, with line feeds on every system.</summary>
    public static void WriteDocument(Stream stream, Action<Utf8JsonWriter> writeMembers)
    {
        using (Utf8JsonWriter json = new(stream, Readable))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>A text that a document can hold as it is. In place of half of a surrogate pair the writer would put another character, unasked.</summary>
    /// <exception cref="ArgumentException">The text is no valid Unicode.</exception>
    public static string Whole(string text)
    {
        _ = Utf8.GetByteCount(text);
        return text;
    }

    /// <summary>A whole number as text: many languages read numbers beyond 2⁵³ inexactly.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static void WriteObject(this Utf8JsonWriter json, string name, Action writeMembers)
    {
        json.WriteStartObject(name);
        writeMembers();
        json.WriteEndObject();
    }

    /// <summary>Writes an array, each item by itself.</summary>
    public static void WriteArray<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> writeItem)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            writeItem(item);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an array of objects.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> writeMembers) =>
        json.WriteArray(name, items, item =>
        {
            json.WriteStartObject();
            writeMembers(item);
            json.WriteEndObject();
        });

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts) => json.WriteArray(name, texts, json.WriteStringValue);

    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double? number)
    {
        if (number is double n && double.IsFinite(n))
        {
            json.WriteNumber(name, n);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, int? number)
    {
        if (number is int n)
        {
            json.WriteNumber(name, n);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
