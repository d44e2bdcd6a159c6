using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sortition.Shared;

namespace Sortition.Studies.Running;

/// <summary>What a study was computed on.</summary>
internal static class Machine
{
    private const string Processors = "/proc/cpuinfo";

    /// <summary>Processor, system and runtime as one line of JSON.</summary>
    public static string Describe()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, JsonForm.Compact))
        {
            json.WriteStartObject();
            json.WriteString("processor", Processor());
            json.WriteNumber("processors", Environment.ProcessorCount);
            json.WriteString("architecture", RuntimeInformation.ProcessArchitecture.ToString());
            json.WriteString("system", RuntimeInformation.OSDescription);
            json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Processor()
    {
        try
        {
            IEnumerable<string> lines = File.Exists(Processors) ? File.ReadLines(Processors) : [];
            string? line = lines.FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
