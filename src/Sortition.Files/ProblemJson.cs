using Sortition.Core.Problems;
using Sortition.Files.Documents;
using Sortition.Files.Storage;

namespace Sortition.Files;

/// <summary>
/// Problems as JSON documents of the format <c>sortition-problem/1</c>, for hosts that store them between steps. Told in <c>docs/file-formats.md</c>.
/// </summary>
/// <remarks>
/// One problem has one form: reading and writing again gives the same bytes. Warnings are about the files a problem came from and are not kept.
/// </remarks>
public static class ProblemJson
{
    /// <summary>Writes a problem.</summary>
    /// <param name="stream">Where to, UTF-8; left open.</param>
    /// <param name="problem">The problem.</param>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode.</exception>
    public static void Write(Stream stream, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(problem);
        ProblemWriter.Write(stream, problem);
    }

    /// <summary>Reads a problem.</summary>
    /// <param name="file">The document, of 256 MiB at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="MalformedInputException">
    /// The document is malformed; the exception lists all that is wrong, each with the path in the document.
    /// </exception>
    public static SelectionProblem Read(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return ProblemDocument.Read(file, cancellationToken);
    }
}
