using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files;
using Sortition.Files.Mapping;
using Sortition.Files.Storage;
using Sortition.Web.Hosting;
using Sortition.Web.Pages;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>Two files come in: people, and quotas or what they are made from.</summary>
internal static class FilesStep
{
    public const string PeopleCsv = "people.csv";

    private const string PeopleXlsx = "people.xlsx";
    private const string PopulationXlsx = "population.xlsx";
    private const int MaxSize = 1_000_000;
    private const int RowsShown = 20;
    private const int ColumnsShown = 40;
    private const int LettersShown = 200;

    /// <summary>Shows what was read.</summary>
    public static Task ShowAsync(Visit visit) => ShowAsync(visit, visit.View(Step.Files), visit.Project.Settings);

    /// <summary>Takes files in.</summary>
    public static Task ReadAsync(Visit visit)
    {
        Project project = visit.Project;
        View view = visit.View(Step.Files);
        ProjectSettings before = project.Settings;
        if (Panels.IsBegun(project))
        {
            view.Errors = [new PageError(visit.T("files/drawn-already"))];
            return ShowAsync(visit, view, before);
        }

        byte[]? people = Given(visit.Form, "people");
        byte[]? quotas = Given(visit.Form, "quotas");
        int? size = visit.Form.Number("size") is int n and >= 1 and <= MaxSize ? n : null;
        List<PageError> errors = [];
        if (size is null)
        {
            errors.Add(new PageError(visit.T("files/no-size"), "size"));
        }

        if (people is null && before.People is null)
        {
            errors.Add(new PageError(visit.T("files/no-people"), "people"));
        }

        if (quotas is null && !project.Has(Project.Quotas))
        {
            errors.Add(new PageError(visit.T("files/no-quotas"), "quotas"));
        }

        view.Errors = errors;
        ProjectSettings after = before with { PanelSize = size ?? before.PanelSize };
        List<(string Name, byte[] Content)> files = [];
        if (people is not null && IsReadable(visit, view, people))
        {
            after = after with { People = IsWorkbook(people) ? PeopleXlsx : PeopleCsv, Mapping = null, HouseholdColumns = [], ContactColumns = [] };
            files.Add((after.People, people));
        }

        if (quotas is not null && size is int seats && ReadTargets(visit, view, quotas, seats) is Targets targets)
        {
            after = after with { SeatsFollowShares = targets.Population is not null };
            files.AddRange(targets.Files);
        }

        if (view.Errors.Count > 0)
        {
            return ShowAsync(visit, view, before);
        }

        project.ForgetChances();
        files.ForEach(file => project.Write(file.Name, file.Content));
        project.Save(after);
        return visit.GoToStepAsync(project.ReadPool(visit.Aborted).Loaded is null ? "files" : "files?note=files-read");
    }

    /// <summary>Keeps which columns say where people live, and how they are written to.</summary>
    public static Task KeepColumnsAsync(Visit visit)
    {
        Project project = visit.Project;
        if (Panels.IsBegun(project) || project.ReadPool(visit.Aborted).Loaded is not { } loaded)
        {
            return visit.GoToStepAsync("files");
        }

        project.Save(project.Settings with { HouseholdColumns = Chosen("household-"), ContactColumns = Chosen("contact-") });
        return visit.GoToStepAsync("files?note=columns-kept");

        string[] Chosen(string prefix) =>
        [
            .. visit.Form.Fields.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(f => f.Value)
                .Where(c => loaded.People.Header.Contains(c, StringComparer.Ordinal)),
        ];
    }

    /// <summary>Shows the folder where it is.</summary>
    public static Task ShowFolderAsync(Visit visit)
    {
        visit.Desk.ShowFolder(visit.Project.Folder);
        return visit.GoToStepAsync("files");
    }

    private static Task ShowAsync(Visit visit, View view, ProjectSettings settings)
    {
        Project project = visit.Project;
        PoolReading pool = project.ReadPool(visit.Aborted);
        if (view.Errors.Count == 0)
        {
            visit.Blame(view, pool.Faults, pool.FaultCount);
        }

        return visit.ShowAsync<FilesPage>(
            view,
            ("Settings", settings),
            ("Pool", pool),
            ("Rows", Rows(visit, settings, pool)));
    }

    /// <summary>The first rows of the table of people.</summary>
    private static (int Line, IReadOnlyList<string> Cells)[] Rows(Visit visit, ProjectSettings settings, PoolReading pool)
    {
        if (pool.Loaded is { } loaded)
        {
            return [(1, Shown(loaded.People.Header)), .. loaded.People.Rows.Take(RowsShown).Select((row, i) => (i + 2, Shown(row)))];
        }

        if (settings.People is not string people || !visit.Project.Has(people))
        {
            return [];
        }

        try
        {
            RawTable table = TableFiles.LoadRaw(visit.Project.PathOf(people)!, cancellationToken: visit.Aborted);
            return [.. table.Rows.Take(RowsShown).Select((row, i) => (table.LineOf(i), Shown(row)))];
        }
        catch (MalformedInputException)
        {
            return [];
        }
    }

    /// <summary>The first cells of a row, and of each the beginning: a table may have a million columns.</summary>
    public static IReadOnlyList<string> Shown(IReadOnlyList<string> row) =>
        [.. row.Take(ColumnsShown).Select(cell => cell.Length > LettersShown ? cell[..LettersShown] + "…" : cell)];

    /// <summary>What was chosen, or else pasted; null for nothing.</summary>
    private static byte[]? Given(UploadedForm form, string name) =>
        form.File(name) is { IsEmpty: false } file ? file.Content
        : form[name + "Text"] is { Length: > 0 } text ? Encoding.UTF8.GetBytes(text + "\n")
        : null;

    private static bool IsReadable(Visit visit, View view, byte[] people)
    {
        try
        {
            TableFiles.LoadRaw(Source(people, IsWorkbook(people) ? PeopleXlsx : PeopleCsv), cancellationToken: visit.Aborted);
            return true;
        }
        catch (MalformedInputException e)
        {
            visit.Blame(view, e.Faults, e.FaultCount, "people");
            return false;
        }
    }

    /// <summary>Quotas as they are; or a population, from which they are made.</summary>
    private static Targets? ReadTargets(Visit visit, View view, byte[] content, int size)
    {
        MalformedInputException asQuotas;
        try
        {
            SelectionProblem read = QuotaFiles.Load(Source(content, Project.Quotas), size, cancellationToken: visit.Aborted);
            return new Targets([(Project.Quotas, IsWorkbook(content) ? Written(stream => QuotaFiles.Write(stream, read)) : content)], null);
        }
        catch (MalformedInputException e)
        {
            asQuotas = e;
        }

        string name = IsWorkbook(content) ? PopulationXlsx : Project.Population;
        try
        {
            Population population = PopulationFiles.Load(Source(content, name), cancellationToken: visit.Aborted);
            QuotaInput[] quotas = [.. QuotaTargets.Compute(population, size).Select(t => t.ToQuota())];
            return new Targets([(name, content), (Project.Quotas, Written(stream => QuotaFiles.Write(stream, quotas)))], population);
        }
        catch (MalformedInputException asPopulation)
        {
            MalformedInputException nearer = asPopulation.FaultCount < asQuotas.FaultCount ? asPopulation : asQuotas;
            visit.Blame(view, nearer.Faults, nearer.FaultCount, "quotas");
            return null;
        }
    }

    private static FileSource Source(byte[] content, string name) => FileSource.From(() => new MemoryStream(content, writable: false), name);

    private static byte[] Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return stream.ToArray();
    }

    /// <summary>Whether a file is a workbook: these are archives.</summary>
    private static bool IsWorkbook(byte[] content) => content.AsSpan().StartsWith("PK\u0003\u0004"u8);

    private sealed record Targets(IReadOnlyList<(string Name, byte[] Content)> Files, Population? Population);
}
