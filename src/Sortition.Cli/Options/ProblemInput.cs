using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;

namespace Sortition.Cli.Options;

/// <summary>The options that pose a problem, which several commands share.</summary>
internal sealed class ProblemInput
{
    private const int MaxSize = 1_000_000;
    private const int MostListed = 20;

    private readonly Option<string> _quotas = Quotas();
    private readonly Option<int?> _size = Size();
    private readonly Option<string> _people = People();
    private readonly Option<string?> _quotasSheet = QuotasSheet();
    private readonly Option<string?> _peopleSheet = PeopleSheet();
    private readonly Option<string?> _mapping = MappedPeople.Option();

    private readonly Option<string?> _idColumn = IdColumn();

    private readonly Option<string?> _householdColumns = new("--household-columns") { HelpName = "COLUMN,…" };

    private readonly Option<int?> _householdLimit = Numbers.Whole("--household-limit", "H", 1, MaxSize);

    private readonly Option<string?> _mustIn = new("--must-in") { HelpName = StandardStreams.FileOrIds };

    private readonly Option<string?> _mustOut = new("--must-out") { HelpName = StandardStreams.FileOrIds };

    /// <summary>What is to be told of lists that were read before the problem.</summary>
    private readonly List<Fault> _ofLists = [];

    /// <summary>The volunteers.</summary>
    public static Option<string> People() => new("--people", "-p")
    {
        HelpName = StandardStreams.File,
        Required = true,
    };

    /// <summary>The column of ids, in every file that has them.</summary>
    public static Option<string?> IdColumn() => new("--id-column") { HelpName = "COLUMN" };

    /// <summary>The quota file.</summary>
    public static Option<string> Quotas() => new("--quotas", "-q")
    {
        HelpName = StandardStreams.File,
        Required = true,
    };

    /// <summary>The sheet of the quotas.</summary>
    public static Option<string?> QuotasSheet() => new("--quotas-sheet") { HelpName = "NAME" };

    /// <summary>The sheet of the volunteers.</summary>
    public static Option<string?> PeopleSheet() => new("--people-sheet") { HelpName = "NAME" };

    /// <summary>The panel size.</summary>
    public static Option<int?> Size()
    {
        Option<int?> size = Numbers.Whole("--size", "K", 1, MaxSize);
        size.Aliases.Add("-k");
        size.Required = true;
        return size;
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _quotas, _people, _mapping, _size, _quotasSheet, _peopleSheet, _idColumn, _householdColumns, _householdLimit, _mustIn, _mustOut,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        ReadingInput.AddTo(command);
        RehearsalInput.AddTo(command);
    }

    /// <summary>Reads the files and builds the problem; warnings are shown.</summary>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    /// <exception cref="MalformedInputException">Something is malformed.</exception>
    public LoadedProblem Load(
        ParseResult line, Terminal terminal, string? entitlementColumn, CancellationToken cancellationToken, RoundLists? lists = null)
    {
        string[] households = SplitList(line.GetValue(_householdColumns));
        int? limit = line.GetValue(_householdLimit);
        if (limit is not null && households.Length == 0)
        {
            throw new UsageException("usage/household-limit-needs-columns");
        }

        if (households.Distinct(NameComparer.Instance).Count() < households.Length)
        {
            throw new UsageException("usage/household-column-twice");
        }

        string? mustIn = line.GetValue(_mustIn);
        string? mustOut = line.GetValue(_mustOut);

        // In a round whoever is out may be gone from the people file; before the first draw an id that is not there is a slip of the pen.
        string[] isOut = lists is not null ? [.. (Listed(line, _mustOut, cancellationToken) ?? []).Select(o => o.Id)]
            : StandardStreams.CanRead(mustOut) ? [] : SplitList(mustOut);
        MappedPeople? mapped = MappedPeople.Of(
            line, terminal, _mapping, line.GetRequiredValue(_people), [_peopleSheet, _idColumn], cancellationToken);
        LoadedProblem loaded = ProblemFiles.Load(
            new ProblemFilesOptions
            {
                Quotas = ReadingInput.Table(line, line.GetRequiredValue(_quotas)),
                People = mapped?.ToPeople() ?? ReadingInput.Table(line, line.GetRequiredValue(_people)),
                QuotasSheet = line.GetValue(_quotasSheet),
                PeopleSheet = line.GetValue(_peopleSheet),
                PanelSize = line.GetRequiredValue(_size)!.Value,
                IdColumn = line.GetValue(_idColumn),
                HouseholdColumns = households,
                HouseholdLimit = limit,
                EntitlementColumn = entitlementColumn,
                ContactColumns = ContactInput.ColumnsOf(line, mapped),
                ValuesWithoutQuota = mapped?.Pool.DefaultValues ?? [],
                MustBeIn = StandardStreams.CanRead(mustIn) ? [] : SplitList(mustIn),
                MustBeOut = isOut,
                MustBeInFile = StandardStreams.CanRead(mustIn) ? ReadingInput.Table(line, mustIn) : null,
                MustBeOutFile = lists is null && StandardStreams.CanRead(mustOut) ? ReadingInput.Table(line, mustOut) : null,
                Gone = lists is null ? [] : [.. isOut, .. (lists.Declined ?? []).Select(d => d.Id)],
                FurtherPeople = [.. lists?.Panel ?? [], .. lists?.Confirmed ?? []],
                KeepsGone = lists?.KeepsGone ?? false,
                AnswerColumn = lists?.AnswerColumn,
            },
            cancellationToken);
        if (!loaded.People.HasIds)
        {
            terminal.Warn("tool/warning", ("text", terminal.Text("read/no-ids")));
        }

        foreach (InputFile file in loaded.Inputs.Where(f => f.Sheet is not null))
        {
            terminal.Warn("read/sheet", ("sheet", file.Sheet), ("file", file.Name));
        }

        if (loaded.FurtherPeople.Count > 0)
        {
            terminal.Warn("read/further-people", ("count", loaded.FurtherPeople.Count), ("ids", loaded.FurtherPeople.Take(MostListed)));
        }

        TellHouseholds(terminal, loaded.Problem);
        ReadingInput.Warn(terminal, [.. loaded.Problem.Warnings, .. _ofLists]);
        return terminal.IsRehearsal ? loaded.ToRehearsal() : loaded;
    }

    private static void TellHouseholds(Terminal terminal, SelectionProblem problem)
    {
        if (problem.HouseholdLimit is null)
        {
            return;
        }

        int[] sizes = [.. problem.People.Where(p => p.Household is not null).GroupBy(p => p.Household).Select(g => g.Count())];
        terminal.Warn(
            "read/households", ("households", sizes.Length), ("people", sizes.Sum()), ("shared", sizes.Count(s => s > 1)));
    }

    /// <summary>
    /// The people of an option that takes ids with commas between them, or a file of them, which may say more of each; null where it is not given.
    /// </summary>
    /// <exception cref="MalformedInputException">The file cannot be read.</exception>
    public IReadOnlyList<ListedId>? Listed(ParseResult line, Option<string?> option, CancellationToken cancellationToken)
    {
        string? text = line.GetValue(option);
        if (text is null || !StandardStreams.CanRead(text))
        {
            return text is null ? null : [.. SplitList(text).Select(id => new ListedId(id, new FaultLocation(option.Name.TrimStart('-'))))];
        }

        IdList ids = PeopleFiles.LoadIds(ReadingInput.Table(line, text), line.GetValue(_idColumn), cancellationToken);
        _ofLists.AddRange(ids.Warnings);
        return ids;
    }

    /// <summary>The heading of the ids, where one is named.</summary>
    public string? IdColumn(ParseResult line) => line.GetValue(_idColumn);

    /// <summary>The items of a list with commas between them.</summary>
    public static string[] SplitList(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
