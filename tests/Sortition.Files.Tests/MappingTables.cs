using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Mapping;
using Sortition.Files.Storage;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Raw tables and mappings for tests.</summary>
internal static class MappingTables
{
    /// <summary>A table of lines with semicolons between cells.</summary>
    public static RawTable Table(params string[] lines) => RawTable.FromRows("people.csv", lines.Select(line => line.Split(';')));

    /// <summary>The features of quotas, each as <c>name: value, value</c>.</summary>
    public static IReadOnlyList<Feature> Features(params string[] features)
    {
        SelectionProblemBuilder builder = new(1);
        foreach (string feature in features)
        {
            string[] parts = feature.Split(": ");
            foreach (string value in parts[1].Split(", "))
            {
                builder.Quota(parts[0], value, 0, 1);
            }
        }

        return builder.Build().Features;
    }

    /// <summary>A mapping of one feature from the column <c>x</c>, with ids from the column <c>id</c>.</summary>
    public static string OfFeature(string members, string rest = "") =>
        $$"""{ "format": "sortition-mapping/1", "id": { "column": "id" }, "features": [{ "name": "f", "column": "x"{{(members.Length > 0 ? ", " + members : "")}} }]{{(rest.Length > 0 ? ", " + rest : "")}} }""";

    /// <summary>A mapping without features, in which everything else may be said.</summary>
    public static string OfPeople(string members, string id = """{ "create": "P{00}" }""") =>
        $$"""{ "format": "sortition-mapping/1", "id": {{id}}, "features": []{{(members.Length > 0 ? ", " + members : "")}} }""";

    public static PreparedPool Apply(string mapping, RawTable table, IdRegister? ids = null, Func<string, FileSource>? open = null) =>
        PoolMapping.Deserialize(mapping, open).Apply(table, ids);

    public static IReadOnlyList<Fault> Faults(string mapping, RawTable table, IdRegister? ids = null, Func<string, FileSource>? open = null) =>
        Assert.Throws<MalformedInputException>(() => Apply(mapping, table, ids, open)).Faults;

    public static Fault OnlyFault(string mapping, RawTable table, IdRegister? ids = null, Func<string, FileSource>? open = null) =>
        Assert.Single(Faults(mapping, table, ids, open));

    /// <summary>The first columns of the people: their ids and the values of their features.</summary>
    public static string[] Values(PreparedPool pool, int columns = 2) => [.. pool.Rows.Select(row => string.Join(' ', row.Take(columns)))];

    /// <summary>What was done, each as <c>row id kind about</c>.</summary>
    public static string[] Actions(PreparedPool pool) => [.. pool.Actions.Select(a => $"{a.Row} {a.Id} {a.Kind} {a.About}".TrimEnd())];

    public static FileSource File(string name, string text) => FileSource.From(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), name);

    /// <summary>The files of a pool as texts.</summary>
    public static Dictionary<string, string> Written(PreparedPool pool)
    {
        using TemporaryFolder folder = new();
        return pool.Write(folder[""]).ToDictionary(name => name, name => folder.Read(name));
    }
}
