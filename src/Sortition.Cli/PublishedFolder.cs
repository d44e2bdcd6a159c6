using Sortition.Publication.Format;

namespace Sortition.Cli;

/// <summary>Reads the folder of a published lottery for commands that are about to use it.</summary>
internal static class PublishedFolder
{
    /// <exception cref="UsageException">There is no such folder.</exception>
    /// <exception cref="Core.Problems.MalformedInputException">The files are no published lottery.</exception>
    public static PublishedLottery Read(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder \"{folder}\".");
        }

        return PublishedLottery.Read(folder, cancellationToken);
    }

    /// <summary>A root as somebody typed it: digits in either case.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static string? Root(string? text)
    {
        string? root = text?.Trim().ToLowerInvariant();
        return root is null || (root.Length == 64 && root.All(char.IsAsciiHexDigitLower))
            ? root
            : throw new UsageException("--root: a root hash is 64 hexadecimal digits.");
    }
}
