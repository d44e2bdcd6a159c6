using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>A lottery with its numbered ballots as it is published before the draw: the format <c>sortition-publication/2</c>.</summary>
/// <remarks>
/// <para>It has a public part: the pool by types, the quotas, the lottery with its certificate, how the draw will be decided, everybody's tag, and the ballots.
/// And a private part, for the organiser and auditors: who is who. Both have one <see cref="Root"/>, which is what is announced; <see cref="ToPublic"/> only
/// leaves the private part out.</para>
/// <para>With open tickets ballots call people by numbers, so that everybody can count them. With closed ones they hold tickets that only their owners
/// recognise, and the ballot drawn is opened in public (<see cref="PublicationOptions.Tickets"/>).</para>
/// <para>It is a folder of files, or one zip archive of them. The bytes, and so the root, depend on the lottery, the ballots and the options only, not on the
/// version of the software. Immutable and safe to read from any thread.</para>
/// </remarks>
/// <example>
/// <code>
/// PanelTable ballots = BallotRounding.Round(lottery, 1000, RandomSource.Seeded(seed));
/// PublicationOptions options = new()
/// {
///     Seed = seed,
///     Announcement = DrawAnnouncement.ByText("the winning numbers of 4 May", "numbers 7 1 36 distinct sorted"),
/// };
/// PublishedLottery published = PublishedLottery.Create(lottery, ballots, options);
/// published.Write("lottery");                                     // for you and for auditors
/// published.ToPublic().Write("published.zip");                    // for everybody, before the draw
/// Console.WriteLine(published.Root);                              // to be announced
/// DrawRecord draw = DrawRecord.ByText(published, "3 7 11 19 24 30 36");
/// draw.Write("lottery");
/// draw.Write("published.zip");
/// </code>
/// </example>
public sealed class PublishedLottery
{
    private readonly Lazy<PartList> _parts;

    internal PublishedLottery(PublicationData data)
    {
        Data = data;
        _parts = new(() => PartList.Of(data));
        Dictionary<string, int> personOfTag = data.Private is PrivatePart part
            ? part.Lottery.Problem.People.Select((p, i) => (Tag: part.Keys.TagOf(p.Id), i)).ToDictionary(p => p.Tag, p => p.i, StringComparer.Ordinal)
            : [];
        People = [.. data.Tags.Select((tag, i) => personOfTag.TryGetValue(tag, out int person)
            ? new PublishedPerson(tag, data.Private!.Lottery.Problem.People[person].Id, TypeOf(person))
            : new PublishedPerson(tag, null, data.TypesTold[i]))];

        int? TypeOf(int person) => data.Private!.Lottery.Problem.TypeOf(person) is >= 0 and int type ? type : null;
    }

    /// <summary>Whether this is a rehearsal. Every file says so, the root covers it, and no verification calls it genuine.</summary>
    public bool IsRehearsal => Data.IsRehearsal;

    /// <summary>Whether it is known who is who: everything can then be checked, down to every ballot's households.</summary>
    public bool HasPrivatePart => Data.Private is not null;

    /// <summary>Whether ballots call people by their numbers, so that everybody can count them.</summary>
    public bool HasOpenTickets => Data.HasOpenTickets;

    /// <summary>The problem. Without the private part its people are stand-ins, one for each person of a type, so that types have the right numbers.</summary>
    public SelectionProblem Problem => Lottery.Problem;

    /// <summary>
    /// The features of the whole panel, in the order of <see cref="Problem"/>. In a replacement round that problem can have one more, which tells the
    /// households of members who stay apart.
    /// </summary>
    public IReadOnlyList<Feature> Features => FeaturesOfWholePanel();

    /// <summary>The lottery that the ballots were rounded from, with its certificate.</summary>
    public PanelLottery Lottery => Data.Private?.Lottery ?? Data.Lottery;

    /// <summary>The people, in the order of their tags.</summary>
    public IReadOnlyList<PublishedPerson> People { get; }

    /// <summary>M, the number of ballots, which are numbered from 0.</summary>
    public int BallotCount => Data.BallotCount;

    /// <summary>
    /// The ballots. Each is the members of a panel, as indices into <see cref="People"/>, ascending. Null where tickets are closed and the private part is not
    /// there.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? Ballots => Data.Ballots;

    /// <summary>What is announced about how the draw will be decided. No other draw of this lottery is genuine.</summary>
    public DrawAnnouncement Announcement => Data.Announcement;

    /// <summary>The seed by which the ballots were rounded, part of what is private: it could help to guess who is who.</summary>
    public string? Seed => Data.Private?.Seed;

    /// <summary>Everybody's secret key, part of what is private.</summary>
    public KeyTable? Keys => Data.Private?.Keys;

    /// <summary>Where this is a replacement round, what it says of the whole panel; null for the lottery of a whole panel.</summary>
    public PublishedRound? Round => Data.Round;

    /// <summary>How many people there are of whom no type is told in the public part, because few share it or because tickets are closed.</summary>
    public int PeopleWithoutType => Data.PeopleWithoutType;

    /// <summary>
    /// The hash to announce: the SHA-256 of the file <c>SHA256SUMS</c>, 64 hexadecimal digits in lower case. The same with and without the private part.
    /// </summary>
    public string Root => _parts.Value.Root;

    internal PublicationData Data { get; }

    internal PartList Parts => _parts.Value;

    /// <summary>On how many ballots a person is.</summary>
    /// <param name="person">Index into <see cref="People"/>.</param>
    /// <returns>A whole number of <see cref="Ballots"/>; null where only auditors know.</returns>
    public int? BallotsOf(int person) => Data.Times?[person];

    /// <summary>How a ballot is called: its number in as many digits as the last one has, so that as many drawn digits decide.</summary>
    /// <param name="ballot">The ballot, from 0.</param>
    public string NumberOf(int ballot) => BallotNumbers.Text(ballot, BallotCount);

    /// <summary>What somebody who has an id and a key finds of themselves.</summary>
    /// <param name="id">The id.</param>
    /// <param name="key">The key: 64 hexadecimal digits in lower case.</param>
    /// <returns>The ballots that the person is on, ascending; null if nobody here has this id and key.</returns>
    /// <exception cref="ArgumentException">The key is malformed.</exception>
    public IReadOnlyList<int>? FindBallots(string id, string key)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(key);
        KeyTable own = KeyTable.From([KeyValuePair.Create(id, key)]);
        string tag = own.TagOf(id);
        int? place = Enumerable.Range(0, Data.Tags.Count).Cast<int?>().FirstOrDefault(i => string.Equals(Data.Tags[i!.Value], tag, StringComparison.Ordinal));
        return place is not int found ? null : [.. Enumerable.Range(0, BallotCount).Where(b =>
            Data.Tickets is { } tickets
                ? tickets[b].Contains(KeyTable.TicketOf(b, tag, own.OpeningOf(id, b)), StringComparer.Ordinal)
                : Data.Ballots![b].Contains(found))];
    }

    /// <summary>The ballots as panels of the problem, each checked.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The table: a row of weight 1 for each ballot.</returns>
    /// <exception cref="InvalidOperationException">The private part is not there, and only that tells who is who.</exception>
    /// <exception cref="MalformedInputException">A ballot is no panel; only for files that a verification finds wrong.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PanelTable ToTable(CancellationToken cancellationToken = default) => HasPrivatePart
        ? PanelTable.FromBallots(Problem, Stoppable(Ballots!, cancellationToken).Select(ballot => ballot.Select(i => People[i].Id!)))
        : throw new InvalidOperationException("Only the private part tells who is who.");

    /// <summary>The published form of a lottery, with its private part.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <param name="ballots">Its ballots: rows of weight 1, at most 1,000,000.</param>
    /// <param name="options">What is said beside.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The published lottery.</returns>
    /// <exception cref="ArgumentException">
    /// Ballots, lottery and round belong to different problems, the rows are no ballots, somebody has no key, a text is no valid Unicode, or the objective's
    /// name is not 1 to 100 printable signs of ASCII.
    /// </exception>
    /// <exception cref="MalformedInputException">The form announced has too few texts for so many ballots; the fault names forms that have enough.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PublishedLottery Create(
        PanelLottery lottery, PanelTable ballots, PublicationOptions options, CancellationToken cancellationToken = default)
    {
        Check(lottery, ballots, options);
        SelectionProblem problem = lottery.Problem;
        KeyTable keys = options.Keys ?? KeyTable.Create(problem.People.Select(p => p.Id));
        List<int>[] ballotsOf = [.. problem.People.Select(_ => new List<int>())];
        int next = 0;
        foreach (WeightedPanel row in Stoppable(ballots.Rows, cancellationToken))
        {
            foreach (int i in row.Panel.Members)
            {
                ballotsOf[i].Add(next);
            }

            next++;
        }

        return new PublishedLottery(Publish(lottery, ballots.Rows.Count, options, new PrivatePart
        {
            Lottery = lottery,
            Keys = keys.Covers(problem.People.Select(p => p.Id)) ? keys : throw new ArgumentException("Somebody has no key.", nameof(options)),
            Seed = JsonForm.Whole(options.Seed),
            BallotsOf = ballotsOf,
        }));
    }

    /// <summary>The same without the private part, for everybody. It has the same root.</summary>
    public PublishedLottery ToPublic() => HasPrivatePart
        ? new PublishedLottery(Data with
        {
            Private = null,
            PrivateHash = RootHash.Of(PrivateDocument.Write(Data.Private!, IsRehearsal)),
            Ballots = HasOpenTickets ? Data.Ballots : null,
        })
        : this;

    /// <summary>Whether a file of this name may be one of a published lottery, its draw included.</summary>
    /// <param name="name">The name, without a folder.</param>
    public static bool IsPart(string name) => PartNames.IsOurs(name);

    /// <summary>Writes all files into a folder or an archive, or none on disk. Only its owner may read the private part, where the system knows that.</summary>
    /// <param name="target">
    /// The folder or the archive; made if it does not exist. Where there are files of an earlier publication, such as a recorded draw, nothing is written.
    /// </param>
    /// <param name="cancellationToken">Stops the writing; what is on disk is then as it was.</param>
    /// <returns>The names of the files.</returns>
    /// <exception cref="FilesExistException">There are files of an earlier publication; what is on disk is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written; what is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what is on disk is as it was.</exception>
    public IReadOnlyList<string> Write(FolderTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Write(
            Parts.Files.Select(f => (f.Name, (Action<Stream>)(stream => stream.Write(f.Content)))),
            IsPart,
            name => name is PartNames.Private,
            cancellationToken);
        return [.. Parts.Files.Select(f => f.Name)];
    }

    /// <summary>Reads a published lottery. What can be read is not verified; for that there is <c>PublicationVerifier</c>.</summary>
    /// <param name="source">The folder or the archive.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The lottery, with its private part if that is there.</returns>
    /// <exception cref="MalformedInputException">
    /// A file is missing, unreadable or malformed, or the files contradict each other so that there is no lottery; all faults are listed.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PublishedLottery Read(FolderSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PublishedLottery(PublicationReader.Read(new FolderReader(source, cancellationToken)));
    }

    /// <summary>What follows from the private part for the public one.</summary>
    internal static PublicationData Publish(PanelLottery lottery, int count, PublicationOptions options, PrivatePart part)
    {
        SelectionProblem problem = part.Lottery.Problem;
        bool isOpen = options.Tickets == TicketForm.Open;
        string[] tags = [.. problem.People.Select(p => part.Keys.TagOf(p.Id))];
        int[] order = [.. Enumerable.Range(0, tags.Length)];
        Array.Sort(order, (a, b) => string.CompareOrdinal(tags[a], tags[b]));
        string[] sorted = [.. order.Select(i => tags[i])];
        PublicationData data = new()
        {
            Lottery = StandIns.Of(lottery),
            IsRehearsal = options.IsRehearsal,
            HasOpenTickets = isOpen,
            SmallestGroup = isOpen ? options.SmallestGroup : 0,
            Announcement = options.Announcement,
            Round = options.Round is { } round ? PublishedRound.Of(round) : null,
            Tags = sorted,
            TypesTold = [.. order.Select(i =>
                isOpen && problem.TypeOf(i) is >= 0 and int t && problem.Types[t].Members.Count >= options.SmallestGroup ? t : (int?)null)],
            BallotCount = count,
            Ballots = PublicationReader.MembersOf(part, sorted, count),
            Tickets = null,
            Private = part,
        };
        return isOpen ? data : data with
        {
            Tickets = TicketsOf(part, tags, count),
        };
    }

    private static void Check(PanelLottery lottery, PanelTable ballots, PublicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentNullException.ThrowIfNull(options);
        if (options.SmallestGroup < 1)
        {
            throw new ArgumentException("The smallest group is one person or more.", nameof(options));
        }

        options.Announcement.ThrowIfTooFewTexts(ballots.Rows.Count);
        SelectionProblem problem = lottery.Problem;
        if (options.Round is { } other && !problem.Equals(other.Residual))
        {
            throw new ArgumentException("The lottery is not one of the round's residual problem.", nameof(options));
        }

        if (!ballots.Problem.Equals(problem) || ballots.Rows.Any(r => r.Weight != 1))
        {
            throw new ArgumentException("The rows are no ballots of the lottery.", nameof(ballots));
        }

        if (!JsonFaults.IsName(lottery.Certificate.Objective.Name))
        {
            throw new ArgumentException("The objective's name is not of printable signs of ASCII.", nameof(lottery));
        }
    }

    private static IReadOnlyList<IReadOnlyList<string>> TicketsOf(PrivatePart part, string[] tags, int ballots)
    {
        List<string>[] tickets = [.. Enumerable.Range(0, ballots).Select(_ => new List<string>())];
        for (int i = 0; i < part.BallotsOf.Count; i++)
        {
            foreach (int b in part.BallotsOf[i])
            {
                tickets[b].Add(KeyTable.TicketOf(b, tags[i], part.Keys.OpeningOf(part.Lottery.Problem.People[i].Id, b)));
            }
        }

        return [.. tickets.Select(t => (IReadOnlyList<string>)[.. t.Order(StringComparer.Ordinal)])];
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
}

/// <summary>What everybody sees on ballots.</summary>
public enum TicketForm
{
    /// <summary>
    /// Numbers of people. Everybody can count how many ballots each number is on, and, where the type of a number is told, that quotas are met. Features can be
    /// worked out from the ballots.
    /// </summary>
    Open = 0,

    /// <summary>
    /// Tickets that only their owners recognise. Nothing can be worked out of them; everybody counts their own, and auditors, before the draw, everybody's.
    /// </summary>
    Closed = 1,
}

/// <summary>What is said beside a lottery when it is published.</summary>
public sealed class PublicationOptions
{
    /// <summary>The text that seeded the rounding to ballots.</summary>
    public required string Seed { get; init; }

    /// <summary>How the draw will be decided.</summary>
    public DrawAnnouncement Announcement { get; init; } = DrawAnnouncement.Local;

    /// <summary>What everybody sees on ballots.</summary>
    public TicketForm Tickets { get; init; } = TicketForm.Open;

    /// <summary>With open tickets: people of a type with fewer people than this are not said to be of it, 1 or more.</summary>
    public int SmallestGroup { get; init; } = 5;

    /// <summary>Whether this is a rehearsal, which every file then says.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>
    /// Everybody's key; null to make new ones, which is right unless a publication is to be made again. A rehearsal has keys of its own: a ticket that it opens
    /// would open the same person's ticket for the same ballot.
    /// </summary>
    public KeyTable? Keys { get; init; }

    /// <summary>The replacement round whose open seats the lottery fills; null for the lottery of a whole panel.</summary>
    public ReplacementRound? Round { get; init; }
}
