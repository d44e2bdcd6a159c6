using System.CommandLine;
using System.Globalization;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Files;
using Sortition.Publication.Format;

namespace Sortition.Cli.Commands;

/// <summary>From the form for auditors to the form for everybody.</summary>
internal sealed class PublishCommand : ToolCommand
{
    private const int DefaultSmallestGroup = 5;

    private readonly Argument<string> _folder = new("folder")
    {
        HelpName = StandardStreams.FolderOrZip,
        Description = "The lottery, as the command lottery wrote it.",
    };
    private readonly Option<string> _salts = new("--salts")
    {
        HelpName = "FILE",
        Description = "Where the secret salts go, by which people can find themselves; if the file exists, its salts are used. Whoever has it knows who is "
            + "who: keep it to yourself.",
        Required = true,
    };

    private readonly Option<int?> _smallestGroup = Numbers.Whole(
        "--smallest-group",
        "N",
        "Put features beside a person's tag only where at least so many people share them; the others are counted. This hides little: see docs/verify.md. "
            + "[default: 5]",
        1,
        1_000_000);

    private readonly AnnouncementInput _announcement = new();

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = StandardStreams.FolderOrZip,
        Description = "Where to write what is to be published.",
        Required = true,
    };

    public PublishCommand()
        : base(
            "publish",
            "Makes of a lottery what can be published before the draw: numbered ballots without names. Shows the root hash to announce.",
            "# with the draw to be decided by a lottery that nobody controls",
            "sortition publish lottery --salts salts.csv --randomness \"the winning numbers of 4 May\" --form \"numbers 7 1 36 distinct sorted\" -o published",
            "# or by three lottery balls",
            "sortition publish lottery --salts salts.csv --randomness \"three balls at the town hall on 4 May\" --form number -o published")
    {
        Arguments.Add(_folder);
        Options.Add(_salts);
        Options.Add(_smallestGroup);
        _announcement.AddTo(this);
        Options.Add(_output);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string output = line.GetRequiredValue(_output);
        string saltPath = line.GetRequiredValue(_salts);
        OutputFolder.Check(output, PublishedLottery.IsPart);
        if (StandardStreams.Is(saltPath))
        {
            throw new UsageException("--salts: the salts are kept in a file, for they are needed again; name one.");
        }

        string place = Path.GetFullPath(saltPath);
        if (new[] { place, Path.GetDirectoryName(place) }.Contains(Path.GetFullPath(output), StringComparer.Ordinal))
        {
            throw new UsageException("--salts names a file in what is to be published. The salts are secret: keep them somewhere else.");
        }

        DrawAnnouncement? announcement = _announcement.Read(line);
        string folder = line.GetRequiredValue(_folder);
        PublishedLottery auditor = PublishedLottery.Read(PublishedFolder.Find(folder, cancellationToken), cancellationToken);
        if (auditor.Level != PublicationLevel.Auditor)
        {
            throw new UsageException($"\"{folder}\" is for everybody already. Name what the command lottery wrote.");
        }

        string[] ids = [.. auditor.People.Select(p => p.Name)];
        bool isNew = !File.Exists(saltPath);
        SaltTable salts = isNew ? SaltTable.Create(ids) : SaltFile.Read(saltPath, ids, cancellationToken);
        if (!salts.Covers(ids))
        {
            throw new UsageException(
                $"--salts: \"{saltPath}\" lacks salts of people of this lottery. Name the file that belongs to it, or one that does not exist yet.");
        }

        // Only those of this lottery would be written back. A replacement round is without the members who stay, and the file may be that of the first draw.
        if (!isNew && PeopleFiles.LoadIds(saltPath, "id", cancellationToken).Count > ids.Length)
        {
            throw new UsageException(
                $"--salts: \"{saltPath}\" also has salts of people who are not in this lottery, which would be lost. Name a file that does not exist yet.");
        }

        int smallest = line.GetValue(_smallestGroup) ?? DefaultSmallestGroup;
        PublishedLottery published = auditor.ToPublic(salts, smallest, announcement, cancellationToken);
        WriteSalts(saltPath, salts, published);
        IReadOnlyList<string> files = OutputFolder.WriteAll(output, to => published.Write(to, cancellationToken: cancellationToken));
        terminal.Fill(json =>
        {
            json["root"] = published.Root;
            json["auditorRoot"] = auditor.Root;
            json["ballots"] = published.Ballots.Count;
            json["firstBallot"] = published.NumberOf(0);
            json["lastBallot"] = published.NumberOf(published.Ballots.Count - 1);
            json["people"] = published.People.Count;
            json["smallestGroup"] = smallest;
            json["peopleWithoutType"] = published.PeopleWithoutType;
            json["announced"] = AnnouncementInput.InJson(published);
            json["round"] = Json.Round(published);
            json["newSalts"] = isNew;
            json["files"] = Json.Texts(files);
        });
        terminal.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{published.Ballots.Count} ballots, numbered {published.NumberOf(0)} to {published.NumberOf(published.Ballots.Count - 1)}, are ready to be "
                + $"published."));
        terminal.Say();
        terminal.Lines(
        [
            ("Root to announce", published.Root),
            .. RoundText.Of(published),
            .. AnnouncementInput.Describe("Decides the draw", published),
            ("Files", FormattableString.Invariant($"{files.Count} in {OutputFolder.Describe(output)}")),
            ("Salts", saltPath + (isNew ? "" : " (as they were)") + ": secret; tell each person their own, so that they can find themselves"),
            ("Rare features", Rare(published, smallest)),
            ("For everybody", "anyone can check the numbers, the ballots' sizes, each person's chance, that no lottery is better, and the draw"),
            ("For auditors", (StandardStreams.Is(folder) ? "the archive on standard input" : folder)
                + $", with the root {auditor.Root}: also that every ballot meets the quotas and the household rule"),
        ]);
        return ExitCode.Done;
    }

    private static void WriteSalts(string path, SaltTable salts, PublishedLottery published)
    {
        try
        {
            SaltFile.Write(path, salts, published);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--salts: \"{path}\" cannot be written. Nothing was written; name another place.");
        }
    }

    private static string Rare(PublishedLottery published, int smallest) => published.PeopleWithoutType switch
    {
        0 => FormattableString.Invariant($"none: every combination is shared by {smallest} people or more"),
        int n =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{n} of {published.People.Count} people could be recognised by their combination, which fewer than {smallest} share: it does not stand "
                + $"beside their tag")
            + $". It can be worked out from the ballots all the same, with effort: what is published hides names, not features (docs/verify.md)",
    };
}
