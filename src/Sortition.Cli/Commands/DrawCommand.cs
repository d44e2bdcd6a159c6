using System.CommandLine;
using System.Text.Json.Nodes;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Files.Storage;
using Sortition.Publication;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;

namespace Sortition.Cli.Commands;

/// <summary>Draws one ballot of a published lottery and records how.</summary>
internal sealed class DrawCommand : ToolCommand
{
    private readonly Argument<string> _folder = new("folder")
    {
        HelpName = StandardStreams.FolderOrZip,
        Description = "The published lottery, to which the record of the draw is added.",
    };
    private readonly Option<int?> _number = Numbers.Whole(
        "--number", "N", "The number of the ballot as it was called out, by lottery balls or dice.", 0, 999_999);
    private readonly Option<string?> _text = new("--text")
    {
        HelpName = "TEXT",
        Description = "The public randomness that was announced beforehand, such as winning numbers or the value of a beacon's round, in the form announced.",
    };

    private readonly Option<bool> _local = new("--local") { Description = "Let this machine draw. Those who are not there have to trust you." };
    private readonly Option<string?> _root = new("--root")
    {
        HelpName = "HASH",
        Description = "The root as it was announced; nothing is drawn from other files.",
    };
    private readonly Option<string?> _salts = new("--salts")
    {
        HelpName = StandardStreams.File,
        Description = "The secret salts, to show the ids of those who were drawn.",
    };

    public DrawCommand()
        : base(
            "draw",
            "Draws one ballot of a published lottery, and records it so that anybody can redo the draw. Needs no computation.",
            "# three balls were drawn: 4, 1 and 7",
            "sortition draw published --number 417",
            "# by winning numbers that everybody can look up",
            "sortition draw published --text \"3 7 11 19 24 30 36\"")
    {
        Arguments.Add(_folder);
        foreach (Option option in (Option[])[_number, _text, _local, _root, _salts])
        {
            Options.Add(option);
        }
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string folder = line.GetRequiredValue(_folder);
        int? number = line.GetValue(_number);
        string? text = line.GetValue(_text);
        bool local = line.GetValue(_local);
        if ((number is null ? 0 : 1) + (text is null ? 0 : 1) + (local ? 1 : 0) != 1)
        {
            throw new UsageException("Say what decides: --number with the number called out, --text with the public randomness, or --local.");
        }

        if (StandardStreams.Is(folder))
        {
            throw new UsageException("The draw is recorded beside the other files of the lottery; name the folder or the archive that holds them.");
        }

        FolderSource source = PublishedFolder.Find(folder, cancellationToken);
        PublishedLottery lottery = PublishedLottery.Read(source, cancellationToken);
        Check(lottery, DrawRecord.Read(source, cancellationToken), number);
        VerificationCheck files = PublicationVerifier.CheckFingerprints(source, lottery, PublishedFolder.Root(line.GetValue(_root)), cancellationToken);
        if (files.Outcome == VerificationOutcome.Failed)
        {
            terminal.Fill(json => json["checks"] = new JsonArray(VerifyCommand.InJson(files)));
            VerifyCommand.Show(terminal, files);
            terminal.Complain("Nothing was drawn.");
            return ExitCode.VerificationFailed;
        }

        string[] ids = Names(line, lottery, cancellationToken);
        DrawRecord record = number is int n
            ? DrawRecord.ByNumber(lottery, n)
            : text is not null ? DrawRecord.ByText(lottery, text) : DrawRecord.Locally(lottery);
        OutputFolder.Write(folder, () => record.Write(folder));
        terminal.Fill(json =>
        {
            json["ballot"] = lottery.NumberOf(record.Ballot);
            json["method"] = Json.Name(record.Method);
            json["text"] = record.Text;
            json["digests"] = Json.Texts(record.Digests);
            json["announced"] = AnnouncementInput.InJson(lottery);
            json["round"] = Json.Round(lottery);
            json["root"] = record.Root;
            json["members"] = Json.List(record.Members, i => i + 1);
            json["selected"] = ids.Length == 0 ? null : Json.Texts(record.Members.Select(i => ids[i]).Order(StringComparer.Ordinal));
        });
        terminal.Say($"Ballot {lottery.NumberOf(record.Ballot)} was drawn.");
        terminal.Say();
        terminal.Lines(
        [
            ("Decided by", record.Method switch
            {
                DrawMethod.Number => "the number called out",
                DrawMethod.Text => $"the text \"{record.Text}\"",
                _ => "the random text of this machine " + record.Text,
            }),
            .. RoundText.Of(lottery),
            .. AnnouncementInput.Describe("Announced was", lottery),
            .. record.Digests.Select((d, i) => (FormattableString.Invariant($"Digest {i}"), d)),
            ("Recorded in", FolderTarget.IsArchive(folder) ? "draw.json in " + folder : Path.Combine(folder, "draw.json")),
            ("Root", record.Root),
        ]);
        terminal.Say();
        terminal.Say(ids.Length == 0
            ? "Numbers of those selected: " + string.Join(", ", record.Members.Select(i => Numbers.Show(i + 1)))
            : "Selected: " + string.Join(", ", record.Members.Select(i => ids[i]).Order(StringComparer.Ordinal)));
        return ExitCode.Done;
    }

    /// <summary>The ids of the people, in their order; none where they are not known.</summary>
    /// <exception cref="UsageException">The lottery has been drawn, or cannot be drawn this way.</exception>
    private static void Check(PublishedLottery lottery, DrawRecord? earlier, int? number)
    {
        if (number >= lottery.Ballots.Count)
        {
            throw new UsageException(
                FormattableString.Invariant(
                    $"--number: the ballots are numbered {lottery.NumberOf(0)} to {lottery.NumberOf(lottery.Ballots.Count - 1)}; there is no {number}."));
        }

        if (earlier is not null)
        {
            throw new UsageException(
                $"This lottery has been drawn: ballot {lottery.NumberOf(Math.Clamp(earlier.Ballot, 0, lottery.Ballots.Count - 1))}. A lottery is drawn once; "
                    + "\"sortition verify\" redoes the draw.");
        }
    }

    private string[] Names(ParseResult line, PublishedLottery lottery, CancellationToken cancellationToken)
    {
        if (lottery.Level == PublicationLevel.Auditor)
        {
            return [.. lottery.People.Select(p => p.Name)];
        }

        if (line.GetValue(_salts) is not string path)
        {
            return [];
        }

        IReadOnlyDictionary<string, string> idOfTag = SaltFile.ReadIds(StandardStreams.Source(path), cancellationToken);
        return lottery.People.All(p => idOfTag.ContainsKey(p.Name))
            ? [.. lottery.People.Select(p => idOfTag[p.Name])]
            : throw new UsageException($"--salts: \"{path}\" does not belong to this lottery: somebody's tag is not in it.");
    }
}
