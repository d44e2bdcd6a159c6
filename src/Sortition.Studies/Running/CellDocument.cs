using System.Text.Json;
using Sortition.Shared;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Metrics;

namespace Sortition.Studies.Running;

/// <summary>A finished cell as a file of the folder <c>cells</c>, format <c>sortition-study-cell/1</c>.</summary>
internal static class CellDocument
{
    private const string Format = "sortition-study-cell/1";

    public static void Write(Stream stream, StudyCell cell) => JsonForm.WriteDocument(stream, json =>
    {
        json.WriteString("format", Format);
        json.WriteString("instance", cell.Instance);
        json.WriteString("algorithm", cell.Algorithm);
        json.WriteNumber("status", (int)cell.Status);
        json.WriteObjects("faults", cell.Faults, fault =>
        {
            json.WriteString("code", fault.Code);
            json.WriteString("place", fault.Place);
        });
        json.WriteObjects("metrics", cell.Metrics, metric =>
        {
            json.WriteString("name", metric.Name);
            json.WriteNumber("value", metric.Value);
            json.WriteNumberOrNull("error", metric.Error);
        });
        json.WriteTexts("people", cell.People);
        json.WriteArray("chances", cell.Chances, chance => json.WriteNumberValue(chance.Chance));
        json.WriteArray("errors", cell.Chances.Where(chance => chance.Error is not null), chance => json.WriteNumberValue(chance.Error!.Value));
        json.WriteNumber("seconds", cell.Seconds);
        json.WriteNumber("peakMemory", cell.PeakMemory);
    });

    /// <summary>Reads a cell; null where the file is none.</summary>
    public static StudyCell? Read(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement cell = document.RootElement;
            if (cell.GetProperty("format").GetString() is not Format)
            {
                return null;
            }

            double[] errors = [.. cell.GetProperty("errors").EnumerateArray().Select(e => e.GetDouble())];
            return new StudyCell
            {
                Instance = cell.GetProperty("instance").GetString()!,
                Algorithm = cell.GetProperty("algorithm").GetString()!,
                Status = (StudyStatus)cell.GetProperty("status").GetInt32(),
                Faults = [.. cell.GetProperty("faults").EnumerateArray().Select(f => new CellFault(Text(f, "code"), Text(f, "place")))],
                Metrics = [.. cell.GetProperty("metrics").EnumerateArray().Select(m => new MetricValue(
                    Text(m, "name"),
                    m.GetProperty("value").GetDouble(),
                    m.GetProperty("error") is { ValueKind: JsonValueKind.Number } e ? e.GetDouble() : null))],
                People = [.. cell.GetProperty("people").EnumerateArray().Select(p => p.GetString()!)],
                Chances = [.. cell.GetProperty("chances").EnumerateArray().Select((c, i) => (c.GetDouble(), i < errors.Length ? errors[i] : (double?)null))],
                Seconds = cell.GetProperty("seconds").GetDouble(),
                PeakMemory = cell.GetProperty("peakMemory").GetDouble(),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }

        static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
    }
}
