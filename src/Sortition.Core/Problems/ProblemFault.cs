using System.Globalization;
using System.Text;

namespace Sortition.Core.Problems;

/// <summary>Where a fault was found.</summary>
/// <param name="Source">The file's name, or the part of the problem (<c>quotas</c>, <c>people</c>, <c>panel size</c>, …) where there is no file.</param>
/// <param name="Line">The line in that file, or the ordinal of the row given, from 1; null where the fault is not about one line.</param>
/// <param name="Column">The column's heading, or the feature; null where the fault is not about one column.</param>
public sealed record FaultLocation(string Source, int? Line = null, string? Column = null)
{
    /// <summary>For people to read: <c>people.csv, line 12, column "age"</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Source);
        if (Line is int line)
        {
            text.Append(CultureInfo.InvariantCulture, $", line {line}");
        }

        if (Column is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", column \"{Column}\"");
        }

        return text.ToString();
    }
}

/// <summary>One thing that is malformed in a problem, or (<see cref="IsWarning"/>) that its poser should know.</summary>
/// <remarks>
/// A host that speaks another language than English renders <see cref="Code"/>, <see cref="Location"/>, <see cref="Subject"/>, <see cref="Found"/> and
/// <see cref="Expected"/> itself. <see cref="Found"/> may quote a person's data: it belongs before the eyes of whoever gave the file, not into logs.
/// </remarks>
/// <param name="Code">What kind of fault.</param>
/// <param name="Location">Where.</param>
/// <param name="Subject">What it is about: a person's id, a quota's condition, a feature; null where the location says it all.</param>
/// <param name="Found">The value found, as written; null where there was none.</param>
/// <param name="Expected">What would be right: the values allowed, or one description of them; empty where the code says it all.</param>
public sealed record ProblemFault(FaultCode Code, FaultLocation Location, string? Subject, string? Found, IReadOnlyList<string> Expected)
{
    private const int ValuesShown = 12;

    /// <summary>Whether the problem builds all the same.</summary>
    public bool IsWarning => Code is FaultCode.DuplicateMerged or FaultCode.LargeHousehold;

    /// <summary>The fault in one English sentence with everything known about it, including the value found.</summary>
    public string Describe()
    {
        StringBuilder text = new(ToString());
        if (Found is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", found \"{Shorten(Found)}\"");
        }

        if (Expected.Count == 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"; expected {Expected[0]}");
        }
        else if (Expected.Count > 1)
        {
            text.Append("; expected one of: ").AppendJoin(", ", Expected.Take(ValuesShown));
            if (Expected.Count > ValuesShown)
            {
                text.Append(", …");
            }
        }

        return text.ToString();
    }

    /// <summary>Place, kind and subject of the fault, without the value found: fit for a log.</summary>
    public override string ToString() => Subject is null ? $"{Location}: {Sentence}" : $"{Location}: {Sentence} ({Shorten(Subject)})";

    private string Sentence => Code switch
    {
        FaultCode.PanelSizeNotPositive => "the panel size is not a positive whole number",
        FaultCode.HouseholdLimitNotPositive => "the household limit is not a positive whole number",
        FaultCode.MissingName => "a feature or value has no name",
        FaultCode.FeatureTwiceInCondition => "a condition names one feature twice",
        FaultCode.DuplicateQuota => "this condition has a quota already",
        FaultCode.MissingNumber => "a number is missing",
        FaultCode.NotAWholeNumber => "not a whole number",
        FaultCode.NegativeNumber => "a number is negative",
        FaultCode.NumberTooLarge => "a number is too large",
        FaultCode.MinAboveMax => "the minimum is above the maximum",
        FaultCode.FlexNarrowerThanQuota => "the flexible bounds are narrower than the quota itself",
        FaultCode.MissingId => "a person has no id",
        FaultCode.ConflictingDuplicate => "two rows have this id and differ",
        FaultCode.MissingFeature => "nobody has a value for this feature, or its column is missing",
        FaultCode.MissingValue => "a value is missing",
        FaultCode.UnknownValue => "a value that no quota names",
        FaultCode.EntitlementOutOfRange => "an entitlement is out of range",
        FaultCode.UnknownPerson => "nobody in the pool has this id",
        FaultCode.ContradictoryStatus => "a person must be in and must be out",
        FaultCode.EmptyFile => "the file is empty",
        FaultCode.UnreadableFile => "the file cannot be read",
        FaultCode.FileTooLarge => "the file is larger than the limit",
        FaultCode.MissingColumn => "a column is missing",
        FaultCode.DuplicateColumn => "two columns have this heading",
        FaultCode.WrongFieldCount => "a row has another number of fields than the header",
        FaultCode.UnreadableRow => "a row cannot be read",
        FaultCode.UnknownFormat => "not a format that this version reads",
        FaultCode.DuplicateMerged => "a row is repeated and was counted once",
        FaultCode.LargeHousehold => "more than ten people share this address",
        FaultCode.MissingSheet => "a sheet is missing",
        FaultCode.NotANumber => "not a number",
        FaultCode.DuplicateGroup => "this group has a number already",
        FaultCode.MixedGroups => "a cross table must have the same features in every row and a file of its own",
        FaultCode.NothingCounted => "nobody is counted",
        FaultCode.PercentagesDoNotAddUp => "the percentages do not add up to 100",
        FaultCode.ConfirmedAndDeclined => "a person is confirmed and declined",
        FaultCode.ChanceOutOfRange => "a chance is out of range",
        FaultCode.UnknownFeature => "the quotas name no such feature",
        FaultCode.UnknownOutcome => "not said whether this member dropped out",
        FaultCode.TooManyValues => "too many different values to learn from",
        _ => Code.ToString(),
    };

    private static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "…");
}
