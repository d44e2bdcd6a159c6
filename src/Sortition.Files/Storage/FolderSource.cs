using System.IO.Compression;
using Sortition.Core;

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
        long left = MaxArchiveBytes;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!IsPlain(entry.FullName))
            {
                throw Refused(name, FileFaults.FolderInArchive);
            }

            if (!_entries.TryAdd(entry.FullName, entry))
            {
                throw Refused(name, FileFaults.FileTwiceInArchive);
            }

            // What an archive says of its sizes may be false: each file is read as far as is said here, and no further.
            left = entry.Length <= left
                ? left - entry.Length
                : throw Refused(name, FileFaults.ArchiveTooLarge, MaxArchiveBytes);
        }
    }

    /// <summary>
    /// A folder on disk, which is read when its files are, so that whether it can be read shows then; or where the path is that of a file, an archive as
    /// <see cref="FromZip"/>.
    /// </summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">It is a file that is not such an archive.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FolderSource At(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return System.IO.File.Exists(path) ? FromZip(path, cancellationToken) : new FolderSource(path);
    }

    /// <summary>A folder or an archive on disk, as <see cref="At"/>.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="MalformedInputException">It is a file that is not such an archive.</exception>
    public static implicit operator FolderSource(string path) => At(path);

    /// <summary>A zip archive of at most 10,000 files, without folders, of at most 1 GiB both packed and unpacked.</summary>
    /// <param name="archive">The archive; read now.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">It cannot be read as an archive, has a file twice, or is beyond these bounds.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FolderSource FromZip(FileSource archive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return FromBytes(ReadZip(archive, cancellationToken), archive.Name);
    }

    /// <summary>The bytes of an archive, which may turn out to be none.</summary>
    internal static ArraySegment<byte> ReadZip(FileSource archive, CancellationToken cancellationToken) => archive.Read(MaxArchiveBytes, cancellationToken);

    /// <summary>As <see cref="FromZip"/>, of bytes that were read.</summary>
    internal static FolderSource FromBytes(ArraySegment<byte> bytes, string name)
    {
        try
        {
            ZipArchive? zip = BoundedZip.Open(bytes);
            return new FolderSource(zip ?? throw Refused(name, FileFaults.TooManyFiles, BoundedZip.MaxFiles), name);
        }
        catch (InvalidDataException)
        {
            throw Refused(name, FileFaults.NotAnArchive);
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
        if (!IsPlain(name))
        {
            throw new ArgumentException("The name is that of a file in another folder.", nameof(name));
        }

        return _directory is not null
            ? new FileSource(name, () => Open(Path.Combine(_directory, name)), path: Path.Combine(_directory, name))
            : new FileSource(
                name,
                () => _entries.GetValueOrDefault(name)?.Open() ?? throw new FileNotFoundException(),
                maxBytes: _entries.GetValueOrDefault(name)?.Length);
    }

    /// <summary>Opens a file that has bytes. Pipes and devices say that they have none, and may never end: nothing is read from them.</summary>
    private static Stream Open(string path)
    {
        FileInfo file = new(path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return file.Exists && file.Length == 0 ? Stream.Null : FileSource.Open(path);
    }

    private static bool IsPlain(string name) => name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '\\', ':') < 0;

    private static MalformedInputException Refused(string name, FaultCode code, params IReadOnlyList<object?> values) =>
        new([new Fault(code, new FaultLocation(name), values)], 1);
}
