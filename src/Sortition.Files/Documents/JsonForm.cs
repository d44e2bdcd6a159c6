using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sortition.Files.Documents;

/// <summary>How all JSON here is written, the same everywhere.</summary>
internal static class JsonForm
{
    // Letters of all languages stay readable; none of these documents is pasted into HTML unescaped.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>For machines: one line.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = Encoder };

    /// <summary>For people: indented, with line feeds on every system.</summary>
    public static JsonWriterOptions Readable { get; } = new() { Encoder = Encoder, Indented = true, IndentSize = 2, NewLine = "\n" };

    /// <summary>A whole number as text: many languages read numbers beyond 2⁵³ inexactly.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

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
