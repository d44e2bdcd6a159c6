using System.IO.Compression;
using Sortition.Core;

namespace Sortition.Files.Storage;

/// <summary>Where files that belong together are written: a folder, or a zip archive of the same files.</summary>
public sealed class FolderTarget
{
    private const string ArchiveExtension = ".zip";

    /// <summary>The first time that archives can tell: what is written depends on the files only.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>In an archive: a plain file that only its owner may read and write, as Unix writes it.</summary>
    private const int OwnerOnlyAttributes = unchecked((int)((0x8000u | (uint)StagedFile.OwnerOnly) << 16));

    private readonly string? _path;
    private readonly Stream? _stream;
    private readonly RunLog? _log;
    private readonly bool _replaces;

    private FolderTarget(string? path, Stream? stream, RunLog? log = null, bool replaces = false)
    {
        _path = path;
        _stream = stream;
        _log = log;
        _replaces = replaces;
    }

    /// <summary>
    /// A folder on disk; or, where the path is that of a file, or ends in <c>.zip</c> and is no folder, an archive. Either is made if it does not exist, and so
    /// is the folder that an archive is in.
    /// </summary>
    /// <param name="path">Its path.</param>
    public static FolderTarget At(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FolderTarget(path, null);
    }

    /// <summary>A new zip archive. The same files make the same bytes each time.</summary>
    /// <param name="stream">Where to; left open. If the writing fails, a part of the archive may have been written.</param>
    public static FolderTarget ToZip(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new FolderTarget(null, stream);
    }

    /// <summary>The same place; what is written there on disk is logged.</summary>
    /// <param name="log">The log.</param>
    public FolderTarget LoggedIn(RunLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return new FolderTarget(_path, _stream, log, _replaces);
    }

    /// <summary>
    /// The same place; what an earlier run of the same command wrote there is replaced with all of it, if the log tells so and nothing else is there: see
    /// <see cref="RunLog.FindForeign"/>. Whoever looks finds the old or the new, and never a part of either.
    /// </summary>
    /// <exception cref="InvalidOperationException">The place is not logged: nothing could tell what is there.</exception>
    public FolderTarget Replacing() => _log is null
        ? throw new InvalidOperationException("Only what is logged can be replaced.")
        : new FolderTarget(_path, _stream, _log, replaces: true);

    /// <summary>A folder or an archive on disk, as <see cref="At"/>.</summary>
    /// <param name="path">Its path.</param>
    public static implicit operator FolderTarget(string path) => At(path);

    /// <summary>Whether a path is that of an archive, as <see cref="At"/> takes it.</summary>
    /// <param name="path">The path.</param>
    public static bool IsArchive(string path) =>
        File.Exists(path) || (Path.GetExtension(path.AsSpan()).Equals(ArchiveExtension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path));

    /// <summary>Writes all files, or none on disk: there they are written beside their places and moved in when all are whole.</summary>
    /// <param name="files">The name of each file, and what writes its content; that may close the stream, which can only be written to.</param>
    /// <param name="isEarlier">Which files there would be of an earlier writing: where there is one, nothing is written. Others are left alone.</param>
    /// <param name="isForOwner">Which files only their owner may read, and the archive with them, where the system knows that; null for none.</param>
    /// <param name="cancellationToken">Stops the writing; what is on disk is then as it was.</param>
    /// <exception cref="FilesExistException">Files of an earlier writing are there; what is on disk is as it was.</exception>
    /// <exception cref="IOException">
    /// A file or the log cannot be written, or is there already, or what is there is no archive, or is just being added to; what is on disk is as it was.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Write(
        IEnumerable<(string Name, Action<Stream> Write)> files,
        Predicate<string> isEarlier,
        Predicate<string>? isForOwner = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(isEarlier);
        cancellationToken.ThrowIfCancellationRequested();
        isForOwner ??= _ => false;
        if (_path is null)
        {
            WriteArchive(_stream!, files, isForOwner, cancellationToken);
        }
        else if (_replaces && Path.Exists(_path))
        {
            Replace(_path, files, isForOwner, cancellationToken);
        }
        else if (!IsArchive(_path))
        {
            FilesExistException.ThrowIfAny(_path, isEarlier);
            using StagedFolder folder = new(_path, _log);
            WriteAll(files, name => folder.Create(name, isForOwner(name)), cancellationToken);
            folder.MoveIn();
        }
        else if (File.Exists(_path))
        {
            (string Name, Action<Stream> Write)[] all = [.. files];
            StagedFile.Rewrite(
                _path, stream => AddToArchive(stream, _path, all, isEarlier, isForOwner, cancellationToken), all.Any(f => isForOwner(f.Name)), _log);
        }
        else
        {
            using MemoryStream whole = new();
            (string Name, Action<Stream> Write)[] all = [.. files];
            WriteArchive(whole, all, isForOwner, cancellationToken);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            StagedFile.Write(_path, overwrite: false, whole.WriteTo, all.Any(f => isForOwner(f.Name)), _log);
        }
    }

    private void Replace(string path, IEnumerable<(string Name, Action<Stream> Write)> files, Predicate<string> isForOwner, CancellationToken cancellationToken)
    {
        StagedFolder.TidyUp(path);
        FilesExistException.ThrowIfAny(_log!.FindForeign(path, cancellationToken), _ => true);
        if (File.Exists(path))
        {
            (string Name, Action<Stream> Write)[] all = [.. files];
            StagedFile.Rewrite(path, stream => WriteArchive(stream, all, isForOwner, cancellationToken), all.Any(f => isForOwner(f.Name)), _log);
            return;
        }

        using StagedFolder folder = new(path, _log, replaces: true);
        WriteAll(files, name => folder.Create(name, isForOwner(name)), cancellationToken);
        folder.MoveIn();
    }

    private static void WriteArchive(
        Stream stream, IEnumerable<(string Name, Action<Stream> Write)> files, Predicate<string> isForOwner, CancellationToken cancellationToken)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteAll(files, name => Create(archive, name, isForOwner(name)), cancellationToken);
    }

    /// <summary>Writes what is in an archive and the files.</summary>
    private static void AddToArchive(
        Stream stream,
        string path,
        IEnumerable<(string Name, Action<Stream> Write)> files,
        Predicate<string> isEarlier,
        Predicate<string> isForOwner,
        CancellationToken cancellationToken)
    {
        using MemoryStream whole = new();
        try
        {
            FileSource file = FileSource.At(path);
            ArraySegment<byte> bytes = FolderSource.ReadZip(file, cancellationToken);
            IReadOnlyList<string> names = FolderSource.FromBytes(bytes, file.Name).Names();
            FilesExistException.ThrowIfAny(names, isEarlier);
            whole.Write(bytes);
            using ZipArchive archive = new(whole, ZipArchiveMode.Update, leaveOpen: true);
            WriteAll(
                files,
                name => names.Contains(name, StringComparer.Ordinal) ? throw new IOException("The archive has a file of this name.")
                    : Create(archive, name, isForOwner(name)),
                cancellationToken);
        }
        catch (Exception e) when (e is MalformedInputException or InvalidDataException)
        {
            throw new IOException("What is there already is no archive of files.", e);
        }

        whole.WriteTo(stream);
    }

    private static Stream Create(ZipArchive archive, string name, bool forOwnerOnly)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        if (forOwnerOnly)
        {
            entry.ExternalAttributes = OwnerOnlyAttributes;
        }

        return entry.Open();
    }

    private static void WriteAll(IEnumerable<(string Name, Action<Stream> Write)> files, Func<string, Stream> create, CancellationToken cancellationToken)
    {
        foreach ((string name, Action<Stream> write) in files)
        {
            using (Stream stream = create(name))
            {
                write(stream);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
