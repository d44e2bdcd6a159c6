namespace Sortition.Files.Storage;

/// <summary>Files on their way into a folder: written beside it first, moved in together, or not at all.</summary>
internal sealed class StagedFolder : IDisposable
{
    private readonly string _directory;
    private readonly string _staging;
    private readonly List<string> _made = [];
    private readonly List<string> _names = [];

    public StagedFolder(string directory)
    {
        _directory = Path.GetFullPath(directory);
        _staging = Path.Combine(_directory, ".sortition-" + Path.GetRandomFileName());
        for (string? missing = _directory; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
        {
            _made.Add(missing);
        }

        try
        {
            Directory.CreateDirectory(_staging);
        }
        catch
        {
            RemoveMade();
            throw;
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
        List<(string From, string To)> done = [];
        try
        {
            foreach (string name in _names)
            {
                (string from, string to) = (Path.Combine(_staging, name), Path.Combine(_directory, name));
                File.Move(from, to);
                done.Add((from, to));
            }
        }
        catch
        {
            done.Reverse();
            foreach ((string from, string to) in done)
            {
                File.Move(to, from);
            }

            throw;
        }

        _made.Clear();
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_staging, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What counts has happened; a leftover beside it must not hide that.
        }

        RemoveMade();
    }

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
