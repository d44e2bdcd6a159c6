using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Publication;
using Sortition.Publication.Format;

namespace Sortition.Cli.Options;

/// <summary>The options by which a draw in public also writes who was drawn, with all that the table of people has of them.</summary>
internal sealed class DrawFilesInput
{
    private readonly Option<string> _people = ProblemInput.People();
    private readonly Option<string?> _mapping = MappedPeople.Option();
    private readonly Option<string?> _sheet = ProblemInput.PeopleSheet();
    private readonly Option<string?> _idColumn = ProblemInput.IdColumn();
    private readonly Option<bool> _workbook = new("--workbook");
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = StandardStreams.FolderOrZip };

    public void AddTo(Command command)
    {
        _people.Required = false;
        foreach (Option option in (Option[])[_people, _mapping, _sheet, _idColumn])
        {
            command.Options.Add(option);
        }

        ReadingInput.AddTo(command);
        ContactInput.AddTo(command);
        ContactInput.AddFindMeTo(command);
        command.Options.Add(_output);
        command.Options.Add(_workbook);
    }

    /// <summary>Whether files are asked for.</summary>
    public bool IsGiven(ParseResult line) => line.GetValue(_output) is not null;

    /// <summary>Reads the people and finds out whether files can be written, before anything is drawn.</summary>
    /// <returns>The people; null where no files are asked for.</returns>
    /// <exception cref="UsageException">Options do not go together, or the place is taken.</exception>
    /// <exception cref="Core.MalformedInputException">The people cannot be read, or are not those of the lottery.</exception>
    public LoadedProblem? Load(ParseResult line, Terminal terminal, PublishedLottery lottery, CancellationToken cancellationToken)
    {
        (string? output, string? people) = (line.GetValue(_output), line.GetValue(_people));
        if (output is null != people is null)
        {
            throw new UsageException("usage/people-and-output");
        }

        ContactInput.FindMeAt(line);
        if (output is null)
        {
            return line.GetValue(_workbook) ? throw new UsageException("usage/workbook-needs-output") : null;
        }

        if (!lottery.HasPrivatePart)
        {
            throw new UsageException("usage/output-of-public");
        }

        OutputFolder.Check(output, DrawFiles.IsResult);
        MappedPeople? mapped = MappedPeople.Of(line, terminal, _mapping, people!, [_sheet, _idColumn], cancellationToken);
        LoadedProblem input = PeopleFiles.LoadFor(
            mapped?.ToPeople() ?? ReadingInput.Table(line, people!, lottery.IsRehearsal),
            lottery.Problem,
            new PeopleFilesOptions
            {
                Sheet = line.GetValue(_sheet),
                IdColumn = line.GetValue(_idColumn),
                ContactColumns = ContactInput.ColumnsOf(line, mapped),
            },
            cancellationToken);
        ReadingInput.Warn(terminal, input.Warnings);
        if (input.People.OtherRows > 0)
        {
            terminal.Warn("draw/other-rows", ("value", input.People.OtherRows));
        }

        return input;
    }

    /// <summary>Writes the files, if they are asked for.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="UsageException">They cannot be written.</exception>
    public IReadOnlyList<string> Write(
        ParseResult line, Terminal terminal, PublishedLottery lottery, DrawRecord draw, LoadedProblem? people, CancellationToken cancellationToken) =>
        people is null ? [] : DrawInput.Write(
            terminal,
            line.GetValue(_output)!,
            to => DrawFiles.Write(to, lottery, draw, people, ContactInput.FindMeAt(line), line.GetValue(_workbook), cancellationToken));

    /// <summary>What was written, in words.</summary>
    public (string Label, string Text) Describe(Language language, ParseResult line, IReadOnlyList<string> files) =>
        (language.Text("label/files"), OutputFolder.Describe(language, files, line.GetValue(_output)));
}
