using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sortition.Web.Projects;

/// <summary>What the files of a project do not say themselves, in <c>project.json</c>: what the command is told by its options.</summary>
public sealed record ProjectSettings
{
    /// <summary>The file.</summary>
    public const string FileName = "project.json";

    /// <summary>The version of the format.</summary>
    public const string CurrentFormat = "sortition-project/1";

    /// <summary>See <see cref="CurrentFormat"/>.</summary>
    public string Format { get; set; } = CurrentFormat;

    /// <summary>The table of people as it was given: <c>--people</c>.</summary>
    public string? People { get; set; }

    /// <summary>The mapping that makes a pool of it: <c>--mapping</c>; null where it is a pool already.</summary>
    public string? Mapping { get; set; }

    /// <summary>How many people are on a panel: <c>--size</c>.</summary>
    public int? PanelSize { get; set; }

    /// <summary>Whether the seats are computed anew from <c>population.csv</c> when the size changes; until somebody changes one by hand.</summary>
    public bool SeatsFollowShares { get; set; }

    /// <summary>The columns of an address: <c>--household-columns</c>.</summary>
    public IReadOnlyList<string> HouseholdColumns { get; set; } = [];

    /// <summary>The columns by which people are written to: <c>--contact-columns</c>.</summary>
    public IReadOnlyList<string> ContactColumns { get; set; } = [];

    /// <summary>Whether all that is drawn here is a rehearsal: <c>--rehearsal</c>.</summary>
    public bool IsRehearsal { get; set; }

    /// <summary>Reads the settings; those of a new project where there are none.</summary>
    /// <exception cref="JsonException">The file is none of settings.</exception>
    public static ProjectSettings Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new ProjectSettings();
        }

        ProjectSettings settings = JsonSerializer.Deserialize(File.ReadAllBytes(path), SettingsJson.Default.ProjectSettings)
            ?? throw new JsonException();
        return settings.Format is CurrentFormat && ArePlain(settings.People, settings.Mapping) ? settings : throw new JsonException();
    }

    /// <summary>The settings as a document.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SettingsJson.Default.ProjectSettings);

    /// <summary>Whether names are those of files in the folder itself: a project may come from somebody else.</summary>
    private static bool ArePlain(params ReadOnlySpan<string?> names)
    {
        foreach (string? name in names)
        {
            if (name is not null && (name.Length == 0 || name[0] == '.' || name.AsSpan().ContainsAny('/', '\\', ':')))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The settings in JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, NewLine = "\n")]
[JsonSerializable(typeof(ProjectSettings))]
public sealed partial class SettingsJson : JsonSerializerContext;
