using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.Problems;
using Sortition.Files;

namespace Sortition.Cli.Options;

/// <summary>The options that say who is kept ready for a panel, and how likely its members are taken to drop out.</summary>
internal sealed class AlternatesInput
{
    private readonly Option<string?> _alternates = PeopleLists.Alternates();

    private readonly Option<string?> _idColumn = ProblemInput.IdColumn();
    private readonly Option<double?> _dropOut = DropOutInput.Chance();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_alternates, _idColumn, _dropOut])
        {
            command.Options.Add(option);
        }
    }

    public bool IsGiven(ParseResult line) => line.GetValue(_alternates) is not null;

    public double DropOutChance(ParseResult line) => line.GetValue(_dropOut) ?? DropOutInput.DefaultChance;

    /// <exception cref="UsageException">The options do not go together, or there is no whole panel that was drawn.</exception>
    public void Check(ParseResult line, bool isDrawnWhole)
    {
        foreach (Option option in (Option[])[_idColumn, _dropOut])
        {
            if (line.GetResult(option) is not null && !IsGiven(line))
            {
                throw new UsageException("usage/goes-with", ("option", option.Name), ("other", _alternates.Name));
            }
        }

        if (IsGiven(line) && !isDrawnWhole)
        {
            throw new UsageException("usage/alternates-of-drawn-panel");
        }
    }

    /// <summary>Reads who the alternates are.</summary>
    /// <exception cref="MalformedInputException">The file cannot be read, ids are unknown, or people cannot be alternates of the panel.</exception>
    public AlternateSet Read(ParseResult line, Terminal terminal, Panel panel, CancellationToken cancellationToken)
    {
        string text = line.GetValue(_alternates)!;
        (string Id, FaultLocation Location)[] named = StandardStreams.CanRead(text)
            ? [
                .. PeopleFiles.LoadIds(ReadingInput.Table(line, text, terminal.IsRehearsal), line.GetValue(_idColumn), cancellationToken)
                    .Select(listed => (listed.Id, listed.Location))
                    .Where(e => e.Id.Length > 0)
            ]
            : [.. ProblemInput.SplitList(text).Select(id => (id, new FaultLocation(_alternates.Name)))];
        FaultList faults = new();
        return faults.Try(() => AlternateSet.Create(panel, named.Select(e => e.Id)))
            ?? throw new MalformedInputException(
                [.. faults.Faults.Select(f => f.Location.Line is int ordinal ? f.At(named[ordinal - 1].Location) : f)], faults.Count);
    }
}
