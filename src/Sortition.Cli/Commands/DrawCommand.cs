using System.CommandLine;
using System.Text.Json.Nodes;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Files.Dialects;
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
    private readonly Option<string?> _published = new("--published")
    {
        HelpName = StandardStreams.FolderOrZip,
        Description = "What was published of the lottery: the record is added there, too.",
    };
    private readonly Option<string?> _annul = new("--annul")
    {
        HelpName = "REASON",
        Description = "Record that the draw is annulled, and why, so that another can follow it. Both stay on record, and checks say so.",
    };

    private readonly DrawFilesInput _files = new();

    public DrawCommand()
        : base(
            "draw",
            "Draws one ballot of a published lottery, and records it so that anybody can redo the draw. Needs no computation.",
            "# three balls were drawn: 4, 1 and 7",
            "sortition draw lottery --number 417 --published published",
            "# by winning numbers that everybody can look up",
            "sortition draw lottery --text \"3 7 11 19 24 30 36\" --published published",
            "# also who was drawn, with all columns, and a table to write letters from; of a draw recorded before, leave out what decided",
            "sortition draw lottery --people respondents.csv --contact-columns name,address --output panel",
            "# a ball fell to the ground, so that the number does not count",
            "sortition draw lottery --annul \"a ball fell out of the urn\" --published published",
            "# the command before was stopped, and one place may lack the record",
            "sortition draw lottery --published published")
    {
        Arguments.Add(_folder);
        foreach (Option option in (Option[])[_number, _text, _local, _root, _published, _annul])
        {
            Options.Add(option);
        }

        _files.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string folder = line.GetRequiredValue(_folder);
        int? number = line.GetValue(_number);
        string? text = line.GetValue(_text);
        string? reason = line.GetValue(_annul);
        string? published = line.GetValue(_published);
        int ways = (number is null ? 0 : 1) + (text is null ? 0 : 1) + (line.GetValue(_local) ? 1 : 0) + (reason is null ? 0 : 1);
        if (ways > 1 || (ways == 0 && published is null && !_files.IsGiven(line)))
        {
            throw WithoutWay();
        }

        if (StandardStreams.Is(folder))
        {
            throw new UsageException("The draw is recorded beside the other files of the lottery; name the folder or the archive that holds them.");
        }

        FolderSource source = PublishedFolder.Find(folder, cancellationToken);
        PublishedLottery lottery = PublishedLottery.Read(source, cancellationToken);
        DrawHistory history = DrawHistory.Read(source, cancellationToken);
        string[] places = published is not null ? [folder, published] : [folder];
        string? root = PublishedFolder.Root(line.GetValue(_root));
        DrawHistory there = published is null ? history : DrawHistory.Read(PublishedFolder.Find(published, cancellationToken), cancellationToken);
        if (!history.IsSameAs(there))
        {
            return CatchUp(terminal, lottery, history, there, places, root, cancellationToken);
        }

        CheckWay(lottery, history, number, reason, ways, _files.IsGiven(line));
        LoadedProblem? people = _files.Load(line, terminal, lottery, cancellationToken);
        if (!AreSound(terminal, lottery, places, root, cancellationToken))
        {
            return ExitCode.VerificationFailed;
        }

        if (reason is not null)
        {
            return Annul(terminal, history, places, reason);
        }

        if (number is int urn && lottery.Announcement.Method == DrawMethod.Both)
        {
            return RecordUrn(terminal, lottery, history, places, urn);
        }

        DrawRecord record = ways == 0 ? history.Current! : Draw(lottery, history, number, text);
        foreach (string place in ways == 0 ? [] : places)
        {
            OutputFolder.Write(place, () => record.Write(place));
        }

        IReadOnlyList<string> written = _files.Write(line, lottery, record, people, cancellationToken);
        Show(terminal, lottery, record, places, people is null ? null : _files.Describe(line, written));
        terminal.Fill(json => json["files"] = people is null ? null : Json.Texts(written));
        return ExitCode.Done;
    }

    /// <exception cref="UsageException">What was asked for cannot be done here.</exception>
    private static void CheckWay(PublishedLottery lottery, DrawHistory history, int? number, string? reason, int ways, bool withFiles)
    {
        if (ways > 0)
        {
            Check(lottery, history, number, reason);
        }
        else if (withFiles)
        {
            CheckRecorded(lottery, history);
        }
        else
        {
            throw WithoutWay();
        }

        if (withFiles && (reason is not null || (number is not null && lottery.Announcement.Method == DrawMethod.Both)))
        {
            throw new UsageException("--output: this draws nobody, so there is nobody to write.");
        }
    }

    private static DrawRecord Draw(PublishedLottery lottery, DrawHistory history, int? number, string? text) =>
        number is int n ? DrawRecord.ByNumber(lottery, n, history)
        : text is not null ? DrawRecord.ByText(lottery, text, history)
        : DrawRecord.Locally(lottery, history);

    /// <exception cref="UsageException">There is no draw on record, or not one of this lottery.</exception>
    private static void CheckRecorded(PublishedLottery lottery, DrawHistory history)
    {
        if (history.Current is not DrawRecord recorded)
        {
            throw new UsageException("Nothing has been drawn yet. Say what decides: --number, --text or --local.");
        }

        if (lottery.HasPrivatePart && !DrawFiles.IsOf(recorded, lottery))
        {
            throw new UsageException("What is recorded of the draw is not so, or about another lottery; \"sortition verify\" says where.");
        }
    }

    private static void Show(Terminal terminal, PublishedLottery lottery, DrawRecord record, string[] places, (string Label, string Text)? files)
    {
        string[] ids = lottery.HasPrivatePart ? [.. record.Members.Select(i => lottery.People[i].Id!).Order(StringComparer.Ordinal)] : [];
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
            json["selected"] = ids.Length == 0 ? null : Json.Texts(ids);
        });
        terminal.Say($"Ballot {lottery.NumberOf(record.Ballot)} was drawn.");
        terminal.Say();
        terminal.Lines(
        [
            ("Decided by", record.Method switch
            {
                DrawMethod.Number => "the number called out",
                DrawMethod.Text => $"the text \"{record.Text}\"",
                DrawMethod.Both => $"the number called out, {record.Urn}, and the text \"{record.Text}\"",
                _ => "the random text of this machine " + record.Text,
            }),
            .. RoundText.Of(lottery),
            .. AnnouncementInput.Describe("Announced was", lottery),
            .. record.Digests.Select((d, i) => (FormattableString.Invariant($"Digest {i}"), d)),
            ("Recorded in", string.Join(" and ", places)),
            ("Root", record.Root),
            .. files is { } written ? ((string, string)[])[written] : [],
        ]);
        terminal.Say();
        terminal.Say(ids.Length == 0
            ? "Numbers of those selected: " + string.Join(", ", record.Members.Select(i => Numbers.Show(i + 1)))
            : "Selected: " + string.Join(", ", ids));
    }

    private static UsageException WithoutWay() => new(
        "Say what decides: --number with the number called out, --text with the public randomness, or --local; or --annul to annul a draw.");

    /// <summary>Compares the files of all places with those of the lottery to be drawn, and tells what is wrong.</summary>
    private static bool AreSound(Terminal terminal, PublishedLottery lottery, string[] places, string? root, CancellationToken cancellationToken) =>
        places.All(place => IsSound(
            terminal, PublicationVerifier.CheckFingerprints(PublishedFolder.Find(place, cancellationToken), lottery, root, cancellationToken)));

    private static bool IsSound(Terminal terminal, VerificationCheck check)
    {
        if (check.Outcome != VerificationOutcome.Failed)
        {
            return true;
        }

        terminal.Fill(json => json["checks"] = new JsonArray(VerifyCommand.InJson(check)));
        VerifyCommand.Show(terminal, check);
        terminal.Complain("Nothing was drawn.");
        return false;
    }

    /// <summary>Brings a record to the place that lacks it, and draws nothing: whoever wrote it in one place was stopped before the other.</summary>
    /// <exception cref="UsageException">The places differ in more than the last record.</exception>
    private static int CatchUp(
        Terminal terminal,
        PublishedLottery lottery,
        DrawHistory history,
        DrawHistory there,
        string[] places,
        string? root,
        CancellationToken cancellationToken)
    {
        bool isHereOnly = history.LastUnlessIn(there) is not null;
        (DrawHistory ahead, DrawHistory behind) = isHereOnly ? (history, there) : (there, history);
        (string from, string to) = isHereOnly ? (places[0], places[1]) : (places[1], places[0]);
        if (ahead.LastUnlessIn(behind) is not string record)
        {
            throw new UsageException($"In \"{places[1]}\" other draws are recorded than in the lottery. Copy the records that one of them lacks.");
        }

        if (!AreSound(terminal, lottery, places, root, cancellationToken)
            || !IsSound(terminal, PublicationVerifier.CheckDraw(PublishedFolder.Find(from, cancellationToken), lottery, cancellationToken)))
        {
            return ExitCode.VerificationFailed;
        }

        OutputFolder.Write(to, () => ahead.CopyLast(to));
        terminal.Fill(json => (json["copied"], json["from"], json["to"]) = (record, from, to));
        terminal.Say($"{record} was in {from} only: an earlier command was stopped before it could add it to {to}. It is there now.");
        terminal.Say(ahead.Current is DrawRecord draw
            ? $"Nothing was drawn anew: ballot {lottery.NumberOf(draw.Ballot)} has been drawn."
            : "Nothing was drawn.");
        return ExitCode.Done;
    }

    private static int Annul(Terminal terminal, DrawHistory history, string[] places, string reason)
    {
        foreach (string place in places)
        {
            OutputFolder.Write(place, () => history.Annul(place, reason));
        }

        terminal.Fill(json => (json["annulled"], json["reason"]) = (history.Draws.Count, reason));
        terminal.Say(FormattableString.Invariant($"Draw {history.Draws.Count} is annulled: {reason}"));
        terminal.Say("Another can follow it. Both stay on record, and \"sortition verify\" shows the reason.");
        return ExitCode.Done;
    }

    private static int RecordUrn(Terminal terminal, PublishedLottery lottery, DrawHistory history, string[] places, int urn)
    {
        foreach (string place in places)
        {
            OutputFolder.Write(place, () => history.WriteUrn(place, lottery, urn));
        }

        terminal.Fill(json => json["urn"] = lottery.NumberOf(urn));
        terminal.Say($"The number called out, {lottery.NumberOf(urn)}, is recorded in {string.Join(" and ", places)}.");
        terminal.Say("Publish it before the text is known. Then: sortition draw with --text.");
        return ExitCode.Done;
    }

    /// <exception cref="UsageException">The lottery has been drawn, or cannot be drawn this way.</exception>
    private static void Check(PublishedLottery lottery, DrawHistory history, int? number, string? reason)
    {
        if (number >= lottery.BallotCount)
        {
            throw new UsageException(
                FormattableString.Invariant(
                    $"--number: the ballots are numbered {lottery.NumberOf(0)} to {lottery.NumberOf(lottery.BallotCount - 1)}; there is no {number}."));
        }

        if (!history.IsOf(lottery))
        {
            throw new UsageException("What is recorded of draws here is about another lottery; \"sortition verify\" says which file.");
        }

        if (reason is not null)
        {
            if (history.Current is null || string.IsNullOrWhiteSpace(reason))
            {
                throw new UsageException(history.Current is null ? "--annul: nothing has been drawn." : "--annul: say why.");
            }

            return;
        }

        if (history.Current is DrawRecord earlier)
        {
            throw new UsageException(
                $"This lottery has been drawn: ballot {lottery.NumberOf(Math.Clamp(earlier.Ballot, 0, lottery.BallotCount - 1))}. A lottery is drawn once; "
                    + "\"sortition verify\" redoes the draw, and --annul records that it does not count.");
        }

        bool isBoth = lottery.Announcement.Method == DrawMethod.Both;
        if (isBoth && number is not null && history.Urn is string called)
        {
            throw new UsageException($"--number: {called} is recorded as the number called out already. Next is --text.");
        }

        if (isBoth && number is null && history.Urn is null)
        {
            throw new UsageException(
                "It was announced that a number called out decides together with the text, and that it comes first: record it with --number.");
        }

        if (lottery.Ballots is null && (number is null || !isBoth))
        {
            throw new UsageException(
                "Tickets are closed, and only the private part opens them. Name what the command lottery wrote, and this with --published.");
        }
    }
}
