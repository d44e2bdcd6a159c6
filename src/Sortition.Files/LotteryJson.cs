using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Documents;
using Sortition.Files.Storage;

namespace Sortition.Files;

/// <summary>
/// Lotteries as JSON documents of the format <c>sortition-lottery/1</c>, for hosts that store them between steps. Told in <c>docs/file-formats.md</c>.
/// </summary>
/// <remarks>One lottery has one form: reading and writing again gives the same bytes.</remarks>
public static class LotteryJson
{
    /// <summary>Writes a lottery. Its problem is not part of the document, which holds that problem's SHA-256 instead.</summary>
    /// <param name="stream">Where to, UTF-8; left open.</param>
    /// <param name="lottery">The lottery.</param>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode, or a figure of the certificate is no finite number.</exception>
    public static void Write(Stream stream, PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(lottery);
        LotteryWriter.Write(stream, lottery);
    }

    /// <summary>Reads a lottery and checks that every panel obeys every rule of its problem.</summary>
    /// <param name="file">The document, of 256 MiB at most.</param>
    /// <param name="problem">The problem the lottery was computed for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The lottery.</returns>
    /// <exception cref="MalformedInputException">
    /// The document is malformed or belongs to another problem; the exception lists all that is wrong, each with the path in the document.
    /// </exception>
    public static PanelLottery Read(FileSource file, SelectionProblem problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(problem);
        return LotteryDocument.Read(file, problem, cancellationToken);
    }
}
