using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Mapping;

/// <summary>A pool made from a raw table: everybody with an id and a value of each feature, and what was done to whom.</summary>
/// <remarks>Holds personal data, but for <see cref="Actions"/>. Immutable and safe to read from any thread.</remarks>
public sealed class PreparedPool
{
    private const string PoolName = "pool.csv";
    private const string ActionsName = "actions.csv";
    private const string IdsName = "ids.csv";

    private readonly TextForm _form;
    private readonly byte[]? _ids;

    internal PreparedPool(
        RawTable raw,
        PoolColumns columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        IReadOnlyList<FeatureValue> defaults,
        IReadOnlyList<PersonAction> actions,
        IdAssignment ids,
        IdRegister? register,
        IReadOnlyList<Fault> warnings)
    {
        _form = raw.Form;
        Header = columns.Header;
        ContactColumns = columns.Contact;
        Rows = rows;
        DefaultValues = defaults;
        Actions = actions;
        NewIds = ids.Created;
        ChangedIds = ids.Changed;
        Warnings = _form.FirstMissing(Header.Concat(rows.SelectMany(row => row))) is string missing
            ? [.. warnings, new Fault(FileFaults.WrittenInUtf8, new FaultLocation(raw.Name), _form.Encoding.WebName, missing)]
            : warnings;
        if (register is not null)
        {
            using MemoryStream stream = new();
            register.Write(stream);
            _ids = stream.ToArray();
        }
    }

    /// <summary>The headings: <c>id</c>, the features, and those of all other columns of the raw table.</summary>
    /// <remarks>A column of the raw table is left out where it has become the id or a feature of the same name; where it only shares a name with them,
    /// <c> (original)</c> stands behind it.</remarks>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The people, in the order of the raw table.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>
    /// The headings of the columns of the pool by which people are written to: name, address, e-mail and telephone, as far as the mapping says.
    /// </summary>
    public IReadOnlyList<string> ContactColumns { get; }

    /// <summary>The values that somebody has because a cell was empty or said none of the others. The quotas need not name them.</summary>
    public IReadOnlyList<FeatureValue> DefaultValues { get; }

    /// <summary>What was done to whom, by row.</summary>
    public IReadOnlyList<PersonAction> Actions { get; }

    /// <summary>How many people got an id that they did not have before.</summary>
    public int NewIds { get; }

    /// <summary>The ids of people whose rows have changed since they got them.</summary>
    public IReadOnlyList<string> ChangedIds { get; }

    /// <summary>What whoever gave the table should know.</summary>
    public IReadOnlyList<Fault> Warnings { get; }

    /// <summary>The names of the files that <see cref="Write"/> writes.</summary>
    /// <param name="name">A file's name.</param>
    public static bool IsResult(string name) => name is PoolName or ActionsName or IdsName;

    /// <summary>
    /// Writes <c>pool.csv</c>, <c>actions.csv</c> (what was done to whom, ids only) and, where ids were made, <c>ids.csv</c>: all of them or nothing. The bytes
    /// depend on the raw table, the mapping and the register only.
    /// </summary>
    /// <param name="target">Where to. Files of an earlier preparation are not written over.</param>
    /// <param name="cancellationToken">Stops the writing; what is on disk is then as it was.</param>
    /// <returns>The names of the files.</returns>
    /// <exception cref="FilesExistException">Files of an earlier preparation are there; they are as they were.</exception>
    /// <exception cref="IOException">A file cannot be written; what is on disk is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<string> Write(FolderTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        List<(string Name, Action<Stream> Write)> files = [(PoolName, WritePool), (ActionsName, WriteActions)];
        if (_ids is not null)
        {
            files.Add((IdsName, stream => stream.Write(_ids)));
        }

        target.Write(files, IsResult, cancellationToken: cancellationToken);
        return [.. files.Select(f => f.Name)];
    }

    /// <summary>The pool as a people file as readers of problems take it.</summary>
    /// <param name="name">What faults and reports call it.</param>
    public FileSource ToPeople(string name) => FileSource.From(
        () =>
        {
            MemoryStream stream = new();
            WritePool(stream);
            return new MemoryStream(stream.ToArray(), writable: false);
        },
        name).With(new ReadingOptions { Encoding = _form.Encoding.WebName });

    private void WritePool(Stream stream) => _form.Write(stream, csv =>
    {
        csv.Row(Header);
        foreach (IReadOnlyList<string> row in Rows)
        {
            csv.Row(row);
        }
    });

    private void WriteActions(Stream stream) => _form.Write(stream, csv =>
    {
        csv.Row(["row", "id", "action", "about"]);
        foreach (PersonAction action in Actions)
        {
            csv.Row([FormattableString.Invariant($"{action.Row}"), action.Id ?? "", Name(action.Kind), action.About ?? ""]);
        }
    });

    private static string Name(PersonActionKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
