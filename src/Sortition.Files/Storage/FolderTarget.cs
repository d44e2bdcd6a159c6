using System.IO.Compression;

namespace Sortition.Files.Storage;

/// <summary>Where files that belong together are written: a folder, or a zip archive.</summary>
public sealed class FolderTarget
{
    /// <summary>The first time that archives can tell: what is written depends on the files only.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string? _directory;
    private readonly Stream? _archive;

    private FolderTarget(string? directory, Stream? archive)
    {
        _directory = directory;
        _archive = archive;
    }

    /// <summary>A folder. It is made if it does not exist.</summary>
    /// <param name="directory">Its path.</param>
    public static FolderTarget At(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new FolderTarget(directory, null);
    }

    /// <summary>A new zip archive. The same files make the same bytes each time.</summary>
    /// <param name="stream">Where to; left open. If the writing fails, a part of the archive may have been written.</param>
    public static FolderTarget ToZip(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new FolderTarget(null, stream);
    }

    /// <summary>A folder, as <see cref="At"/>.</summary>
    /// <param name="directory">Its path.</param>
    public static implicit operator FolderTarget(string directory) => At(directory);

    /// <summary>Writes all files, or none into a folder: there they are written beside their places and moved in when all are whole.</summary>
    /// <param name="files">The name of each file, and what writes its content; that may close the stream, which can only be written to.</param>
    /// <param name="isEarlier">Which files of the folder would be of an earlier writing: where there is one, nothing is written. Others are left alone.</param>
    /// <param name="cancellationToken">Stops the writing; a folder is then as it was.</param>
    /// <exception cref="FilesExistException">Files of an earlier writing are there; the folder is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written, or is there already; a folder is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Write(IEnumerable<(string Name, Action<Stream> Write)> files, Predicate<string> isEarlier, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(isEarlier);
        cancellationToken.ThrowIfCancellationRequested();
        if (_directory is not null)
        {
            FilesExistException.ThrowIfAny(_directory, isEarlier);
            using StagedFolder folder = new(_directory);
            WriteAll(folder.Create);
            folder.MoveIn();
            return;
        }

        using ZipArchive archive = new(_archive!, ZipArchiveMode.Create, leaveOpen: true);
        WriteAll(name =>
        {
            ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
            entry.LastWriteTime = NoTime;
            return entry.Open();
        });

        void WriteAll(Func<string, Stream> create)
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
}
