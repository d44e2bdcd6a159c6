using System.Text;
using Sortition.Core.Certificates;
using Sortition.Files;

namespace Sortition.Publication.Format;

/// <summary>All files of a published lottery as bytes. One lottery has one form.</summary>
internal sealed class PartList
{
    private PartList(List<(string Name, byte[] Content)> files)
    {
        Files = files;
        Root = RootHash.Of(files[^1].Content);
    }

    /// <summary>The files in the ordinal order of their names, and last the list of their fingerprints.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Files { get; }

    public string Root { get; }

    public static PartList Of(PublicationData data)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal)
        {
            [PartNames.Manifest] = Bytes(stream => Manifest.Write(stream, data)),
            [PartNames.Problem] = Bytes(stream => ProblemJson.Write(stream, data.Lottery.Problem)),
            [PartNames.Lottery] = Bytes(stream => LotteryJson.Write(stream, data.Lottery)),
            [PartNames.Quotas] = Bytes(stream => Tables.WriteQuotas(stream, data)),
            [PartNames.Types] = Bytes(stream => Tables.WriteTypes(stream, data)),
            [PartNames.People] = Bytes(stream => PeopleTable.Write(stream, data)),
            [PartNames.Ballots] = Bytes(stream => BallotsTable.Write(stream, data)),
        };
        for (int c = 0; c < data.Lottery.Certificate.Claims.Count; c++)
        {
            int claim = c;
            files[PartNames.Claim(c)] = Bytes(stream =>
            {
                using StreamWriter text = new(stream, new UTF8Encoding(false), leaveOpen: true);
                PricingProblem.WriteMps(text, data.Lottery, claim);
            });
        }

        List<(string, byte[])> list = [.. files.Select(f => (f.Key, f.Value))];
        list.Add((PartNames.Sums, Sums.Of(list)));
        return new PartList(list);
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return stream.ToArray();
    }
}
