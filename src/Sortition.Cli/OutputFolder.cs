namespace Sortition.Cli;

/// <summary>Finds out before any work whether files can be written to a folder.</summary>
internal static class OutputFolder
{
    /// <exception cref="UsageException">They cannot.</exception>
    public static void Check(string path)
    {
        try
        {
            DirectoryInfo? folder = new(Path.GetFullPath(path));
            while (folder is { Exists: false })
            {
                if (File.Exists(folder.FullName))
                {
                    throw new UsageException($"--output: \"{folder.FullName}\" is a file; name a folder.");
                }

                folder = folder.Parent;
            }

            if (folder is not null)
            {
                using FileStream probe = new(
                    Path.Combine(folder.FullName, ".sortition-" + Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refusal(path);
        }
    }

    /// <summary>Writes something.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static T Write<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path);
        }
    }

    /// <summary>Writes something.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string path, Action write) => Write(path, () =>
    {
        write();
        return true;
    });

    /// <summary>What to say where a folder cannot be written to.</summary>
    public static UsageException Refusal(string path) => new($"--output: \"{path}\" cannot be written to. Nothing was written; name another place.");
}
