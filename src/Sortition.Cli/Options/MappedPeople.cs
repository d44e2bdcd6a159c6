using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Files;
using Sortition.Files.Mapping;
using Sortition.Files.Storage;

namespace Sortition.Cli.Options;

/// <summary>People of a spreadsheet as it comes, made into a pool by a mapping; the ids they got are kept beside the mapping.</summary>
internal sealed class MappedPeople
{
    /// <summary>Where ids are kept where a mapping does not say.</summary>
    public const string DefaultIds = "ids.csv";

    private const string PoolName = "pool.csv";

    private readonly IdRegister? _ids;
    private readonly string _idsPath;

    private MappedPeople(PreparedPool pool, PoolMapping mapping, IdRegister? ids, string idsPath)
    {
        Pool = pool;
        Mapping = mapping;
        _ids = ids;
        _idsPath = idsPath;
    }

    public PreparedPool Pool { get; }

    public PoolMapping Mapping { get; }

    public static Option<string?> Option() => new("--mapping") { HelpName = StandardStreams.File };

    /// <summary>The path of the ids that a mapping keeps: beside it.</summary>
    public static string IdsPath(string mappingPath, string? name) => PathBeside(mappingPath, name ?? DefaultIds);

    /// <summary>The path of a file that a mapping names.</summary>
    private static string PathBeside(string mappingPath, string name) =>
        Path.Combine(StandardStreams.Is(mappingPath) ? "" : Path.GetDirectoryName(Path.GetFullPath(mappingPath)) ?? "", name);

    /// <summary>The pool of people whose spreadsheet is as it came; null where it is a pool already. What was done is told, and the ids are kept.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="terminal">Where to tell it.</param>
    /// <param name="mapping">The option of the mapping.</param>
    /// <param name="people">The spreadsheet.</param>
    /// <param name="instead">The options that say of a pool what a mapping says itself.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UsageException">One of these is given too, or the ids cannot be written.</exception>
    /// <exception cref="MalformedInputException">Something is open or wrong.</exception>
    public static MappedPeople? Of(
        ParseResult line, Terminal terminal, Option<string?> mapping, string people, Option<string?>[] instead, CancellationToken cancellationToken)
    {
        if (line.GetValue(mapping) is not string path)
        {
            return null;
        }

        if (Array.Exists(instead, option => line.GetValue(option) is not null))
        {
            throw new UsageException("usage/mapping-says-it");
        }

        MappedPeople mapped = Prepare(terminal, path, ReadingInput.Table(line, people), cancellationToken);
        mapped.SaveIds();
        PreparationText.TellAside(terminal, mapped.Pool);
        return mapped;
    }

    /// <summary>The pool as a people file.</summary>
    public FileSource ToPeople() => Pool.ToPeople(PoolName);

    /// <summary>Makes the pool. Nothing is written yet.</summary>
    /// <exception cref="MalformedInputException">Something is open or wrong.</exception>
    public static MappedPeople Prepare(Terminal terminal, string mappingPath, FileSource people, CancellationToken cancellationToken)
    {
        PoolMapping mapping = PoolMapping.Read(StandardStreams.Source(mappingPath), open: null, cancellationToken);
        string idsPath = IdsPath(mappingPath, mapping.IdsFile);
        terminal.Command!.FurtherInputs.AddRange(mapping.LookupFiles.Select(file => PathBeside(mappingPath, file)));
        IdRegister? ids = mapping.CreatesIds ? IdRegister.Open(idsPath, cancellationToken) : null;
        PreparedPool pool = mapping.Apply(mapping.LoadTable(people, cancellationToken), ids, cancellationToken);
        return new MappedPeople(pool, mapping, ids, idsPath);
    }

    /// <summary>Keeps the ids, before anybody is told one.</summary>
    /// <exception cref="UsageException">They cannot be written.</exception>
    public void SaveIds()
    {
        if (_ids is not null)
        {
            OutputFolder.Write(_idsPath, () => _ids.Save(_idsPath));
        }
    }
}
