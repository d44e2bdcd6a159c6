using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The table of people: who they are called, of which type, on how many ballots, and how far that is from the ideal.</summary>
internal static class PeopleTable
{
    public static void Write(Stream stream, PublicationData data)
    {
        PanelLottery lottery = data.Lottery;
        bool isAuditor = data.Level == PublicationLevel.Auditor;
        using CsvWriter csv = new(stream);
        csv.Cell("number").Cell(isAuditor ? "id" : "tag").Cell("type").Cell("ballots").Cell("chance").Cell("ideal chance").Cell("difference");
        if (isAuditor)
        {
            foreach (Feature feature in lottery.Problem.Features)
            {
                csv.Cell(feature.Name);
            }

            csv.Cell("household").Cell("status");
        }

        csv.EndRow();
        for (int i = 0; i < data.People.Count; i++)
        {
            PublishedPerson person = data.People[i];
            double chance = data.Times[i] / (double)data.Ballots.Count;
            csv.Cell(Tables.Text(i + 1)).Cell(person.Name).Cell(person.Type is int type ? Tables.Text(type + 1) : "").Cell(Tables.Text(data.Times[i]))
                .Cell(Tables.Text(chance));
            double? ideal = isAuditor ? lottery.ProbabilityOf(i) : person.Type is int t ? lottery.ProbabilityOfType(t) : null;
            csv.Cell(ideal is double p ? Tables.Text(p) : "").Cell(ideal is double q ? Tables.Text(chance - q) : "");
            if (isAuditor)
            {
                Person known = lottery.Problem.People[i];
                foreach (string value in known.Values)
                {
                    csv.Cell(value);
                }

                csv.Cell(known.Household is int h ? Tables.Text(h + 1) : "").Cell(known.Status switch
                {
                    PersonStatus.MustBeIn => "must be in",
                    PersonStatus.MustBeOut => "must be out",
                    _ => "",
                });
            }

            csv.EndRow();
        }
    }

    /// <summary>The people of the table for everybody: tags and types. That the other columns follow from these is for the verification.</summary>
    public static IReadOnlyList<PublishedPerson> ReadPublic(ReadOnlyMemory<byte> content, int types, FaultList faults)
    {
        NumberLines lines = new(PartNames.People, faults);
        List<PublishedPerson> people = [];
        foreach ((int line, string[] cells) in lines.Read(content, 3))
        {
            if (!RootHash.IsHash(cells[1]))
            {
                faults.Add(PublicationFaults.MalformedTag, new FaultLocation(PartNames.People, line, "tag"));
            }

            int? type = cells[2].Length == 0 ? null : lines.Number(line, "type", cells[2], types) - 1;
            people.Add(new PublishedPerson(cells[1], type));
        }

        return people;
    }
}
