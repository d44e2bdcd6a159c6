using System.Text;
using Sortition.Files.Storage;
using Sortition.Publication.FindMe;
using Sortition.Publication.Format;

namespace Sortition.Publication;

/// <summary>
/// <c>find-me.html</c>, a page on which volunteers find their ballots by id and key, and after the draw whether they were drawn. It is one document that needs
/// no network and sends nothing.
/// </summary>
/// <remarks>
/// It holds <c>people.csv</c>, <c>ballots.csv</c> and <c>SHA256SUMS</c> of the publication, byte for byte, and shows the root that it computes of them. It is
/// itself not part of what the root binds, and checks leave it out: what it says follows from those files. Texts are in all languages of the page.
/// </remarks>
public static class FindMePage
{
    /// <summary>What the page is called beside the published files.</summary>
    public const string FileName = PartNames.FindMe;

    /// <summary>What a browser can be expected to hold.</summary>
    private const int MostBytes = 64 << 20;

    /// <summary>Whether a lottery is small enough for the page: up to 64 MiB of ballots and people.</summary>
    /// <param name="lottery">The lottery.</param>
    public static bool CanHold(PublishedLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        return (long)Part(lottery, PartNames.Ballots).Length + Part(lottery, PartNames.People).Length <= MostBytes;
    }

    /// <summary>Writes the page.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="lottery">The lottery, with or without its private part: nothing of that is told.</param>
    /// <param name="draw">Its draw, to fill in the ballot that was drawn; null before it.</param>
    /// <exception cref="ArgumentException">The lottery is too large, or the draw is one of another.</exception>
    public static void Write(Stream stream, PublishedLottery lottery, DrawRecord? draw = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        bool isOfAnother = draw is not null && (!string.Equals(draw.Root, lottery.Root, StringComparison.Ordinal) || draw.Ballot >= lottery.BallotCount);
        if (!CanHold(lottery) || isOfAnother)
        {
            throw new ArgumentException("The lottery is too large for a page, or the draw is one of another.", nameof(lottery));
        }

        string page = FindMeMarkup.Of(
            Part(lottery, PartNames.Sums),
            Part(lottery, PartNames.People),
            Part(lottery, PartNames.Ballots),
            draw is null ? null : lottery.NumberOf(draw.Ballot));
        stream.Write(Encoding.UTF8.GetBytes(page));
    }

    /// <summary>Writes what is published of a lottery, and the page beside it where it can hold the lottery; or nothing.</summary>
    /// <param name="target">The folder or the archive. Where there are files of an earlier publication, nothing is written.</param>
    /// <param name="lottery">The lottery; its private part is left out.</param>
    /// <param name="cancellationToken">Stops the writing; what is on disk is then as it was.</param>
    /// <returns>The names of the files.</returns>
    /// <exception cref="FilesExistException">There are files of an earlier publication; what is on disk is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written; what is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what is on disk is as it was.</exception>
    public static IReadOnlyList<string> Publish(FolderTarget target, PublishedLottery lottery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(lottery);
        PublishedLottery published = lottery.ToPublic();
        (string Name, Action<Stream> Write)[] files =
        [
            .. published.Parts.Files.Select(f => (f.Name, (Action<Stream>)(stream => stream.Write(f.Content)))),
            .. CanHold(published) ? [(FileName, stream => Write(stream, published))] : Array.Empty<(string, Action<Stream>)>(),
        ];
        target.Write(files, PublishedLottery.IsPart, cancellationToken: cancellationToken);
        return [.. files.Select(f => f.Name)];
    }

    private static byte[] Part(PublishedLottery lottery, string name) =>
        lottery.Parts.Files.First(f => string.Equals(f.Name, name, StringComparison.Ordinal)).Content;
}
