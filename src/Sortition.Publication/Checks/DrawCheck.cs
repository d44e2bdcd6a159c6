using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Format;
using Sortition.Shared;

namespace Sortition.Publication.Checks;

/// <summary>Redoes the draw.</summary>
internal static class DrawCheck
{
    public static VerificationCheck Run(FolderReader folder, PublishedLottery lottery, string? root)
    {
        if (folder.Content(PartNames.Draw) is not byte[] content)
        {
            return folder.Names().Contains(PartNames.Draw, StringComparer.Ordinal)
                ? Check.Of(VerificationStep.Draw, "", "The record of the draw cannot be read.", [$"{PartNames.Draw} is no file, or too large."])
                : Check.NotChecked(
                    VerificationStep.Draw, $"There is no {PartNames.Draw} here: nothing has been drawn from these files. {Announced(lottery)}");
        }

        DrawRecord record;
        try
        {
            record = DrawRecord.Read(content);
        }
        catch (MalformedInputException e)
        {
            return Check.Of(VerificationStep.Draw, "", "The record of the draw cannot be read.", [.. e.Faults.Select(PublicationTexts.English.Describe)]);
        }

        List<string> faults = [];
        if (!string.Equals(record.Root, root, StringComparison.Ordinal))
        {
            faults.Add($"The draw is from a lottery with the root {record.Root}, not from this one.");
        }

        if (record.Ballots != lottery.Ballots.Count)
        {
            faults.Add(FormattableString.Invariant($"The draw is from {record.Ballots} ballots; there are {lottery.Ballots.Count}."));
        }

        if (record.Ballot >= lottery.Ballots.Count)
        {
            faults.Add(FormattableString.Invariant($"There is no ballot {record.Ballot}."));
        }
        else if (faults.Count == 0)
        {
            Redo(record, lottery, faults);
            if (faults.Count == 0 && !content.AsSpan().SequenceEqual(record.ToBytes()))
            {
                faults.Add($"{PartNames.Draw} does not have the form it should.");
            }
        }

        string ballot = BallotNumbers.Text(Math.Max(0, record.Ballot), lottery.Ballots.Count);
        string finding = $"Ballot {ballot} was drawn" + record.Method switch
        {
            DrawMethod.Number => ", by a number called out. That this number was called, those who were there can tell. ",
            DrawMethod.Text => $": redone from the text \"{TextForm.Shown(record.Text ?? "")}\". ",
            _ => ": redone from the random text recorded. That the text was the first one made, whoever ran the draw can tell. ",
        } + Announced(lottery);
        FaultList deviations = new();
        lottery.Announcement.Check(record.Method, record.Text, new FaultLocation(PartNames.Draw), deviations);
        IReadOnlyList<string> described = [.. deviations.Faults.Select(PublicationTexts.English.Describe)];
        if (faults.Count == 0 && lottery.Announcement.IsInWords && described.Count > 0)
        {
            return Check.NotConfirmed(VerificationStep.Draw, finding, described);
        }

        faults.AddRange(described);
        return Check.Of(VerificationStep.Draw, finding, "The draw did not come out as recorded, or was not decided as announced.", faults);
    }

    /// <summary>What was announced, and how uneven that leaves the ballots.</summary>
    private static string Announced(PublishedLottery lottery)
    {
        DrawAnnouncement announcement = lottery.Announcement;
        if (announcement.Source is not string source)
        {
            return "Nothing was announced but that a machine decides.";
        }

        string words = $"Announced was: {source}";
        return announcement.Unevenness(lottery.Ballots.Count) is not double unevenness
            ? words + (announcement.IsInWords ? "." : "; a number called out decides.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{words}; in the form \"{announcement.Form}\", which {announcement.PossibleTexts} texts have, so that a ballot's chance is off by at most "
                + $"{UnevennessText.Of(unevenness)} on average.");
    }

    private static void Redo(DrawRecord record, PublishedLottery lottery, List<string> faults)
    {
        if (record.Method == DrawMethod.Number)
        {
            if (record.Text is not null || record.Digests.Count > 0)
            {
                faults.Add("The ballot was called out by number, but a text or digests are recorded.");
            }
        }
        else if (string.IsNullOrWhiteSpace(record.Text))
        {
            faults.Add("No text is recorded that decided.");
        }
        else
        {
            (int ballot, IReadOnlyList<string> digests) = DrawProcedure.Draw(record.Text, lottery.Root, lottery.Ballots.Count);
            if (ballot != record.Ballot)
            {
                faults.Add($"The text recorded gives ballot {lottery.NumberOf(ballot)}, not {lottery.NumberOf(record.Ballot)}.");
            }

            if (!digests.SequenceEqual(record.Digests, StringComparer.Ordinal))
            {
                faults.Add("The digests recorded are not those of the text.");
            }
        }

        if (!record.Members.SequenceEqual(lottery.Ballots[record.Ballot]))
        {
            faults.Add($"The members recorded are not those of ballot {lottery.NumberOf(record.Ballot)}.");
        }
    }
}
