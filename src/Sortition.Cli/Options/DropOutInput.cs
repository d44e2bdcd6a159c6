using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.DropOuts;
using Sortition.Files;
using Sortition.Files.Dialects;

namespace Sortition.Cli.Options;

/// <summary>The options that say how likely members are to drop out.</summary>
internal sealed class DropOutInput
{
    public const double DefaultChance = 0.1;

    private readonly Option<double?> _chance = Chance();

    private readonly Option<string?> _chances = new("--drop-out-chances") { HelpName = StandardStreams.File };

    private readonly Option<string?> _past = new("--past") { HelpName = StandardStreams.File };

    /// <summary>The option that says how likely everybody is to drop out.</summary>
    public static Option<double?> Chance() => Numbers.Chance("--drop-out");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_chance, _chances, _past])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether any of the options is given.</summary>
    public bool IsGiven(ParseResult line) => (line.GetValue(_past) ?? line.GetValue(_chances)) is not null || line.GetValue(_chance) is not null;

    /// <summary>Checks that the options do not contradict each other.</summary>
    /// <exception cref="UsageException">They do.</exception>
    public void Check(ParseResult line)
    {
        if (line.GetValue(_past) is not null && (line.GetValue(_chance) is not null || line.GetValue(_chances) is not null))
        {
            throw new UsageException("usage/past-and-chances");
        }
    }

    /// <summary>The chance of whoever nothing else is known about; null where all are estimated.</summary>
    public double? Given(ParseResult line) => line.GetValue(_past) is null ? line.GetValue(_chance) ?? DefaultChance : null;

    /// <summary>The chances, and what their file says beside them if they have one.</summary>
    /// <exception cref="MalformedInputException">The file is malformed or cannot be read.</exception>
    public (DropOutChances Chances, LoadedDropOuts? Loaded) Load(
        ParseResult line, SelectionProblem problem, string? idColumn, CancellationToken cancellationToken)
    {
        if (line.GetValue(_past) is string past)
        {
            LoadedDropOuts estimated = DropOutFiles.LoadModel(ReadingInput.Table(line, past), problem, cancellationToken: cancellationToken);
            return (estimated.Chances, estimated);
        }

        double otherwise = line.GetValue(_chance) ?? DefaultChance;
        if (line.GetValue(_chances) is not string chances)
        {
            return (DropOutChances.Equal(problem, otherwise), null);
        }

        LoadedDropOuts loaded = DropOutFiles.LoadChances(
            ReadingInput.Table(line, chances), problem, otherwise, idColumn: idColumn, cancellationToken: cancellationToken);
        return (loaded.Chances, loaded);
    }
}
