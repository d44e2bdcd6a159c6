using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The secret file of salts: <c>id,salt,tag,number</c>, one row a person. Whoever has it knows who is who in the form for everybody.</summary>
public static class SaltFile
{
    private const string Id = "id";

    /// <summary>Writes the file, so that only its owner may read it where the system knows that.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="salts">The salts.</param>
    /// <param name="published">The form for everybody that was made with them, which tells each person's number.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, SaltTable salts, PublishedLottery published)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(salts);
        ArgumentNullException.ThrowIfNull(published);
        Dictionary<string, int> numbers = published.People.Select((p, i) => (p.Name, i)).ToDictionary(p => p.Name, p => p.i + 1, StringComparer.Ordinal);
        StagedFile.Write(path, overwrite: true, Write, forOwnerOnly: true);

        void Write(Stream stream)
        {
            using CsvWriter csv = new(stream);
            csv.Row([Id, "salt", "tag", "number"]);
            foreach (string id in salts.Ids)
            {
                string tag = salts.TagOf(id);
                csv.Row([id, salts.SaltOf(id), tag, numbers.TryGetValue(tag, out int number) ? Tables.Text(number) : ""]);
            }
        }
    }

    /// <summary>Reads who has which tag.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Ids by tag.</returns>
    /// <exception cref="MalformedInputException">The file cannot be read, or a row is malformed; all faults are listed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyDictionary<string, string> ReadIds(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        ReadRows(file, "tag", PublicationFaults.MalformedTag, RootHash.IsHash, (id, tag, _, _) => ids[tag] = id, cancellationToken);
        return ids;
    }

    /// <summary>Reads the salts.</summary>
    /// <param name="file">The file.</param>
    /// <param name="ids">The ids of the pool. Rows of others are left out.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The salts of those of the ids that the file has.</returns>
    /// <exception cref="MalformedInputException">The file cannot be read, or a row is malformed; all faults are listed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SaltTable Read(FileSource file, IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(ids);
        Dictionary<string, string> salts = new(StringComparer.Ordinal);
        HashSet<string> known = new(ids, StringComparer.Ordinal);
        ReadRows(file, "salt", PublicationFaults.MalformedSalt, SaltTable.IsSalt, Keep, cancellationToken);
        return SaltTable.From(salts);

        void Keep(string id, string salt, FaultLocation location, FaultList faults)
        {
            if (known.Contains(id) && !salts.TryAdd(id, salt))
            {
                faults.Add(PublicationFaults.SaltTwice, location, id);
            }
        }
    }

    private static void ReadRows(
        FileSource file,
        string heading,
        FaultCode malformed,
        Func<string, bool> isSound,
        Action<string, string, FaultLocation, FaultList> keep,
        CancellationToken cancellationToken)
    {
        LoadedTable table = TableFiles.Load(file, [Id, heading], cancellationToken: cancellationToken);
        FaultList faults = new();
        for (int row = 0; row < table.Rows.Count; row++)
        {
            string text = table.Cell(row, heading);
            if (isSound(text))
            {
                keep(table.Cell(row, Id), text, table.LocationOf(row, Id), faults);
            }
            else
            {
                faults.Add(malformed, table.LocationOf(row, heading));
            }
        }

        faults.ThrowIfAny();
    }
}
