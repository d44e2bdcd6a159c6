using System.Globalization;
using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The table of ballots: the number of each, and the numbers of its members in <c>people.csv</c>.</summary>
internal static class BallotsTable
{
    public static void Write(Stream stream, PublicationData data)
    {
        int k = data.Lottery.Problem.PanelSize;
        using StreamWriter text = new(stream, new UTF8Encoding(false)) { NewLine = "\n" };
        text.Write("ballot");
        for (int m = 1; m <= k; m++)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $",member {m}"));
        }

        text.WriteLine();
        for (int b = 0; b < data.Ballots.Count; b++)
        {
            text.Write(BallotNumbers.Text(b, data.Ballots.Count));
            foreach (int i in data.Ballots[b])
            {
                text.Write(',');
                text.Write((i + 1).ToString(CultureInfo.InvariantCulture));
            }

            text.WriteLine();
        }
    }

    /// <summary>The members of the ballots, as indices of people. Their order and that none is there twice is for the verification.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Read(ReadOnlyMemory<byte> content, int panelSize, int people, int maxBallots, FaultList faults)
    {
        NumberLines lines = new(PartNames.Ballots, faults);
        List<IReadOnlyList<int>> ballots = [];
        foreach ((int line, string[] cells) in lines.Read(content, panelSize + 1))
        {
            int[] members = new int[panelSize];
            for (int m = 0; m < panelSize; m++)
            {
                members[m] = (lines.Number(line, string.Create(CultureInfo.InvariantCulture, $"member {m + 1}"), cells[m + 1], people) ?? 1) - 1;
            }

            ballots.Add(members);
            if (ballots.Count > maxBallots)
            {
                faults.Add(PublicationFaults.TooManyBallots, new FaultLocation(PartNames.Ballots, line), maxBallots);
                break;
            }
        }

        return ballots;
    }
}
