using System.IO.Compression;
using Sortition.Core.Problems;

namespace Sortition.Files.Storage;

/// <summary>Files that belong together, to be read: a folder, or a zip archive of the same files.</summary>
/// <remarks>Files of an archive are unpacked when they are read, one at a time, and never beyond what is wanted of them.</remarks>
public sealed class FolderSource
{
    private const long MaxArchiveBytes = 1L << 30;

    private readonly string? _directory;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    private FolderSource(string directory) => _directory = directory;

    private FolderSource(ZipArchive archive, string name)
    {
        foreach (ZipArchiveEntry entry in archive.Entries.Where(e => !e.FullName.EndsWith('/')))
        {
            if (!_entries.TryAdd(entry.FullName, entry))
            {
                throw Refused(name, FileFaults.FileTwiceInArchive);
            }
        }
    }

    /// <summary>A folder. It is read when its files are; that it cannot be read shows then.</summary>
    /// <param name="directory">Its path.</param>
    public static FolderSource At(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new FolderSource(directory);
    }

    /// <summary>A folder as <see cref="At"/>, or where the path is that of a file, an archive as <see cref="FromZip"/>.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">It is a file that cannot be read as an archive.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FolderSource Open(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return System.IO.File.Exists(path) ? FromZip(path, cancellationToken) : At(path);
    }

    /// <summary>A zip archive, of at most 1 GiB and 10,000 files.</summary>
    /// <param name="archive">The archive; read now.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">It cannot be read as an archive, or has a file twice.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FolderSource FromZip(FileSource archive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArraySegment<byte> bytes = archive.Read(MaxArchiveBytes, cancellationToken);
        try
        {
            return new FolderSource(BoundedZip.Open(bytes) ?? throw Refused(archive.Name, FileFaults.TooManyFiles, BoundedZip.MaxFiles), archive.Name);
        }
        catch (InvalidDataException)
        {
            throw Refused(archive.Name, FileFaults.NotAnArchive);
        }
    }

    /// <summary>The names of all files, in ordinal order; none where a folder cannot be read.</summary>
    public IReadOnlyList<string> Names()
    {
        if (_directory is null)
        {
            return [.. _entries.Keys.Order(StringComparer.Ordinal)];
        }

        try
        {
            return [.. Directory.EnumerateFileSystemEntries(_directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [];
        }
    }

    /// <summary>One of the files. That there is none shows when it is read.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <exception cref="ArgumentException">The name is that of a file in another folder.</exception>
    public FileSource File(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!string.Equals(Path.GetFileName(name), name, StringComparison.Ordinal) || name is "." or "..")
        {
            throw new ArgumentException("The name is that of a file in another folder.", nameof(name));
        }

        return _directory is not null
            ? FileSource.At(Path.Combine(_directory, name))
            : new FileSource(name, () => _entries.GetValueOrDefault(name)?.Open() ?? throw new FileNotFoundException());
    }

    private static MalformedInputException Refused(string name, FaultCode code, params IReadOnlyList<object?> values) =>
        new([new Fault(code, new FaultLocation(name), values)], 1);
}
