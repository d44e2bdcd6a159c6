using System.Globalization;
using System.Text;
using Sortition.Core;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Writes all files anew from what they say, and compares; then the public ones anew from the private one.</summary>
internal static class FormCheck
{
    public static VerificationCheck Run(FolderReader folder, PublishedLottery lottery)
    {
        List<string> faults = [];
        foreach ((string name, byte[] content) in lottery.Parts.Files.SkipLast(1))
        {
            Compare(folder.Content(name), content, name, "this is not written in the one form that it has.", faults);
        }

        IReadOnlyList<string> tags = lottery.Data.Tags;
        if (tags.Zip(tags.Skip(1)).Any(pair => string.CompareOrdinal(pair.First, pair.Second) >= 0))
        {
            faults.Add($"{PartNames.People}: a tag is there twice or out of order.");
        }

        return Check.Of(
            VerificationStep.Form,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{lottery.People.Count} people of {lottery.Lottery.Types.Count} types, {lottery.Problem.Quotas.Count} quotas, {lottery.BallotCount} ballots "
                + $"of {lottery.Problem.PanelSize}; every file has the one form that it may have."),
            "The files contradict each other, or do not have the form they should.",
            faults);
    }

    /// <summary>That everything public follows from what auditors have.</summary>
    public static VerificationCheck Private(FolderReader folder, PublishedLottery lottery)
    {
        PublicationData data = lottery.Data;
        List<string> faults = [];
        try
        {
            PublicationOptions options = new()
            {
                Seed = data.Private!.Seed,
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
            faults.AddRange(e.Faults.Select(PublicationTexts.English.Describe));
        }

        return Check.Of(
            VerificationStep.Private,
            $"All that is public follows from {PartNames.Private}: everybody's tag and type, and who is on which ballot.",
            $"What is public does not follow from {PartNames.Private}.",
            faults);
    }

    private static string Otherwise => $"this is not what follows from {PartNames.Private}.";

    /// <summary>Reports the first place where a file is not what it should be. What stands there is not shown: it may be about a person.</summary>
    private static void Compare(byte[]? found, byte[] should, string name, string otherwise, List<string> faults)
    {
        if (found is null)
        {
            faults.Add($"{name} is missing or cannot be read.");
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
        string place = name.EndsWith(".csv", StringComparison.Ordinal)
            ? FormattableString.Invariant($"line {line}, cell {1 + before.Count(c => c == ',')}")
            : FormattableString.Invariant($"line {line}, character {1 + before.Length}");
        faults.Add($"{name}, {place}: {otherwise}");
    }
}
