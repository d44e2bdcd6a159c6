using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Format;
using Sortition.Shared;

namespace Sortition.Publication.Checks;

/// <summary>Writes all files anew from what they say, and compares; then the public ones anew from the private one.</summary>
internal static class FormCheck
{
    public static VerificationCheck Run(FolderReader folder, PublishedLottery lottery)
    {
        List<Sentence> faults = [];
        foreach ((string name, byte[] content) in lottery.Parts.Files.SkipLast(1))
        {
            Compare(folder.Content(name), content, name, Sentences.Of("finding/not-one-form"), faults);
        }

        IReadOnlyList<string> tags = lottery.Data.Tags;
        if (tags.Zip(tags.Skip(1)).Any(pair => string.CompareOrdinal(pair.First, pair.Second) >= 0))
        {
            faults.Add(Sentences.Of("finding/tags-unsorted", ("part", PartNames.People)));
        }

        return lottery.IsRehearsal && faults.Count == 0
            ? Check.NotConfirmed(VerificationStep.Form, Finding(lottery), [Sentences.Of("finding/rehearsal", ("mark", Rehearsal.Mark))])
            : Check.Of(VerificationStep.Form, Finding(lottery), Sentences.Of("finding/no-form"), faults);
    }

    /// <summary>
    /// How large it is, and who does not take part like everybody else: that is the organiser's choice, which no check can judge, so that people should see it.
    /// </summary>
    private static Sentence Finding(PublishedLottery lottery)
    {
        IReadOnlyList<PersonType> types = lottery.Lottery.Types;
        int mustBeIn = types.Where(t => t.Status == PersonStatus.MustBeIn).Sum(t => t.Members.Count);
        int mustBeOut = lottery.People.Count - types.Sum(t => t.Members.Count);
        int entitled = types.Where(t => t.Entitlement != 1).Sum(t => t.Members.Count);
        Sentence sizes = Sentences.Of(
            "finding/form",
            ("people", lottery.People.Count),
            ("types", types.Count),
            ("quotas", lottery.Problem.Quotas.Count),
            ("ballots", lottery.BallotCount),
            ("size", lottery.Problem.PanelSize));
        return mustBeIn + mustBeOut + entitled == 0 ? sizes
            : sizes.And(Sentences.Of("finding/decided-beforehand", ("in", mustBeIn), ("out", mustBeOut), ("entitled", entitled)));
    }

    /// <summary>That everything public follows from what auditors have.</summary>
    public static VerificationCheck Private(FolderReader folder, PublishedLottery lottery)
    {
        PublicationData data = lottery.Data;
        List<Sentence> faults = [];
        try
        {
            PublicationOptions options = new()
            {
                Seed = data.Private!.Seed,
                IsRehearsal = data.IsRehearsal,
                Announcement = data.Announcement,
                Tickets = data.HasOpenTickets ? TicketForm.Open : TicketForm.Closed,
                SmallestGroup = Math.Max(1, data.SmallestGroup),
            };
            PublicationData made = PublishedLottery.Publish(data.Private.Lottery, data.BallotCount, options, data.Private) with
            {
                Round = data.Round,
            };
            Compare(folder.Content(PartNames.People), PeopleTable.Write(made), PartNames.People, Otherwise, faults);
            Compare(folder.Content(PartNames.Ballots), BallotsTable.Write(made), PartNames.Ballots, Otherwise, faults);
            Compare(folder.Content(PartNames.Publication), PublicationDocument.Write(made), PartNames.Publication, Otherwise, faults);
        }
        catch (MalformedInputException e)
        {
            faults.AddRange(e.Faults.Select(Sentences.Of));
        }

        return Check.Of(
            VerificationStep.Private,
            Sentences.Of("finding/private", ("part", PartNames.Private)),
            Sentences.Of("finding/private-wrong", ("part", PartNames.Private)),
            faults);
    }

    private static Sentence Otherwise => Sentences.Of("finding/not-from-private", ("part", PartNames.Private));

    /// <summary>Reports the first place where a file is not what it should be. What stands there is not shown: it may be about a person.</summary>
    private static void Compare(byte[]? found, byte[] should, string name, Sentence otherwise, List<Sentence> faults)
    {
        if (found is null)
        {
            faults.Add(Sentences.Of("finding/missing", ("part", name)));
            return;
        }

        int same = found.AsSpan().CommonPrefixLength(should);
        if (same == should.Length && same == found.Length)
        {
            return;
        }

        int line = 1 + should.AsSpan(0, same).Count((byte)'\n');
        int lineStart = should.AsSpan(0, same).LastIndexOf((byte)'\n') + 1;
        string before = Encoding.UTF8.GetString(should.AsSpan(lineStart, same - lineStart));
        bool isTable = name.EndsWith(".csv", StringComparison.Ordinal);
        faults.Add(Sentences.Of(
            isTable ? "finding/at-cell" : "finding/at-character",
            ("part", name),
            ("line", line),
            ("number", 1 + (isTable ? before.Count(c => c == ',') : before.Length)),
            ("what", otherwise)));
    }
}
