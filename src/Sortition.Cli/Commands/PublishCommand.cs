using System.CommandLine;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Publication;
using Sortition.Publication.Format;

namespace Sortition.Cli.Commands;

/// <summary>The public part of a lottery.</summary>
internal sealed class PublishCommand : ToolCommand
{
    private readonly Argument<string> _folder = new("folder") { HelpName = StandardStreams.FolderOrZip };

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = StandardStreams.FolderOrZip,
        Required = true,
    };

    public PublishCommand()
        : base("publish")
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
        if (lottery.IsRehearsal)
        {
            terminal.Rehearse();
        }

        if (!lottery.HasPrivatePart)
        {
            throw new UsageException("usage/public-already", ("path", folder));
        }

        PublishedLottery published = lottery.ToPublic();
        IReadOnlyList<string> files = OutputFolder.WriteAll(terminal, output, to => FindMePage.Publish(to, published, cancellationToken));
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
        terminal.Tell(
            "publish/ready",
            ("ballots", published.BallotCount),
            ("first", published.NumberOf(0)),
            ("last", published.NumberOf(published.BallotCount - 1)));
        terminal.Say();
        terminal.Lines(
        [
            (terminal.Text("label/root-to-announce"), published.Root),
            .. RoundText.Of(terminal.Language, published),
            .. AnnouncementInput.Describe(terminal.Language, terminal.Text("label/decides"), published),
            (
                terminal.Text("label/files"),
                terminal.Text("publish/files", ("count", files.Count), ("place", OutputFolder.Describe(terminal.Language, output)))),
            (terminal.Text("label/for-everybody"), terminal.Text(published.HasOpenTickets ? "publish/everybody" : "publish/everybody-closed")),
            (
                terminal.Text("label/for-volunteers"),
                terminal.Text(
                    files.Contains(FindMePage.FileName, StringComparer.Ordinal) ? "publish/volunteers" : "publish/volunteers-without-page",
                    ("file", FindMePage.FileName))),
            (
                terminal.Text("label/for-auditors"),
                terminal.Text(
                    published.HasOpenTickets ? "publish/auditors" : "publish/auditors-closed",
                    ("path", StandardStreams.Is(folder) ? terminal.Text("publish/archive") : folder))),
        ]);
        return ExitCode.Done;
    }
}
