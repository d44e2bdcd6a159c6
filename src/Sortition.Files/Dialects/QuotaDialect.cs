using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Which columns of a quota file mean what.</summary>
internal sealed class QuotaDialect
{
    /// <summary>
    /// The pairs of headings in use for feature and value; the first pair found counts, since <c>feature</c> is the value beside <c>category</c> and the
    /// feature otherwise.
    /// </summary>
    private static readonly (string Feature, string Value)[] Pairs =
        [("category", "feature"), ("category", "name"), ("feature", "value"), ("FeatureName", "ValueName")];

    private readonly TableHeader _header;

    private QuotaDialect(int feature, int value, int min, int max, int minFlex, int maxFlex, TableHeader header)
    {
        Feature = feature;
        Value = value;
        Min = min;
        Max = max;
        MinFlex = minFlex;
        MaxFlex = maxFlex;
        _header = header;
    }

    public int Feature { get; }

    public int Value { get; }

    public int Min { get; }

    public int Max { get; }

    /// <summary>-1 where the file has no such column.</summary>
    public int MinFlex { get; }

    /// <summary>-1 where the file has no such column.</summary>
    public int MaxFlex { get; }

    /// <summary>-1 where the file has no such column.</summary>
    public int Source => _header.Find("source");

    /// <summary>-1 where the file has no such column.</summary>
    public int Comment => _header.Find("comment");

    /// <summary>The heading of a column, given what quotas call it.</summary>
    public string Name(string column) => column switch
    {
        "feature" => _header.Name(Feature),
        "value" => _header.Name(Value),
        "min" => _header.Name(Min),
        "max" => _header.Name(Max),
        "min_flex" when MinFlex >= 0 => _header.Name(MinFlex),
        "max_flex" when MaxFlex >= 0 => _header.Name(MaxFlex),
        _ => column,
    };

    /// <summary>The least number of fields that holds the columns every quota needs.</summary>
    public int NeededFields => 1 + Math.Max(Math.Max(Feature, Value), Math.Max(Min, Max));

    /// <summary>Whether headings are meant to be those of quotas, though some may be missing.</summary>
    public static bool IsLikely(TableHeader header) => FindPair(header).Feature >= 0 && FindBounds(header) != (-1, -1);

    /// <summary>How many of the headings of quotas a row holds.</summary>
    public static int HeadingsIn(TableHeader header)
    {
        (int min, int max) = FindBounds(header);
        return (FindPair(header).Feature >= 0 ? 2 : 0) + (min >= 0 ? 1 : 0) + (max >= 0 ? 1 : 0);
    }

    /// <summary>The columns of feature and value; -1 where there is no pair of them.</summary>
    public static (int Feature, int Value) FindPair(TableHeader header)
    {
        (int Feature, int Value) usual =
            Pairs.Select(p => (header.Find(p.Feature), header.Find(p.Value))).FirstOrDefault(p => p.Item1 >= 0 && p.Item2 >= 0, (-1, -1));
        if (usual.Feature >= 0)
        {
            return usual;
        }

        int[] features = HeadingWords.Columns(header, HeadingWords.Feature);
        int[] categories = HeadingWords.Columns(header, HeadingWords.Category);
        int[] values = HeadingWords.Columns(header, HeadingWords.Value);
        int[] names = HeadingWords.Columns(header, HeadingWords.Name);
        return (features, categories, values, names) switch
        {
            ([int feature, ..], _, [int value, ..], _) => (feature, value),
            ([], [int category, ..], [int value, ..], _) => (category, value),

            // Of these two words either may be the feature; it stands to the left.
            ([int feature, ..], [int category, ..], [], _) => (Math.Min(feature, category), Math.Max(feature, category)),
            ([], [int category, ..], [], [int name, ..]) => (category, name),
            _ => (-1, -1),
        };
    }

    /// <summary>Finds the columns, or reports what is missing and returns null.</summary>
    public static QuotaDialect? Of(TableHeader header, FaultList faults)
    {
        (int feature, int value) = FindPair(header);
        (int min, int max) = FindBounds(header);
        if (feature < 0)
        {
            faults.Add(FileFaults.MissingPairOfColumns, header.At(null), header.Names(), Pairs.Select(p => $"{p.Feature} & {p.Value}").ToArray());
            header.ReportTitle(faults);
        }

        if (min < 0)
        {
            header.ReportMissing("min", faults);
        }

        if (max < 0)
        {
            header.ReportMissing("max", faults);
        }

        int minFlex = header.Find("min_flex");
        int maxFlex = header.Find("max_flex");
        header.ReportRepeated(new[] { feature, value, min, max, minFlex, maxFlex }.Where(c => c >= 0), faults);
        return feature < 0 || min < 0 || max < 0 ? null : new QuotaDialect(feature, value, min, max, minFlex, maxFlex, header);
    }

    private static (int Min, int Max) FindBounds(TableHeader header) =>
        (HeadingWords.Columns(header, HeadingWords.Min).FirstOrDefault(-1), HeadingWords.Columns(header, HeadingWords.Max).FirstOrDefault(-1));
}
