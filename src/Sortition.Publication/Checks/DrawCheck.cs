using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Format;
using Sortition.Shared;

namespace Sortition.Publication.Checks;

/// <summary>Redoes the draw, and those that were annulled before it.</summary>
internal static class DrawCheck
{
    public static VerificationCheck Run(FolderReader folder, PublishedLottery lottery, string? root)
    {
        DrawHistory history;
        try
        {
            history = DrawHistory.Read(folder);
        }
        catch (MalformedInputException e)
        {
            return Check.Of(VerificationStep.Draw, "", "The record of the draw cannot be read.", [.. e.Faults.Select(PublicationTexts.English.Describe)]);
        }

        List<string> faults = [];
        string? annulment = null;
        for (int d = 0; d < history.Draws.Count; d++)
        {
            string name = PartNames.Draw(d + 1);
            Redo(history.Draws[d], lottery, root, annulment, UrnOf(folder, lottery, d + 1, root, faults), folder.Content(name)!, name, faults);
            if (d < history.Annulments.Count)
            {
                if (!string.Equals(history.Annulments[d].Draw, RootHash.Of(folder.Content(name)!), StringComparison.Ordinal))
                {
                    faults.Add($"{PartNames.Annulment(d + 1)} is about another draw.");
                }

                annulment = RootHash.Of(folder.Content(PartNames.Annulment(d + 1))!);
            }
        }

        if (history.Current is null && history.Urn is not null)
        {
            UrnOf(folder, lottery, history.NextOrdinal, root, faults);
        }

        if (faults.Count > 0)
        {
            return Check.Of(VerificationStep.Draw, "", "The draw did not come out as recorded, or was not decided as announced.", faults);
        }

        string finding = Finding(history, lottery);
        return history.Annulments.Count > 0
            ? Check.NotConfirmed(
                VerificationStep.Draw,
                finding + " A draw was annulled; whether rightly, nobody can tell from these files.",
                [.. history.Annulments.Select((a, d) =>
                    FormattableString.Invariant($"Draw {d + 1}, of ballot {history.Draws[d].BallotName}, was annulled: {a.Reason}"))])
            : history.Current is null ? Check.NotChecked(VerificationStep.Draw, finding)
            : Check.Of(VerificationStep.Draw, finding, "", []);
    }

    private static string Finding(DrawHistory history, PublishedLottery lottery) => history.Current is not DrawRecord record
        ? $"There is no {PartNames.Draw(history.NextOrdinal)} here: nothing has been drawn from these files. "
            + (history.Urn is string called ? $"The number called out is {called}. " : "") + Announced(lottery)
        : $"Ballot {record.BallotName} was drawn" + record.Method switch
        {
            DrawMethod.Number => ", by a number called out. That this number was called, those who were there can tell. ",
            DrawMethod.Text => $": redone from the text \"{TextForm.Shown(record.Text ?? "")}\". ",
            DrawMethod.Both => $": redone from the number called out, {record.Urn}, and the text \"{TextForm.Shown(record.Text ?? "")}\". That the number was "
                + "called before the text was known, those who were there can tell. ",
            _ => ": redone from the random text recorded. That the text was the first one made, whoever ran the draw can tell. ",
        } + Announced(lottery);

    /// <summary>What was announced, and how uneven that leaves the ballots.</summary>
    private static string Announced(PublishedLottery lottery)
    {
        DrawAnnouncement announcement = lottery.Announcement;
        if (announcement.Source is not string source)
        {
            return "Nothing was announced but that a machine decides.";
        }

        string words = $"Announced was: {source}" + (announcement.Method == DrawMethod.Both ? "; a number called out, and then a text" : "");
        return announcement.Unevenness(lottery.BallotCount) is not double unevenness
            ? words + "; a number called out decides."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{words}; in the form \"{announcement.Form}\", which {announcement.PossibleTexts} texts have, so that a ballot's chance is off by at most "
                + $"{UnevennessText.Of(PublicationTexts.English, unevenness)} on average.");
    }

    /// <summary>The number called out that was recorded for a draw; null for none.</summary>
    private static string? UrnOf(FolderReader folder, PublishedLottery lottery, int ordinal, string? root, List<string> faults)
    {
        if (folder.Content(PartNames.Urn(ordinal)) is not byte[] content)
        {
            return null;
        }

        UrnRecord urn = UrnRecord.Read(content);
        if (!string.Equals(urn.Root, root, StringComparison.Ordinal))
        {
            faults.Add($"{PartNames.Urn(ordinal)} is about another lottery.");
        }
        else if (lottery.Announcement.Method != DrawMethod.Both)
        {
            faults.Add($"{PartNames.Urn(ordinal)}: no number called out was announced that decides together with a text.");
        }
        else if (!int.TryParse(urn.Number, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number >= lottery.BallotCount
            || !string.Equals(urn.Number, lottery.NumberOf(number), StringComparison.Ordinal))
        {
            faults.Add($"{PartNames.Urn(ordinal)}: there is no ballot {urn.Number}.");
        }

        return urn.Number;
    }

    private static void Redo(
        DrawRecord record, PublishedLottery lottery, string? root, string? follows, string? urn, byte[] content, string name, List<string> faults)
    {
        if (!string.Equals(record.Root, root, StringComparison.Ordinal) || !string.Equals(record.Follows, follows, StringComparison.Ordinal))
        {
            faults.Add($"{name} is from a lottery with the root {record.Root}, not from this one, or does not follow the draw that was annulled.");
            return;
        }

        FaultList deviations = new();
        lottery.Announcement.Check(record.Method, record.Text, new FaultLocation(name), deviations);
        bool byText = record.Method != DrawMethod.Number;
        if (deviations.Count > 0)
        {
            faults.AddRange(deviations.Faults.Select(PublicationTexts.English.Describe));
        }
        else if (record.Ballot >= lottery.BallotCount || !string.Equals(record.BallotName, lottery.NumberOf(record.Ballot), StringComparison.Ordinal))
        {
            faults.Add($"{name}: there is no ballot {record.BallotName}.");
        }
        else if (byText != (record.Text is not null) || (!byText && record.Digests.Count > 0) || (record.Openings is null) != lottery.HasOpenTickets
            || (record.Method == DrawMethod.Both) != (record.Urn is not null) || !content.AsSpan().SequenceEqual(record.ToBytes()))
        {
            faults.Add($"{name} does not have the form it should.");
        }
        else if (!string.Equals(record.Urn, urn, StringComparison.Ordinal))
        {
            faults.Add($"{name}: the number called out is not the one that was recorded before the text.");
        }
        else
        {
            CheckOutcome(record, lottery, name, faults);
        }
    }

    private static void CheckOutcome(DrawRecord record, PublishedLottery lottery, string name, List<string> faults)
    {
        if (record.Text is string text)
        {
            int urn = record.Urn is string called ? int.Parse(called, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
            (int ballot, IReadOnlyList<string> digests) = DrawRecord.Decide(text, urn, lottery.Root, lottery.BallotCount);
            if (ballot != record.Ballot)
            {
                faults.Add($"{name}: the text recorded gives ballot {lottery.NumberOf(ballot)}, not {record.BallotName}.");
            }

            if (!digests.SequenceEqual(record.Digests, StringComparer.Ordinal))
            {
                faults.Add($"{name}: the digests recorded are not those of the text.");
            }
        }

        if (!AreMembers(record, lottery))
        {
            faults.Add($"{name}: the members recorded are not those of ballot {record.BallotName}.");
        }
    }

    /// <summary>Whether those recorded are the members of the ballot; where tickets are closed, their openings show it.</summary>
    private static bool AreMembers(DrawRecord record, PublishedLottery lottery)
    {
        IReadOnlyList<int> members = record.Members;
        if (members.Any(i => i < 0 || i >= lottery.People.Count) || members.Zip(members.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            return false;
        }

        return lottery.Data.Tickets is { } tickets
            ? record.Openings!.Count == members.Count && members.Count == lottery.Problem.PanelSize && tickets[record.Ballot].SequenceEqual(
                members.Zip(record.Openings, (i, opening) => KeyTable.TicketOf(record.Ballot, lottery.People[i].Tag, opening)).Order(StringComparer.Ordinal),
                StringComparer.Ordinal)
            : members.SequenceEqual(lottery.Ballots![record.Ballot]);
    }
}
