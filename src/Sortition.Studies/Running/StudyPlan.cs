using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sortition.Files.Storage;
using Sortition.Shared;
using Sortition.Studies.Instances;

namespace Sortition.Studies.Running;

/// <summary>What a study computes: what its results depend on, and no more. Two runs with one plan have the same results.</summary>
/// <param name="Content">The plan as JSON, format <c>sortition-study/1</c>.</param>
/// <param name="Cells">Instance and algorithm of each cell, in order.</param>
internal sealed record StudyPlan(string Content, IReadOnlyList<(string Instance, string Algorithm)> Cells)
{
    private const string Format = "sortition-study/1";

    /// <summary>The plan of a study; reads all input files, for their hashes.</summary>
    public static StudyPlan Of(StudyOptions options, CancellationToken cancellationToken)
    {
        List<(string, string)> cells = [];
        string content = Write(json =>
        {
            json.WriteString("format", Format);
            json.WriteString("software", SoftwareVersion.Text);
            json.WriteString("command", options.Command);
            json.WriteString("seed", options.Seed);
            json.WriteTexts("metrics", options.Metrics);
            json.WriteNumber("draws", options.Draws);
            json.WriteNumberOrNull("timeLimit", options.TimeLimit?.TotalSeconds);
            json.WriteTexts("algorithms", options.Algorithms.Select(a => a.Name));
            json.WriteObjects("instances", options.Instances, instance =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                string[] names = [.. options.Algorithms.Select(a => a.Name), .. LotteryNames(instance, options)];
                cells.AddRange(names.Select(name => (instance.Name, name)));
                json.WriteString("name", instance.Name);
                json.WriteTexts("lotteries", names[options.Algorithms.Count..]);
                json.WriteObjects("files", instance.Files, file =>
                {
                    json.WriteString("name", file.Name);
                    json.WriteString("sha256", HashOf(file, cancellationToken));
                });
            });
        });
        return new StudyPlan(content, cells);
    }

    /// <summary>Reads a plan; null where it is none.</summary>
    public static StudyPlan? Read(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement plan = document.RootElement;
            if (plan.GetProperty("format").GetString() is not Format)
            {
                return null;
            }

            string[] algorithms = Texts(plan, "algorithms");
            return new StudyPlan(Encoding.UTF8.GetString(bytes), [.. plan.GetProperty("instances").EnumerateArray().SelectMany(instance =>
                algorithms.Concat(Texts(instance, "lotteries")).Select(name => (instance.GetProperty("name").GetString()!, name)))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }

        static string[] Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
    }

    /// <summary>The seed of a plan.</summary>
    public string Seed
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(Content);
            return document.RootElement.GetProperty("seed").GetString()!;
        }
    }

    /// <summary>What the lotteries that an instance brings are called: by their files, and not like an algorithm or each other.</summary>
    public static IReadOnlyList<string> LotteryNames(StudyInstance instance, StudyOptions options)
    {
        HashSet<string> taken = new(options.Algorithms.Select(a => a.Name), StringComparer.Ordinal);
        return [.. instance.Lotteries.Select(file =>
        {
            string name = Path.GetFileNameWithoutExtension(file.Name);
            while (!taken.Add(name))
            {
                name += "'";
            }

            return name;
        })];
    }

    /// <summary>The name of a cell's file: nothing from data, and never two cells' one.</summary>
    public static string FileNameOf(string instance, string algorithm) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{instance}\n{algorithm}"))) + ".json";

    /// <summary>The hash of a file; none where it cannot be read, which its cells then tell.</summary>
    private static string? HashOf(FileSource file, CancellationToken cancellationToken)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(file.Read(Array.MaxLength, cancellationToken)));
        }
        catch (Core.MalformedInputException)
        {
            return null;
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        JsonForm.WriteDocument(stream, write);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
