using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files;

/// <summary>Reads problems from two tables, the quotas and the volunteers, each saved as CSV or as a sheet of a workbook (<c>.xlsx</c>).</summary>
/// <remarks>
/// <para>CSV is UTF-8, UTF-16 with a byte order mark, or else Windows-1252; its delimiter is a comma, a semicolon or a tab, whichever stands most often in the
/// first line. The first row that is not blank holds the headings. They are matched trimmed and without regard to case, in any order, and further columns are
/// kept.</para>
/// <para>The quota table has a row for each quota: the headings <c>category,feature,min,max</c>, <c>category,name,min,max</c>, <c>feature,value,min,max</c> or
/// <c>FeatureName,ValueName,MinQuota,MaxQuota</c>, with seats as whole numbers. <c>gender &amp; age</c> with <c>female &amp; 16-24</c> bounds those who are
/// both. The values of a feature are those that its quotas name.</para>
/// <para>The table of the volunteers has a row for each: an id, and a column for every feature that a quota names. Identical rows count once, with a warning;
/// different rows with one id are a fault.</para>
/// <para>Nothing is guessed: whatever is malformed is told, all of it at once, with file, line and column.</para>
/// </remarks>
/// <example>
/// <code>
/// LoadedProblem input = ProblemFiles.Load(new ProblemFilesOptions
/// {
///     Quotas = "categories.csv",
///     People = FileSource.From(upload, "respondents.csv"),
///     PanelSize = 36,
///     HouseholdColumns = ["street", "postcode"],
/// });
/// SolveResult result = new Leximin().Solve(input.Problem);
/// </code>
/// </example>
public static class ProblemFiles
{
    /// <summary>Reads a quota file and a people file and builds the problem they pose.</summary>
    /// <param name="options">The files, and what they do not say themselves.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read; the exception lists all of it, of both files, with file, line and column.
    /// </exception>
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
        FaultList faults = builder.Faults;
        SourceFile? quotaSource = SourceFiles.Read(options.Quotas, options.MaxFileBytes, faults, cancellationToken);
        using TableReader? quotas = quotaSource?.Open(SheetChoice.Quotas, options.QuotasSheet, faults, cancellationToken);

        // Both may be sheets of one workbook, whose faults are told once.
        bool isOneFile = options.Quotas.IsSameAs(options.People);
        SourceFile? peopleSource = isOneFile ? quotaSource : SourceFiles.Read(options.People, options.MaxFileBytes, faults, cancellationToken);
        IReadOnlyList<string> named = QuotaFile.FeaturesOf(quotaSource, options.QuotasSheet, cancellationToken);
        TableRole role = SheetChoice.People([.. named, .. options.HouseholdColumns, .. options.IdColumn is string asked ? [asked] : (string[])[]]);
        using TableReader? people = peopleSource?.Open(role, options.PeopleSheet, faults, cancellationToken);
        string[] order = [options.Quotas.Name, quotas?.Name ?? "", options.People.Name, people?.Name ?? ""];

        // What an ampersand means in a quota depends on the columns of the people file.
        IReadOnlyCollection<string> features = quotas is not null && QuotaDialect.Of(quotas.Header, faults) is QuotaDialect dialect
            ? new QuotaFile(quotas, dialect, name => people?.Header.Find(name) >= 0, builder).Read(check: null, cancellationToken)
            : [];
        foreach (FeatureValue value in options.ValuesWithoutQuota.Where(v => features.Contains(v.Feature, NameComparer.Instance)))
        {
            builder.Feature(value.Feature, value.Value);
        }

        if (options.HouseholdColumns.Count > 0)
        {
            builder.HouseholdLimit(options.HouseholdLimit ?? 1);
        }

        PeopleFile? file = people is null
            ? null
            : PeopleFile.Read(
                people,
                new PeopleColumns(options.IdColumn, options.HouseholdColumns, options.EntitlementColumn, options.ContactColumns),
                features,
                faults,
                cancellationToken);
        if (file is null)
        {
            // Without a pool nobody can be looked for in it; the faults so far say why.
            Build(builder, order);
            throw new InvalidOperationException("A people file that cannot be read is a fault.");
        }

        people!.Dispose();
        peopleSource!.Release();
        IReadOnlyList<string> added = file.AddMissing(options.FurtherPeople);
        if (options.AnswerColumn is string answers)
        {
            file.ReadAnswers(answers, faults);
        }

        (List<ListedId> isIn, List<ListedId> isOut) = Statuses(options, faults, cancellationToken);
        HashSet<string> erased = file.LeaveOutErased(
            [.. isOut.Select(o => o.Id), .. options.Gone, .. file.Answers.Where(a => a.Answer == Answer.No).Select(a => a.Id)]);
        if (options.KeepsGone)
        {
            IReadOnlyList<string> kept = file.AddMissing(options.FurtherPeople);
            erased.ExceptWith(kept.Select(NameComparer.IdKey));
            added = [.. added, .. kept];
        }

        file.AddTo(builder, cancellationToken);
        if (options.IdColumn is null || file.HasIds)
        {
            // Where the column of ids is missing, that is the fault, not everybody who is not found by one.
            isOut.RemoveAll(o => erased.Contains(NameComparer.IdKey(o.Id)));
            AddStatuses(builder, file.Lacking(options.Gone), isIn, isOut);
        }

        SelectionProblem problem = Build(builder, order);
        InputFile[] inputs = [quotaSource!.Description.WithSheet(quotas!.Sheet), peopleSource.Description.WithSheet(people.Sheet)];
        return new LoadedProblem(problem, file.ToRows(problem), inputs, [.. options.HouseholdColumns], options.EntitlementColumn)
        {
            Answers = file.Answers,
            FurtherPeople = added,
            LeftOut = [.. erased],
            Erased = [.. added.IntersectBy(options.Gone.Select(NameComparer.IdKey), NameComparer.IdKey, StringComparer.Ordinal)],
        };
    }

    /// <summary>Builds the problem, or lists the faults of the quotas before those of the people, each by line.</summary>
    private static SelectionProblem Build(SelectionProblemBuilder builder, string[] order)
    {
        try
        {
            return builder.Build();
        }
        catch (MalformedInputException e)
        {
            throw new MalformedInputException([.. e.Faults.OrderBy(Rank).ThenBy(f => f.Location.Line ?? 0)], e.FaultCount);

            // Of a sheet without headings only its file's name is known here.
            int Rank(Fault fault) =>
                Array.IndexOf(order, fault.Location.Source) is >= 0 and int rank ? rank
                : Array.FindIndex(order, name => fault.Location.Source.StartsWith(name + " [", StringComparison.Ordinal)) is >= 0 and int file ? file
                : order.Length;
        }
    }

    private static (List<ListedId> IsIn, List<ListedId> IsOut) Statuses(ProblemFilesOptions options, FaultList faults, CancellationToken cancellationToken)
    {
        return (Listed(options.MustBeIn, options.MustBeInFile, "must be in"), Listed(options.MustBeOut, options.MustBeOutFile, "must be out"));

        List<ListedId> Listed(IEnumerable<string> ids, FileSource? file, string name) =>
        [
            .. ids.Select(id => new ListedId(id, new FaultLocation(name))),
            .. file is null ? [] : IdFile.Read(file, options.IdColumn, options.MaxFileBytes, faults, cancellationToken),
        ];
    }

    private static void AddStatuses(SelectionProblemBuilder builder, HashSet<string> gone, List<ListedId> isIn, List<ListedId> isOut)
    {
        foreach (ListedId listed in isIn)
        {
            builder.MustBeIn(listed.Id, listed.Location);
        }

        foreach (ListedId listed in isOut)
        {
            if (gone.Contains(NameComparer.IdKey(listed.Id)))
            {
                // Whoever is out may be gone from the file. But a slip of the pen would leave somebody in.
                builder.Faults.Add(FileFaults.OutNotThere, listed.Location, listed.Id);
            }
            else
            {
                builder.MustBeOut(listed.Id, listed.Location);
            }
        }
    }
}
