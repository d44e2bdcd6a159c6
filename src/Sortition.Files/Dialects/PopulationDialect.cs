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
    private static readonly string[] Usual =
        ["count", "population", "number", "antal", "percent", "percentage", "share", "population share", "procent", "andel"];

    private PopulationDialect(TableHeader header, int number, (int Feature, int Value)? pair, int[] features)
    {
        Number = number;
        NumberHeading = header.Name(number);
        Kind = HeadingWords.Is(HeadingWords.Count, NumberHeading) ? NumberKind.Count
            : HeadingWords.Is(HeadingWords.Percent, NumberHeading) || HeadingWords.Is(HeadingWords.Share, NumberHeading) ? NumberKind.Percent
            : NumberKind.Unknown;
        MayBeShares = HeadingWords.Is(HeadingWords.Share, NumberHeading);
        Pair = pair;
        Features = [.. features.Select(c => (c, header.Name(c)))];
        Source = HeadingWords.Columns(header, HeadingWords.Source).FirstOrDefault(-1);
        Comment = HeadingWords.Columns(header, HeadingWords.Comment).FirstOrDefault(-1);
    }

    public int Number { get; }

    public string NumberHeading { get; }

    /// <summary>What the heading says of the numbers; a percent sign says it too.</summary>
    public NumberKind Kind { get; }

    /// <summary>Whether the heading fits parts of 1 as well as parts of 100.</summary>
    public bool MayBeShares { get; }

    /// <summary>The columns of a feature's name and its value; null for a cross table.</summary>
    public (int Feature, int Value)? Pair { get; }

    /// <summary>The columns of a cross table's features, and their names.</summary>
    public IReadOnlyList<(int Column, string Name)> Features { get; }

    /// <summary>Where the numbers come from; -1 where the table does not say.</summary>
    public int Source { get; }

    /// <summary>What is remarked on them; -1 where there is no such column.</summary>
    public int Comment { get; }

    /// <summary>The least number of fields that holds all the columns every group needs.</summary>
    public int NeededFields => 1 + Math.Max(Number, Pair is (int feature, int value) ? Math.Max(feature, value) : Features.Max(f => f.Column));

    /// <summary>Whether headings are meant to be those of a population.</summary>
    public static bool IsLikely(TableHeader header, string? numberColumn = null) => FindNumber(header, numberColumn) >= 0 && !QuotaDialect.IsLikely(header);

    /// <summary>The column of numbers; -1 where there is none.</summary>
    /// <param name="header">The headings.</param>
    /// <param name="numberColumn">The heading asked for; null for a usual one.</param>
    public static int FindNumber(TableHeader header, string? numberColumn)
    {
        if (numberColumn is not null)
        {
            return header.Find(numberColumn);
        }

        // One word means a name in one language and a number in another.
        (int feature, int value) = QuotaDialect.FindPair(header);
        return NumberColumns(header).Where(c => c != feature && c != value).FirstOrDefault(-1);
    }

    /// <summary>Finds the columns, or reports what is missing and returns null.</summary>
    public static PopulationDialect? Of(TableHeader header, string? numberColumn, FaultList faults)
    {
        int number = FindNumber(header, numberColumn);
        if (number < 0)
        {
            faults.Add(numberColumn is null
                ? new Fault(FileFaults.MissingColumnOfSeveral, header.At(null), header.Names(), Usual)
                : new Fault(FileFaults.MissingColumn, header.At(numberColumn), header.Names(), numberColumn));
            header.ReportTitle(faults);
            return null;
        }

        (int Feature, int Value) found = QuotaDialect.FindPair(header);
        (int Feature, int Value)? pair = found.Feature >= 0 && found.Feature != number && found.Value != number ? found : null;
        int[] features = pair is null ? [.. FindFeatures(header, number)] : [];
        int[] needed = pair is (int feature, int value) ? [number, feature, value] : [number, .. features];
        header.ReportRepeated(needed, faults);
        if (needed.Length > 1)
        {
            return new PopulationDialect(header, number, pair, features);
        }

        faults.Add(FileFaults.MissingFeatureColumns, header.At(null), [header.Names()]);
        header.ReportTitle(faults);
        return null;
    }

    /// <summary>The same table as a list: a cross table of two columns of which the left one holds the names of features.</summary>
    public static PopulationDialect AsList(TableHeader header, PopulationDialect cross) =>
        new(header, cross.Number, (cross.Features[0].Column, cross.Features[1].Column), []);

    /// <summary>Every column with a heading but those of numbers and remarks; of columns with one heading, which are a fault, the first.</summary>
    private static IEnumerable<int> FindFeatures(TableHeader header, int number)
    {
        int[] others =
        [
            number, .. NumberColumns(header), .. HeadingWords.Columns(header, HeadingWords.Source), .. HeadingWords.Columns(header, HeadingWords.Comment),
        ];
        return Enumerable.Range(0, header.Headings.Length)
            .Where(c => header.Name(c).Length > 0 && !others.Contains(c))
            .DistinctBy(c => NameComparer.Key(header.Headings[c]), StringComparer.Ordinal);
    }

    private static int[] NumberColumns(TableHeader header) =>
    [
        .. HeadingWords.Columns(header, HeadingWords.Count), .. HeadingWords.Columns(header, HeadingWords.Percent),
        .. HeadingWords.Columns(header, HeadingWords.Share),
    ];
}
