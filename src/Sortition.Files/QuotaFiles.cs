using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files;

/// <summary>Reads quotas from the table that <see cref="ProblemFiles"/> reads them from, without a pool, and writes such tables.</summary>
/// <remarks>
/// What is written can be read again: <c>category,feature,min,max</c>, and <c>min_flex,max_flex</c>, <c>source</c> and <c>comment</c> where any quota has
/// them. Cells that a spreadsheet might run as formulas are neutralised.
/// </remarks>
public static class QuotaFiles
{
    /// <summary>Reads a quota file on its own, saved as CSV or as a workbook (<c>.xlsx</c>).</summary>
    /// <param name="file">The quota file.</param>
    /// <param name="panelSize">The number of people on a panel, 1 or more.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A problem with those quotas and nobody in its pool.</returns>
    /// <exception cref="MalformedInputException">Something is malformed or cannot be read; the exception lists all of it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SelectionProblem Load(FileSource file, int panelSize, string? sheet = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return QuotaFile.Load(file, panelSize, sheet, check: null, cancellationToken);
    }

    /// <summary>Reads a quota file with where each number is from and what was remarked, so that it can be changed and written again.</summary>
    /// <param name="file">The quota file.</param>
    /// <param name="panelSize">The number of people on a panel, 1 or more.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The quotas, in the order of the file.</returns>
    /// <exception cref="MalformedInputException">Something is malformed or cannot be read; the exception lists all of it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<QuotaInput> LoadInputs(FileSource file, int panelSize, string? sheet = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        List<QuotaInput> quotas = [];
        QuotaFile.Load(file, panelSize, sheet, quotas.Add, cancellationToken);
        return quotas;
    }

    /// <summary>Reads quotas that are to be set against those of a problem, such as the ones that were wished for at first.</summary>
    /// <param name="file">The quota file.</param>
    /// <param name="features">The features that the problem has. All that the quotas name must be among them.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The quotas, in the order of the file.</returns>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read, or a quota is on a feature or a value that the problem does not have; the exception lists all of it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<Quota> LoadFor(
        FileSource file, IReadOnlyList<Feature> features, string? sheet = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(features);
        return WishedQuotas.Load(file, sheet, features, cancellationToken);
    }

    /// <summary>Writes a new quota file, beside its place first and moved there when whole.</summary>
    /// <param name="path">The file, which does not exist yet.</param>
    /// <param name="quotas">The quotas.</param>
    /// <exception cref="MalformedInputException">
    /// A quota on several features has a name with <c>&amp;</c> in it, which could not be told from the one between names.
    /// </exception>
    /// <exception cref="IOException">There is such a file, or it cannot be written; nothing was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, IEnumerable<QuotaInput> quotas)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(quotas);
        StagedFile.Write(path, overwrite: false, stream => Write(stream, quotas));
    }

    /// <summary>Writes the quotas of a problem to a new file, beside its place first and moved there when whole.</summary>
    /// <param name="path">The file, which does not exist yet.</param>
    /// <param name="problem">The problem.</param>
    /// <exception cref="MalformedInputException">
    /// A quota on several features has a name with <c>&amp;</c> in it, which could not be told from the one between names.
    /// </exception>
    /// <exception cref="IOException">There is such a file, or it cannot be written; nothing was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, SelectionProblem problem)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(problem);
        StagedFile.Write(path, overwrite: false, stream => Write(stream, problem));
    }

    /// <summary>Writes quotas to a stream, such as the standard output.</summary>
    /// <param name="stream">Where to; closed at the end.</param>
    /// <param name="quotas">The quotas.</param>
    /// <exception cref="MalformedInputException">
    /// A quota on several features has a name with <c>&amp;</c> in it, which could not be told from the one between names.
    /// </exception>
    public static void Write(Stream stream, IEnumerable<QuotaInput> quotas)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(quotas);
        QuotaInput[] all = [.. quotas];
        FaultList faults = new();
        IEnumerable<FeatureValue> combined = all.Where(q => q.Condition.Count > 1).SelectMany(q => q.Condition);
        foreach (FeatureValue term in combined.Where(t => t.Feature.Contains('&') || t.Value.Contains('&')).Distinct())
        {
            faults.Add(FileFaults.AmpersandInCombination, new FaultLocation("quotas"), term.ToString());
        }

        faults.ThrowIfAny();

        // Columns that no quota has anything for are left out.
        (string Heading, Func<QuotaInput, string> Cell, bool IsUsed)[] further =
        [
            ("min_flex", q => QuotaRows.Text(q.MinFlex), Array.Exists(all, q => q.MinFlex is not null || q.MaxFlex is not null)),
            ("max_flex", q => QuotaRows.Text(q.MaxFlex), Array.Exists(all, q => q.MinFlex is not null || q.MaxFlex is not null)),
            ("source", q => q.Source ?? "", Array.Exists(all, q => q.Source is not null)),
            ("comment", q => q.Comment ?? "", Array.Exists(all, q => q.Comment is not null)),
        ];
        (string Heading, Func<QuotaInput, string> Cell, bool IsUsed)[] used = [.. further.Where(f => f.IsUsed)];
        using CsvWriter csv = new(stream);
        QuotaRows.Write(csv, used.Select(f => f.Heading), all.Select(q => (q.Condition, q.Min, q.Max, (string[])[.. used.Select(f => f.Cell(q))])));
    }

    /// <summary>Writes the quotas of a problem to a stream.</summary>
    /// <param name="stream">Where to; closed at the end.</param>
    /// <param name="problem">The problem.</param>
    /// <exception cref="MalformedInputException">
    /// A quota on several features has a name with <c>&amp;</c> in it, which could not be told from the one between names.
    /// </exception>
    public static void Write(Stream stream, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Write(
            stream, problem.Quotas.Select(q => new QuotaInput { Condition = q.Condition, Min = q.Min, Max = q.Max, MinFlex = q.MinFlex, MaxFlex = q.MaxFlex }));
    }
}
