using System.Globalization;
using Sortition.Core.Problems;
using Sortition.Files.Csv;

namespace Sortition.Files;

/// <summary>Writes quota files, in the form <c>category,feature,min,max</c> told in <c>docs/file-formats.md</c>.</summary>
public static class QuotaFiles
{
    /// <summary>Writes a new quota file, as CSV: beside its place first, and moved there when it is whole.</summary>
    /// <param name="path">The file, which does not exist yet.</param>
    /// <param name="quotas">The quotas.</param>
    /// <exception cref="ArgumentException">A quota on several features has a name with <c>&amp;</c> in it, which could not be told from the one between names.</exception>
    /// <exception cref="IOException">There is such a file, or it cannot be written; nothing was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, IEnumerable<QuotaInput> quotas)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        QuotaInput[] all = [.. quotas ?? throw new ArgumentNullException(nameof(quotas))];
        foreach (QuotaInput quota in all.Where(q => q.Condition.Count > 1))
        {
            if (quota.Condition.FirstOrDefault(t => t.Feature.Contains('&') || t.Value.Contains('&')) is FeatureValue term)
            {
                throw new ArgumentException($"\"{term}\" cannot be part of a combination, because of its \"&\". Give it another name.", nameof(quotas));
            }
        }

        string unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (CsvWriter csv = new(new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None)))
            {
                Row(csv, "category", "feature", "min", "max");
                foreach (QuotaInput quota in all)
                {
                    Row(
                        csv,
                        string.Join(" & ", quota.Condition.Select(t => t.Feature)),
                        string.Join(" & ", quota.Condition.Select(t => t.Value)),
                        quota.Min.ToString(CultureInfo.InvariantCulture),
                        quota.Max.ToString(CultureInfo.InvariantCulture));
                }
            }

            File.Move(unfinished, path);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void Row(CsvWriter csv, params string[] cells)
    {
        foreach (string cell in cells)
        {
            csv.Cell(cell);
        }

        csv.EndRow();
    }
}
