using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>A secret key for everybody in a pool, by which a person finds themselves, and nobody else does.</summary>
/// <remarks>
/// <para>A person's salt is HMAC-SHA-256 with their key of the text <c>tag</c>, and their tag the SHA-256 of the salt, a colon and the id, as UTF-8. Ids alone
/// would not do: whoever can guess an id could compute its hash. The opening of a person's ticket for a ballot is HMAC-SHA-256 with the key of
/// <c>sortition-ticket/2⏎ballot</c>, and the ticket the SHA-256 of <c>sortition-leaf/2⏎ballot⏎tag⏎opening</c>, where ⏎ is a line feed.</para>
/// <para>A key is 32 random bytes, written in 64 hexadecimal digits. Give people their own key and nobody else's. New keys for each publication: whoever has
/// the
/// same key in two has the same tag in both. Immutable and safe to read from any thread.</para>
/// </remarks>
public sealed class KeyTable
{
    private const int KeyBytes = 32;
    private const string Id = "id";
    private const string Secret = "key";

    private readonly Dictionary<string, byte[]> _keys;

    private KeyTable(Dictionary<string, byte[]> keys) => _keys = keys;

    /// <summary>Whether they were read from a table that was written in a rehearsal.</summary>
    public bool IsOfRehearsal { get; private init; }

    /// <summary>How many people have a key.</summary>
    public int Count => _keys.Count;

    /// <summary>New keys from the operating system's cryptographic generator.</summary>
    /// <param name="ids">Everybody's id.</param>
    /// <returns>The keys.</returns>
    public static KeyTable Create(IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return new KeyTable(ids.ToDictionary(id => id, _ => RandomNumberGenerator.GetBytes(KeyBytes), StringComparer.Ordinal));
    }

    /// <summary>Keys that are known.</summary>
    /// <param name="keys">Ids with their keys, each 64 hexadecimal digits in lower case; no id twice.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="ArgumentException">An id is given twice, or a key is malformed.</exception>
    public static KeyTable From(IEnumerable<KeyValuePair<string, string>> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Dictionary<string, byte[]> table = new(StringComparer.Ordinal);
        foreach ((string id, string key) in keys)
        {
            if (!RootHash.IsHash(key) || !table.TryAdd(id, Convert.FromHexString(key)))
            {
                throw new ArgumentException("A key is not 64 hexadecimal digits in lower case, or an id is given twice.", nameof(keys));
            }
        }

        return new KeyTable(table);
    }

    /// <summary>A person's key.</summary>
    /// <param name="id">The id.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    /// <exception cref="ArgumentException">Nobody here has this id.</exception>
    public string KeyOf(string id) => Convert.ToHexStringLower(Key(id));

    /// <summary>A person's tag.</summary>
    /// <param name="id">The id.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    /// <exception cref="ArgumentException">Nobody here has this id.</exception>
    public string TagOf(string id)
    {
        string salt = Convert.ToHexStringLower(HMACSHA256.HashData(Key(id), "tag"u8));
        return RootHash.Of(JsonForm.Utf8.GetBytes($"{salt}:{id}"));
    }

    /// <summary>What opens a person's ticket for a ballot, whether or not they have one.</summary>
    internal string OpeningOf(string id, int ballot) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Key(id), Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"sortition-ticket/2\n{ballot}"))));

    /// <summary>The ticket of a person for a ballot.</summary>
    internal static string TicketOf(int ballot, string tag, string opening) =>
        RootHash.Of(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"sortition-leaf/2\n{ballot}\n{tag}\n{opening}")));

    /// <summary>Whether everybody has a key.</summary>
    /// <param name="ids">Ids.</param>
    public bool Covers(IEnumerable<string> ids) => ids.All(_keys.ContainsKey);

    /// <summary>
    /// What the private part begins with, so that its hash, which is public, confirms no guess about anybody: the SHA-256 of the line
    /// <c>sortition-blinding/2</c> and the keys in the order of ids, each on a line.
    /// </summary>
    internal string BlindingFor(IEnumerable<string> ids) =>
        RootHash.Of(Encoding.ASCII.GetBytes("sortition-blinding/2\n" + string.Concat(ids.Select(id => KeyOf(id) + "\n"))));

    /// <summary>Reads the file of keys.</summary>
    /// <param name="file">The file, with the columns <c>id</c> and <c>key</c>; others are not looked at.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="MalformedInputException">The file cannot be read, or a row is malformed; all faults are listed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static KeyTable Read(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        LoadedTable table = TableFiles.Load(file, [Id, Secret], cancellationToken: cancellationToken);
        FaultList faults = new();
        Dictionary<string, byte[]> keys = new(StringComparer.Ordinal);
        for (int row = 0; row < table.Rows.Count; row++)
        {
            string key = table.Cell(row, Secret);
            if (!RootHash.IsHash(key))
            {
                faults.Add(PublicationFaults.MalformedKey, table.LocationOf(row, Secret));
            }
            else if (!keys.TryAdd(table.Cell(row, Id), Convert.FromHexString(key)))
            {
                faults.Add(PublicationFaults.KeyTwice, table.LocationOf(row, Id), table.Cell(row, Id));
            }
        }

        faults.ThrowIfAny();
        return new KeyTable(keys)
        {
            IsOfRehearsal = table.IsOfRehearsal,
        };
    }

    /// <summary>
    /// Writes the secret file of keys, from which letters are made: <c>id,key,tag,number</c>, and the contact columns of the people. Only its owner may read it
    /// where the system knows that.
    /// </summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="published">The published lottery with its private part, which tells who is who, and each person's number.</param>
    /// <param name="people">
    /// Its people with their columns: the file is then in the form and the order of their table. Null to write no more than is known here.
    /// </param>
    /// <param name="findMeAt">The address of the page on which people find themselves, to make a link for each; null for none.</param>
    /// <exception cref="ArgumentException">The people are those of another problem, or the lottery does not say who is who.</exception>
    /// <exception cref="IOException">The file cannot be written, or exists.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(string path, PublishedLottery published, LoadedProblem? people = null, string? findMeAt = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(published);
        if (!published.HasPrivatePart)
        {
            throw new ArgumentException("The lottery does not say who is who.", nameof(published));
        }

        LoadedProblem rows = people ?? LoadedProblem.FromProblem(published.Problem);
        rows = published.IsRehearsal ? rows.ToRehearsal() : rows;
        IReadOnlyList<LetterColumn> columns = ColumnsFor(rows.Problem, published, findMeAt);
        StagedFile.Write(path, overwrite: false, stream => PanelFiles.WriteLetters(stream, rows, columns), forOwnerOnly: true);
    }

    /// <summary>What letters tell everybody before the draw: the key, the tag, the number, and a link to the page on which they find themselves.</summary>
    internal IReadOnlyList<LetterColumn> ColumnsFor(SelectionProblem problem, PublishedLottery published, string? findMeAt)
    {
        if (!problem.Equals(published.Problem))
        {
            throw new ArgumentException("The people are those of another problem.", nameof(problem));
        }

        Dictionary<string, int> numbers = published.People.Select((p, i) => (p.Tag, i)).ToDictionary(p => p.Tag, p => p.i + 1, StringComparer.Ordinal);
        string[] ids = [.. problem.People.Select(p => p.Id)];
        string[] tags = [.. ids.Select(TagOf)];
        return
        [
            new(Secret, [.. ids.Select(KeyOf)]),
            new("tag", tags),
            new("number", [.. tags.Select(tag => numbers.TryGetValue(tag, out int number) ? JsonForm.Text(number) : "")]),
            .. findMeAt is null ? [] : (LetterColumn[])[new("find me", [.. ids.Select(id => $"{findMeAt}#id={Uri.EscapeDataString(id)}&key={KeyOf(id)}")])],
        ];
    }

    private byte[] Key(string id) => _keys.TryGetValue(id, out byte[]? key) ? key : throw new ArgumentException("There is no key for this id.", nameof(id));
}
