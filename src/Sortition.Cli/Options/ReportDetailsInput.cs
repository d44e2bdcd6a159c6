using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Tables;
using Sortition.Publication.Report.Model;

namespace Sortition.Cli.Options;

/// <summary>The options of a report for what its organiser says: who, when, whom to ask, what it is about, how many were invited, what things are called.
/// </summary>
internal sealed class ReportDetailsInput
{
    private const string Name = "name";
    private const string Shown = "shown as";
    private const int MostInvited = 1_000_000_000;
    private const long MostBytes = 1 << 20;

    private readonly Option<string?> _date = new("--date") { HelpName = "DAY" };
    private readonly Option<string?> _organiser = new("--organiser") { HelpName = "TEXT" };
    private readonly Option<string?> _contact = new("--contact") { HelpName = "TEXT" };
    private readonly Option<string?> _introduction = new("--introduction") { HelpName = StandardStreams.File };
    private readonly Option<string?> _logo = new("--logo") { HelpName = StandardStreams.File };
    private readonly Option<int?> _invited = Numbers.Whole("--invited", "N", 1, MostInvited);
    private readonly Option<string?> _names = new("--display-names") { HelpName = StandardStreams.File };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_date, _organiser, _contact, _introduction, _logo, _invited, _names])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads what the options name.</summary>
    /// <exception cref="MalformedInputException">A file cannot be read; all faults of all files are listed.</exception>
    /// <exception cref="UsageException">The day is none.</exception>
    public ReportDetailsGiven Read(ParseResult line, CancellationToken cancellationToken)
    {
        DateOnly? date = Numbers.Day(line, _date);
        FaultList faults = new();
        ReportLogo? logo = line.GetValue(_logo) is not string picture ? null
            : faults.Try(() => ReportLogo.Read(StandardStreams.Source(picture), cancellationToken));
        string? introduction = line.GetValue(_introduction) is not string text ? null
            : faults.Try(() => System.Text.Encoding.UTF8.GetString(StandardStreams.Source(text).Read(MostBytes, cancellationToken)).TrimStart('\uFEFF'));
        IReadOnlyDictionary<string, string>? names = line.GetValue(_names) is not string table ? null : faults.Try(() => Names(line, table, cancellationToken));
        faults.ThrowIfAny();
        return new ReportDetailsGiven
        {
            Date = date,
            Organiser = line.GetValue(_organiser),
            Contact = line.GetValue(_contact),
            Introduction = introduction,
            Logo = logo,
            Invited = line.GetValue(_invited),
            DisplayNames = names ?? new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }

    private static Dictionary<string, string> Names(ParseResult line, string path, CancellationToken cancellationToken)
    {
        LoadedTable table = TableFiles.Load(ReadingInput.Table(line, path), [Name, Shown], cancellationToken: cancellationToken);
        Dictionary<string, string> names = new(NameComparer.Instance);
        for (int row = 0; row < table.Rows.Count; row++)
        {
            if (!names.TryAdd(table.Cell(row, Name), table.Cell(row, Shown)))
            {
                throw new UsageException("usage/display-name-twice", ("name", table.Cell(row, Name)));
            }
        }

        return names;
    }
}

/// <summary>What an organiser says in a report.</summary>
internal sealed record ReportDetailsGiven
{
    public DateOnly? Date { get; init; }

    public string? Organiser { get; init; }

    public string? Contact { get; init; }

    public string? Introduction { get; init; }

    public ReportLogo? Logo { get; init; }

    public int? Invited { get; init; }

    public required IReadOnlyDictionary<string, string> DisplayNames { get; init; }
}
