using System.Text.Json;
using Sortition.Files.Storage;

namespace Sortition.Files.Results;

/// <summary>What every report has: the files it is about, and where chance came from.</summary>
internal static class ReportParts
{
    public static void WriteInputs(this Utf8JsonWriter json, IEnumerable<InputFile> inputs)
    {
        json.WriteStartArray("inputs");
        foreach (InputFile input in inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            json.WriteString("sha256", input.Sha256);
            json.WriteNumber("bytes", input.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteRandom(this Utf8JsonWriter json, string? generator, string? seed)
    {
        json.WriteStartObject("random");
        json.WriteString("generator", generator);
        json.WriteString("seed", seed);
        json.WriteEndObject();
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
