namespace Sortition.Files.Tables.Xlsx;

/// <summary>Which parts of a workbook a part refers to.</summary>
internal sealed class Relationships
{
    private readonly Dictionary<string, (string Kind, string Part)> _byId = new(StringComparer.Ordinal);

    public Relationships(XmlPart xml, string from)
    {
        string folder = FolderOf(from);
        while (xml.Read())
        {
            if (xml.IsAnyStart("Relationship") && xml.Attribute("TargetMode") is not "External"
                && xml.Attribute("Id") is string id && xml.Attribute("Type") is string type && xml.Attribute("Target") is string target)
            {
                // The type is an address that differs between the two editions of the format, but for its end.
                _byId.TryAdd(id, (type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target)));
            }
        }
    }

    /// <summary>The name of the part that lists what a part refers to; of the whole archive for an empty name.</summary>
    public static string PartOf(string part) => $"{FolderOf(part)}_rels/{part[FolderOf(part).Length..]}.rels";

    /// <summary>The one part of a kind, or null.</summary>
    public string? Find(string kind) => _byId.Values.FirstOrDefault(r => string.Equals(r.Kind, kind, StringComparison.Ordinal)).Part;

    /// <summary>The part of a sheet of cells, or null if the id is that of something else.</summary>
    public string? Worksheet(string id) => _byId.TryGetValue(id, out (string Kind, string Part) found) && found.Kind is "worksheet" ? found.Part : null;

    private static string FolderOf(string part) => part[..(part.LastIndexOf('/') + 1)];

    /// <summary>The name of a part that is given from a folder, or from the root with a slash before it.</summary>
    private static string Resolve(string folder, string target)
    {
        string path = target.Replace('\\', '/');
        List<string> steps = [];
        foreach (string step in (path.StartsWith('/') ? path : folder + path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step is not ("." or ".."))
            {
                steps.Add(step);
            }
            else if (step is ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
        }

        return string.Join('/', steps);
    }
}
