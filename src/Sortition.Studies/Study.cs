using Sortition.Core;
using Sortition.Files.Storage;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Instances;
using Sortition.Studies.Metrics;
using Sortition.Studies.Results;
using Sortition.Studies.Running;

namespace Sortition.Studies;

/// <summary>Compares algorithms on instances: every algorithm on every instance is a cell, and all cells together make tables and a report.</summary>
/// <remarks>
/// <para>Finished cells are kept in the folder <c>cells</c> of the output. A study that was stopped, by whatever, goes on from there when it is started again
/// with the same options, and comes to the same bytes as one that was not. When all is written the folder is taken away.</para>
/// <para>All files but <c>timings.csv</c> depend on the instances, the options and the machine only, not on the number of threads or how often a study was
/// stopped. Where no time limit is set, only <c>environment.json</c> depends on the machine beyond what floating-point arithmetic does.</para>
/// </remarks>
/// <example>
/// <code>
/// StudyResult result = Study.Run(
///     new StudyOptions
///     {
///         Instances = InstanceSearch.FindAll(["pools", "Alternate(200,20)"]),
///         Algorithms = [StudyAlgorithm.FromLottery(new Leximin()), StudyAlgorithm.FromDraws(new Greedy(), alike: true)],
///         Seed = "4 2 6 1 3",
///     },
///     "study");
/// </code>
/// </example>
public static class Study
{
    /// <summary>Runs a study, or goes on with it.</summary>
    /// <param name="options">What is compared.</param>
    /// <param name="output">The folder to write to; it may exist, but not hold results or cells of another study.</param>
    /// <param name="writing">How it is written; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the study; finished cells are kept.</param>
    /// <returns>What was written. Of a part of a study (<see cref="StudyOptions.Shard"/>) there are only cells.</returns>
    /// <exception cref="ArgumentException">Options are out of range, or names are not unique.</exception>
    /// <exception cref="FilesExistException">Results of a study are there.</exception>
    /// <exception cref="MalformedInputException">Cells of another study are there.</exception>
    /// <exception cref="IOException">Something cannot be written, or another process is just writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StudyResult Run(StudyOptions options, string output, StudyWriting? writing = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(output);
        Check(options);
        StudyPlan plan = StudyPlan.Of(options, cancellationToken);
        FilesExistException.ThrowIfAny(output, _ => false);
        if (StudyFiles.AreAt(output))
        {
            CellStore.RemoveLeftover(output);
        }

        FilesExistException.ThrowIfAny(output, name => StudyFiles.IsOne(name) && !CellStore.IsAt(output));
        using CellStore store = CellStore.Open(output);
        if (store.Plan is not { } begun)
        {
            store.Begin(plan);
        }
        else if (!string.Equals(begun.Content, plan.Content, StringComparison.Ordinal))
        {
            throw Refused(output, StudyFaults.OtherStudy);
        }

        (string Instance, string Algorithm)[] cells =
        [
            .. plan.Cells.Where((_, c) => options.Shard is not { } shard || c % shard.Count == shard.Number - 1),
        ];
        (string Instance, string Algorithm)[] missing = [.. cells.Where(cell => !store.Has(cell.Instance, cell.Algorithm))];
        new CellQueue(options, store).Run(missing, cells.Length - missing.Length, cancellationToken);
        if (options.Shard is not null)
        {
            return new StudyResult([], cells.Length, cells.Count(c => store.Cell(c.Instance, c.Algorithm)!.Status != StudyStatus.Done), []);
        }

        StudyResult result = Finish(new StudyData(plan, [store]), output, writing, cancellationToken);
        store.Remove();
        return result;
    }

    /// <summary>Puts the parts of a study together.</summary>
    /// <param name="parts">The folders that the parts were written to, which stay as they are.</param>
    /// <param name="output">The folder to write to; it may exist, but not hold results.</param>
    /// <param name="writing">How it is written; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>What was written: the same bytes as of the whole study on one machine, but for <c>timings.csv</c>.</returns>
    /// <exception cref="FilesExistException">Results of a study are there.</exception>
    /// <exception cref="MalformedInputException">A folder holds no part, or one of another study, or cells are missing.</exception>
    /// <exception cref="IOException">Something cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StudyResult Merge(IReadOnlyList<string> parts, string output, StudyWriting? writing = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        FilesExistException.ThrowIfAny(output, StudyFiles.IsOne);
        CellStore[] stores = [.. parts.Select(CellStore.Read)];
        StudyPlan? plan = stores[0].Plan;
        for (int p = 0; p < stores.Length; p++)
        {
            if (plan is null || !string.Equals(stores[p].Plan?.Content, plan.Content, StringComparison.Ordinal))
            {
                throw Refused(parts[p], StudyFaults.OtherStudy);
            }
        }

        StudyData data = new(plan!, stores);
        return data.Missing is > 0 and int missing
            ? throw Refused(output, StudyFaults.MissingCells, missing, plan!.Cells.Count)
            : Finish(data, output, writing, cancellationToken);
    }

    /// <summary>The seed of a study that was begun in a folder, so that it can be gone on with; null where there is none.</summary>
    /// <param name="output">The folder.</param>
    public static string? SeedOf(string output)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        return CellStore.Read(output).Plan?.Seed;
    }

    private static StudyResult Finish(StudyData data, string output, StudyWriting? writing, CancellationToken cancellationToken)
    {
        writing ??= new StudyWriting();
        IReadOnlyList<CheckedFigure> figures = data.Check(writing.Expected);
        int failed = data.ByInstance().Sum(cells => cells.Count(cell => cell.Status != StudyStatus.Done));
        FolderTarget target = FolderTarget.At(output);

        // A process that was killed after it had moved the results in, and before it had taken the cells away, left nothing to write.
        IReadOnlyList<string> files = StudyFiles.AreAt(output)
            ? [.. Directory.GetFiles(output).Select(path => Path.GetFileName(path)).Where(StudyFiles.IsOne).Order(StringComparer.Ordinal)]
            : StudyFiles.Write(data, figures, writing.Log is null ? target : target.LoggedIn(writing.Log), writing.Texts, cancellationToken);
        return new StudyResult(files, data.Plan.Cells.Count, failed, figures);
    }

    private static void Check(StudyOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxThreads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Draws, Lotteries.StudyLottery.Batches, nameof(options));
        string? fault = options.Instances.Count == 0 ? "There is no instance."
            : options.Instances.DistinctBy(i => i.Name, StringComparer.Ordinal).Count() < options.Instances.Count ? "Two instances have one name."
            : options.Algorithms.DistinctBy(a => a.Name, StringComparer.Ordinal).Count() < options.Algorithms.Count ? "Two algorithms have one name."
            : options.Metrics.Except(StudyMetrics.Groups, StringComparer.Ordinal).Any() ? "There is no such group of metrics."
            : null;
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(options));
        }
    }

    private static MalformedInputException Refused(string output, FaultCode code, params IReadOnlyList<object?> values) =>
        new([new Fault(code, new FaultLocation(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)))), values)], 1);
}

/// <summary>How the results of a study are written.</summary>
public sealed class StudyWriting
{
    /// <summary>Figures to compare with; none by default.</summary>
    public IReadOnlyList<ExpectedFigure> Expected { get; init; } = [];

    /// <summary>The language of the report, with the texts of this package; English by default.</summary>
    public TextRenderer Texts { get; init; } = StudyTexts.English;

    /// <summary>Where to log what was written; null (the default) for nowhere.</summary>
    public RunLog? Log { get; init; }
}

/// <summary>What a study ended with.</summary>
public sealed class StudyResult
{
    internal StudyResult(IReadOnlyList<string> files, int cells, int notDone, IReadOnlyList<CheckedFigure> figures) =>
        (Files, Cells, NotDone, Figures) = (files, cells, notDone, figures);

    /// <summary>The names of the files written; none of a part of a study.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>How many cells there are: instances times algorithms, and the lotteries that instances bring.</summary>
    public int Cells { get; }

    /// <summary>How many of them did not run to their end; <c>failures.csv</c> lists them.</summary>
    public int NotDone { get; }

    /// <summary>The figures that were compared with expected ones.</summary>
    public IReadOnlyList<CheckedFigure> Figures { get; }
}
