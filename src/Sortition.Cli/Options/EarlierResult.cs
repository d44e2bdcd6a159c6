using System.Text.Json;
using Sortition.Cli.Texts;
using Sortition.Core;

namespace Sortition.Cli.Options;

/// <summary>
/// The results of an earlier run that are to be replaced. What chance decided is never lost: they are replaced only by the same people, so that files can be
/// added or written in another form.
/// </summary>
internal static class EarlierResult
{
    private const long MostBytes = 256 << 20;

    /// <summary>Where a selection says who was drawn.</summary>
    public static (string File, string List) Selection { get; } = ("report.json", "selected");

    /// <summary>Where a choice of alternates says who they are.</summary>
    public static (string File, string List) Alternates { get; } = ("alternates.json", "alternates");

    /// <summary>Finds out whether an earlier result, if it is to be replaced, is of the same people.</summary>
    /// <param name="terminal">Has the command line.</param>
    /// <param name="output">Where it would be; null for nowhere.</param>
    /// <param name="place">The file that says who they are, and its list of them.</param>
    /// <param name="ids">The people now.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UsageException">It is of others.</exception>
    public static void CheckSame(
        Terminal terminal, string? output, (string File, string List) place, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        if (output is null || !terminal.Command!.Overwrites || !Path.Exists(output) || IsEmpty(output))
        {
            return;
        }

        string[]? earlier = Read(output, place, cancellationToken);
        if (earlier is null || !earlier.Order(StringComparer.Ordinal).SequenceEqual(ids.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            throw new UsageException("usage/other-result", ("path", output));
        }
    }

    private static bool IsEmpty(string output) => Directory.Exists(output) && !Directory.EnumerateFileSystemEntries(output).Any();

    private static string[]? Read(string output, (string File, string List) place, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(PublishedFolder.Find(output, cancellationToken).File(place.File).Read(MostBytes, cancellationToken));
            return [.. json.RootElement.GetProperty("result").GetProperty(place.List).EnumerateArray().Select(id => id.GetString()!)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or MalformedInputException)
        {
            return null;
        }
    }
}
