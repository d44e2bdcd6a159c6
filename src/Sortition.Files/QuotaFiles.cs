using System.Globalization;
using Sortition.Core.Problems;
using Sortition.Files.Results;
using Sortition.Files.Tables.Csv;

namespace Sortition.Files;

/// <summary>Writes quota files that can be read again, in the form told in <c>docs/file-formats.md</c>: <c>category,feature,min,max</c>, and <c>min_flex,max_flex</c> where any quota has them.</summary>
/// <remarks>Written beside the place and moved there when whole. Cells that a spreadsheet might run as formulas are neutralised.</remarks>
public static class QuotaFiles
{
    /// <summary>Writes a new quota file.</summary>
    /// <param name="path">The file, which does not exist yet.</param>
    /// <param name="quotas">The quotas.</param>
    /// <exception cref="ArgumentException">A quota on several features has a name with <c>&amp;</c> in it, which could not be told from the one between names.</exception>
    /// <exception cref="IOException">There is such a file, or it cannot be written; nothing was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, IEnumerable<QuotaInput> quotas)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Write(path, [.. quotas ?? throw new ArgumentNullException(nameof(quotas))], overwrite: false);
    }

    /// <summary>Writes the quotas of a problem.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="problem">The problem.</param>
    /// <exception cref="ArgumentException">A quota on several features has a name with <c>&amp;</c> in it, which could not be told from the one between names.</exception>
    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; it is as it was.</exception>
    public static void Write(string path, SelectionProblem problem)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(problem);
        Write(path, Inputs(problem), overwrite: true);
    }

    private static void Write(string path, QuotaInput[] quotas, bool overwrite)
    {
        foreach (QuotaInput quota in quotas.Where(q => q.Condition.Count > 1))
        {
            if (quota.Condition.FirstOrDefault(t => t.Feature.Contains('&') || t.Value.Contains('&')) is FeatureValue term)
            {
                throw new ArgumentException($"\"{term}\" cannot be part of a combination, because of its \"&\". Give it another name.", nameof(quotas));
            }
        }

        StagedFile.Write(path, overwrite, stream => Write(stream, quotas, withFlex: Array.Exists(quotas, q => q.MinFlex is not null || q.MaxFlex is not null)));
    }

    /// <summary>Writes the table to a stream, which is then closed.</summary>
    internal static void Write(Stream stream, IReadOnlyList<QuotaInput> quotas, bool withFlex) =>
        Write(stream, quotas, withFlex ? ["min_flex", "max_flex"] : [], q => withFlex ? [Text(quotas[q].MinFlex), Text(quotas[q].MaxFlex)] : []);

    /// <summary>Writes the table with further columns to a stream, which is then closed.</summary>
    internal static void Write(Stream stream, IReadOnlyList<QuotaInput> quotas, string[] headings, Func<int, string[]> further)
    {
        using CsvWriter csv = new(stream);
        Row(csv, ["category", "feature", "min", "max", .. headings]);
        for (int q = 0; q < quotas.Count; q++)
        {
            QuotaInput quota = quotas[q];
            string features = string.Join(" & ", quota.Condition.Select(t => t.Feature));
            string values = string.Join(" & ", quota.Condition.Select(t => t.Value));
            Row(csv, [features, values, Text(quota.Min), Text(quota.Max), .. further(q)]);
        }
    }

    /// <summary>The quotas of a problem as they were given.</summary>
    internal static QuotaInput[] Inputs(SelectionProblem problem) =>
        [.. problem.Quotas.Select(q => new QuotaInput { Condition = q.Condition, Min = q.Min, Max = q.Max, MinFlex = q.MinFlex, MaxFlex = q.MaxFlex })];

    private static void Row(CsvWriter csv, string[] cells)
    {
        foreach (string cell in cells)
        {
            csv.Cell(cell);
        }

        csv.EndRow();
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
