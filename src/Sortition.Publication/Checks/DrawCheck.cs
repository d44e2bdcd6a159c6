using Sortition.Core;
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
                : Check.NotChecked(VerificationStep.Draw, $"There is no {PartNames.Draw} here: nothing has been drawn from these files.");
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
        string finding = record.Method switch
        {
            DrawMethod.Number => $"Ballot {ballot} was drawn, by a number called out. That this number was called, those who were there can tell.",
            DrawMethod.Text =>
                $"Ballot {ballot} was drawn: redone from the text "
                    + $"\"{record.Text}\".{(lottery.Randomness is string announced ? $" Announced was: {announced}." : "")}",
            _ => $"Ballot {ballot} was drawn: redone from the random text recorded. That the text was the first one made, whoever ran the draw can tell.",
        };
        return Check.Of(VerificationStep.Draw, finding, "The draw did not come out as recorded.", faults);
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
        else if (record.Text.Trim().Length < record.Text.Length)
        {
            // White space that nobody sees would be as many further tries.
            faults.Add("The text recorded has white space around it, with which nothing is drawn.");
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
