using Sortition.Core.Problems;
using Sortition.Files.Csv;

namespace Sortition.Files;

/// <summary>Writes quotas as a CSV file that can be read again: <c>category,feature,min,max</c>, and <c>min_flex,max_flex</c> where any quota has them.</summary>
public static class QuotaFiles
{
    /// <summary>Writes the quotas of a problem.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="problem">The problem.</param>
    /// <remarks>Written beside its place and moved there when whole. Cells that a spreadsheet might run as formulas are neutralised.</remarks>
    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; it is as it was.</exception>
    public static void Write(string path, SelectionProblem problem)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(problem);
        string target = Path.GetFullPath(path);
        string staged = Path.Combine(Path.GetDirectoryName(target) ?? "", ".sortition-" + Path.GetRandomFileName());
        try
        {
            using (CsvWriter csv = new(new FileStream(staged, FileMode.CreateNew, FileAccess.Write, FileShare.None)))
            {
                Write(csv, problem.Quotas);
            }

            File.Move(staged, target, overwrite: true);
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private static void Write(CsvWriter csv, IReadOnlyList<Quota> quotas)
    {
        bool withFlex = quotas.Any(q => q.MinFlex is not null || q.MaxFlex is not null);
        foreach (string heading in (string[])["category", "feature", "min", "max", .. withFlex ? ["min_flex", "max_flex"] : (string[])[]])
        {
            csv.Cell(heading);
        }

        csv.EndRow();
        foreach (Quota quota in quotas)
        {
            csv.Cell(quota.FeatureLabel).Cell(quota.ValueLabel).Cell(quota.Min).Cell(quota.Max);
            if (withFlex)
            {
                Optional(quota.MinFlex);
                Optional(quota.MaxFlex);
            }

            csv.EndRow();
        }

        void Optional(int? number)
        {
            if (number is int n)
            {
                csv.Cell(n);
            }
            else
            {
                csv.Cell("");
            }
        }
    }
}
