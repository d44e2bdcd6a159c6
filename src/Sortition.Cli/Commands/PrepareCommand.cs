using System.CommandLine;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Mapping;
using Sortition.Files.Storage;

namespace Sortition.Cli.Commands;

/// <summary>Makes a pool of a spreadsheet as it comes: first suggests how, then does it.</summary>
internal sealed class PrepareCommand : ToolCommand
{
    private const string DefaultMapping = "mapping.json";

    private readonly Argument<string> _table = new("table") { HelpName = StandardStreams.File };

    private readonly Option<string?> _quotas = new("--quotas", "-q") { HelpName = StandardStreams.File };

    private readonly Option<string?> _quotasSheet = ProblemInput.QuotasSheet();
    private readonly Option<string?> _sheet = ProblemInput.PeopleSheet();
    private readonly Option<string?> _mapping = MappedPeople.Option();
    private readonly Option<string?> _asOf = new("--as-of") { HelpName = "DAY" };

    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "FILE|FOLDER" };

    public PrepareCommand()
        : base("prepare")
    {
        Arguments.Add(_table);
        foreach (Option option in (Option[])[_quotas, _mapping, _output, _asOf, _quotasSheet, _sheet])
        {
            Options.Add(option);
        }

        Options.Add(CommandLog.OverwriteOption());
        ReadingInput.AddTo(this);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken) =>
        line.GetValue(_mapping) is string mapping
            ? Prepare(line, mapping, terminal, cancellationToken)
            : Suggest(line, terminal, cancellationToken);

    private int Suggest(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string path = line.GetValue(_output) ?? DefaultMapping;
        OutputFolder.CheckFile(terminal, path);
        DateOnly? asOf = Numbers.Day(line, _asOf);
        IReadOnlyList<Feature> features = Features(line, cancellationToken)
            ?? throw new UsageException("usage/quotas-or-mapping");
        FileSource source = ReadingInput.Table(line, line.GetRequiredValue(_table));
        RawTable table = TableFiles.LoadRaw(source, line.GetValue(_sheet), cancellationToken);
        string idsPath = MappedPeople.IdsPath(path, MappedPeople.DefaultIds);
        IdRegister ids = IdRegister.Open(idsPath, cancellationToken);
        PoolMapping mapping = PoolMapping.Suggest(table, features, ids, asOf, cancellationToken);
        IReadOnlyList<Fault> open = mapping.FindOpenPoints(table, ids, cancellationToken);
        OutputFolder.Write(path, () =>
        {
            if (mapping.CreatesIds)
            {
                ids.Save(idsPath);
            }
        });
        OutputFolder.WriteFile(terminal, path, mapping.Write);
        ReadingInput.Warn(terminal, table.Warnings);
        PreparationText.TellSuggestion(terminal, open, path, mapping.CreatesIds ? idsPath : null, line.GetRequiredValue(_table));
        return open.Count == 0 ? ExitCode.Done : ExitCode.BadInput;
    }

    private int Prepare(ParseResult line, string mappingPath, Terminal terminal, CancellationToken cancellationToken)
    {
        if (line.GetValue(_asOf) is not null || line.GetValue(_sheet) is not null)
        {
            throw new UsageException("usage/as-of-with-mapping");
        }

        string? path = line.GetValue(_output);
        if (path is not null)
        {
            OutputFolder.Check(terminal, path, PreparedPool.IsResult);
        }

        IReadOnlyList<Feature>? features = Features(line, cancellationToken);
        MappedPeople people = MappedPeople.Prepare(terminal, mappingPath, ReadingInput.Table(line, line.GetRequiredValue(_table)), cancellationToken);
        IReadOnlyList<string> files = [];
        if (path is not null)
        {
            people.SaveIds();
            files = OutputFolder.WriteAll(terminal, path, target => people.Pool.Write(target, cancellationToken));
        }

        PreparationText.Tell(terminal, people.Pool, people.Mapping, features);
        terminal.Fill(json => json["files"] = Json.Texts(files));
        terminal.Say();
        terminal.Lines([(terminal.Text("prepare/files"), OutputFolder.Describe(terminal.Language, files, path))]);
        return ExitCode.Done;
    }

    private IReadOnlyList<Feature>? Features(ParseResult line, CancellationToken cancellationToken) =>
        line.GetValue(_quotas) is string quotas
            ? QuotaFiles.Load(ReadingInput.Table(line, quotas), panelSize: 1, line.GetValue(_quotasSheet), cancellationToken).Features
            : null;
}
