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
            return Check.Of(VerificationStep.Draw, Sentences.None, Sentences.Of("finding/record-unreadable"), [.. e.Faults.Select(Sentences.Of)]);
        }

        List<Sentence> faults = [];
        string? annulment = null;
        for (int d = 0; d < history.Draws.Count; d++)
        {
            string name = PartNames.Draw(d + 1);
            Redo(history.Draws[d], lottery, root, annulment, UrnOf(folder, lottery, d + 1, root, faults), folder.Content(name)!, name, faults);
            if (d < history.Annulments.Count)
            {
                if (!string.Equals(history.Annulments[d].Draw, RootHash.Of(folder.Content(name)!), StringComparison.Ordinal)
                    || history.Annulments[d].IsRehearsal != lottery.IsRehearsal)
                {
                    faults.Add(Sentences.Of("finding/of-another-draw", ("part", PartNames.Annulment(d + 1))));
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
            return Check.Of(VerificationStep.Draw, Sentences.None, Sentences.Of("finding/draw-wrong"), faults);
        }

        Sentence finding = Finding(history, lottery);
        return history.Annulments.Count > 0
            ? Check.NotConfirmed(
                VerificationStep.Draw,
                finding.And(Sentences.Of("finding/annulled")),
                [.. history.Annulments.Select((a, d) => Sentences.Of(
                    "finding/annulment", ("number", d + 1), ("ballot", history.Draws[d].BallotName), ("reason", a.Reason)))])
            : history.Current is null ? Check.NotChecked(VerificationStep.Draw, finding)
            : Check.Of(VerificationStep.Draw, finding, Sentences.None, []);
    }

    private static Sentence Finding(DrawHistory history, PublishedLottery lottery) => history.Current is not DrawRecord record
        ? Sentences.Of(
            "finding/not-drawn",
            ("part", PartNames.Draw(history.NextOrdinal)),
            ("called", history.Urn is string called ? Sentences.Of("finding/called", ("number", called)) : null),
            ("announced", Announced(lottery)))
        : Sentences.Of(
            $"finding/drawn/{record.Method}",
            ("ballot", record.BallotName),
            ("text", TextForm.Shown(record.Text ?? "")),
            ("number", record.Urn),
            ("announced", Announced(lottery)));

    /// <summary>What was announced, and how uneven that leaves the ballots.</summary>
    private static Sentence Announced(PublishedLottery lottery)
    {
        DrawAnnouncement announcement = lottery.Announcement;
        if (announcement.Source is not string source)
        {
            return Sentences.Of("finding/nothing-announced");
        }

        Sentence words = Sentences.Of(announcement.Method == DrawMethod.Both ? "finding/announced-both" : "finding/announced", ("source", source));
        return announcement.Unevenness(lottery.BallotCount) is not double unevenness
            ? Sentences.Of("finding/number-decides", ("words", words))
            : Sentences.Of(
                "finding/form-decides",
                ("words", words),
                ("form", announcement.Form),
                ("count", announcement.PossibleTexts),
                ("unevenness", (Sentence)(texts => UnevennessText.Of(texts, unevenness))));
    }

    /// <summary>The number called out that was recorded for a draw; null for none.</summary>
    private static string? UrnOf(FolderReader folder, PublishedLottery lottery, int ordinal, string? root, List<Sentence> faults)
    {
        if (folder.Content(PartNames.Urn(ordinal)) is not byte[] content)
        {
            return null;
        }

        UrnRecord urn = UrnRecord.Read(content);
        if (!string.Equals(urn.Root, root, StringComparison.Ordinal) || urn.IsRehearsal != lottery.IsRehearsal)
        {
            faults.Add(Sentences.Of("finding/of-another-lottery", ("part", PartNames.Urn(ordinal))));
        }
        else if (lottery.Announcement.Method != DrawMethod.Both)
        {
            faults.Add(Sentences.Of("finding/no-number-announced", ("part", PartNames.Urn(ordinal))));
        }
        else if (!int.TryParse(urn.Number, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number >= lottery.BallotCount
            || !string.Equals(urn.Number, lottery.NumberOf(number), StringComparison.Ordinal))
        {
            faults.Add(Sentences.Of("finding/no-ballot", ("part", PartNames.Urn(ordinal)), ("ballot", urn.Number)));
        }

        return urn.Number;
    }

    private static void Redo(
        DrawRecord record, PublishedLottery lottery, string? root, string? follows, string? urn, byte[] content, string name, List<Sentence> faults)
    {
        if (!string.Equals(record.Root, root, StringComparison.Ordinal) || !string.Equals(record.Follows, follows, StringComparison.Ordinal)
            || record.IsRehearsal != lottery.IsRehearsal)
        {
            faults.Add(Sentences.Of("finding/record-of-another", ("part", name), ("root", record.Root)));
            return;
        }

        FaultList deviations = new();
        lottery.Announcement.Check(record.Method, record.Text, new FaultLocation(name), deviations);
        bool byText = record.Method != DrawMethod.Number;
        if (deviations.Count > 0)
        {
            faults.AddRange(deviations.Faults.Select(Sentences.Of));
        }
        else if (record.Ballot >= lottery.BallotCount || !string.Equals(record.BallotName, lottery.NumberOf(record.Ballot), StringComparison.Ordinal))
        {
            faults.Add(Sentences.Of("finding/no-ballot", ("part", name), ("ballot", record.BallotName)));
        }
        else if (byText != (record.Text is not null) || (!byText && record.Digests.Count > 0) || (record.Openings is null) != lottery.HasOpenTickets
            || (record.Method == DrawMethod.Both) != (record.Urn is not null) || !content.AsSpan().SequenceEqual(record.ToBytes()))
        {
            faults.Add(Sentences.Of("finding/record-form", ("part", name)));
        }
        else if (!string.Equals(record.Urn, urn, StringComparison.Ordinal))
        {
            faults.Add(Sentences.Of("finding/other-number", ("part", name)));
        }
        else
        {
            CheckOutcome(record, lottery, name, faults);
        }
    }

    private static void CheckOutcome(DrawRecord record, PublishedLottery lottery, string name, List<Sentence> faults)
    {
        if (record.Text is string text)
        {
            int urn = record.Urn is string called ? int.Parse(called, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
            (int ballot, IReadOnlyList<string> digests) = DrawRecord.Decide(text, urn, lottery.Root, lottery.BallotCount);
            if (ballot != record.Ballot)
            {
                faults.Add(Sentences.Of(
                    "finding/text-gives", ("part", name), ("ballot", lottery.NumberOf(ballot)), ("recorded", record.BallotName)));
            }

            if (!digests.SequenceEqual(record.Digests, StringComparer.Ordinal))
            {
                faults.Add(Sentences.Of("finding/other-digests", ("part", name)));
            }
        }

        if (!AreMembers(record, lottery))
        {
            faults.Add(Sentences.Of("finding/other-members", ("part", name), ("ballot", record.BallotName)));
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
