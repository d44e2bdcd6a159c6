using System.Security.Cryptography;

namespace Sortition.Files.Storage;

/// <summary>Writes single files so that none is ever half there: beside their places first, and moved when they are whole.</summary>
/// <remarks>A process that is killed leaves the file as it was, or the whole new one. What it had begun beside it, the next writing takes away.</remarks>
public static class StagedFile
{
    /// <summary>How the names begin of what is only there while something is written.</summary>
    internal const string OwnPrefix = ".sortition-";

    internal const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file, or nothing.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="overwrite">Whether it may replace a file.</param>
    /// <param name="write">Writes the content to a stream that can do nothing else; may close it.</param>
    /// <param name="forOwnerOnly">Whether only its owner may read it, where the system knows that.</param>
    /// <param name="log">Where to log it; null for nowhere.</param>
    /// <exception cref="IOException">
    /// It cannot be written, or exists and must not be replaced, or somebody else is just writing it, or the log cannot be written.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write, bool forOwnerOnly = false, RunLog? log = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        Write(Path.GetFullPath(path), overwrite, write, forOwnerOnly ? OwnerOnly : null, log);
    }

    /// <summary>Writes a file that exists anew, or leaves it as it is; nobody may read it who could not before.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="write">Writes the content, and may read the file for it; may close the stream.</param>
    /// <param name="forOwnerOnly">Whether from now on only its owner may read it, where the system knows that.</param>
    /// <param name="log">Where to log it; null for nowhere.</param>
    /// <exception cref="IOException">It cannot be written, or somebody else is just rewriting it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal static void Rewrite(string path, Action<Stream> write, bool forOwnerOnly, RunLog? log)
    {
        // The link stays one, so that the file has one content under all its names.
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        UnixFileMode? mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(target);
        Write(target, overwrite: true, write, forOwnerOnly ? mode & OwnerOnly : mode, log);
    }

    /// <summary>How to open a new file.</summary>
    /// <param name="mode">Who may do what with it, where the system knows that; null for what is usual.</param>
    /// <param name="bufferSize">How many bytes are written at once.</param>
    internal static FileStreamOptions NewFile(UnixFileMode? mode, int bufferSize)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = Alone, BufferSize = bufferSize };
        if (mode is not null && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return options;
    }

    private static void Write(string target, bool overwrite, Action<Stream> write, UnixFileMode? mode, RunLog? log)
    {
        string staged = BesideName(target);
        RemoveAbandoned(staged);
        bool moved = false;

        // One name for all who write the file, and a stream that stays open until it is moved, let in one at a time.
        using FileStream stream = new(staged, NewFile(mode, bufferSize: 1 << 12));
        try
        {
            using SHA256 hash = SHA256.Create();
            using (CryptoStream hashing = new(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
            {
                write(hashing);
            }

            stream.Flush();
            log?.Begin(target, [(target, Convert.ToHexStringLower(hash.Hash!))], File.Exists(target) ? [(target, RunLog.HashOf(target))] : []);
            File.Move(staged, target, overwrite);
            moved = true;
        }
        finally
        {
            if (!moved)
            {
                // Half a file must not lie about.
                File.Delete(staged);
            }
        }

        log?.End();
    }

    /// <summary>What is being written is called so until it is whole.</summary>
    internal static string BesideName(string target) => Path.Combine(Path.GetDirectoryName(target) ?? "", OwnPrefix + Path.GetFileName(target));

    /// <summary>How a file is opened that one process alone may have open, and may move.</summary>
    internal static FileShare Alone => OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <summary>Takes away what a process has left that was killed while it wrote.</summary>
    /// <exception cref="IOException">Its writer is alive.</exception>
    private static void RemoveAbandoned(string staged)
    {
        if (File.Exists(staged))
        {
            using FileStream abandoned = new(staged, FileMode.Open, FileAccess.ReadWrite, Alone);
            File.Delete(staged);
        }
    }
}
