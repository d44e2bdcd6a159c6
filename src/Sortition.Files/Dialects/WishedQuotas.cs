using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Reads the quotas that were wished for at first, to be set against those of a problem.</summary>
internal static class WishedQuotas
{
    /// <param name="file">The quota file.</param>
    /// <param name="sheet">The name of its sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="features">The features that the problem has.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read, or a quota is on a feature or a value that the problem does not have; the exception lists all of it.
    /// </exception>
    public static IReadOnlyList<Quota> Load(FileSource file, string? sheet, IReadOnlyList<Feature> features, CancellationToken cancellationToken)
    {
        // The panel size is no part of a quota file.
        SelectionProblemBuilder builder = new(panelSize: 1);

        // Combinations may be of values that only the problem's quotas name on their own.
        foreach (Feature feature in features)
        {
            builder.Feature(feature.Name, feature.Values);
        }

        SourceFile? source = SourceFiles.Read(file, SourceFiles.DefaultMaxBytes, builder.Faults, cancellationToken);
        using TableReader? table = source?.Open(SheetChoice.Quotas, sheet, builder.Faults, cancellationToken);
        if (table is not null && QuotaDialect.Of(table.Header, builder.Faults) is QuotaDialect dialect)
        {
            new QuotaFile(table, dialect, name => Find(features, name) is not null, builder)
                .Read(quota => Check(quota, features, builder.Faults), cancellationToken);
        }

        return builder.Build().Quotas;
    }

    /// <summary>Reports what the problem does not know. Blank names, and unknown values in combinations, are the builder's to report.</summary>
    private static void Check(QuotaInput quota, IReadOnlyList<Feature> features, FaultList faults)
    {
        string subject = string.Join(" & ", quota.Condition.Select(t => t.ToString()));
        foreach (FeatureValue term in quota.Condition.Where(t => !NameComparer.IsBlank(t.Feature) && !NameComparer.IsBlank(t.Value)))
        {
            if (Find(features, term.Feature) is not Feature feature)
            {
                faults.Add(CoreFaults.UnknownFeature, Column("feature"), subject, term.Feature, features.Select(f => f.Name).ToArray());
            }
            else if (quota.Condition.Count == 1 && !feature.Values.Contains(NameComparer.Clean(term.Value), NameComparer.Instance))
            {
                faults.Add(CoreFaults.UnknownValue, Column("value"), subject, term.Value, feature.Values);
            }
        }

        FaultLocation Column(string name) => new(quota.Location!.Source, quota.Location.Line, quota.Column!(name));
    }

    private static Feature? Find(IReadOnlyList<Feature> features, string name) =>
        features.FirstOrDefault(f => NameComparer.Instance.Equals(f.Name, NameComparer.Clean(name)));
}
