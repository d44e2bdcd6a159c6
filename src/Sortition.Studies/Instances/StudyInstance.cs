using Sortition.Core;
using Sortition.Files;
using Sortition.Files.Storage;

namespace Sortition.Studies.Instances;

/// <summary>A pool with its quotas that algorithms are compared on. It is read when its turn comes.</summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed class StudyInstance
{
    private readonly Func<CancellationToken, SelectionProblem> _load;

    private StudyInstance(
        string name,
        IReadOnlyList<FileSource> files,
        IReadOnlyList<FileSource> lotteries,
        FileSource? shares,
        FileSource? population,
        Func<CancellationToken, SelectionProblem> load)
    {
        Population = population;
        Name = name;
        Files = files;
        Lotteries = lotteries;
        Shares = shares;
        _load = load;
    }

    /// <summary>What tables call it; a study has no two of one name.</summary>
    public string Name { get; }

    /// <summary>The files it is read from, all of them; none where it is made in memory.</summary>
    public IReadOnlyList<FileSource> Files { get; }

    /// <summary>Lotteries for this pool that were made elsewhere; each is compared like an algorithm, under the name of its file without the ending.</summary>
    public IReadOnlyList<FileSource> Lotteries { get; }

    /// <summary>What shares of the population have two values at once; null where nobody says.</summary>
    internal FileSource? Shares { get; }

    /// <summary>The population, by which is told how readily people volunteer; null where nobody says.</summary>
    private FileSource? Population { get; }

    /// <summary>How readily people of each type volunteer.</summary>
    /// <param name="problem">What <see cref="Load"/> gave.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The rates; null where there is no population.</returns>
    /// <exception cref="MalformedInputException">The population is malformed, or lacks what the pool has.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ResponseRates? LoadRates(SelectionProblem problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Population is null ? null
            : ResponseRates.Estimate(problem, PopulationFiles.LoadFor(Population, problem.Features, cancellationToken: cancellationToken));
    }

    /// <summary>Makes an instance of a problem that is made or read by the caller's own code.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="load">Makes the problem; may be called more than once, and must make an equal one each time.</param>
    public static StudyInstance Create(string name, Func<SelectionProblem> load)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(load);
        return new StudyInstance(name, [], [], null, null, _ => load());
    }

    /// <summary>The problem.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">The files are malformed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public SelectionProblem Load(CancellationToken cancellationToken = default) => _load(cancellationToken);

    /// <summary>The same instance under another name.</summary>
    internal StudyInstance Named(string name) => new(name, Files, Lotteries, Shares, Population, _load);

    internal static StudyInstance OfFiles(
        string name, FileSource quotas, FileSource people, FurtherFiles further, int panelSize, InstanceOptions options)
    {
        bool isOneFile = quotas.Path is not null && string.Equals(quotas.Path, people.Path, StringComparison.Ordinal);
        FileSource[] read = isOneFile ? [quotas] : [quotas, people];
        FileSource[] all = [.. read, .. ((FileSource?[])[further.Shares, further.Population]).OfType<FileSource>(), .. further.Lotteries];
        return new StudyInstance(name, all, further.Lotteries, further.Shares, further.Population, token => ProblemFiles.Load(
            new ProblemFilesOptions
            {
                Quotas = quotas,
                People = people,
                PanelSize = panelSize,
                IdColumn = options.IdColumn,
                HouseholdColumns = options.HouseholdColumns,
                EntitlementColumn = options.EntitlementColumn,
            },
            token).Problem);
    }

    internal static StudyInstance OfJson(string name, FileSource file, Func<CancellationToken, SelectionProblem> load) =>
        new(name, [file], [], null, null, load);
}

/// <summary>What lies beside the two files of an instance.</summary>
/// <param name="Lotteries">Lotteries that were made elsewhere.</param>
/// <param name="Shares">What shares of the population have two values at once; null for none.</param>
/// <param name="Population">The population; null for none.</param>
internal sealed record FurtherFiles(IReadOnlyList<FileSource> Lotteries, FileSource? Shares, FileSource? Population)
{
    public static FurtherFiles None { get; } = new([], null, null);
}

/// <summary>How the files of instances are read, all of them in one way.</summary>
public sealed class InstanceOptions
{
    /// <summary>
    /// The panel size of instances that do not say it themselves, 1 or more; null (the default) where all do: by the end of their folder's or file's name, such
    /// as <c>mytown_36</c>.
    /// </summary>
    public int? PanelSize { get; init; }

    /// <summary>As <see cref="ProblemFilesOptions.IdColumn"/>.</summary>
    public string? IdColumn { get; init; }

    /// <summary>As <see cref="ProblemFilesOptions.HouseholdColumns"/>.</summary>
    public IReadOnlyList<string> HouseholdColumns { get; init; } = [];

    /// <summary>As <see cref="ProblemFilesOptions.EntitlementColumn"/>.</summary>
    public string? EntitlementColumn { get; init; }
}
