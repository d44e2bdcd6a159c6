using System.Security.Cryptography;
using System.Text;

namespace Sortition.Web.Projects;

/// <summary>The folder in which projects are: each a folder of its own. Or one project alone.</summary>
public sealed class Shelf : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int MaxName = 80;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Project> _open = new(StringComparer.Ordinal);
    private readonly string? _single;

    private Shelf(string folder, bool isSingle)
    {
        Folder = folder;
        _single = isSingle ? folder : null;
    }

    /// <summary>The folder with the projects, or that of the only one.</summary>
    public string Folder { get; }

    /// <summary>Whether there is one project only.</summary>
    public bool IsSingle => _single is not null;

    /// <summary>Whether something is being computed.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
            {
                return _open.Values.Any(p => p.Work?.IsRunning == true);
            }
        }
    }

    /// <summary>A project in a folder, which is made if there is none.</summary>
    public static Shelf OfProject(string folder) => new(Make(Path.GetFullPath(folder)), isSingle: true);

    /// <summary>A folder of projects, which is made if there is none.</summary>
    public static Shelf OfProjects(string folder) => new(Make(Path.GetFullPath(folder)), isSingle: false);

    /// <summary>The projects there are: keys and names, those that were changed last first.</summary>
    public IReadOnlyList<(string Key, string Name)> All() => _single is not null
        ? [(KeyOf(_single), Path.GetFileName(_single))]
        : [
            .. new DirectoryInfo(Folder).EnumerateDirectories()
                .Where(d => !d.Name.StartsWith('.') && d.LinkTarget is null && File.Exists(Path.Combine(d.FullName, ProjectSettings.FileName)))
                .OrderByDescending(d => d.LastWriteTimeUtc)
                .Select(d => (KeyOf(d.FullName), d.Name)),
        ];

    /// <summary>A project by its key; null where there is none.</summary>
    /// <exception cref="ProjectInUseException">Another program has it open.</exception>
    public Project? Find(string key)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(key, out Project? open))
            {
                return open;
            }

            string? name = All().FirstOrDefault(p => string.Equals(p.Key, key, StringComparison.Ordinal)).Name;
            string? folder = name is null ? null : _single ?? Path.Combine(Folder, name);
            return folder is null ? null : _open[key] = Project.Open(folder, key);
        }
    }

    /// <summary>Makes a project.</summary>
    /// <param name="name">What it is to be called. Its folder is called so, without what folders cannot be called.</param>
    /// <returns>The project; null where nothing is left of the name, or there is one of this name.</returns>
    public Project? Create(string name)
    {
        string folderName = string.Concat(name.Normalize().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or ',' or '\'')).Trim(' ', '.');
        folderName = folderName.Length > MaxName ? folderName[..MaxName].Trim() : folderName;
        string folder = Path.Combine(Folder, folderName);
        if (_single is not null || folderName.Length == 0 || Path.Exists(folder))
        {
            return null;
        }

        Make(folder);
        string key = KeyOf(folder);
        lock (_lock)
        {
            Project project = _open[key] = Project.Open(folder, key);
            project.Save(new ProjectSettings());
            return project;
        }
    }

    /// <summary>Makes a project in which the draw of another one is rehearsed.</summary>
    /// <param name="original">The other one.</param>
    /// <returns>The project, with the same files; null where there can be one project only.</returns>
    public Project? CreateRehearsal(Project original)
    {
        Project? rehearsal = null;
        for (int n = 1; rehearsal is null && !IsSingle; n++)
        {
            string end = $" {Rehearsal.Mark} {n}";
            rehearsal = Create((original.Name.Length + end.Length > MaxName ? original.Name[..(MaxName - end.Length)] : original.Name) + end);
        }

        rehearsal?.TakeOver(original);
        rehearsal?.Save(original.Settings with { IsRehearsal = true });
        return rehearsal;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Project project in _open.Values)
            {
                project.Dispose();
            }

            _open.Clear();
        }
    }

    /// <summary>What a project is called in addresses, which are no place for names.</summary>
    private static string KeyOf(string folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12];

    private static string Make(string folder)
    {
        if (Directory.Exists(folder))
        {
            return folder;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }

        return folder;
    }
}
