using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files;

/// <summary>Reads problems from spreadsheets, saved as CSV or as workbooks (<c>.xlsx</c>). The forms they may have are told in <c>docs/file-formats.md</c>.</summary>
public static class ProblemFiles
{
    /// <summary>Reads a quota file and a people file and builds the problem they pose.</summary>
    /// <param name="options">The files, and what they do not say themselves.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="InvalidProblemException">Something is malformed or cannot be read; the exception lists all of it, of both files, with file, line and column.</exception>
    /// <exception cref="ArgumentException">A household limit is given without household columns, or the largest size is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LoadedProblem Load(ProblemFilesOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxFileBytes, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxFileBytes, Array.MaxLength, nameof(options));
        if (options.HouseholdLimit is not null && options.HouseholdColumns.Count == 0)
        {
            throw new ArgumentException("A household limit needs household columns.", nameof(options));
        }

        SelectionProblemBuilder builder = new(options.PanelSize);
        void Report(ProblemFault fault) => builder.Fault(fault);

        SourceFile? quotaSource = SourceFiles.Read(options.QuotasPath, options.MaxFileBytes, Report, cancellationToken);
        using TableReader? quotas = quotaSource?.Open(SheetChoice.Quotas, options.QuotasSheet, Report, cancellationToken);

        // Both may be sheets of one workbook, whose faults are told once.
        bool isOneFile = string.Equals(options.QuotasPath, options.PeoplePath, StringComparison.Ordinal);
        SourceFile? peopleSource = isOneFile ? quotaSource : SourceFiles.Read(options.PeoplePath, options.MaxFileBytes, Report, cancellationToken);
        using TableReader? people = peopleSource?.Open(SheetChoice.People, options.PeopleSheet, Report, cancellationToken);
        string[] order = [SourceFile.NameOf(options.QuotasPath), quotas?.Name ?? "", SourceFile.NameOf(options.PeoplePath), people?.Name ?? ""];

        // What an ampersand means in a quota depends on the columns of the people file.
        IReadOnlyCollection<string> features = quotas is not null && QuotaDialect.Of(quotas.Header, Report) is QuotaDialect dialect
            ? new QuotaFile(quotas, dialect, name => people?.Header.Find(name) >= 0, builder).Read(check: null, cancellationToken)
            : [];
        if (options.HouseholdColumns.Count > 0)
        {
            builder.HouseholdLimit(options.HouseholdLimit ?? 1);
        }

        PeopleFile? file = people is null ? null : PeopleFile.Read(people, new PeopleColumns(options.IdColumn, options.HouseholdColumns, options.EntitlementColumn), features, Report, cancellationToken);
        if (file is null)
        {
            // Without a pool nobody can be looked for in it; the faults so far say why.
            Build(builder, order);
            throw new InvalidOperationException("A people file that cannot be read is a fault.");
        }

        people!.Dispose();
        peopleSource!.Release();
        file.AddTo(builder, cancellationToken);
        if (options.IdColumn is null || file.HasIds)
        {
            // Where the column of ids is missing, that is the fault, not everybody who is not found by one.
            AddStatuses(builder, options, cancellationToken);
        }

        SelectionProblem problem = Build(builder, order);
        return new LoadedProblem(problem, file.ToRows(problem), [quotaSource!.Description, peopleSource.Description], [.. options.HouseholdColumns], options.EntitlementColumn);
    }

    /// <summary>Reads a quota file on its own.</summary>
    /// <param name="path">The quota file.</param>
    /// <param name="panelSize">The number of people on a panel, 1 or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A problem with those quotas and nobody in its pool.</returns>
    /// <exception cref="InvalidProblemException">Something is malformed or cannot be read; the exception lists all of it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SelectionProblem LoadQuotas(string path, int panelSize, CancellationToken cancellationToken = default) =>
        LoadQuotasOfSheet(path, sheet: null, panelSize, cancellationToken);

    /// <summary>Reads the quotas of one sheet of a workbook on their own.</summary>
    /// <param name="path">The quota file.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="panelSize">The number of people on a panel, 1 or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>A problem with those quotas and nobody in its pool.</returns>
    /// <exception cref="InvalidProblemException">Something is malformed or cannot be read; the exception lists all of it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SelectionProblem LoadQuotasOfSheet(string path, string? sheet, int panelSize, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SelectionProblemBuilder builder = new(panelSize);
        void Report(ProblemFault fault) => builder.Fault(fault);

        SourceFile? source = SourceFiles.Read(path, SourceFiles.DefaultMaxBytes, Report, cancellationToken);
        using TableReader? quotas = source?.Open(SheetChoice.Quotas, sheet, Report, cancellationToken);
        if (quotas is not null && QuotaDialect.Of(quotas.Header, Report) is QuotaDialect dialect)
        {
            new QuotaFile(quotas, dialect, _ => false, builder).Read(check: null, cancellationToken);
        }

        return builder.Build();
    }

    /// <summary>Reads a list of ids: one on each line, or in a column with the heading of the people file's ids.</summary>
    /// <param name="path">The file: CSV, or a workbook; <c>selected.csv</c> of an earlier selection is one.</param>
    /// <param name="idColumn">The heading of the column of ids; null to find it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The ids, trimmed, in the order of the file.</returns>
    /// <exception cref="InvalidProblemException">The file cannot be read; the exception lists what is wrong.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<string> LoadIds(string path, string? idColumn, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        List<ProblemFault> faults = [];
        string[] ids = [.. IdFile.Read(path, idColumn, SourceFiles.DefaultMaxBytes, faults.Add, cancellationToken).Select(entry => entry.Id.Trim())];
        return faults.Any(f => !f.IsWarning) ? throw new InvalidProblemException(faults, faults.Count) : ids;
    }

    /// <summary>Builds the problem, or lists the faults of the quotas before those of the people, each by line.</summary>
    private static SelectionProblem Build(SelectionProblemBuilder builder, string[] order)
    {
        try
        {
            return builder.Build();
        }
        catch (InvalidProblemException e)
        {
            throw new InvalidProblemException([.. e.Faults.OrderBy(Rank).ThenBy(f => f.Location.Line ?? 0)], e.FaultCount);

            // Of a sheet without headings only its file's name is known here.
            int Rank(ProblemFault fault) =>
                Array.IndexOf(order, fault.Location.Source) is >= 0 and int rank ? rank
                : Array.FindIndex(order, name => fault.Location.Source.StartsWith(name + " [", StringComparison.Ordinal)) is >= 0 and int file ? file
                : order.Length;
        }
    }

    private static void AddStatuses(SelectionProblemBuilder builder, ProblemFilesOptions options, CancellationToken cancellationToken)
    {
        foreach (string id in options.MustBeIn)
        {
            builder.MustBeIn(id);
        }

        foreach (string id in options.MustBeOut)
        {
            builder.MustBeOut(id);
        }

        foreach ((string id, FaultLocation location) in Ids(options.MustBeInPath))
        {
            builder.MustBeIn(id, location);
        }

        foreach ((string id, FaultLocation location) in Ids(options.MustBeOutPath))
        {
            builder.MustBeOut(id, location);
        }

        IEnumerable<(string Id, FaultLocation Location)> Ids(string? path) =>
            path is null ? [] : IdFile.Read(path, options.IdColumn, options.MaxFileBytes, fault => builder.Fault(fault), cancellationToken);
    }
}
