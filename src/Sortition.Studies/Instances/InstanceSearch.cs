using System.Globalization;
using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Storage;

namespace Sortition.Studies.Instances;

/// <summary>Finds instances on disk.</summary>
/// <remarks>
/// <para>A folder is an instance if it has a quota file (<c>categories.csv</c> or <c>quotas.csv</c>) and a people file (<c>respondents.csv</c>,
/// <c>people.csv</c> or <c>pool.csv</c>), in any dialect that <see cref="ProblemFiles"/> reads, with or without ids. Any other folder is searched: its folders,
/// workbooks (<c>.xlsx</c>, quotas and people on sheets of one file) and problems as JSON, one level down.</para>
/// <para>Of its other files in an instance's folder, <c>intersections.csv</c> says what shares of the population have two values at once
/// (<c>category 1,feature 1,category 2,feature 2,population share</c>), <c>population.csv</c> is the population in any form that
/// <see cref="PopulationFiles"/> reads, which tells how readily people volunteer, and a table that begins with <c>Panel number,Suggested probability</c> is a
/// lottery that was made elsewhere.</para>
/// <para>The panel size is what stands behind the last underscore of the name: <c>mytown_36</c>.</para>
/// </remarks>
public static class InstanceSearch
{
    private const string Intersections = "intersections.csv";
    private const string Population = "population.csv";
    private const string LotteryStart = "panel number";

    private static readonly string[] s_quotas = ["categories.csv", "quotas.csv"];
    private static readonly string[] s_people = ["respondents.csv", "people.csv", "pool.csv"];

    /// <summary>Finds instances.</summary>
    /// <param name="sources">Folders, files, and names of families such as <c>Alternate(200,20)</c>; at least one.</param>
    /// <param name="options">How they are read; null for the defaults.</param>
    /// <returns>
    /// The instances, in the order given, those of one folder by name. Where two would have one name, the later ones have their number behind it.
    /// </returns>
    /// <exception cref="MalformedInputException">Some of them are none, or do not say how large a panel is; the exception lists all of it.</exception>
    public static IReadOnlyList<StudyInstance> FindAll(IEnumerable<string> sources, InstanceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        options ??= new InstanceOptions();
        FaultList faults = new();
        List<StudyInstance> found = [];
        foreach (string source in sources)
        {
            int before = found.Count;
            int known = faults.Count;
            found.AddRange(Find(source, options, faults));
            if (found.Count == before && faults.Count == known)
            {
                faults.Add(StudyFaults.NoInstance, new FaultLocation(NameOf(source)));
            }
        }

        faults.ThrowIfAny();
        Dictionary<string, int> times = new(StringComparer.Ordinal);
        HashSet<string> taken = new(StringComparer.Ordinal);
        return [.. found.Select(Unique)];

        StudyInstance Unique(StudyInstance instance)
        {
            string name = instance.Name;
            while (!taken.Add(name))
            {
                times[instance.Name] = times.GetValueOrDefault(instance.Name, 1) + 1;
                name = string.Create(CultureInfo.InvariantCulture, $"{instance.Name} ({times[instance.Name]})");
            }

            return instance.Named(name);
        }
    }

    private static IEnumerable<StudyInstance> Find(string source, InstanceOptions options, FaultList faults)
    {
        if (AlternateFamily.TryParse(source, out int n, out int k))
        {
            return [StudyInstance.Create(source, () => AlternateFamily.Create(n, k))];
        }

        if (AlternateFamily.IsName(source))
        {
            faults.Add(StudyFaults.NotInFamily, new FaultLocation(source));
            return [];
        }

        if (!Directory.Exists(source))
        {
            return File.Exists(source) && OfFile(source, options, faults, isSure: true) is { } one ? [one] : [];
        }

        if (IsInstance(source))
        {
            return OfFolder(source, options, faults) is { } single ? [single] : [];
        }

        return
        [
            .. Directory.GetFileSystemEntries(source)
                .Where(path => !Path.GetFileName(path).StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .Select(path => Directory.Exists(path)
                    ? IsInstance(path) ? OfFolder(path, options, faults) : null
                    : OfFile(path, options, faults, isSure: false))
                .OfType<StudyInstance>(),
        ];
    }

    private static bool IsInstance(string folder) => FileIn(folder, s_quotas) is not null && FileIn(folder, s_people) is not null;

    private static string? FileIn(string folder, string[] names) => names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static StudyInstance? OfFolder(string folder, InstanceOptions options, FaultList faults)
    {
        string name = NameOf(folder);
        if (SizeOf(name, options, faults) is not int size)
        {
            return null;
        }

        (string quotas, string people) = (FileIn(folder, s_quotas)!, FileIn(folder, s_people)!);
        string shares = Path.Combine(folder, Intersections);
        string population = Path.Combine(folder, Population);
        FileSource[] lotteries =
        [
            .. Directory.GetFiles(folder, "*.csv")
                .Except([quotas, people, shares, population], StringComparer.Ordinal)
                .Where(IsLottery)
                .Order(StringComparer.Ordinal)
                .Select(FileSource.At),
        ];
        return StudyInstance.OfFiles(
            name, quotas, people, new FurtherFiles(lotteries, File.Exists(shares) ? shares : null, File.Exists(population) ? population : null), size, options);
    }

    private static StudyInstance? OfFile(string path, InstanceOptions options, FaultList faults, bool isSure)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".xlsx":
                return SizeOf(name, options, faults) is int size ? StudyInstance.OfFiles(name, path, path, FurtherFiles.None, size, options) : null;
            case ".json" when isSure || IsProblem(path):
                return StudyInstance.OfJson(name, path, token => ProblemJson.Read(path, token));
            default:
                return null;
        }
    }

    private static int? SizeOf(string name, InstanceOptions options, FaultList faults)
    {
        if (int.TryParse(name.AsSpan(name.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0
            && name.Contains('_', StringComparison.Ordinal))
        {
            return size;
        }

        if (options.PanelSize is null)
        {
            faults.Add(StudyFaults.NoPanelSize, new FaultLocation(name));
        }

        return options.PanelSize;
    }

    private static bool IsLottery(string path) => Start(path).TrimStart('\uFEFF', '"').StartsWith(LotteryStart, StringComparison.OrdinalIgnoreCase);

    private static bool IsProblem(string path) => Start(path).Contains("\"sortition-problem/1\"", StringComparison.Ordinal);

    /// <summary>The first characters of a file; none where it cannot be read.</summary>
    private static string Start(string path)
    {
        const int Length = 64;
        try
        {
            using FileStream stream = File.OpenRead(path);
            Span<byte> bytes = stackalloc byte[Length];
            return Encoding.UTF8.GetString(bytes[..stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
}
