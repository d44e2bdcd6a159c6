using Sortition.Cli.Texts;
using Sortition.Files.Storage;

namespace Sortition.Cli.Options;

/// <summary>Finds the files of a published lottery for commands that are about to use it.</summary>
internal static class PublishedFolder
{
    /// <summary>A folder, an archive, or an archive on the standard input.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="Core.MalformedInputException">There is a file that is no archive of files.</exception>
    public static FolderSource Find(string path, CancellationToken cancellationToken) =>
        StandardStreams.Is(path) ? FolderSource.FromZip(StandardStreams.Source(path), cancellationToken)
        : Path.Exists(path) ? FolderSource.At(path, cancellationToken)
        : throw new UsageException("usage/no-folder", ("path", path));

    /// <summary>A root as somebody typed it: digits in either case.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static string? Root(string? text)
    {
        string? root = text?.Trim().ToLowerInvariant();
        return root is null || (root.Length == 64 && root.All(char.IsAsciiHexDigitLower))
            ? root
            : throw new UsageException("usage/root");
    }
}
