namespace Sortition.Files.Storage;

/// <summary>Writes single files so that none is ever half there: beside their places first, and moved when they are whole.</summary>
public static class StagedFile
{
    internal const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file, or nothing.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="overwrite">Whether it may replace a file.</param>
    /// <param name="write">Writes the content; may close the stream.</param>
    /// <param name="forOwnerOnly">Whether only its owner may read it, where the system knows that.</param>
    /// <exception cref="IOException">It cannot be written, or exists and must not be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write, bool forOwnerOnly = false)
    {
        Write(path, overwrite, write, Path.GetRandomFileName(), forOwnerOnly ? OwnerOnly : null);
    }

    /// <summary>Writes a file that exists anew, or leaves it as it is; nobody may read it who could not before.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="write">Writes the content, and may read the file for it; may close the stream.</param>
    /// <param name="forOwnerOnly">Whether from now on only its owner may read it, where the system knows that.</param>
    /// <exception cref="IOException">It cannot be written, or somebody else is just rewriting it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal static void Rewrite(string path, Action<Stream> write, bool forOwnerOnly)
    {
        // The link stays one, so that the file has one content under all its names.
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

        // One name for all who rewrite it lets in one at a time, so that nobody moves away what another has just written.
        UnixFileMode? mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(target);
        Write(target, overwrite: true, write, Path.GetFileName(target), forOwnerOnly ? mode & OwnerOnly : mode);
    }

    /// <summary>How to open a new file.</summary>
    /// <param name="mode">Who may do what with it, where the system knows that; null for what is usual.</param>
    /// <param name="bufferSize">How many bytes are written at once.</param>
    internal static FileStreamOptions NewFile(UnixFileMode? mode, int bufferSize)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = bufferSize };
        if (mode is not null && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return options;
    }

    private static void Write(string path, bool overwrite, Action<Stream> write, string nameBeside, UnixFileMode? mode)
    {
        string target = Path.GetFullPath(path);
        string staged = Path.Combine(Path.GetDirectoryName(target) ?? "", ".sortition-" + nameBeside);
        // If this fails, a file of that name is somebody else's.
        FileStream stream = new(staged, NewFile(mode, bufferSize: 1 << 12));
        try
        {
            using (stream)
            {
                write(stream);
            }

            File.Move(staged, target, overwrite);
        }
        finally
        {
            // Gone already where all went well; half a file must not lie about.
            File.Delete(staged);
        }
    }
}
