namespace Sortition.Publication.Format;

/// <summary>A person of a published lottery. Ballots call the person by the position in <see cref="PublishedLottery.People"/>, counted from 1.</summary>
public sealed class PublishedPerson
{
    internal PublishedPerson(string name, int? type) => (Name, Type) = (name, type);

    /// <summary>For auditors the id; for everybody the tag: SHA-256 of salt, colon and id, in 64 hexadecimal digits.</summary>
    public string Name { get; }

    /// <summary>
    /// The person's type, an index into the lottery's types. Null for people who must be out, and at the public level for people whose type is shared by few.
    /// </summary>
    public int? Type { get; }
}
