using System.CommandLine;
using System.Text;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Ballots;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Files.Storage;
using Sortition.Publication;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Sortition.Publication.Report;
using Sortition.Publication.Report.Model;

namespace Sortition.Cli.Commands;

/// <summary>Writes the report for citizens.</summary>
internal sealed class ReportCommand : ToolCommand
{
    private const int DefaultSmallestGroup = 5;
    private const string Selection = "report.json";

    private readonly Argument<string> _folder = new("folder") { HelpName = StandardStreams.FolderOrZip };
    private readonly Option<string?> _published = new("--published") { HelpName = StandardStreams.FolderOrZip };

    private readonly Option<string?> _title = new("--title") { HelpName = "TEXT" };
    private readonly Option<string?> _place = new("--published-at") { HelpName = "TEXT" };
    private readonly Option<int?> _smallestGroup = Numbers.Whole("--smallest-group", "N", 1, 1_000_000);
    private readonly ReportSupplements _supplements = new();
    private readonly ReportDetailsInput _details = new();
    private readonly Option<string?> _charts = new("--charts") { HelpName = "FOLDER" };
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = StandardStreams.File,
        Required = true,
    };

    public ReportCommand()
        : base("report")
    {
        Arguments.Add(_folder);
        foreach (Option option in (Option[])[_published, _title, _place, _smallestGroup, _charts, _output])
        {
            Options.Add(option);
        }

        Options.Add(CommandLog.OverwriteOption());
        _supplements.AddTo(this);
        _details.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string folder = line.GetRequiredValue(_folder);
        string output = line.GetRequiredValue(_output);
        string? charts = line.GetValue(_charts);
        FolderSource source = PublishedFolder.Find(folder, cancellationToken);
        IReadOnlyList<string> names = source.Names();
        CitizenReport report = names.Contains(Selection, StringComparer.Ordinal) && !names.Any(PublishedLottery.IsPart)
            ? OfSelection(line, terminal, source, cancellationToken)
            : OfLottery(line, terminal, folder, source, cancellationToken);
        ReportLanguage language = ReportLanguage.Get(terminal.Language.Code);
        List<string> files = [output];
        if (charts is not null)
        {
            IReadOnlyList<SvgChart> drawings = SvgCharts.Create(report, language);
            OutputFolder.Add(
                terminal,
                charts,
                to => to.Write(drawings.Select(d => (d.FileName, Text(d.Content))), IsChart, cancellationToken: cancellationToken));
            files.AddRange(drawings.Select(d => Path.Combine(charts, d.FileName)));
        }

        WritePage(terminal, output, text => HtmlReport.Write(text, report, language));

        terminal.Fill(json => json["files"] = Json.Texts(files));
        terminal.Tell("report/written", ("files", files.Select(f => StandardStreams.Describe(terminal.Language, f))));
        return ExitCode.Done;
    }

    /// <summary>What is told of a panel that was drawn at once.</summary>
    /// <exception cref="UsageException">Something is asked for that is about ballots.</exception>
    private CitizenReport OfSelection(ParseResult line, Terminal terminal, FolderSource source, CancellationToken cancellationToken)
    {
        if (line.GetValue(_published) is not null || line.GetValue(_place) is not null)
        {
            throw new UsageException("usage/selection-is-not-published", ("option", line.GetValue(_published) is null ? _place.Name : _published.Name));
        }

        _supplements.Check(line, isDrawnWhole: false);
        RecordedSelection selection = RecordedSelection.Read(source.File(Selection), cancellationToken);
        CheckNothingIsLost(line, terminal, selection.IsRehearsal);

        ReportDetailsGiven details = _details.Read(line, cancellationToken);
        Supplements known = _supplements.Read(line, terminal, selection.Features, drawn: null, cancellationToken);
        terminal.Fill(json => (json["root"], json["drawnBallot"]) = (null, null));
        return CitizenReport.Create(selection, OptionsOf(line, terminal, published: null, round: null, draw: null, ahead: null, known, details, mixing: null));
    }

    /// <summary>What is told of a lottery of ballots.</summary>
    /// <exception cref="UsageException">The lottery is not one that can be told of, or something else was published.</exception>
    private CitizenReport OfLottery(ParseResult line, Terminal terminal, string folder, FolderSource source, CancellationToken cancellationToken)
    {
        string? publishedFolder = line.GetValue(_published);
        PublishedLottery lottery = PublishedLottery.Read(source, cancellationToken);
        CheckNothingIsLost(line, terminal, lottery.IsRehearsal);

        if (!lottery.HasPrivatePart)
        {
            throw new UsageException("usage/report-of-public", ("path", folder));
        }

        FolderSource publishedSource = publishedFolder is null ? source : PublishedFolder.Find(publishedFolder, cancellationToken);
        PublishedLottery published = publishedFolder is null ? lottery : PublishedLottery.Read(publishedSource, cancellationToken);
        if (publishedFolder is not null && !string.Equals(published.Root, lottery.Root, StringComparison.Ordinal))
        {
            throw new UsageException("usage/published-of-another", ("published", publishedFolder), ("path", folder));
        }

        if (PublicationVerifier.CheckRound(lottery) is { Outcome: not VerificationOutcome.Passed })
        {
            throw new UsageException("usage/round-not-so", ("path", folder));
        }

        PanelTable ballots = Table(lottery, folder, cancellationToken);
        DrawRecord? draw = DrawHistory.Read(publishedSource, cancellationToken).Current is DrawRecord record ? Checked(record, published) : null;
        _supplements.Check(line, isDrawnWhole: draw is not null && lottery.Round is null);
        ReportDetailsGiven details = _details.Read(line, cancellationToken);
        Supplements known = _supplements.Read(line, terminal, lottery.Features, draw is null ? null : ballots.Rows[draw.Ballot].Panel, cancellationToken);

        // A published round has only those who join, with the others as counts: too little to look ahead for the whole panel.
        ReplaceabilityAnalysis? ahead = draw is null || lottery.Round is not null
            ? null
            : ProgressDisplay.RunLookAhead(terminal, ballots.Rows[draw.Ballot].Panel, [], cancellationToken);
        CitizenReportOptions options = OptionsOf(
            line, terminal, published, lottery.Round, draw, ahead, known, details, Mixing(terminal, lottery, ballots, cancellationToken));
        terminal.Fill(json =>
        {
            json["root"] = published.Root;
            json["drawnBallot"] = draw is null ? null : published.NumberOf(draw.Ballot);
        });
        return ProgressDisplay.Run(terminal, "", _ => CitizenReport.Create(lottery.Lottery, ballots, options, cancellationToken));
    }

    private CitizenReportOptions OptionsOf(
        ParseResult line,
        Terminal terminal,
        PublishedLottery? published,
        PublishedRound? round,
        DrawRecord? draw,
        ReplaceabilityAnalysis? ahead,
        Supplements known,
        ReportDetailsGiven details,
        BallotMixing? mixing)
    {
        return new()
        {
            IsRehearsal = terminal.IsRehearsal,
            Title = line.GetValue(_title) ?? terminal.Text("report/title"),
            Date = details.Date,
            Organiser = details.Organiser,
            Contact = details.Contact,
            Introduction = details.Introduction,
            Logo = details.Logo,
            Invited = details.Invited,
            DisplayNames = details.DisplayNames,
            SmallestGroup = line.GetValue(_smallestGroup) ?? DefaultSmallestGroup,
            RandomnessSource = published?.Announcement.Source,
            RootHash = published?.Root,
            PublishedAt = line.GetValue(_place),
            Draw = draw,
            Round = round,
            LookAhead = ahead,
            WishedQuotas = known.WishedQuotas,
            Population = known.Population,
            Alternates = known.Alternates,
            DropOutChance = known.DropOutChance,
            Mixing = mixing,
        };
    }

    /// <summary>How mixed the ballots are, by making them once more from their seed; null if that gives others, as on another kind of machine.</summary>
    private static BallotMixing? Mixing(Terminal terminal, PublishedLottery lottery, PanelTable ballots, CancellationToken cancellationToken)
    {
        if (lottery.Seed is not string seed)
        {
            return null;
        }

        (PanelTable again, BallotMixing mixing) = BallotsInput.Round(
            terminal, lottery.Lottery, ballots.Rows.Count, RandomSource.Seeded(seed), new ComputeOptions().MaxThreads, cancellationToken);
        return again.Rows.Zip(ballots.Rows).All(pair => pair.First.Panel.Members.SequenceEqual(pair.Second.Panel.Members)) ? mixing : null;
    }

    private static PanelTable Table(PublishedLottery lottery, string folder, CancellationToken cancellationToken)
    {
        try
        {
            return lottery.ToTable(cancellationToken);
        }
        catch (MalformedInputException)
        {
            throw new UsageException("usage/ballot-is-no-panel", ("path", folder));
        }
    }

    private static DrawRecord Checked(DrawRecord draw, PublishedLottery published) =>
        string.Equals(draw.Root, published.Root, StringComparison.Ordinal) && draw.Ballot < published.BallotCount
            ? draw
            : throw new UsageException("usage/draw-of-another");

    /// <summary>
    /// Finds out before any work whether the page can be written. What a rehearsal wrote only a rehearsal may replace, so that must be known.
    /// </summary>
    private void CheckNothingIsLost(ParseResult line, Terminal terminal, bool isRehearsal)
    {
        if (isRehearsal)
        {
            terminal.Rehearse();
        }

        OutputFolder.CheckFile(terminal, line.GetRequiredValue(_output));
        if (line.GetValue(_charts) is string charts)
        {
            OutputFolder.Check(terminal, charts, IsChart);
        }
    }

    /// <summary>Whether a file may be a chart of an earlier report.</summary>
    private static bool IsChart(string name) => name.EndsWith(".svg", StringComparison.Ordinal);

    private static Action<Stream> Text(string content) => stream => stream.Write(Encoding.UTF8.GetBytes(content));

    private static void WritePage(Terminal terminal, string path, Action<TextWriter> write)
    {
        if (!StandardStreams.Is(path))
        {
            OutputFolder.Write(path, () => Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!));
        }

        OutputFolder.WriteFile(terminal, path, stream =>
        {
            using StreamWriter text = new(stream, new UTF8Encoding(false)) { NewLine = "\n" };
            write(text);
        });
    }
}
