using Sortition.Core.Problems;

namespace Sortition.Files;

/// <summary>Reads problems from spreadsheets saved as CSV. The forms they may have are told in <c>docs/file-formats.md</c>.</summary>
public static class ProblemFiles
{
    /// <summary>Reads a quota file and a people file and builds the problem they pose.</summary>
    /// <param name="options">The files, and what they do not say themselves.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="InvalidProblemException">Something is malformed or cannot be read; the exception lists all of it, of both files, with file, line and column.</exception>
    /// <exception cref="ArgumentException">A household limit is given without household columns, a household column is given twice, or the largest size is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LoadedProblem Load(ProblemFilesOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        throw new NotSupportedException();
    }
}
