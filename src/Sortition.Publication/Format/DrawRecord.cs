using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>How a ballot is decided on.</summary>
public enum DrawMethod
{
    /// <summary>Its number is called out: by lottery balls or dice.</summary>
    Number = 0,

    /// <summary>A public text decides that nobody could know beforehand: <see cref="DrawProcedure"/>.</summary>
    Text = 1,

    /// <summary>The operating system's cryptographic generator makes the text that decides.</summary>
    Local = 2,

    /// <summary>A number called out and, later, a public text decide together: (number + what the text comes to) mod M.</summary>
    Both = 3,
}

/// <summary>A draw that has happened, with everything needed to redo it: the document <c>draw.json</c>.</summary>
/// <remarks>Drawing needs no solver. Immutable and safe to read from any thread.</remarks>
public sealed class DrawRecord
{
    private const string Format = "sortition-draw-record/2";
    private const int LocalBytes = 32;

    private static readonly FaultLocation s_place = new("draw");

    internal DrawRecord()
    {
    }

    /// <summary>Which draw of the lottery it is, from 1: more than 1 where earlier ones were annulled.</summary>
    internal int Ordinal { get; init; } = 1;

    /// <summary>Whether a rehearsal was drawn.</summary>
    public bool IsRehearsal { get; internal init; }

    /// <summary>The SHA-256 of the annulment that this draw follows; null for the first draw.</summary>
    public string? Follows { get; internal init; }

    /// <summary>The root of the published lottery that was drawn from.</summary>
    public string Root { get; internal init; } = "";

    /// <summary>How the ballot was decided on.</summary>
    public DrawMethod Method { get; internal init; }

    /// <summary>The number called out where a text decided with it; null otherwise.</summary>
    public string? Urn { get; internal init; }

    /// <summary>The text that decided; null where a number was called out.</summary>
    public string? Text { get; internal init; }

    /// <summary>The digests computed from the text, the last of which decided; empty where a number was called out.</summary>
    public IReadOnlyList<string> Digests { get; internal init; } = [];

    /// <summary>The ballot drawn, 0..M−1.</summary>
    public int Ballot { get; internal init; }

    /// <summary>How the ballot is called.</summary>
    internal string BallotName { get; init; } = "";

    /// <summary>The members of the panel, as indices into <see cref="PublishedLottery.People"/>, ascending.</summary>
    public IReadOnlyList<int> Members { get; internal init; } = [];

    /// <summary>Where tickets are closed: what opens the ticket of each member, in the order of <see cref="Members"/>; null otherwise.</summary>
    internal IReadOnlyList<string>? Openings { get; init; }

    /// <summary>A number that was called out.</summary>
    /// <param name="lottery">The published lottery.</param>
    /// <param name="number">The ballot, 0..M−1.</param>
    /// <param name="history">What has happened before; null for nothing.</param>
    /// <returns>The record.</returns>
    /// <exception cref="InvalidOperationException">
    /// The lottery has been drawn, or another one's records are given; or its tickets are closed, and the private part that opens them is not there.
    /// </exception>
    /// <exception cref="MalformedInputException">It was not announced that a number decides.</exception>
    public static DrawRecord ByNumber(PublishedLottery lottery, int number, DrawHistory? history = null)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, lottery.BallotCount);
        Check(lottery, DrawMethod.Number, null);
        return Of(lottery, history, DrawMethod.Number, null, null, [], number);
    }

    /// <summary>Public randomness; together with the number called out before, where that was announced.</summary>
    /// <param name="lottery">The published lottery.</param>
    /// <param name="text">The text, such as winning numbers or the value of a beacon's round, in the form announced.</param>
    /// <param name="history">What has happened before, the number called out included; null for nothing.</param>
    /// <returns>The record.</returns>
    /// <exception cref="InvalidOperationException">
    /// The lottery has been drawn, or another one's records are given; or no number has been called out, though one was announced; or the tickets are closed,
    /// and the private part that opens them
    /// is not there.
    /// </exception>
    /// <exception cref="MalformedInputException">It was not announced that a text decides, or the text does not have the form announced.</exception>
    public static DrawRecord ByText(PublishedLottery lottery, string text, DrawHistory? history = null)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(text);
        DrawMethod method = lottery.Announcement.Method == DrawMethod.Both ? DrawMethod.Both : DrawMethod.Text;
        Check(lottery, method, text);
        return ByText(lottery, history, method, text);
    }

    /// <summary>Randomness of this machine. Whoever was not there must trust whoever ran it; the record shows only that nothing was changed since.</summary>
    /// <param name="lottery">The published lottery.</param>
    /// <param name="history">What has happened before; null for nothing.</param>
    /// <returns>The record.</returns>
    /// <exception cref="InvalidOperationException">
    /// The lottery has been drawn, or another one's records are given; or its tickets are closed, and the private part that opens them is not there.
    /// </exception>
    /// <exception cref="MalformedInputException">It was announced that something else decides.</exception>
    public static DrawRecord Locally(PublishedLottery lottery, DrawHistory? history = null)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        string text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(LocalBytes));
        Check(lottery, DrawMethod.Local, text);
        return ByText(lottery, history, DrawMethod.Local, text);
    }

    /// <summary>Writes the record beside the other files of the published lottery.</summary>
    /// <param name="target">The folder or the archive on disk that holds them.</param>
    /// <exception cref="FilesExistException">There is a record of this draw already; a lottery is drawn once.</exception>
    /// <exception cref="IOException">The file cannot be written. What is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public void Write(FolderTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        string name = PartNames.Draw(Ordinal);
        target.Write([(name, stream => stream.Write(ToBytes()))], other => string.Equals(other, name, StringComparison.Ordinal));
    }

    internal static DrawRecord Read(byte[] content, int ordinal)
    {
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(content);
        string[] names = ["format", "mark?", "root", "method", "follows?", "urn?", "text?", "digests?", "ballot", "members", "openings?"];
        if (json is null || faults.Members(json.RootElement, "$", names) is not { } m)
        {
            throw faults.Found.ToException();
        }

        faults.CheckFormat(m[0], Format);
        bool isRehearsal = CanonicalJson.ReadMark(m[1], faults);
        string? root = faults.Text(m[2], "$.root");
        DrawMethod? method = faults.OneOf(DrawAnnouncement.Methods, m[3], "$.method");
        string? follows = faults.Text(m[4], "$.follows");
        string? urn = faults.Text(m[5], "$.urn");
        string? text = faults.Text(m[6], "$.text");
        string[] digests = Texts(m[7], "$.digests");
        string? ballot = faults.Text(m[8], "$.ballot");
        int[] members = [.. faults.Items(m[9], "$.members").Select(n => faults.NaturalNumber(n.Element, n.Path)).OfType<int>()];
        string[] openings = Texts(m[10], "$.openings");
        if (!int.TryParse(ballot, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            faults.Add(PublicationFaults.BallotNotInDigits, "$.ballot");
        }

        faults.Found.ThrowIfAny();
        return new DrawRecord
        {
            Ordinal = ordinal,
            IsRehearsal = isRehearsal,
            Follows = follows,
            Root = root!,
            Method = method!.Value,
            Urn = urn,
            Text = text,
            Digests = digests,
            Ballot = number,
            BallotName = ballot!,
            Members = [.. members.Select(n => n - 1)],
            Openings = m[10] is null ? null : openings,
        };

        string[] Texts(JsonElement? list, string place) =>
            list is null ? [] : [.. faults.Items(list, place).Select(d => faults.Text(d.Element, d.Path)).OfType<string>()];
    }

    internal byte[] ToBytes() => CanonicalJson.ToBytes(json =>
    {
        json.Member("format", Format);
        json.Mark(IsRehearsal);
        json.Member("root", Root);
        json.Member("method", DrawAnnouncement.NameOf(Method));
        json.Optional("follows", Follows);
        json.Optional("urn", Urn);
        json.Optional("text", Text);
        if (Method != DrawMethod.Number)
        {
            json.Texts("digests", Digests);
        }

        json.Member("ballot", BallotName);
        json.Numbers("members", Members.Select(i => i + 1));
        if (Openings is not null)
        {
            json.Texts("openings", Openings);
        }
    });

    /// <summary>What a text, and the number called out before it, come to.</summary>
    internal static (int Ballot, IReadOnlyList<string> Digests) Decide(string text, int urn, string root, int ballots)
    {
        (int number, IReadOnlyList<string> digests) = DrawProcedure.Draw(text, root, ballots);
        return ((int)((urn + (long)number) % ballots), digests);
    }

    private static DrawRecord ByText(PublishedLottery lottery, DrawHistory? history, DrawMethod method, string text)
    {
        string? urn = method != DrawMethod.Both ? null
            : history?.Urn ?? throw new InvalidOperationException("The number has not been called out, or not been recorded, that decides with the text.");
        int called = urn is null ? 0 : int.Parse(urn, NumberStyles.None, CultureInfo.InvariantCulture);
        (int ballot, IReadOnlyList<string> digests) = Decide(text, called, lottery.Root, lottery.BallotCount);
        return Of(lottery, history, method, urn, text, digests, ballot);
    }

    private static void Check(PublishedLottery lottery, DrawMethod method, string? text)
    {
        FaultList faults = new();
        lottery.Announcement.Check(method, text, s_place, faults);
        faults.ThrowIfAny();
    }

    private static DrawRecord Of(
        PublishedLottery lottery, DrawHistory? history, DrawMethod method, string? urn, string? text, IReadOnlyList<string> digests, int ballot)
    {
        if (history?.Current is not null || history?.IsOf(lottery) == false)
        {
            throw new InvalidOperationException("The lottery has been drawn, or what is recorded is about another one.");
        }

        IReadOnlyList<int> members = lottery.Ballots?[ballot] ?? throw new InvalidOperationException("Tickets are closed, and the private part opens them.");
        return new DrawRecord
        {
            Ordinal = history?.NextOrdinal ?? 1,
            IsRehearsal = lottery.IsRehearsal,
            Follows = history?.LastAnnulment,
            Root = lottery.Root,
            Method = method,
            Urn = urn,
            Text = text,
            Digests = digests,
            Ballot = ballot,
            BallotName = lottery.NumberOf(ballot),
            Members = members,
            Openings = lottery.HasOpenTickets ? null : [.. members.Select(i => lottery.Keys!.OpeningOf(lottery.People[i].Id!, ballot))],
        };
    }
}
