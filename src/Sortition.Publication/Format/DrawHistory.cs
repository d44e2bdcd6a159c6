using System.Globalization;
using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>What has been recorded of the draws of a published lottery: there is one draw, and another only where the one before it was annulled.</summary>
/// <remarks>
/// Records are only ever added: <c>draw.json</c>, <c>annulment-1.json</c>, <c>draw-2.json</c> and so on. Each names the one before it by its SHA-256, so that
/// none can be taken out or changed unnoticed. Where a number called out and a text decide together, <c>urn.json</c> has the number. Immutable.
/// </remarks>
public sealed class DrawHistory
{
    private readonly IReadOnlyList<(string Name, byte[] Content)> _records;
    private readonly UrnRecord? _urn;
    private readonly string? _currentHash;

    private DrawHistory(
        IReadOnlyList<(string Name, byte[] Content)> records,
        UrnRecord? urn,
        IReadOnlyList<DrawRecord> draws,
        IReadOnlyList<Annulment> annulments,
        string? currentHash,
        string? lastAnnulment)
    {
        _records = records;
        _urn = urn;
        Draws = draws;
        Annulments = annulments;
        _currentHash = currentHash;
        LastAnnulment = lastAnnulment;
    }

    /// <summary>The draws, in their order.</summary>
    public IReadOnlyList<DrawRecord> Draws { get; }

    /// <summary>The annulments: entry i is about draw i.</summary>
    public IReadOnlyList<Annulment> Annulments { get; }

    /// <summary>The draw that counts; null where nothing has been drawn, or what was is annulled.</summary>
    public DrawRecord? Current => Draws.Count > Annulments.Count ? Draws[^1] : null;

    /// <summary>The number that was called out for the next or the current draw, where a text decides with it; null for none.</summary>
    public string? Urn => _urn?.Number;

    /// <summary>The SHA-256 of the last annulment; null for none.</summary>
    internal string? LastAnnulment { get; }

    /// <summary>Which draw is the next, or the current one.</summary>
    internal int NextOrdinal => Annulments.Count + 1;

    /// <summary>Whether what is recorded is about a lottery: all records name its root.</summary>
    /// <param name="lottery">The lottery.</param>
    public bool IsOf(PublishedLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        return Draws.Select(d => d.Root).Concat(_urn is null ? [] : [_urn.Root]).All(root => string.Equals(root, lottery.Root, StringComparison.Ordinal));
    }

    /// <summary>Whether another place has the same records, byte for byte.</summary>
    /// <param name="other">What is recorded there.</param>
    public bool IsSameAs(DrawHistory other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _records.Count == other._records.Count && AreSame(_records, other._records);
    }

    /// <summary>The name of the last record, where it is all that another place lacks: somebody was stopped between writing it here and there.</summary>
    /// <param name="other">What is recorded there.</param>
    /// <returns>The name; null where that place lacks nothing, more than one record, or has other ones.</returns>
    public string? LastUnlessIn(DrawHistory other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _records.Count == other._records.Count + 1 && AreSame(_records, other._records) ? _records[^1].Name : null;
    }

    /// <summary>Writes the last record to a place that lacks it.</summary>
    /// <param name="target">The folder or the archive on disk.</param>
    /// <exception cref="InvalidOperationException">There is no record.</exception>
    /// <exception cref="FilesExistException">It is there already.</exception>
    /// <exception cref="IOException">The file cannot be written. What is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public void CopyLast(FolderTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (_records.Count == 0)
        {
            throw new InvalidOperationException("Nothing is recorded.");
        }

        Write(target, _records[^1].Name, _records[^1].Content);
    }

    /// <summary>Reads what is recorded beside the other files of a published lottery. It is not verified.</summary>
    /// <param name="source">The folder or the archive.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The history.</returns>
    /// <exception cref="MalformedInputException">A record is malformed, or one is missing between others.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DrawHistory Read(FolderSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        return Read(new FolderReader(source, cancellationToken));
    }

    internal static DrawHistory Read(FolderReader folder)
    {
        FaultList faults = new();
        List<DrawRecord> draws = [];
        List<Annulment> annulments = [];
        HashSet<string> known = [];
        List<(string Name, byte[] Content)> records = [];
        UrnRecord? urn = null;
        (string? drawHash, string? annulmentHash) = (null, null);
        for (int ordinal = 1; ; ordinal++)
        {
            urn = Part(PartNames.Urn(ordinal)) is byte[] called ? Try(PartNames.Urn(ordinal), () => UrnRecord.Read(called)) : null;

            int at = ordinal;
            if (Part(PartNames.Draw(ordinal)) is not byte[] draw || Try(PartNames.Draw(ordinal), () => DrawRecord.Read(draw, at)) is not { } read)
            {
                break;
            }

            draws.Add(read);
            drawHash = RootHash.Of(draw);
            if (Part(PartNames.Annulment(ordinal)) is not byte[] annulled
                || Try(PartNames.Annulment(ordinal), () => Annulment.Read(annulled)) is not { } annulment)
            {
                break;
            }

            annulments.Add(annulment);
            annulmentHash = RootHash.Of(annulled);
        }

        foreach (string name in folder.Names().Where(n => PartNames.IsOfDraw(n) && !known.Contains(n)))
        {
            faults.Add(PublicationFaults.Contradiction, new FaultLocation(name));
        }

        faults.ThrowIfAny();
        return new DrawHistory(records, urn, draws, annulments, drawHash, annulmentHash);

        byte[]? Part(string name)
        {
            known.Add(name);
            if (!folder.Has(name))
            {
                return null;
            }

            byte[] content = folder.ContentOrFault(name, faults);
            records.Add((name, content));
            return content;
        }

        T? Try<T>(string name, Func<T> read)
            where T : class
        {
            FaultList found = new();
            T? value = found.Try(read);
            faults.AddAll(found.In(name));
            return value;
        }
    }

    /// <summary>Records the number called out, before the text is known that decides with it.</summary>
    /// <param name="target">The folder or the archive on disk that holds the lottery.</param>
    /// <param name="lottery">The published lottery, in which it was announced that both decide.</param>
    /// <param name="number">The number, 0..M−1.</param>
    /// <exception cref="InvalidOperationException">The lottery has been drawn, or it was not announced that both decide.</exception>
    /// <exception cref="FilesExistException">A number is recorded already.</exception>
    /// <exception cref="IOException">The file cannot be written. What is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public void WriteUrn(FolderTarget target, PublishedLottery lottery, int number)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, lottery.BallotCount);
        if (Current is not null || lottery.Announcement.Method != DrawMethod.Both)
        {
            throw new InvalidOperationException("The lottery has been drawn, or no number and text together were announced.");
        }

        Write(target, PartNames.Urn(NextOrdinal), UrnRecord.ToBytes(lottery.Root, lottery.NumberOf(number), lottery.IsRehearsal));
    }

    /// <summary>Records that the current draw is annulled, so that another one can follow it. The record stays: everybody sees both.</summary>
    /// <param name="target">The folder or the archive on disk that holds the lottery.</param>
    /// <param name="reason">Why, in words for everybody.</param>
    /// <exception cref="InvalidOperationException">Nothing has been drawn.</exception>
    /// <exception cref="ArgumentException">The reason is blank or no valid Unicode.</exception>
    /// <exception cref="IOException">The file cannot be written. What is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public void Annul(FolderTarget target, string reason)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (Current is null)
        {
            throw new InvalidOperationException("Nothing has been drawn.");
        }

        Write(target, PartNames.Annulment(NextOrdinal), Annulment.ToBytes(_currentHash!, JsonForm.Whole(reason), Current.IsRehearsal));
    }

    /// <summary>Whether the records that both have are the same, in their order.</summary>
    private static bool AreSame(IEnumerable<(string Name, byte[] Content)> records, IEnumerable<(string Name, byte[] Content)> others) =>
        records.Zip(others, (a, b) => string.Equals(a.Name, b.Name, StringComparison.Ordinal) && a.Content.AsSpan().SequenceEqual(b.Content)).All(same => same);

    private static void Write(FolderTarget target, string name, byte[] content) =>
        target.Write([(name, stream => stream.Write(content))], other => string.Equals(other, name, StringComparison.Ordinal));
}

/// <summary>That a draw was annulled: the document <c>annulment-1.json</c>, and so on. Whether rightly, those who were there can tell.</summary>
public sealed class Annulment
{
    private const string Format = "sortition-annulment/1";

    private Annulment(string draw, string reason, bool isRehearsal) => (Draw, Reason, IsRehearsal) = (draw, reason, isRehearsal);

    /// <summary>The SHA-256 of the record of the draw that is annulled.</summary>
    public string Draw { get; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; }

    /// <summary>Whether it was the draw of a rehearsal.</summary>
    public bool IsRehearsal { get; }

    internal static Annulment Read(byte[] content)
    {
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(content);
        (string draw, string reason, bool isRehearsal) = ("", "", false);
        if (json is not null && faults.Members(json.RootElement, "$", "format", "mark?", "draw", "reason") is { } m)
        {
            faults.CheckFormat(m[0], Format);
            isRehearsal = CanonicalJson.ReadMark(m[1], faults);
            (draw, reason) = (faults.Text(m[2], "$.draw") ?? "", faults.Text(m[3], "$.reason") ?? "");
            if (faults.Count == 0 && (string.IsNullOrWhiteSpace(reason) || !content.AsSpan().SequenceEqual(ToBytes(draw, reason, isRehearsal))))
            {
                faults.Add(PublicationFaults.NotAsWritten, "$");
            }
        }

        faults.Found.ThrowIfAny();
        return new Annulment(draw, reason, isRehearsal);
    }

    internal static byte[] ToBytes(string draw, string reason, bool isRehearsal) => CanonicalJson.ToBytes(json =>
    {
        json.Member("format", Format);
        json.Mark(isRehearsal);
        json.Member("draw", draw);
        json.Member("reason", reason);
    });
}

/// <summary>The number called out where a text decides with it: the document <c>urn.json</c>.</summary>
internal sealed class UrnRecord
{
    private const string Format = "sortition-urn/1";

    private UrnRecord(string root, string number, bool isRehearsal) => (Root, Number, IsRehearsal) = (root, number, isRehearsal);

    /// <summary>The root of the lottery that it was called out for.</summary>
    public string Root { get; }

    /// <summary>The number, in digits.</summary>
    public string Number { get; }

    public bool IsRehearsal { get; }

    public static UrnRecord Read(byte[] content)
    {
        JsonFaults faults = new();
        using JsonDocument? json = faults.Parse(content);
        (string root, string number, bool isRehearsal) = ("", "", false);
        if (json is not null && faults.Members(json.RootElement, "$", "format", "mark?", "root", "number") is { } m)
        {
            faults.CheckFormat(m[0], Format);
            isRehearsal = CanonicalJson.ReadMark(m[1], faults);
            (root, number) = (faults.Text(m[2], "$.root") ?? "", faults.Text(m[3], "$.number") ?? "");
            bool isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _);
            if (faults.Count == 0 && (!isNumber || !content.AsSpan().SequenceEqual(ToBytes(root, number, isRehearsal))))
            {
                faults.Add(PublicationFaults.NotAsWritten, "$");
            }
        }

        faults.Found.ThrowIfAny();
        return new UrnRecord(root, number, isRehearsal);
    }

    public static byte[] ToBytes(string root, string number, bool isRehearsal) => CanonicalJson.ToBytes(json =>
    {
        json.Member("format", Format);
        json.Mark(isRehearsal);
        json.Member("root", root);
        json.Member("number", number);
    });
}
