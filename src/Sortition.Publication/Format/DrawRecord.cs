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
}

/// <summary>A draw that has happened, with everything needed to redo it: the document <c>draw.json</c>.</summary>
/// <remarks>Drawing needs no solver. Immutable and safe to read from any thread.</remarks>
public sealed class DrawRecord
{
    private const string Format = "sortition-draw-record/1";
    private const int LocalBytes = 32;

    private static readonly FaultLocation s_place = new("draw");

    internal static readonly (DrawMethod Method, string Name)[] Methods =
    [
        (DrawMethod.Number, "number"), (DrawMethod.Text, "text"), (DrawMethod.Local, "local")
    ];

    internal DrawRecord(
        string root, int ballots, DrawMethod method, string? text, IReadOnlyList<string> digests, int ballot, IReadOnlyList<int> members) =>
        (Root, Ballots, Method, Text, Digests, Ballot, Members) = (root, ballots, method, text, digests, ballot, members);

    /// <summary>The root of the published lottery that was drawn from.</summary>
    public string Root { get; }

    /// <summary>M, the number of ballots.</summary>
    internal int Ballots { get; }

    /// <summary>How the ballot was decided on.</summary>
    public DrawMethod Method { get; }

    /// <summary>The text that decided; null where a number was called out.</summary>
    public string? Text { get; }

    /// <summary>The digests computed from the text, the last of which decided; empty where a number was called out.</summary>
    public IReadOnlyList<string> Digests { get; }

    /// <summary>The ballot drawn, 0..M−1.</summary>
    public int Ballot { get; }

    /// <summary>The members of the panel, as indices into <see cref="PublishedLottery.People"/>, ascending.</summary>
    public IReadOnlyList<int> Members { get; }

    /// <summary>A number that was called out.</summary>
    /// <param name="lottery">The published lottery.</param>
    /// <param name="number">The ballot, 0..M−1.</param>
    /// <returns>The record.</returns>
    /// <exception cref="MalformedInputException">It was not announced that a number decides.</exception>
    public static DrawRecord ByNumber(PublishedLottery lottery, int number)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, lottery.Ballots.Count);
        Check(lottery, DrawMethod.Number, null);
        return Of(lottery, DrawMethod.Number, null, [], number);
    }

    /// <summary>Public randomness.</summary>
    /// <param name="lottery">The published lottery.</param>
    /// <param name="text">The text, such as winning numbers or the value of a beacon's round, in the form announced.</param>
    /// <returns>The record.</returns>
    /// <exception cref="MalformedInputException">It was not announced that a text decides, or the text does not have the form announced.</exception>
    public static DrawRecord ByText(PublishedLottery lottery, string text)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(text);
        Check(lottery, DrawMethod.Text, text);
        return ByText(lottery, DrawMethod.Text, text);
    }

    /// <summary>Randomness of this machine. Whoever was not there must trust whoever ran it; the record shows only that nothing was changed since.</summary>
    /// <param name="lottery">The published lottery.</param>
    /// <returns>The record.</returns>
    /// <exception cref="MalformedInputException">It was announced that something else decides.</exception>
    public static DrawRecord Locally(PublishedLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        string text = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(LocalBytes));
        Check(lottery, DrawMethod.Local, text);
        return ByText(lottery, DrawMethod.Local, text);
    }

    /// <summary>Writes the record beside the other files of the published lottery.</summary>
    /// <param name="target">The folder or the archive on disk that holds them.</param>
    /// <exception cref="FilesExistException">There is a record of a draw already; a lottery is drawn once.</exception>
    /// <exception cref="IOException">The file cannot be written. What is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public void Write(FolderTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Write([(PartNames.Draw, Write)], name => name is PartNames.Draw);
    }

    /// <summary>Reads the record beside the other files of a published lottery, if there is one. It is not verified.</summary>
    /// <param name="source">The folder or the archive.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The record, or null.</returns>
    /// <exception cref="MalformedInputException">The record is malformed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DrawRecord? Read(FolderSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        return new FolderReader(source, cancellationToken).Content(PartNames.Draw) is byte[] content ? Read(content) : null;
    }

    internal static DrawRecord Read(byte[] content)
    {
        JsonFaults faults = new();
        using MemoryStream stream = new(content, writable: false);
        using JsonDocument? json = faults.Parse(stream);
        DrawRecord? record = null;
        string[] names = ["format", "procedure?", "root", "ballots", "method", "text?", "digests?", "ballot", "members"];
        if (json is not null && faults.Members(json.RootElement, "$", names) is { } m)
        {
            faults.CheckFormat(m[0], Format);
            if (faults.Text(m[1], "$.procedure") is string procedure && !string.Equals(procedure, DrawProcedure.Name, StringComparison.Ordinal))
            {
                faults.Add(PublicationFaults.UnknownProcedure, "$.procedure", procedure, DrawProcedure.Name);
            }

            string? root = faults.Text(m[2], "$.root");
            int? ballots = faults.NaturalNumber(m[3], "$.ballots");
            DrawMethod? method = faults.OneOf(Methods, m[4], "$.method");
            string? text = faults.Text(m[5], "$.text");
            string?[] digests = m[6] is null ? [] : [.. faults.Items(m[6], "$.digests").Select(d => faults.Text(d.Element, d.Path))];
            string? ballot = faults.Text(m[7], "$.ballot");
            int?[] members = [.. faults.Items(m[8], "$.members").Select(n => faults.NaturalNumber(n.Element, n.Path))];
            if (!int.TryParse(ballot, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number))
            {
                faults.Add(PublicationFaults.BallotNotInDigits, "$.ballot");
            }

            record = faults.Count > 0
                ? null
                : new DrawRecord(
                    root!, ballots!.Value, method!.Value, text, [.. digests.Select(d => d!)], number, [.. members.Select(n => n!.Value - 1)]);
        }

        return record ?? throw faults.Found.In(PartNames.Draw).ToException();
    }

    internal byte[] ToBytes()
    {
        using MemoryStream stream = new();
        Write(stream);
        return stream.ToArray();
    }

    internal void Write(Stream stream) => JsonForm.WriteDocument(stream, Write);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteString("format", Format);
        if (Method != DrawMethod.Number)
        {
            json.WriteString("procedure", DrawProcedure.Name);
        }

        json.WriteString("root", Root);
        json.WriteNumber("ballots", Ballots);
        json.WriteString("method", Methods.First(m => m.Method == Method).Name);
        if (Text is not null)
        {
            json.WriteString("text", Text);
        }

        if (Digests.Count > 0)
        {
            json.WriteTexts("digests", Digests);
        }

        json.WriteString("ballot", BallotNumbers.Text(Ballot, Ballots));
        json.WriteArray("members", Members, i => json.WriteNumberValue(i + 1));
    }

    internal static DrawRecord ByText(PublishedLottery lottery, DrawMethod method, string text)
    {
        (int ballot, IReadOnlyList<string> digests) = DrawProcedure.Draw(text, lottery.Root, lottery.Ballots.Count);
        return Of(lottery, method, text, digests, ballot);
    }

    private static void Check(PublishedLottery lottery, DrawMethod method, string? text)
    {
        FaultList faults = new();
        lottery.Announcement.Check(method, text, s_place, faults);
        faults.ThrowIfAny();
    }

    private static DrawRecord Of(PublishedLottery lottery, DrawMethod method, string? text, IReadOnlyList<string> digests, int ballot) =>
        new(lottery.Root, lottery.Ballots.Count, method, text, digests, ballot, lottery.Ballots[ballot]);
}
