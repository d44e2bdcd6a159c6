using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>A lottery with its numbered ballots as it is published before the draw: the format <c>sortition-publication/2</c>.</summary>
/// <remarks>
/// <para>There are two forms. The one for auditors has everybody's id and features. The one for everybody is made from it (<see cref="ToPublic"/>), and calls
/// people by tags that only they can recompute.</para>
/// <para>It has the problem and the lottery with its certificate as JSON, the ballots, the people and the quotas as tables, and what the certificate claims as
/// programs for other solvers (MPS). It is a folder of files, or one zip archive of them, and the SHA-256 of each; the SHA-256 of that list is the
/// <see cref="Root"/>, which is what is announced. The bytes depend on the lottery, the ballots and the options only.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
/// <example>
/// <code>
/// PanelTable ballots = BallotRounding.Round(lottery, 1000, RandomSource.Seeded(seed));
/// PublishedLottery auditor = PublishedLottery.Create(lottery, ballots, new PublicationOptions { SoftwareVersion = "1.0.0", Seed = seed });
/// auditor.Write("lottery");                                       // for you and for auditors
/// SaltTable salts = SaltTable.Create(auditor.People.Select(p => p.Name));
/// DrawAnnouncement announcement = DrawAnnouncement.ByText("the winning numbers of 4 May", "numbers 7 1 36 distinct sorted");
/// PublishedLottery published = auditor.ToPublic(salts, smallestGroup: 5, announcement);
/// published.Write("published.zip");                               // for everybody, before the draw
/// Console.WriteLine(published.Root);                              // to be announced
/// DrawRecord.ByText(published, "3 7 11 19 24 30 36").Write("published.zip");
/// </code>
/// </example>
public sealed class PublishedLottery
{
    private readonly Lazy<PartList> _parts;

    internal PublishedLottery(PublicationData data)
    {
        Data = data;
        _parts = new(() => PartList.Of(data));
    }

    /// <summary>For whom it is.</summary>
    public PublicationLevel Level => Data.Level;

    /// <summary>The problem. At the public level its people are stand-ins, one for each person of a type, so that types have the right numbers.</summary>
    public SelectionProblem Problem => Data.Lottery.Problem;

    /// <summary>
    /// The features of the whole panel, in the order of <see cref="Problem"/>. In a replacement round that problem can have one more, which tells the
    /// households of members who stay apart.
    /// </summary>
    public IReadOnlyList<Feature> Features => FeaturesOfWholePanel();

    /// <summary>The lottery that the ballots were rounded from, with its certificate.</summary>
    public PanelLottery Lottery => Data.Lottery;

    /// <summary>The people: for auditors in the ordinal order of their ids, for everybody in the order of their tags.</summary>
    public IReadOnlyList<PublishedPerson> People => Data.People;

    /// <summary>The ballots. Each is the members of a panel, as indices into <see cref="People"/>, ascending; ballots are numbered from 0.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Ballots => Data.Ballots;

    /// <summary>What is stated about the chances among the ballots.</summary>
    internal PublishedChances Chances => Data.Chances;

    /// <summary>What is announced about how the draw will be decided. No other draw of this lottery is genuine.</summary>
    public DrawAnnouncement Announcement => Data.Announcement;

    /// <summary>The seed by which the ballots were rounded; not told at the public level, where it could help to guess who is who.</summary>
    public string? Seed => Data.Seed;

    /// <summary>The version of the software that computed the lottery.</summary>
    internal string SoftwareVersion => Data.SoftwareVersion;

    /// <summary>At the public level, people of a type with fewer people than this are not said to be of it.</summary>
    internal int? SmallestGroup => Data.SmallestGroup;

    /// <summary>At the public level, the root of the auditor's files.</summary>
    public string? AuditorRoot => Data.AuditorRoot;

    /// <summary>Where this is a replacement round, what it says of the whole panel; null for the lottery of a whole panel.</summary>
    public PublishedRound? Round => Data.Round;

    /// <summary>At the public level, how many people there are whose type is not said because few share it; 0 for auditors.</summary>
    public int PeopleWithoutType => Data.PeopleWithoutType;

    /// <summary>The hash to announce: the SHA-256 of the file <c>SHA256SUMS</c>, 64 hexadecimal digits in lower case.</summary>
    public string Root => _parts.Value.Root;

    internal PublicationData Data { get; }

    internal PartList Parts => _parts.Value;

    /// <summary>On how many ballots a person is.</summary>
    /// <param name="person">Index into <see cref="People"/>.</param>
    /// <returns>A whole number of <see cref="Ballots"/>.</returns>
    public int BallotsOf(int person) => Data.Times[person];

    /// <summary>How a ballot is called: its number in as many digits as the last one has, so that as many drawn digits decide.</summary>
    /// <param name="ballot">Index into <see cref="Ballots"/>.</param>
    public string NumberOf(int ballot) => BallotNumbers.Text(ballot, Ballots.Count);

    /// <summary>The ballots as panels of the problem, each checked.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The table: a row of weight 1 for each ballot.</returns>
    /// <exception cref="InvalidOperationException">This is not the auditor's form, and only that one tells who is who.</exception>
    /// <exception cref="MalformedInputException">A ballot is no panel; only for files that a verification finds wrong.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PanelTable ToTable(CancellationToken cancellationToken = default) => Level == PublicationLevel.Auditor
        ? PanelTable.FromBallots(Problem, Stoppable(Ballots, cancellationToken).Select(ballot => ballot.Select(i => People[i].Name)))
        : throw new InvalidOperationException("Only the auditor's form tells who is who.");

    /// <summary>The auditor's form of a lottery.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="ballots">Its ballots: rows of weight 1, at most 1,000,000.</param>
    /// <param name="options">What is said beside.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The published lottery.</returns>
    /// <exception cref="ArgumentException">
    /// Ballots, lottery and round belong to different problems, the rows are no ballots, or a text is no valid Unicode.
    /// </exception>
    /// <exception cref="MalformedInputException">The form announced has too few texts for so many ballots; the fault names forms that have enough.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PublishedLottery Create(
        PanelLottery lottery, PanelTable ballots, PublicationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentNullException.ThrowIfNull(options);
        options.Announcement.ThrowIfTooFewTexts(ballots.Rows.Count);
        SelectionProblem problem = lottery.Problem;
        if (options.Round is { } other && !problem.Equals(other.Residual))
        {
            throw new ArgumentException("The lottery is not one of the round's residual problem.", nameof(options));
        }

        int?[] types = TypesOfPeople(lottery);
        return new PublishedLottery(new PublicationData
        {
            Level = PublicationLevel.Auditor,
            Lottery = lottery,
            People = [.. problem.People.Select((p, i) => new PublishedPerson(p.Id, types[i]))],
            Ballots = [.. Stoppable(ballots.Rows, cancellationToken).Select(r => r.Panel.Members)],
            Chances = PublishedChances.Of(RoundingError.Compute(lottery, ballots)),
            SoftwareVersion = JsonForm.Whole(options.SoftwareVersion),
            Seed = JsonForm.Whole(options.Seed),
            Announcement = options.Announcement,
            Round = options.Round is { } round ? PublishedRound.Of(round) : null,
        });
    }

    /// <summary>The form for everybody of a lottery in the auditor's form.</summary>
    /// <param name="salts">The salt of each person; kept secret, but each person may know their own.</param>
    /// <param name="smallestGroup">
    /// People of a type with fewer people than this are not said to be of it, 1 or more. It can be worked out from the ballots all the same.
    /// </param>
    /// <param name="announcement">How the draw will be decided; null to keep what the auditor's form says.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The published lottery.</returns>
    /// <exception cref="InvalidOperationException">This is not the auditor's form.</exception>
    /// <exception cref="ArgumentException">Somebody has no salt.</exception>
    /// <exception cref="MalformedInputException">The form announced has too few texts for so many ballots; the fault names forms that have enough.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PublishedLottery ToPublic(
        SaltTable salts, int smallestGroup, DrawAnnouncement? announcement = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(salts);
        ArgumentOutOfRangeException.ThrowIfLessThan(smallestGroup, 1);
        if (Level != PublicationLevel.Auditor)
        {
            throw new InvalidOperationException("Only the auditor's form can be turned into one for everybody.");
        }

        announcement ??= Announcement.IsInWords ? DrawAnnouncement.Local : Announcement;
        announcement.ThrowIfTooFewTexts(Ballots.Count);
        string[] tags = [.. Problem.People.Select(p => salts.TagOf(p.Id))];
        int[] order = [.. Enumerable.Range(0, tags.Length)];
        Array.Sort(order, (a, b) => string.CompareOrdinal(tags[a], tags[b]));
        int[] placeOf = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            placeOf[order[place]] = place;
        }

        return new PublishedLottery(new PublicationData
        {
            Level = PublicationLevel.Public,
            Lottery = StandIns.Of(Lottery),
            People =
            [
                .. order.Select(i => new PublishedPerson(tags[i], People[i].Type is int t && Lottery.Types[t].Members.Count >= smallestGroup ? t : null))
            ],
            Ballots = [.. Stoppable(Ballots, cancellationToken).Select(ballot => (IReadOnlyList<int>)[.. ballot.Select(i => placeOf[i]).Order()])],
            Chances = Chances,
            SoftwareVersion = SoftwareVersion,
            Announcement = announcement,
            SmallestGroup = smallestGroup,
            AuditorRoot = Root,
            Round = Data.Round,
        });
    }

    /// <summary>Whether a file of this name may be one of a published lottery, its draw included.</summary>
    /// <param name="name">The name, without a folder.</param>
    public static bool IsPart(string name) => PartNames.IsOurs(name);

    /// <summary>Writes all files into a folder or an archive, or none on disk.</summary>
    /// <param name="target">
    /// The folder or the archive; made if it does not exist. Where there are files of an earlier publication, such as a recorded draw, nothing is written.
    /// </param>
    /// <param name="draw">The record of the draw, if it has been drawn, to be written with the files; null for none.</param>
    /// <param name="cancellationToken">Stops the writing; what is on disk is then as it was.</param>
    /// <returns>The names of the files.</returns>
    /// <exception cref="FilesExistException">There are files of an earlier publication; what is on disk is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written; what is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what is on disk is as it was.</exception>
    public IReadOnlyList<string> Write(FolderTarget target, DrawRecord? draw = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        List<(string Name, Action<Stream> Write)> files = [.. Parts.Files.Select(f => (f.Name, (Action<Stream>)(stream => stream.Write(f.Content))))];
        if (draw is not null)
        {
            files.Add((PartNames.Draw, draw.Write));
        }

        target.Write(files, IsPart, cancellationToken);
        return [.. files.Select(f => f.Name)];
    }

    /// <summary>Reads a published lottery. What can be read is not verified; for that there is <c>PublicationVerifier</c>.</summary>
    /// <param name="source">The folder or the archive.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The lottery.</returns>
    /// <exception cref="MalformedInputException">
    /// A file is missing, unreadable or malformed, or the files contradict each other so that there is no lottery; all faults are listed.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PublishedLottery Read(FolderSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PublishedLottery(PublicationReader.Read(new FolderReader(source, cancellationToken)));
    }

    /// <summary>The entries, as long as the token lets them be gone through.</summary>
    private static IEnumerable<T> Stoppable<T>(IEnumerable<T> entries, CancellationToken cancellationToken)
    {
        foreach (T entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    private IReadOnlyList<Feature> FeaturesOfWholePanel()
    {
        HashSet<string> ofHouseholds = Round is null ? [] : [.. Problem.Quotas.Skip(Round.Quotas.Count).SelectMany(q => q.Condition).Select(t => t.Feature)];
        return [.. Problem.Features.Where(f => !ofHouseholds.Contains(f.Name))];
    }

    internal static int?[] TypesOfPeople(PanelLottery lottery)
    {
        int?[] types = new int?[lottery.Problem.People.Count];
        for (int t = 0; t < lottery.Types.Count; t++)
        {
            foreach (int i in lottery.Types[t].Members)
            {
                types[i] = t;
            }
        }

        return types;
    }
}

/// <summary>What is said beside a lottery when it is published.</summary>
public sealed class PublicationOptions
{
    /// <summary>The version of the software that computed the lottery.</summary>
    public required string SoftwareVersion { get; init; }

    /// <summary>The text that seeded the rounding to ballots.</summary>
    public required string Seed { get; init; }

    /// <summary>How the draw will be decided.</summary>
    public DrawAnnouncement Announcement { get; init; } = DrawAnnouncement.Local;

    /// <summary>The replacement round whose open seats the lottery fills; null for the lottery of a whole panel.</summary>
    public ReplacementRound? Round { get; init; }
}
