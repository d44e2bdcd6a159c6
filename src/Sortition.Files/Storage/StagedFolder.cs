namespace Sortition.Files.Storage;

/// <summary>Files on their way into a folder: all of them get there, or none.</summary>
/// <remarks>
/// A new folder is made beside its place and renamed when all is whole. Into a folder that exists, files are moved one by one; that they are whole is marked
/// by a rename before the first is moved, so that what a killed process left can be brought to its end: <see cref="TidyUp"/>. A folder that is replaced is
/// exchanged with the new one in one step; where the system has no such step, it is moved aside, and back if the new one does not get to its place.
/// </remarks>
internal sealed class StagedFolder : IDisposable
{
    private const string New = ".sortition-new";
    private const string Whole = ".sortition-moving";
    private const string LockEnding = ".lock";
    private const string ReplacedEnding = ".old";

    private readonly string _directory;
    private readonly string _staging;
    private readonly bool _isNew;
    private readonly bool _replaces;
    private readonly RunLog? _log;
    private readonly FileStream _lock;
    private readonly List<string> _made = [];
    private readonly List<string> _names = [];

    /// <param name="directory">The folder.</param>
    /// <param name="log">Where to log what is written; null for nowhere.</param>
    /// <param name="replaces">Whether the folder, if it exists, is replaced with all that it holds.</param>
    /// <exception cref="IOException">The folder cannot be written to, or somebody else is just writing to it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public StagedFolder(string directory, RunLog? log, bool replaces = false)
    {
        _directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        TidyUp(_directory);
        _isNew = !Directory.Exists(_directory);
        _replaces = replaces && !_isNew;
        _log = log;
        _staging = _isNew || _replaces ? StagedFile.BesideName(_directory) : Path.Combine(_directory, New);
        string parent = Path.GetDirectoryName(_staging)!;
        for (string? missing = parent; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
        {
            _made.Add(missing);
        }

        try
        {
            Directory.CreateDirectory(parent);
            _lock = Lock(_staging);
        }
        catch
        {
            RemoveMade();
            throw;
        }

        try
        {
            Directory.CreateDirectory(_staging);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Moves in what a killed process had ready for a folder but did not get to move, and takes away what it had not ready.</summary>
    /// <param name="directory">The folder, which need not exist.</param>
    /// <exception cref="IOException">Somebody else is just writing to it, or a file cannot be moved.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void TidyUp(string directory)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        string whole = Path.Combine(full, Whole);
        string replaced = StagedFile.BesideName(full) + ReplacedEnding;
        foreach (string staging in (string[])[StagedFile.BesideName(full), Path.Combine(full, New)])
        {
            if (!File.Exists(staging + LockEnding) && !Directory.Exists(whole) && !Directory.Exists(replaced))
            {
                continue;
            }

            using FileStream alone = Lock(staging);
            if (Directory.Exists(replaced))
            {
                PutBack(replaced, full, StagedFile.BesideName(full));
            }

            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }

            if (Directory.Exists(whole))
            {
                Directory.GetFiles(whole).ToList().ForEach(file => File.Move(file, Path.Combine(full, Path.GetFileName(file))));
                Directory.Delete(whole);
            }
        }
    }

    /// <summary>Opens a new file; the caller closes it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="forOwnerOnly">Whether only its owner may read it, where the system knows that.</param>
    public Stream Create(string name, bool forOwnerOnly)
    {
        _names.Add(name);
        return new FileStream(Path.Combine(_staging, name), StagedFile.NewFile(forOwnerOnly ? StagedFile.OwnerOnly : null, bufferSize: 1 << 16));
    }

    /// <summary>Moves all new files to their places, or none where one of the places is taken.</summary>
    public void MoveIn()
    {
        _log?.Begin(
            _directory,
            [.. _names.Select(name => (Path.Combine(_directory, name), RunLog.HashOf(Path.Combine(_staging, name))))],
            _replaces ? [.. Directory.GetFiles(_directory).Order(StringComparer.Ordinal).Select(path => (path, RunLog.HashOf(path)))] : []);
        if (_isNew)
        {
            Directory.Move(_staging, _directory);
        }
        else if (_replaces)
        {
            Replace();
        }
        else
        {
            MoveOneByOne();
        }

        _made.Clear();
        _log?.End();
    }

    /// <summary>Takes the place of the folder, which is then at that of the staging, or gone.</summary>
    private void Replace()
    {
        if (FolderExchange.TryRun(_staging, _directory))
        {
            return;
        }

        string replaced = StagedFile.BesideName(_directory) + ReplacedEnding;
        Directory.Move(_directory, replaced);
        try
        {
            Directory.Move(_staging, _directory);
        }
        finally
        {
            PutBack(replaced, _directory, _staging);
        }
    }

    /// <summary>Puts a folder back that was moved aside; or takes it away where the one that replaces it got to its place.</summary>
    private static void PutBack(string replaced, string place, string staging)
    {
        if (!Path.Exists(place))
        {
            Directory.Move(replaced, place);
        }
        else if (!Directory.Exists(staging))
        {
            Directory.Delete(replaced, recursive: true);
        }
    }

    private void MoveOneByOne()
    {
        string whole = Path.Combine(_directory, Whole);
        if (_names.Find(name => Path.Exists(Path.Combine(_directory, name))) is string taken)
        {
            throw new IOException($"There is a file {taken} already.");
        }

        Directory.Move(_staging, whole);
        List<string> done = [];
        try
        {
            foreach (string name in _names)
            {
                File.Move(Path.Combine(whole, name), Path.Combine(_directory, name));
                done.Add(name);
            }
        }
        catch
        {
            done.Reverse();
            done.ForEach(name => File.Move(Path.Combine(_directory, name), Path.Combine(whole, name)));
            Directory.Move(whole, _staging);
            throw;
        }

        Directory.Delete(whole);
    }

    public void Dispose()
    {
        try
        {
            if (Directory.Exists(_staging))
            {
                Directory.Delete(_staging, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What counts has happened; a leftover beside it must not hide that.
        }

        _lock.Dispose();
        RemoveMade();
    }

    /// <summary>Keeps others from a staging folder; what a killed process leaves of it keeps nobody.</summary>
    private static FileStream Lock(string staging) =>
        new(staging + LockEnding, FileMode.OpenOrCreate, FileAccess.ReadWrite, StagedFile.Alone, bufferSize: 1, FileOptions.DeleteOnClose);

    private void RemoveMade()
    {
        foreach (string directory in _made)
        {
            try
            {
                Directory.Delete(directory);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Never made, or somebody else uses it by now.
                return;
            }
        }
    }
}
