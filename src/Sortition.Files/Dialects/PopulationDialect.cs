using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>
/// Which columns of a population file mean what: a feature, its value and a number; or a cross table with a column for each feature and a number.
/// </summary>
internal sealed class PopulationDialect
{
    private static readonly string[] Counts = ["count", "population", "number", "antal"];
    private static readonly string[] Percentages = ["percent", "percentage", "share", "population share", "procent", "andel"];

    private PopulationDialect(TableHeader header, int number, (int Feature, int Value)? pair, int[] features)
    {
        Number = number;
        NumberHeading = header.Name(number);
        IsPercentage = Percentages.Contains(NumberHeading, NameComparer.Instance);
        Pair = pair;
        Features = [.. features.Select(c => (c, header.Name(c)))];
    }

    public int Number { get; }

    public string NumberHeading { get; }

    /// <summary>Whether the heading says that the numbers are percentages; a percent sign says it too.</summary>
    public bool IsPercentage { get; }

    /// <summary>The columns of a feature's name and its value; null for a cross table.</summary>
    public (int Feature, int Value)? Pair { get; }

    /// <summary>The columns of a cross table's features, and their names.</summary>
    public IReadOnlyList<(int Column, string Name)> Features { get; }

    /// <summary>The least number of fields that holds the columns every group needs.</summary>
    public int NeededFields => 1 + Math.Max(Number, Pair is (int feature, int value) ? Math.Max(feature, value) : Features.Max(f => f.Column));

    /// <summary>Whether headings are meant to be those of a population.</summary>
    public static bool IsLikely(TableHeader header) => FindNumber(header) >= 0 && !QuotaDialect.IsLikely(header);

    /// <summary>Finds the columns, or reports what is missing and returns null.</summary>
    public static PopulationDialect? Of(TableHeader header, string? numberColumn, FaultList faults)
    {
        int number = numberColumn is null ? FindNumber(header) : header.Find(numberColumn);
        if (number < 0)
        {
            faults.Add(numberColumn is null
                ? new Fault(FileFaults.MissingColumnOfSeveral, header.At(null), header.Names(), Counts.Concat(Percentages).ToArray())
                : new Fault(FileFaults.MissingColumn, header.At(numberColumn), header.Names(), numberColumn));
            return null;
        }

        (int Feature, int Value)? pair = QuotaDialect.FindPair(header) is { Feature: >= 0 } found ? found : null;
        int[] features = pair is null ? [.. FindFeatures(header, number)] : [];
        int[] needed = pair is (int feature, int value) ? [number, feature, value] : [number, .. features];
        header.ReportRepeated(needed, faults);
        if (needed.Length > 1)
        {
            return new PopulationDialect(header, number, pair, features);
        }

        faults.Add(FileFaults.MissingFeatureColumns, header.At(null), [header.Names()]);
        return null;
    }

    /// <summary>Every column with a heading but those of numbers; of columns with one heading, which are a fault, the first.</summary>
    private static IEnumerable<int> FindFeatures(TableHeader header, int number) => Enumerable.Range(0, header.Headings.Length)
        .Where(c => c != number && header.Name(c).Length > 0 && !Counts.Concat(Percentages).Contains(NameComparer.Clean(header.Headings[c]), NameComparer.Instance))
        .DistinctBy(c => NameComparer.Clean(header.Headings[c]), NameComparer.Instance);

    private static int FindNumber(TableHeader header) => header.FindAny(Counts.Concat(Percentages));
}
