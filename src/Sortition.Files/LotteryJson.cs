using System.Text.Json;
using Sortition.Core;
using Sortition.Files.Documents;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files;

/// <summary>Lotteries as JSON documents of the format <c>sortition-lottery/1</c>, for hosts that store or send them.</summary>
/// <remarks>
/// <para>One lottery has one form: reading and writing again gives the same bytes, by whichever of these methods. A document is one line of UTF-8 with the
/// members <c>format</c>, <c>problemSha256</c>, <c>types</c>, <c>panels</c>, <c>uncovered</c> (people who can be on no panel) and <c>certificate</c>. The
/// problem is not part of it, only the SHA-256 of the problem's own document (<see cref="ProblemJson"/>): keep both.</para>
/// <para>A document of more than 256 MiB is a fault, and no more of it is read. The asynchronous methods never call a stream synchronously, and need neither
/// its length nor its position, so that they take the body of a request or a response of ASP.NET Core.</para>
/// </remarks>
/// <example>
/// A host that keeps a lottery with its problem, and draws from it later:
/// <code>
/// string problemText = ProblemJson.Serialize(lottery.Problem);
/// string lotteryText = LotteryJson.Serialize(lottery);
/// // later
/// SelectionProblem problem = ProblemJson.Deserialize(problemText);
/// Panel panel = LotteryJson.Deserialize(lotteryText, problem).Draw(RandomSource.Secure());
/// </code>
/// </example>
public static class LotteryJson
{
    /// <summary>Writes a lottery.</summary>
    /// <param name="stream">Where to, as UTF-8; flushed and left open.</param>
    /// <param name="lottery">The lottery.</param>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode, or a figure of the certificate is no finite number.</exception>
    public static void Write(Stream stream, PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(lottery);
        JsonStream.Write(stream, json => LotteryWriter.Write(json, lottery));
    }

    /// <summary>Writes a lottery asynchronously, with no more than a block of it in memory.</summary>
    /// <param name="stream">Where to, as UTF-8; flushed and left open.</param>
    /// <param name="lottery">The lottery.</param>
    /// <param name="cancellationToken">Stops the writing, so that the stream has a part of the document.</param>
    /// <returns>Done when all is written.</returns>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode, or a figure of the certificate is no finite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task WriteAsync(Stream stream, PanelLottery lottery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(lottery);
        return JsonStream.WriteAsync(stream, json => LotteryWriter.Write(json, lottery), cancellationToken);
    }

    /// <summary>A lottery as text.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <returns>The document: in UTF-8, the bytes that <see cref="Write"/> writes.</returns>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode, or a figure of the certificate is no finite number.</exception>
    public static string Serialize(PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        return JsonStream.ToText(json => LotteryWriter.Write(json, lottery));
    }

    /// <summary>Reads a lottery and checks that every panel obeys every rule of its problem.</summary>
    /// <param name="file">The document, of 256 MiB at most: a path or a stream.</param>
    /// <param name="problem">The problem the lottery was computed for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The lottery.</returns>
    /// <exception cref="MalformedInputException">
    /// The document is malformed or belongs to another problem; the exception lists all that is wrong, each with the path in the document.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PanelLottery Read(FileSource file, SelectionProblem problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(problem);
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(file, cancellationToken);
        return LotteryDocument.Read(json, problem, faults);
    }

    /// <summary>
    /// Reads a lottery asynchronously and checks that every panel obeys every rule of its problem. The document is read into memory, and understood when it is
    /// there as a whole.
    /// </summary>
    /// <param name="file">The document, of 256 MiB at most: a path or a stream.</param>
    /// <param name="problem">The problem the lottery was computed for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The lottery.</returns>
    /// <exception cref="MalformedInputException">
    /// The document is malformed or belongs to another problem; the exception lists all that is wrong, each with the path in the document.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<PanelLottery> ReadAsync(FileSource file, SelectionProblem problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(problem);
        JsonFaults faults = new();
        using JsonDocument? json = await JsonInput.ParseAsync(file, faults, cancellationToken).ConfigureAwait(false);
        return LotteryDocument.Read(json, problem, faults);
    }

    /// <summary>Reads a lottery from text and checks that every panel obeys every rule of its problem.</summary>
    /// <param name="json">The document, of 256 MiB at most in UTF-8.</param>
    /// <param name="problem">The problem the lottery was computed for.</param>
    /// <returns>The lottery.</returns>
    /// <exception cref="MalformedInputException">
    /// The document is malformed or belongs to another problem; the exception lists all that is wrong, each with the path in the document.
    /// </exception>
    public static PanelLottery Deserialize(string json, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(problem);
        JsonFaults faults = new();
        using JsonDocument? document = JsonInput.Parse(json, faults);
        return LotteryDocument.Read(document, problem, faults);
    }
}
