namespace Sortition.Files.Storage;

/// <summary>Writes single files so that none is ever half there: beside their places first, and moved when they are whole.</summary>
public static class StagedFile
{
    /// <summary>Writes a file, or nothing.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="overwrite">Whether it may replace a file.</param>
    /// <param name="write">Writes the content; may close the stream.</param>
    /// <param name="forOwnerOnly">Whether only its owner may read it, where the system knows that.</param>
    /// <exception cref="IOException">It cannot be written, or exists and must not be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write, bool forOwnerOnly = false)
    {
        string target = Path.GetFullPath(path);
        string staged = Path.Combine(Path.GetDirectoryName(target) ?? "", ".sortition-" + Path.GetRandomFileName());
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (forOwnerOnly && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (FileStream stream = new(staged, options))
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
