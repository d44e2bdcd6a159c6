namespace Sortition.Files.Storage;

/// <summary>A folder or an archive holds files of an earlier run, such as a draw, which would be lost.</summary>
public sealed class FilesExistException : IOException
{
    private FilesExistException(IReadOnlyList<string> names)
        : base("Files of an earlier run are there: " + string.Join(", ", names))
    {
        Names = names;
    }

    /// <summary>The names of the files, in ordinal order; at least one.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Throws if a folder holds such files.</summary>
    /// <param name="directory">The folder, which need not exist.</param>
    /// <param name="isEarlier">Which names they would have.</param>
    /// <exception cref="FilesExistException">There is such a file.</exception>
    /// <exception cref="IOException">Somebody else is just writing to the folder.</exception>
    /// <remarks>What a killed process had ready for the folder is moved in first, and what it had not ready taken away.</remarks>
    public static void ThrowIfAny(string directory, Predicate<string> isEarlier)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(isEarlier);
        StagedFolder.TidyUp(directory);
        ThrowIfAny(Directory.Exists(directory) ? Directory.GetFiles(directory).Select(path => Path.GetFileName(path)) : [], isEarlier);
    }

    /// <summary>Throws if there are such files among those of a folder or an archive.</summary>
    internal static void ThrowIfAny(IEnumerable<string> names, Predicate<string> isEarlier)
    {
        string[] earlier = [.. names.Where(name => isEarlier(name)).Order(StringComparer.Ordinal)];
        if (earlier.Length > 0)
        {
            throw new FilesExistException(earlier);
        }
    }
}
