namespace Sortition.Publication.Format;

/// <summary>The files of a published lottery as bytes. One lottery has one form, and one root whether its private part is at hand or not.</summary>
internal sealed class PartList
{
    private PartList(List<(string Name, byte[] Content)> files)
    {
        Files = files;
        Root = RootHash.Of(files[^1].Content);
    }

    /// <summary>The files in the ordinal order of their names, the private part if it is at hand, and last the list of their fingerprints.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Files { get; }

    public string Root { get; }

    public static PartList Of(PublicationData data)
    {
        List<(string Name, byte[] Content)> files = [];
        List<(string Name, string Hash)> sums = [];
        foreach (string name in PartNames.Bound)
        {
            byte[]? content = name switch
            {
                PartNames.Ballots => BallotsTable.Write(data),
                PartNames.People => PeopleTable.Write(data),
                PartNames.Private => data.Private is PrivatePart part ? PrivateDocument.Write(part, data.IsRehearsal) : null,
                _ => PublicationDocument.Write(data),
            };
            sums.Add((name, content is null ? data.PrivateHash! : RootHash.Of(content)));
            if (content is not null)
            {
                files.Add((name, content));
            }
        }

        files.Add((PartNames.Sums, Sums.Of(sums)));
        return new PartList(files);
    }
}
