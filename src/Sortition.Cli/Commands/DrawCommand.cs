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
    private readonly Argument<string> _folder = new("folder") { HelpName = StandardStreams.FolderOrZip };
    private readonly Option<int?> _number = Numbers.Whole("--number", "N", 0, 999_999);
    private readonly Option<string?> _text = new("--text") { HelpName = "TEXT" };

    private readonly Option<bool> _local = new("--local");
    private readonly Option<string?> _root = new("--root") { HelpName = "HASH" };
    private readonly Option<string?> _published = new("--published") { HelpName = StandardStreams.FolderOrZip };
    private readonly Option<string?> _annul = new("--annul") { HelpName = "REASON" };

    private readonly DrawFilesInput _files = new();

    public DrawCommand()
        : base("draw")
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
            throw new UsageException("usage/draw-beside");
        }

        // A draw that a killed command had ready has been made.
        string[] places = published is not null ? [folder, published] : [folder];
        places.ToList().ForEach(OutputFolder.TidyUp);
        FolderSource source = PublishedFolder.Find(folder, cancellationToken);
        PublishedLottery lottery = PublishedLottery.Read(source, cancellationToken);
        if (lottery.IsRehearsal)
        {
            terminal.Rehearse();
        }

        DrawHistory history = DrawHistory.Read(source, cancellationToken);
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
            OutputFolder.Add(terminal, place, record.Write);
        }

        IReadOnlyList<string> written = _files.Write(line, terminal, lottery, record, people, cancellationToken);
        Show(terminal, lottery, record, places, people is null ? null : _files.Describe(terminal.Language, line, written));
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
            throw new UsageException("usage/draws-nobody");
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
            throw new UsageException("usage/nothing-drawn-yet");
        }

        if (lottery.HasPrivatePart && !DrawFiles.IsOf(recorded, lottery))
        {
            throw new UsageException("usage/record-not-so");
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
        terminal.Tell("draw/drawn", ("ballot", lottery.NumberOf(record.Ballot)));
        terminal.Say();
        terminal.Lines(
        [
            (terminal.Text("label/decided-by"), terminal.Text($"draw/by/{record.Method}", ("number", record.Urn), ("text", record.Text))),
            .. RoundText.Of(terminal.Language, lottery),
            .. AnnouncementInput.Describe(terminal.Language, terminal.Text("label/announced"), lottery),
            .. record.Digests.Select((d, i) => (terminal.Text("label/digest", ("number", i)), d)),
            (terminal.Text("label/recorded-in"), string.Join(terminal.Text("join.and"), places)),
            (terminal.Text("label/root"), record.Root),
            .. files is { } written ? ((string, string)[])[written] : [],
        ]);
        terminal.Say();
        terminal.Tell(
            ids.Length == 0 ? "draw/numbers" : "select/list",
            ("ids", ids.Length == 0 ? record.Members.Select(i => Numbers.Show(i + 1)) : ids));
    }

    private static UsageException WithoutWay() => new("usage/what-decides");

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

        terminal.Fill(json => json["checks"] = new JsonArray(VerifyCommand.InJson(check, terminal.Texts)));
        VerifyCommand.Show(terminal, check);
        terminal.Warn("draw/nothing");
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
            throw new UsageException("usage/other-draws", ("place", places[1]));
        }

        if (!AreSound(terminal, lottery, places, root, cancellationToken)
            || !IsSound(terminal, PublicationVerifier.CheckDraw(PublishedFolder.Find(from, cancellationToken), lottery, cancellationToken)))
        {
            return ExitCode.VerificationFailed;
        }

        OutputFolder.Add(terminal, to, ahead.CopyLast);
        terminal.Fill(json => (json["copied"], json["from"], json["to"]) = (record, from, to));
        terminal.Tell("draw/copied", ("record", record), ("from", from), ("to", to));
        terminal.Say(ahead.Current is DrawRecord draw
            ? terminal.Text("draw/nothing-anew", ("ballot", lottery.NumberOf(draw.Ballot)))
            : terminal.Text("draw/nothing"));
        return ExitCode.Done;
    }

    private static int Annul(Terminal terminal, DrawHistory history, string[] places, string reason)
    {
        foreach (string place in places)
        {
            OutputFolder.Add(terminal, place, target => history.Annul(target, reason));
        }

        terminal.Fill(json => (json["annulled"], json["reason"]) = (history.Draws.Count, reason));
        terminal.Tell("draw/annulled", ("number", history.Draws.Count), ("reason", reason));
        terminal.Tell("draw/another-can-follow");
        return ExitCode.Done;
    }

    private static int RecordUrn(Terminal terminal, PublishedLottery lottery, DrawHistory history, string[] places, int urn)
    {
        foreach (string place in places)
        {
            OutputFolder.Add(terminal, place, target => history.WriteUrn(target, lottery, urn));
        }

        terminal.Fill(json => json["urn"] = lottery.NumberOf(urn));
        terminal.Tell("draw/number-recorded", ("number", lottery.NumberOf(urn)), ("places", string.Join(terminal.Text("join.and"), places)));
        terminal.Tell("draw/publish-number");
        return ExitCode.Done;
    }

    /// <exception cref="UsageException">The lottery has been drawn, or cannot be drawn this way.</exception>
    private static void Check(PublishedLottery lottery, DrawHistory history, int? number, string? reason)
    {
        if (number >= lottery.BallotCount)
        {
            throw new UsageException(
                "usage/no-such-ballot",
                ("first", lottery.NumberOf(0)),
                ("last", lottery.NumberOf(lottery.BallotCount - 1)),
                ("number", number));
        }

        if (!history.IsOf(lottery))
        {
            throw new UsageException("usage/draws-of-another-lottery");
        }

        if (reason is not null)
        {
            if (history.Current is null || string.IsNullOrWhiteSpace(reason))
            {
                throw new UsageException(history.Current is null ? "usage/nothing-to-annul" : "usage/annul-why");
            }

            return;
        }

        if (history.Current is DrawRecord earlier)
        {
            throw new UsageException(
                "usage/drawn-already", ("ballot", lottery.NumberOf(Math.Clamp(earlier.Ballot, 0, lottery.BallotCount - 1))));
        }

        bool isBoth = lottery.Announcement.Method == DrawMethod.Both;
        if (isBoth && number is not null && history.Urn is string called)
        {
            throw new UsageException("usage/number-recorded", ("number", called));
        }

        if (isBoth && number is null && history.Urn is null)
        {
            throw new UsageException("usage/number-first");
        }

        if (lottery.Ballots is null && (number is null || !isBoth))
        {
            throw new UsageException("usage/tickets-closed");
        }
    }
}
