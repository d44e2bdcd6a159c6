using System.Security.Cryptography;
using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Shared;

namespace Sortition.Files.Mapping;

/// <summary>
/// The ids that were given to people who had none, so that everybody keeps theirs when the table comes again with rows deleted, added or changed.
/// </summary>
/// <remarks>
/// <para>Of a row it holds fingerprints only: HMACs under a key that belongs to the project and is published nowhere. With the key, whoever knows a name or an
/// address could look up its id; so keep it as you keep the table. Without it nobody is known again.</para>
/// <para>A number is never given twice, not even if its row is gone. Not safe for use from several threads at once.</para>
/// </remarks>
/// <example>
/// <code>
/// RawTable table = TableFiles.LoadRaw("people.xlsx");
/// IdRegister ids = IdRegister.Open("project/ids.csv");     // with its key, project/ids.key; or Create, Read, Write and WriteKey for streams
/// PreparedPool pool = PoolMapping.Read("project/mapping.json").Apply(table, ids);
/// ids.Save("project/ids.csv");                             // before anybody is told an id
/// pool.Write("pool");
/// </code>
/// </example>
public sealed class IdRegister
{
    private const string KeyFormat = "sortition-key/1";

    private static readonly string[] Headings = ["id", "row", "rest", "name", "email", "phone", "household"];

    private readonly byte[] _key;
    private readonly List<RegisteredRow> _rows = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The hash of the file that was opened; null where there was none.</summary>
    private string? _opened;

    private IdRegister(byte[] key) => _key = key;

    /// <summary>How many ids were given.</summary>
    public int Count => _rows.Count;

    internal ReadOnlySpan<byte> Key => _key;

    internal IReadOnlyList<RegisteredRow> Rows => _rows;

    /// <summary>A register without ids, with a new key from the system's generator.</summary>
    public static IdRegister Create() => new(RandomNumberGenerator.GetBytes(Fingerprint.KeyBytes));

    /// <summary>Reads a register.</summary>
    /// <param name="ids">What <see cref="Write"/> wrote; null where no ids were given yet.</param>
    /// <param name="key">What <see cref="WriteKey"/> wrote.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">One of them is not as it was written, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IdRegister Read(FileSource? ids, FileSource key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        FaultList faults = new();
        byte[]? bytes = ReadKey(key, faults, cancellationToken);
        IdRegister register = new(bytes ?? []);
        if (ids is not null && faults.Try(() => LoadedTable.Load(ids, Headings, sheet: null, cancellationToken)) is LoadedTable table)
        {
            for (int row = 0; row < table.Rows.Count; row++)
            {
                string[] cells = [.. Headings.Select(heading => table.Cell(row, heading))];
                if (cells[0].Length == 0 || !register._ids.Add(NameComparer.IdKey(cells[0])) || !cells.Skip(1).All(Fingerprint.IsWellFormed))
                {
                    faults.Add(FileFaults.MalformedRegister, table.LocationOf(row, Headings[0]));
                }

                register._rows.Add(new RegisteredRow(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]));
            }
        }

        faults.ThrowIfAny();
        return register;
    }

    /// <summary>The register of a project that is kept on disk; an empty one with a new key where there is none yet.</summary>
    /// <param name="path">The path of the ids. The key lies beside them, in a file of the same name that ends in <c>.key</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">There are ids without their key, or one of the files is not as it was written, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IdRegister Open(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        bool hasIds = File.Exists(path);
        if (File.Exists(KeyPath(path)))
        {
            string? opened = HashOf(path);
            IdRegister register = Read(hasIds ? FileSource.At(path) : null, FileSource.At(KeyPath(path)), cancellationToken);
            register._opened = opened;
            return register;
        }

        FaultLocation missing = new(Path.GetFileName(KeyPath(path)));
        return !hasIds ? Create() : throw new MalformedInputException([new Fault(FileFaults.MissingKey, missing, Path.GetFileName(path))], 1);
    }

    /// <summary>Keeps the register of a project on disk. Ids are added, none is taken away. The key is written once, and only its owner may read it.</summary>
    /// <param name="path">The path of the ids, as for <see cref="Open"/>.</param>
    /// <exception cref="RegisterChangedException">Somebody else has given ids since this register was opened; they are as they were.</exception>
    /// <exception cref="IOException">A file cannot be written; the ids on disk are as they were.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written; the ids on disk are as they were.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(KeyPath(path)))
        {
            // First: a key without ids is no harm, ids without their key are lost.
            StagedFile.Write(KeyPath(path), overwrite: false, WriteKey, forOwnerOnly: true);
        }

        using MemoryStream key = new();
        WriteKey(key);

        // Whoever writes a file keeps others from writing it until it is moved: so what is there now is what this replaces.
        StagedFile.Write(
            path,
            overwrite: true,
            stream =>
            {
                if (!string.Equals(HashOf(path), _opened, StringComparison.Ordinal)
                    || !File.ReadAllBytes(KeyPath(path)).AsSpan().SequenceEqual(key.GetBuffer().AsSpan(0, (int)key.Length)))
                {
                    throw new RegisterChangedException();
                }

                Write(stream);
            },
            forOwnerOnly: true);
        _opened = HashOf(path);
    }

    /// <summary>Writes the ids and their fingerprints as CSV, in the order in which they were given.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream)
    {
        using CsvWriter csv = new(stream);
        csv.Row(Headings);
        foreach (RegisteredRow row in _rows)
        {
            csv.Row([row.Id, row.Row, row.Rest, row.Name, row.Email, row.Phone, row.Household]);
        }
    }

    /// <summary>Writes the key, which never changes: one line of text. Keep it where nobody else can read it.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteKey(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.ASCII.GetBytes($"{KeyFormat} {Convert.ToHexStringLower(_key)}\n"));
    }

    internal void Add(RegisteredRow row)
    {
        _ids.Add(NameComparer.IdKey(row.Id));
        _rows.Add(row);
    }

    /// <summary>Notes what a row holds by now, so that it is known by that next time.</summary>
    internal void Replace(int index, RegisteredRow row) => _rows[index] = row;

    private static string? HashOf(string path) => File.Exists(path) ? RunLog.HashOf(path) : null;

    private static string KeyPath(string path) => Path.ChangeExtension(path, ".key");

    private static byte[]? ReadKey(FileSource key, FaultList faults, CancellationToken cancellationToken)
    {
        const int MostBytes = 200;
        try
        {
            string text = Encoding.ASCII.GetString(key.Read(MostBytes, cancellationToken)).Trim();
            string[] parts = text.Split(' ');
            if (parts is [KeyFormat, { Length: 2 * Fingerprint.KeyBytes } digits] && Fingerprint.IsHex(digits))
            {
                return Convert.FromHexString(digits);
            }

            faults.Add(FileFaults.MalformedKey, new FaultLocation(key.Name));
        }
        catch (MalformedInputException e)
        {
            faults.AddAll(e);
        }

        return null;
    }
}

/// <summary>Somebody else has given ids since a register was opened: to go on would give a number twice.</summary>
public sealed class RegisterChangedException : IOException
{
    internal RegisterChangedException()
        : base("Ids were given since the register was opened.")
    {
    }
}

/// <summary>An id and the fingerprints of whoever has it; empty ones where the row does not say.</summary>
/// <param name="Id">The id.</param>
/// <param name="Row">Of all that the row held.</param>
/// <param name="Rest">Of all but the status, which changes.</param>
/// <param name="Name">Of the name.</param>
/// <param name="Email">Of the e-mail address.</param>
/// <param name="Phone">Of the phone number.</param>
/// <param name="Household">Of the address.</param>
internal sealed record RegisteredRow(string Id, string Row, string Rest, string Name, string Email, string Phone, string Household);
