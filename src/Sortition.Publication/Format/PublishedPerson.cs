namespace Sortition.Publication.Format;

/// <summary>A person of a published lottery. Ballots call the person by the position in <see cref="PublishedLottery.People"/>, counted from 1.</summary>
public sealed class PublishedPerson
{
    internal PublishedPerson(string tag, string? id, int? type) => (Tag, Id, Type) = (tag, id, type);

    /// <summary>What the person is called in public: 64 hexadecimal digits that only the person can recompute (<see cref="KeyTable"/>).</summary>
    public string Tag { get; }

    /// <summary>The id; null without the private part.</summary>
    public string? Id { get; }

    /// <summary>
    /// The person's type, an index into the lottery's types. Null for people who must be out, and where it is not told: without the private part, for people
    /// whose type is shared by few, and for all where tickets are closed.
    /// </summary>
    public int? Type { get; }
}
