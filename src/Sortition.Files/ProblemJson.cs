using System.Text.Json;
using Sortition.Core;
using Sortition.Files.Documents;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files;

/// <summary>Problems as JSON documents of the format <c>sortition-problem/1</c>, for hosts that store or send them.</summary>
/// <remarks>
/// <para>One problem has one form: reading and writing again gives the same bytes, by whichever of these methods. A document is one line of UTF-8 with the
/// members <c>format</c>, <c>panelSize</c>, <c>householdLimit</c> (where there is one), <c>features</c>, <c>quotas</c> and <c>people</c>. Warnings are about
/// the files a problem came from and are not kept.</para>
/// <para>A document of more than 256 MiB is a fault, and no more of it is read. The asynchronous methods never call a stream synchronously, and need neither
/// its length nor its position, so that they take the body of a request or a response of ASP.NET Core.</para>
/// </remarks>
/// <example>
/// A host that takes problems over HTTP and keeps them as text:
/// <code>
/// app.MapPost("/problems", async (HttpRequest request, CancellationToken token) =>
/// {
///     SelectionProblem problem = await ProblemJson.ReadAsync(request.Body, token);
///     await store.SaveAsync(ProblemJson.Serialize(problem), token);
/// });
/// </code>
/// </example>
public static class ProblemJson
{
    /// <summary>Writes a problem.</summary>
    /// <param name="stream">Where to, as UTF-8; flushed and left open.</param>
    /// <param name="problem">The problem.</param>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode.</exception>
    public static void Write(Stream stream, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(problem);
        JsonStream.Write(stream, json => ProblemWriter.Write(json, problem));
    }

    /// <summary>Writes a problem asynchronously, with no more than a block of it in memory.</summary>
    /// <param name="stream">Where to, as UTF-8; flushed and left open.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellationToken">Stops the writing, so that the stream has a part of the document.</param>
    /// <returns>Done when all is written.</returns>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task WriteAsync(Stream stream, SelectionProblem problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(problem);
        return JsonStream.WriteAsync(stream, json => ProblemWriter.Write(json, problem), cancellationToken);
    }

    /// <summary>A problem as text.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>The document: in UTF-8, the bytes that <see cref="Write"/> writes.</returns>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode.</exception>
    public static string Serialize(SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return JsonStream.ToText(json => ProblemWriter.Write(json, problem));
    }

    /// <summary>Reads a problem.</summary>
    /// <param name="file">The document, of 256 MiB at most: a path or a stream.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="MalformedInputException">
    /// The document is malformed; the exception lists all that is wrong, each with the path in the document.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SelectionProblem Read(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(file, cancellationToken);
        return ProblemDocument.Read(json, faults);
    }

    /// <summary>Reads a problem asynchronously. The document is read into memory, and understood when it is there as a whole.</summary>
    /// <param name="file">The document, of 256 MiB at most: a path or a stream.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="MalformedInputException">
    /// The document is malformed; the exception lists all that is wrong, each with the path in the document.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<SelectionProblem> ReadAsync(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        JsonFaults faults = new();
        using JsonDocument? json = await JsonInput.ParseAsync(file, faults, cancellationToken).ConfigureAwait(false);
        return ProblemDocument.Read(json, faults);
    }

    /// <summary>Reads a problem from text.</summary>
    /// <param name="json">The document, of 256 MiB at most in UTF-8.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="MalformedInputException">
    /// The document is malformed; the exception lists all that is wrong, each with the path in the document.
    /// </exception>
    public static SelectionProblem Deserialize(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonFaults faults = new();
        using JsonDocument? document = JsonInput.Parse(json, faults);
        return ProblemDocument.Read(document, faults);
    }
}
