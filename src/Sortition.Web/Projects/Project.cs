using System.Text.Json;
using Sortition.Core;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Mapping;
using Sortition.Files.Storage;

namespace Sortition.Web.Projects;

/// <summary>A folder with the files of one selection: those that the command reads and writes, so that either can go on where the other stopped.</summary>
public sealed class Project : IDisposable
{
    public const string Quotas = "quotas.csv";
    public const string Population = "population.csv";
    public const string Mapping = "mapping.json";
    public const string Ids = "ids.csv";
    public const string Pool = "pool";
    public const string Chances = "chances";
    public const string Result = "result";
    public const string Lottery = "lottery";
    public const string Keys = "keys.csv";
    public const string Published = "published";
    public const string Panel = "panel";
    public const string Report = "report.html";

    private const string LockName = ".sortition-lock";

    private readonly FileStream _lockFile;
    private readonly Cached<PoolReading> _pool = new();
    private readonly Cached<ChancesReading> _chances = new();

    private Project(string folder, string key, FileStream lockFile)
    {
        Folder = folder;
        Key = key;
        _lockFile = lockFile;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What the project is called in addresses.</summary>
    public string Key { get; }

    /// <summary>What people call it.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary>What is done in the background, or was last; null where nothing was.</summary>
    public Work? Work { get; set; }

    /// <summary>One request at a time changes something.</summary>
    public SemaphoreSlim Changing { get; } = new(1);

    /// <summary>What the files do not say themselves.</summary>
    /// <exception cref="JsonException">The file is none of settings.</exception>
    public ProjectSettings Settings => ProjectSettings.Read(Folder);

    /// <summary>Whether all that is drawn here is a rehearsal.</summary>
    public bool IsRehearsal => Settings.IsRehearsal;

    /// <summary>Opens a project: for this program alone, until it is closed.</summary>
    /// <exception cref="ProjectInUseException">Another program has it open.</exception>
    public static Project Open(string folder, string key)
    {
        try
        {
            FileStreamOptions options = new()
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new Project(folder, key, new FileStream(Path.Combine(folder, LockName), options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProjectInUseException();
        }
    }

    /// <summary>The path of a file or a folder of the project.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Whether there is such a file or folder.</summary>
    public bool Has(string name) => Path.Exists(PathOf(name));

    /// <summary>Keeps settings.</summary>
    public void Save(ProjectSettings settings) => Write(ProjectSettings.FileName, settings.ToJson());

    /// <summary>Writes a file for its owner only, in place of one that may be there.</summary>
    public void Write(string name, byte[] content, RunLog? log = null) =>
        StagedFile.Write(PathOf(name), overwrite: true, stream => stream.Write(content), forOwnerOnly: true, log);

    /// <summary>Takes over what another project has been given and what was computed of it, and nothing that was drawn.</summary>
    public void TakeOver(Project other)
    {
        string[] drawn = [ProjectSettings.FileName, RunLog.FileName, Keys, Report];
        foreach (FileInfo file in new DirectoryInfo(other.Folder).EnumerateFiles()
            .Where(f => f.LinkTarget is null && !f.Name.StartsWith('.') && !drawn.Contains(f.Name, StringComparer.Ordinal)))
        {
            Write(file.Name, File.ReadAllBytes(file.FullName));
        }

        if (other.Has(Chances))
        {
            FolderTarget.At(PathOf(Chances)).Write(
                new DirectoryInfo(other.PathOf(Chances)).EnumerateFiles().Where(f => f.LinkTarget is null && !f.Name.StartsWith('.'))
                    .Select(f => (f.Name, (Action<Stream>)(stream => stream.Write(File.ReadAllBytes(f.FullName))))),
                _ => false,
                _ => true);
        }
    }

    /// <summary>Takes away what was computed from files that have changed. What was drawn stays.</summary>
    public void ForgetChances()
    {
        if (Directory.Exists(PathOf(Chances)))
        {
            Directory.Delete(PathOf(Chances), recursive: true);
        }
    }

    /// <summary>The log of one step, which names the files that it reads.</summary>
    /// <param name="command">The command that does the same.</param>
    /// <param name="options">Its options.</param>
    /// <param name="seed">The text that decides; null where nothing is drawn.</param>
    public RunLog Log(string command, IReadOnlyList<(string Name, string Value)> options, string? seed = null) => new(() => new RunDescription
    {
        Command = command,
        Options = [.. IsRehearsal ? [(RunDescription.RehearsalOption, Rehearsal.Mark)] : Array.Empty<(string, string)>(), .. options],
        Seed = seed,
        Software = Software.Version,
        Inputs = [.. InputNames().Where(Has).Select(name => (name, RunLog.HashOf(PathOf(name))))],
    });

    /// <summary>The pool and its quotas, or what is wrong with their files. Kept until one of them changes.</summary>
    public PoolReading ReadPool(CancellationToken cancellationToken) => _pool.Get(Stamp([ProjectSettings.FileName, .. InputNames()]), () =>
    {
        ProjectSettings settings = Settings;
        if (settings.People is not string people || !Has(people) || !Has(Quotas) || settings.PanelSize is not int size)
        {
            return new PoolReading(null, null, [], 0);
        }

        try
        {
            PreparedPool? prepared = Prepare(settings, cancellationToken);
            return new PoolReading(Load(settings, prepared, PathOf(Quotas)!, size, cancellationToken), prepared, [], 0);
        }
        catch (MalformedInputException e)
        {
            return new PoolReading(null, null, e.Faults, e.FaultCount);
        }
    });

    /// <summary>The pool with other quotas and another size.</summary>
    /// <exception cref="MalformedInputException">Something is malformed.</exception>
    public LoadedProblem ReadWith(FileSource quotas, int panelSize, CancellationToken cancellationToken)
    {
        ProjectSettings settings = Settings;
        return Load(settings, Prepare(settings, cancellationToken), quotas, panelSize, cancellationToken);
    }

    /// <summary>The chances that were computed last, if they are those of the pool.</summary>
    public ChancesReading? ReadChances(LoadedProblem loaded, CancellationToken cancellationToken)
    {
        string[] names = [$"{Chances}/{ChancesFiles.Found}", $"{Chances}/{ChancesFiles.Mixed}", $"{Chances}/{ChancesFiles.State}"];
        if (!names.All(Has))
        {
            return null;
        }

        ChancesReading reading = _chances.Get(
            [.. Stamp(names), loaded.Problem.ContentHash], () => ChancesFiles.Read(PathOf(Chances), loaded.Problem, cancellationToken));
        return reading.Found is null ? null : reading;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Work?.Cancel();
        Work?.Task.Wait();
        Work?.Dispose();
        Changing.Dispose();
        _lockFile.Dispose();
    }

    private LoadedProblem Load(ProjectSettings settings, PreparedPool? prepared, FileSource quotas, int panelSize, CancellationToken cancellationToken)
    {
        LoadedProblem loaded = ProblemFiles.Load(
            new ProblemFilesOptions
            {
                Quotas = quotas,
                People = prepared?.ToPeople("pool.csv") ?? FileSource.At(PathOf(settings.People!)),
                PanelSize = panelSize,
                HouseholdColumns = settings.HouseholdColumns,
                ContactColumns = settings.ContactColumns.Count > 0 ? settings.ContactColumns : prepared?.ContactColumns ?? [],
                ValuesWithoutQuota = prepared?.DefaultValues ?? [],
            },
            cancellationToken);
        return settings.IsRehearsal ? loaded.ToRehearsal() : loaded;
    }

    private PreparedPool? Prepare(ProjectSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Mapping is not string mapping)
        {
            return null;
        }

        PoolMapping read = PoolMapping.Read(PathOf(mapping)!, open: null, cancellationToken);
        IdRegister? ids = read.CreatesIds ? IdRegister.Open(PathOf(read.IdsFile ?? Ids), cancellationToken) : null;
        return read.Apply(read.LoadTable(PathOf(settings.People!)!, cancellationToken), ids, cancellationToken);
    }

    private IEnumerable<string> InputNames()
    {
        ProjectSettings settings = Settings;
        return new[] { settings.People, settings.Mapping, settings.Mapping is null ? null : Ids, Quotas }.OfType<string>();
    }

    private string[] Stamp(IEnumerable<string> names) =>
    [
        .. names.Select(name => new FileInfo(PathOf(name)))
            .Select(f => f.Exists ? FormattableString.Invariant($"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}") : f.Name),
    ];
}

/// <summary>What was read of the pool: all of it, or what is wrong. Nothing of either where files are still missing.</summary>
public sealed record PoolReading(LoadedProblem? Loaded, PreparedPool? Prepared, IReadOnlyList<Fault> Faults, int FaultCount);

/// <summary>Another program has the project open.</summary>
public sealed class ProjectInUseException : Exception;

/// <summary>Something that is read once for each state of its files.</summary>
public sealed class Cached<T>
    where T : class
{
    private readonly Lock _lock = new();
    private string[] _stamp = [];
    private T? _value;

    /// <summary>What was read, or is read now.</summary>
    public T Get(string[] stamp, Func<T> read)
    {
        lock (_lock)
        {
            if (_value is null || !stamp.AsSpan().SequenceEqual(_stamp))
            {
                (_value, _stamp) = (read(), stamp);
            }

            return _value;
        }
    }
}
