namespace Sortition.Files.Mapping;

/// <summary>What is left to the user: it stands in the file where an answer belongs.</summary>
internal static class Open
{
    public const string Mark = "?";

    public static bool Is(string? text) => string.Equals(text, Mark, StringComparison.Ordinal);
}

/// <summary>All that a mapping says; how it is written is told by <see cref="MappingReader"/>.</summary>
internal sealed record MappingModel
{
    public TableForm Table { get; init; } = new();

    /// <summary>The day on which people's ages count; null where no age is wanted, or it is open.</summary>
    public DateOnly? AsOf { get; init; }

    public bool IsAsOfOpen { get; init; }

    public IdRule Id { get; init; } = new();

    public StatusRule? Status { get; init; }

    /// <summary>The columns of the address, the most telling one first.</summary>
    public IReadOnlyList<string> Household { get; init; } = [];

    public ContactRule Contact { get; init; } = new();

    public IReadOnlyList<FeatureRule> Features { get; init; } = [];

    public DuplicateRule Duplicates { get; init; } = new();
}

/// <summary>How the table is read.</summary>
internal sealed record TableForm
{
    public const string UseHidden = "use";
    public const string LeaveOutHidden = "leaveOut";

    public string? Sheet { get; init; }

    /// <summary>The line of the headings; null for the first that holds something.</summary>
    public int? HeaderRow { get; init; }

    /// <summary>The line of the first person; null for the one below the headings.</summary>
    public int? FirstRow { get; init; }

    /// <summary>What stands first in rows that are nobody's, such as <c>Total</c>; numbers behind it do not matter.</summary>
    public IReadOnlyList<string> NotPeople { get; init; } = [];

    public string? Encoding { get; init; }

    public char? Separator { get; init; }

    public char? Decimal { get; init; }

    /// <summary><c>use</c>, <c>leaveOut</c>, or open; null where no row is hidden.</summary>
    public string? HiddenRows { get; init; }
}

/// <summary>Where ids come from: a column, or else they are made.</summary>
internal sealed record IdRule
{
    public string? Column { get; init; }

    /// <summary>What stands around the number of an id that is made, and how many digits it has at least: <c>P{0000}</c>.</summary>
    public IdPattern? Create { get; init; }

    /// <summary>The file that keeps the ids that were made.</summary>
    public string? Keep { get; init; }
}

/// <summary>Who takes part, told by a column.</summary>
/// <param name="Column">Its heading.</param>
/// <param name="In">What stands there for those who do.</param>
/// <param name="Out">What stands there for those who do not.</param>
/// <param name="Other"><c>in</c> or <c>out</c>: what anything else means; open or null where nobody has said.</param>
internal sealed record StatusRule(string Column, IReadOnlyList<string> In, IReadOnlyList<string> Out, string? Other);

/// <summary>The columns by which people can be reached, and so be told apart.</summary>
internal sealed record ContactRule
{
    public IReadOnlyList<string> Name { get; init; } = [];

    public string? Email { get; init; }

    public string? Phone { get; init; }
}

internal enum FeatureKind
{
    Value,
    BirthYear,
    BirthDate,
    Number,
}

/// <summary>What becomes of people whose cell says nothing that counts.</summary>
internal enum FallbackKind
{
    Fault,
    LeaveOut,
    Value,
    Open,
}

/// <param name="Kind">What is done.</param>
/// <param name="Value">The value they have then, for <see cref="FallbackKind.Value"/>.</param>
internal readonly record struct Fallback(FallbackKind Kind, string? Value = null)
{
    public static Fallback Asked => new(FallbackKind.Open);
}

/// <summary>Ages, or other whole numbers, from one to another, both included.</summary>
internal sealed record Band(string Name, int From, int? To)
{
    public bool Holds(decimal number) => number >= From && (To is null || number < To + 1);
}

/// <summary>A table of translations.</summary>
internal sealed record LookupRule(string File, string? Sheet, string From, string To);

/// <summary>How a feature of the pool comes from the table.</summary>
internal sealed record FeatureRule
{
    public required string Name { get; init; }

    /// <summary>The heading; may be open.</summary>
    public required string Column { get; init; }

    public FeatureKind Kind { get; init; }

    /// <summary>Of dates and numbers; empty where they are open, or the feature has none.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    public bool AreBandsOpen { get; init; }

    /// <summary><c>older</c>, <c>younger</c> or open: the age that counts where a year of birth leaves two; null where not said.</summary>
    public string? Edge { get; init; }

    /// <summary>The column with the date of birth, for these.</summary>
    public string? EdgeColumn { get; init; }

    /// <summary><c>dmy</c>, <c>mdy</c>, open, or null where the column settles it.</summary>
    public string? DateOrder { get; init; }

    public LookupRule? Lookup { get; init; }

    /// <summary>Every value, and what else means it; null where cells are taken as they are.</summary>
    public IReadOnlyList<Spellings>? Values { get; init; }

    public Fallback Blank { get; init; }

    public Fallback Other { get; init; }

    public Fallback Outside { get; init; }

    public bool IsBirth => Kind is FeatureKind.BirthYear or FeatureKind.BirthDate;
}

/// <summary>A value and what else means it.</summary>
internal sealed record Spellings(string Value, IReadOnlyList<string> Also);

/// <summary>What tells that two rows are one person's.</summary>
internal enum IdentityPart
{
    Email,
    Phone,
    Name,
    Household,
}

/// <summary>By what duplicates are found, and what was decided about them.</summary>
internal sealed record DuplicateRule
{
    /// <summary>Each is a list of parts that must all be equal.</summary>
    public IReadOnlyList<IReadOnlyList<IdentityPart>> By { get; init; } = [];

    public IReadOnlyList<Decision> Decisions { get; init; } = [];
}

/// <param name="Ids">People who look like one.</param>
/// <param name="Keep">Who of them is in the pool; null where that is open.</param>
internal sealed record Decision(IReadOnlyList<string> Ids, IReadOnlyList<string>? Keep);
