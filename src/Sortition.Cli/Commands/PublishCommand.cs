using System.CommandLine;
using System.Globalization;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Publication.Format;

namespace Sortition.Cli.Commands;

/// <summary>The public part of a lottery.</summary>
internal sealed class PublishCommand : ToolCommand
{
    private readonly Argument<string> _folder = new("folder")
    {
        HelpName = StandardStreams.FolderOrZip,
        Description = "The lottery, as the command lottery wrote it.",
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = StandardStreams.FolderOrZip,
        Description = "Where to write what is to be published.",
        Required = true,
    };

    public PublishCommand()
        : base(
            "publish",
            "Takes out of a lottery what can be published before the draw: numbered ballots without names. Shows the root hash to announce, which is that of "
            + "the lottery.",
            "sortition publish lottery --output published")
    {
        Arguments.Add(_folder);
        Options.Add(_output);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string output = line.GetRequiredValue(_output);
        OutputFolder.Check(output, PublishedLottery.IsPart);
        string folder = line.GetRequiredValue(_folder);
        PublishedLottery lottery = PublishedLottery.Read(PublishedFolder.Find(folder, cancellationToken), cancellationToken);
        if (!lottery.HasPrivatePart)
        {
            throw new UsageException($"\"{folder}\" is for everybody already. Name what the command lottery wrote.");
        }

        PublishedLottery published = lottery.ToPublic();
        IReadOnlyList<string> files = OutputFolder.WriteAll(output, to => published.Write(to, cancellationToken));
        terminal.Fill(json =>
        {
            json["root"] = published.Root;
            json["ballots"] = published.BallotCount;
            json["firstBallot"] = published.NumberOf(0);
            json["lastBallot"] = published.NumberOf(published.BallotCount - 1);
            json["people"] = published.People.Count;
            json["tickets"] = LotteryCommand.TicketsOf(published);
            json["peopleWithoutType"] = published.PeopleWithoutType;
            json["announced"] = AnnouncementInput.InJson(published);
            json["round"] = Json.Round(published);
            json["files"] = Json.Texts(files);
        });
        terminal.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{published.BallotCount} ballots, numbered {published.NumberOf(0)} to {published.NumberOf(published.BallotCount - 1)}, are ready to be "
                + $"published."));
        terminal.Say();
        terminal.Lines(
        [
            ("Root to announce", published.Root),
            .. RoundText.Of(published),
            .. AnnouncementInput.Describe("Decides the draw", published),
            ("Files", FormattableString.Invariant($"{files.Count} in {OutputFolder.Describe(output)}")),
            ("For everybody", published.HasOpenTickets
                ? "anyone can check the numbers, the ballots' sizes, each person's chance, that no lottery is better, and the draw"
                : "anyone can check the numbers, that no lottery is better, and the draw, and each person their own tickets"),
            ("For auditors", (StandardStreams.Is(folder) ? "the archive on standard input" : folder)
                + ", with the same root: also that every ballot meets the quotas and the household rule"
                + (published.HasOpenTickets ? "" : ", and everybody's chance; before the draw, for after it nobody can make good what is wrong")),
        ]);
        return ExitCode.Done;
    }
}
