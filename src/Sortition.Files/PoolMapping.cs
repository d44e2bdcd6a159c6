using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Documents;
using Sortition.Files.Mapping;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files;

/// <summary>
/// How a raw table, such as the export of a registration form, becomes a pool: which column is which feature, which ages a value stands for, which words mean
/// the same, what an empty cell means, who is left out, who has registered twice. It is suggested from a first look at the table, then edited or confirmed by a
/// person, and gives the same pool again and again.
/// </summary>
/// <remarks>
/// <para>A mapping is a JSON document (<c>sortition-mapping/1</c>). What is open in it stands as <c>"?"</c>; nothing is prepared until all of it is answered.
/// What is open is told as faults whose codes begin with <c>files/ask-</c>: each has the place in the document, the reason and the choices.</para>
/// <para>Immutable and safe to use from any thread; a register of ids is not.</para>
/// </remarks>
/// <example>
/// <code>
/// RawTable table = TableFiles.LoadRaw("people.xlsx");
/// IdRegister ids = IdRegister.Create();                                  // kept with the project; its key is published nowhere
/// PoolMapping mapping = PoolMapping.Suggest(table, problem.Features, ids, asOf: new DateOnly(2026, 5, 1));
/// foreach (Fault open in mapping.FindOpenPoints(table, ids))
/// {
///     Console.WriteLine(FileTexts.English.Describe(open));               // ask somebody, and put the answers into the document
/// }
///
/// string answered = File.ReadAllText("mapping.json");
/// PreparedPool pool = PoolMapping.Deserialize(answered).Apply(table, ids);
/// pool.Write("pool");                                                    // pool.csv, actions.csv, ids.csv
/// </code>
/// </example>
public sealed class PoolMapping
{
    private readonly MappingModel _model;
    private readonly MappingPlace _place;

    private PoolMapping(MappingModel model, MappingPlace place) => (_model, _place) = (model, place);

    /// <summary>Whether it gives ids to people, so that it needs a register that keeps them.</summary>
    public bool CreatesIds => _model.Id.Column is null;

    /// <summary>The name of the file that keeps these ids, as the document has it; null where none is named.</summary>
    public string? IdsFile => _model.Id.Keep;

    /// <summary>The tables of translations that it reads, each once, as the document names them: paths from its folder on.</summary>
    public IReadOnlyList<string> LookupFiles => [.. _model.Features.Select(f => f.Lookup?.File).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The names of the features that it makes.</summary>
    public IReadOnlyList<string> Features => [.. _model.Features.Select(f => f.Name)];

    /// <summary>A first look at a table: suggests a mapping, and leaves open what cannot be told.</summary>
    /// <param name="table">The table.</param>
    /// <param name="features">The features of the quotas with their values.</param>
    /// <param name="ids">The register of ids, to which those of the table are added if it has none of its own; null for a new one.</param>
    /// <param name="asOf">The day on which ages count; null to leave it open.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The mapping.</returns>
    /// <exception cref="MalformedInputException">The table has no headings.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PoolMapping Suggest(
        RawTable table, IReadOnlyList<Feature> features, IdRegister? ids = null, DateOnly? asOf = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(features);
        MappingPlace place = new("mapping", FileSource.At);
        return new PoolMapping(MappingSuggestion.Suggest(table, features, ids ?? IdRegister.Create(), asOf, place, cancellationToken), place);
    }

    /// <summary>Reads a mapping.</summary>
    /// <param name="file">The file.</param>
    /// <param name="open">Opens the tables of translations that it names; null to look for them beside the file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">It is no mapping; the exception lists what is wrong, each with its path in the document.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PoolMapping Read(FileSource file, Func<string, FileSource>? open = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        JsonFaults faults = new();
        using JsonDocument? document = faults.Parse(file, cancellationToken);
        string folder = Path.GetDirectoryName(file.Path) ?? "";
        return Read(document, faults, new MappingPlace(file.Name, open ?? (name => FileSource.At(Path.Combine(folder, name)))));
    }

    /// <summary>Reads a mapping that is a text.</summary>
    /// <param name="json">The document.</param>
    /// <param name="open">Opens the tables of translations that it names; null to look for them in the current folder.</param>
    /// <exception cref="MalformedInputException">It is no mapping; the exception lists what is wrong, each with its path in the document.</exception>
    public static PoolMapping Deserialize(string json, Func<string, FileSource>? open = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonFaults faults = new();
        using JsonDocument? document = JsonInput.Parse(json, faults);
        return Read(document, faults, new MappingPlace("mapping", open ?? FileSource.At));
    }

    /// <summary>Writes it for people to edit.</summary>
    /// <param name="stream">Where to; left open.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        MappingWriter.Write(stream, _model);
    }

    /// <summary>The document that <see cref="Write"/> writes, as a text.</summary>
    public string Serialize()
    {
        using MemoryStream stream = new();
        Write(stream);
        return JsonForm.Utf8.GetString(stream.ToArray());
    }

    /// <summary>Reads a raw table as the mapping says: from which sheet, in which encoding.</summary>
    /// <param name="file">The table.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RawTable LoadTable(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        TableForm form = _model.Table;
        ReadingOptions reading = new()
        {
            Encoding = form.Encoding ?? file.Reading.Encoding,
            Separator = form.Separator ?? file.Reading.Separator,
            DecimalMark = form.Decimal ?? file.Reading.DecimalMark,
        };
        return RawTable.Load(file.With(reading), form.Sheet, SheetChoice.People([]), cancellationToken);
    }

    /// <summary>What keeps it from being applied to a table: what is open, and what is wrong.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ids">The register of ids; null for a new one.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Faults, one a cause; none where <see cref="Apply"/> gives a pool.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<Fault> FindOpenPoints(RawTable table, IdRegister? ids = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        FaultList faults = new();
        Preparation.Run(table, _model, _place, ids ?? IdRegister.Create(), faults, cancellationToken);
        return faults.Faults;
    }

    /// <summary>Makes a pool of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ids">
    /// The register of ids, to which those of new people are added; keep it, and give it again next time. Null for a new one: then nobody is known again.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The pool, the same for the same table, mapping and register.</returns>
    /// <exception cref="MalformedInputException">Something is open or wrong; the exception lists all of it, one line a cause.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PreparedPool Apply(RawTable table, IdRegister? ids = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        FaultList faults = new();
        Preparation? preparation = Preparation.Run(table, _model, _place, ids ?? IdRegister.Create(), faults, cancellationToken);
        return preparation?.Pool ?? throw faults.ToException();
    }

    private static PoolMapping Read(JsonDocument? document, JsonFaults faults, MappingPlace place)
    {
        MappingModel model = document is null ? new MappingModel() : MappingReader.Read(document.RootElement, faults);
        faults.Found.In(place.Name).ThrowIfAny();
        return new PoolMapping(model, place);
    }
}
