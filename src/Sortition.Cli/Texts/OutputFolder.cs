using Sortition.Files.Mapping;
using Sortition.Files.Storage;

namespace Sortition.Cli.Texts;

/// <summary>Finds out before any work whether files can be written to a folder or an archive.</summary>
internal static class OutputFolder
{
    /// <exception cref="UsageException">They cannot.</exception>
    public static void Check(string path) => Check(path, _ => false);

    /// <summary>As <see cref="Check(string)"/>, and that nothing of an earlier run would be lost.</summary>
    /// <param name="path">The folder or the archive.</param>
    /// <param name="isEarlier">Which files would be of an earlier run.</param>
    /// <exception cref="UsageException">They cannot, or there is something.</exception>
    public static void Check(string path, Predicate<string> isEarlier) => Check(path, isEarlier, replacing: null);

    /// <summary>As <see cref="Check(string, Predicate{string})"/>; where the command is told to, it may take the place of its own earlier results.</summary>
    /// <exception cref="UsageException">They cannot be written, or there is something that must not be replaced.</exception>
    public static void Check(Terminal terminal, string path, Predicate<string> isEarlier)
    {
        bool overwrites = terminal.Command!.Overwrites && !StandardStreams.Is(path);
        if (overwrites)
        {
            TidyUp(path);
        }

        Check(path, isEarlier, overwrites && Path.Exists(path) ? terminal : null);
    }

    private static void Check(string path, Predicate<string> isEarlier, Terminal? replacing)
    {
        if (StandardStreams.Is(path))
        {
            return;
        }

        try
        {
            string full = Path.GetFullPath(path);
            if (replacing is not null)
            {
                CheckReplaceable(replacing, path);
            }
            else if (File.Exists(full))
            {
                throw IsFile(full);
            }

            DirectoryInfo? folder = new(FolderTarget.IsArchive(full) ? Path.GetDirectoryName(full)! : full);
            while (folder is { Exists: false })
            {
                if (File.Exists(folder.FullName))
                {
                    throw IsFile(folder.FullName);
                }

                folder = folder.Parent;
            }

            if (folder is not null)
            {
                string name = Path.Combine(folder.FullName, ".sortition-probe");
                const FileShare WithOthers = FileShare.ReadWrite | FileShare.Delete;
                using FileStream probe = new(name, FileMode.OpenOrCreate, FileAccess.Write, WithOthers, 1, FileOptions.DeleteOnClose);
            }

            if (replacing is null)
            {
                FilesExistException.ThrowIfAny(path, isEarlier);
            }

            CheckLog(path);
        }
        catch (FilesExistException e)
        {
            throw Kept(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refusal(path);
        }
    }

    /// <summary>Finds out before any work whether a file can be written, and is none that exists.</summary>
    /// <exception cref="UsageException">It cannot, or exists.</exception>
    public static void CheckFile(string path)
    {
        if (!StandardStreams.Is(path) && Path.Exists(path))
        {
            throw new UsageException("usage/file-exists", ("path", path));
        }

        Check(StandardStreams.Is(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>As <see cref="CheckFile(string)"/>; where the command is told to, it may take the place of a file that it wrote earlier.</summary>
    /// <exception cref="UsageException">It cannot, or exists and must not be replaced.</exception>
    public static void CheckFile(Terminal terminal, string path)
    {
        if (!StandardStreams.Is(path) && terminal.Command!.Overwrites && File.Exists(path))
        {
            CheckReplaceable(terminal, path);
            CheckLog(path);
        }
        else
        {
            CheckFile(path);
        }
    }

    /// <summary>Finds out whether all that is at a place is the command's own.</summary>
    /// <exception cref="UsageException">It is not.</exception>
    private static void CheckReplaceable(Terminal terminal, string path)
    {
        IReadOnlyList<string> foreign = Write(path, () => terminal.Log.FindForeign(path));
        if (foreign.Count > 0)
        {
            throw NotReplaceable(path, foreign);
        }
    }

    private static UsageException NotReplaceable(string path, IReadOnlyList<string> names) =>
        new("usage/not-replaceable", ("path", path), ("names", names));

    /// <summary>Brings to its end, or takes away, what a command that was killed had begun to write to a folder.</summary>
    /// <exception cref="UsageException">The folder cannot be written to, or another command is just writing to it.</exception>
    public static void TidyUp(string path) => Write(path, () => FilesExistException.ThrowIfAny(path, _ => false));

    /// <summary>Finds out whether a log that is there can be added to.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    private static void CheckLog(string path)
    {
        string log = RunLog.PathBeside(path);
        try
        {
            if (Path.Exists(log))
            {
                using FileStream probe = new(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            }
        }
        catch (IOException)
        {
            // Somebody else is just writing a line.
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException("usage/log", ("path", log));
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
        catch (FilesExistException e)
        {
            throw Kept(path, e);
        }
        catch (RegisterChangedException)
        {
            throw new UsageException("usage/ids-changed", ("path", path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path);
        }
    }

    /// <summary>Writes files that belong together into a folder or an archive, which is logged, or as a zip archive to the standard output.</summary>
    /// <exception cref="UsageException">They cannot be written.</exception>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> WriteAll(Terminal terminal, string path, Func<FolderTarget, IReadOnlyList<string>> write) => Write(path, () =>
    {
        if (!StandardStreams.Is(path))
        {
            return write(At(terminal, path));
        }

        IReadOnlyList<string> names = [];
        StandardStreams.Write(stream => names = write(FolderTarget.ToZip(stream)));
        return names;
    });

    /// <summary>Adds to what a folder or an archive holds, and logs it.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Add(Terminal terminal, string path, Action<FolderTarget> write) =>
        Write(path, () => write(At(terminal, path)));

    private static FolderTarget At(Terminal terminal, string path)
    {
        FolderTarget logged = FolderTarget.At(path).LoggedIn(terminal.Log);
        return terminal.Command!.Overwrites ? logged.Replacing() : logged;
    }

    /// <summary>Writes one file, all of it or nothing, and logs it.</summary>
    /// <param name="terminal">Has the log.</param>
    /// <param name="path">Its path, or that of the standard output.</param>
    /// <param name="write">Writes the content; may close the stream.</param>
    /// <exception cref="UsageException">It cannot be written, or there is such a file.</exception>
    public static void WriteFile(Terminal terminal, string path, Action<Stream> write) => Write(path, () =>
    {
        if (StandardStreams.Is(path))
        {
            StandardStreams.Write(write);
        }
        else
        {
            StagedFile.Write(path, terminal.Command!.Overwrites, write, log: terminal.Log);
        }
    });

    /// <summary>Where files are, in words.</summary>
    /// <param name="language">The language.</param>
    /// <param name="files">Their names.</param>
    /// <param name="path">The folder; null where none was asked for.</param>
    public static string Describe(Language language, IReadOnlyList<string> files, string? path) => path is null
        ? language.Text("output/none")
        : language.Text("output/files", ("files", files), ("place", Describe(language, path)));

    /// <summary>A folder or an archive that was written, in words.</summary>
    public static string Describe(Language language, string path) => StandardStreams.Is(path) ? language.Text("tool/zip-on-standard-output") : path;

    /// <summary>Writes something.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string path, Action write) => Write(path, () =>
    {
        write();
        return true;
    });

    private static UsageException IsFile(string path) => new("usage/is-file", ("path", path));

    private static UsageException Kept(string path, FilesExistException e) => new("usage/files-exist", ("path", path), ("names", e.Names));

    /// <summary>What to say where a folder cannot be written to.</summary>
    public static UsageException Refusal(string path) => new("usage/cannot-be-written", ("path", path));
}
