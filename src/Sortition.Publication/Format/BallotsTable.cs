using System.Globalization;
using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The table of ballots: the number of each, and the numbers of its members in <c>people.csv</c> or their tickets.</summary>
internal static class BallotsTable
{
    public static byte[] Write(PublicationData data)
    {
        string end = NumberLines.EndOf(data.IsRehearsal);
        StringBuilder text = new("ballot");
        for (int m = 1; m <= data.Lottery.Problem.PanelSize; m++)
        {
            text.Append(CultureInfo.InvariantCulture, $",{(data.HasOpenTickets ? "member" : "ticket")} {m}");
        }

        text.Append(end);
        for (int b = 0; b < data.BallotCount; b++)
        {
            text.Append(BallotNumbers.Text(b, data.BallotCount));
            foreach (string cell in data.HasOpenTickets ? data.Ballots![b].Select(i => JsonForm.Text(i + 1)) : data.Tickets![b])
            {
                text.Append(',').Append(cell);
            }

            text.Append(end);
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The members of the ballots, as indices of people. Their order and that none is there twice is for the verification.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> ReadMembers(ReadOnlyMemory<byte> content, int panelSize, int people, int ballots, FaultList faults)
    {
        NumberLines lines = new(PartNames.Ballots, faults);
        return Read(lines, content, panelSize, ballots, faults, (line, column, cell) => (lines.Number(line, column, cell, people) ?? 1) - 1);
    }

    /// <summary>The tickets of the ballots. Their order and that none is there twice is for the verification.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ReadTickets(ReadOnlyMemory<byte> content, int panelSize, int ballots, FaultList faults) =>
        Read(new NumberLines(PartNames.Ballots, faults), content, panelSize, ballots, faults, (line, column, cell) =>
        {
            if (!RootHash.IsHash(cell))
            {
                faults.Add(PublicationFaults.MalformedTag, new FaultLocation(PartNames.Ballots, line, column));
            }

            return cell;
        });

    private static List<IReadOnlyList<T>> Read<T>(
        NumberLines lines, ReadOnlyMemory<byte> content, int panelSize, int ballots, FaultList faults, Func<int, string, string, T> read)
    {
        List<IReadOnlyList<T>> table = [];
        foreach ((int line, string[] cells) in lines.Read(content, panelSize + 1))
        {
            if (table.Count == ballots)
            {
                faults.Add(PublicationFaults.TooManyBallots, new FaultLocation(PartNames.Ballots, line), ballots);
                break;
            }

            T[] row = new T[panelSize];
            for (int m = 0; m < panelSize; m++)
            {
                row[m] = read(line, string.Create(CultureInfo.InvariantCulture, $"column {m + 2}"), cells[m + 1]);
            }

            table.Add(row);
        }

        if (table.Count < ballots)
        {
            faults.Add(PublicationFaults.TooFewBallots, new FaultLocation(PartNames.Ballots), table.Count, ballots);
        }

        return table;
    }
}
