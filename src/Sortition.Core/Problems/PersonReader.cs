namespace Sortition.Core.Problems;

/// <summary>How to read people from rows of any kind: records of a database, lines of a file.</summary>
/// <typeparam name="T">The kind of row.</typeparam>
/// <remarks>The functions are called while the problem is built, once or more for each row, from one thread.</remarks>
/// <example>
/// <code>
/// PersonReader&lt;Volunteer&gt; reader = new()
/// {
///     Id = v =&gt; v.Id,
///     Value = (v, feature) =&gt; feature switch { "gender" =&gt; v.Gender, "age" =&gt; v.Age, _ =&gt; null },
///     Household = v =&gt; v.Address,
///     Status = v =&gt; v.HasWithdrawn ? PersonStatus.MustBeOut : PersonStatus.Free,
///     Source = "registrations",                       // how faults call the rows
/// };
/// SelectionProblem problem = new SelectionProblemBuilder(36).Quota("gender", "female", 18, 19).People(volunteers, reader).Build();
/// </code>
/// </example>
public sealed class PersonReader<T>
{
    /// <summary>The id. Trimmed; a blank one is a fault.</summary>
    public required Func<T, string?> Id { get; init; }

    /// <summary>The value of a feature, given the feature's name; null where the row has no such entry. Matched trimmed and without regard to case.</summary>
    public required Func<T, string, string?> Value { get; init; }

    /// <summary>A text that is equal for people of one household, such as <see cref="HouseholdKey.Create"/> gives; null or blank where it is unknown.</summary>
    public Func<T, string?>? Household { get; init; }

    /// <summary>Whether the lot decides about the person; by default it does.</summary>
    public Func<T, PersonStatus>? Status { get; init; }

    /// <summary>
    /// What the person is entitled to, for <c>WeightedLeximin</c>: a number from 1e-6 to 1e6 in any unit; others are a fault. By default everybody's is 1.
    /// </summary>
    public Func<T, double>? Entitlement { get; init; }

    /// <summary>
    /// Whether two rows with one id are the same row given twice (which is merged, with a warning) in all that the problem does not look at. By default they
    /// are.
    /// </summary>
    public Func<T, T, bool>? SameRow { get; init; }

    /// <summary>The name by which faults call the source, such as the file's name.</summary>
    public string Source { get; init; } = "people";

    /// <summary>The line of the headings in the source, from 1, where faults about a whole column are placed; null (the default) where there is none.</summary>
    public int? HeaderLine { get; init; }

    /// <summary>The line of a row in its source, from 1; by default the ordinal of the row.</summary>
    public Func<T, int>? Line { get; init; }

    /// <summary>The heading by which faults call the column of the ids.</summary>
    public string IdColumn { get; init; } = "id";

    /// <summary>The heading by which faults call the column of the entitlements.</summary>
    public string EntitlementColumn { get; init; } = "entitlement";

    /// <summary>The heading by which faults call the column of a feature, given the feature's name; by default that name.</summary>
    public Func<string, string>? Column { get; init; }

    /// <summary>The headings that the source has, to say what there is where a feature is missing; null (the default) where that is not known.</summary>
    public IReadOnlyList<string>? Headings { get; init; }

    /// <summary>
    /// Which of the values that a feature can have somebody may have meant who wrote another one; null for none. By default nothing is suggested.
    /// </summary>
    public Func<string, IReadOnlyList<string>, string?>? Suggest { get; init; }
}
