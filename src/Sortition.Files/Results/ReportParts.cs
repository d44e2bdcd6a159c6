using System.Text.Json;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files.Results;

/// <summary>What every report has: the files it is about, and where chance came from.</summary>
internal static class ReportParts
{
    public static void WriteMark(this Utf8JsonWriter json, bool isRehearsal)
    {
        if (isRehearsal)
        {
            json.WriteString(Rehearsal.Member, Rehearsal.Mark);
        }
    }

    public static void WriteInputs(this Utf8JsonWriter json, IEnumerable<InputFile> inputs) => json.WriteObjects("inputs", inputs, input =>
    {
        json.WriteString("name", input.Name);
        if (input.Sheet is not null)
        {
            json.WriteString("sheet", input.Sheet);
        }

        json.WriteString("sha256", input.Sha256);
        json.WriteNumber("bytes", input.Bytes);
    });

    public static void WriteRandom(this Utf8JsonWriter json, string? generator, string? seed) => json.WriteObject("random", () =>
    {
        json.WriteString("generator", generator);
        json.WriteString("seed", seed);
    });
}
