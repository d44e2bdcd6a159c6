namespace Sortition.Files.Mapping;

/// <summary>What was done to somebody on the way from a raw table to a pool. The numbers and names never change their meaning.</summary>
public enum PersonActionKind
{
    /// <summary>The row is nobody's: it is empty where people have something, or begins with a word such as <c>Total</c>.</summary>
    NotAPerson = 1,

    /// <summary>Left out: the row is hidden.</summary>
    LeftOutHidden = 2,

    /// <summary>Left out: the column of the status says so.</summary>
    LeftOutStatus = 3,

    /// <summary>Left out: the same as somebody who is in the pool.</summary>
    LeftOutDuplicate = 4,

    /// <summary>Left out: a feature's cell is empty.</summary>
    LeftOutBlank = 5,

    /// <summary>Left out: a feature's cell is none of its values.</summary>
    LeftOutOther = 6,

    /// <summary>Left out: an age, or another number, is in no band.</summary>
    LeftOutOutside = 7,

    /// <summary>Has the value of a feature that people get whose cell is empty.</summary>
    DefaultForBlank = 8,

    /// <summary>Has the value of a feature that people get whose cell is none of its values.</summary>
    DefaultForOther = 9,

    /// <summary>Has the value of a feature that people get whose number is in no band.</summary>
    DefaultForOutside = 10,

    /// <summary>A year of birth left two ages, and the rule for that decided.</summary>
    EdgeDecided = 11,

    /// <summary>Said a value of a feature in other words.</summary>
    Translated = 12,
}

/// <summary>Something that was done to somebody.</summary>
/// <remarks>Has no personal data but the id. Immutable and safe to read from any thread.</remarks>
public sealed class PersonAction
{
    internal PersonAction(int row, string? id, PersonActionKind kind, string? about) => (Row, Id, Kind, About) = (row, id, kind, about);

    /// <summary>The line of the raw table, from 1.</summary>
    public int Row { get; }

    /// <summary>The id; null where the row is nobody's.</summary>
    public string? Id { get; }

    /// <summary>What was done.</summary>
    public PersonActionKind Kind { get; }

    /// <summary>The feature, or (of a duplicate) the id of who is in the pool, or null.</summary>
    public string? About { get; }

    /// <summary>Whether the person is not in the pool because of it.</summary>
    public bool IsLeftOut => LeavesOut(Kind);

    internal static bool LeavesOut(PersonActionKind kind) => kind <= PersonActionKind.LeftOutOutside;
}
