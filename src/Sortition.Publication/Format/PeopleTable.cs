using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The table of people: everybody's tag and, where tickets are open, the type that is told of them.</summary>
internal static class PeopleTable
{
    private const string Tag = "tag";
    private const string TagAndType = "tag,type";

    public static byte[] Write(PublicationData data)
    {
        string end = NumberLines.EndOf(data.IsRehearsal);
        StringBuilder text = new((data.HasOpenTickets ? TagAndType : Tag) + end);
        for (int i = 0; i < data.Tags.Count; i++)
        {
            text.Append(data.Tags[i]);
            if (data.HasOpenTickets)
            {
                text.Append(',').Append(data.TypesTold[i] is int type ? JsonForm.Text(type + 1) : "");
            }

            text.Append(end);
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The tags, and the numbers of types, counted from 0. That the types are there, and the form of the table, is for others.</summary>
    public static (IReadOnlyList<string> Tags, IReadOnlyList<int?> Types) Read(ReadOnlyMemory<byte> content, FaultList faults)
    {
        NumberLines lines = new(PartNames.People, faults);
        List<string> tags = [];
        List<int?> types = [];
        foreach ((int line, string[] cells) in lines.Read(content, 1))
        {
            if (!RootHash.IsHash(cells[0]))
            {
                faults.Add(PublicationFaults.MalformedTag, new FaultLocation(PartNames.People, line, Tag));
            }

            tags.Add(cells[0]);
            types.Add(HasType(cells) ? lines.Number(line, "type", cells[1], int.MaxValue) - 1 : null);
        }

        return (tags, types);
    }

    /// <summary>Whether a type is told. With closed tickets none is, and the last cell of a rehearsal, which says so, can stand in its place.</summary>
    private static bool HasType(string[] cells) =>
        cells.Length > 1 && cells[1].Length > 0 && !string.Equals(cells[1], Rehearsal.Mark, StringComparison.Ordinal);
}
