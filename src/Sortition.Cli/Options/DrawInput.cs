using System.CommandLine;
using System.Diagnostics;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Xlsx;

namespace Sortition.Cli.Options;

/// <summary>The options of commands that compute, draw at once and write what came of it.</summary>
internal sealed class DrawInput
{
    private readonly Option<string?> _seed;
    private readonly Option<string?> _output;
    private readonly Option<int?> _ballots = new BallotsInput("draw from the lottery itself").Option;

    private readonly Option<bool> _asFound = new("--as-found")
    {
        Description = "Draw from the panels that the search found, without mixing them first. It is quicker, but people then sit together again and again, and "
            + "features go hand in hand, more than need be. Everybody's chance is the same.",
    };

    private readonly Option<bool> _workbook;

    /// <param name="seed">What the seed decides.</param>
    /// <param name="output">What is written.</param>
    /// <param name="sheets">The sheets of the workbook.</param>
    public DrawInput(string seed, string output, string sheets)
    {
        _seed = new("--seed") { HelpName = "TEXT", Description = seed };
        _output = new("--output", "-o") { HelpName = StandardStreams.FolderOrZip, Description = output };
        _workbook = Workbook(sheets);
    }

    /// <summary>The option of a workbook.</summary>
    /// <param name="sheets">Its sheets.</param>
    public static Option<bool> Workbook(string sheets) =>
        new("--workbook") { Description = $"Also write selection.xlsx beside the other files: one workbook with the sheets {sheets}." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_seed, _ballots, _asFound, _output, _workbook])
        {
            command.Options.Add(option);
        }

        ContactInput.AddTo(command);
    }

    /// <summary>Whether any of the options is given.</summary>
    public bool IsGiven(ParseResult line) =>
        line.GetValue(_output) is not null || line.GetValue(_seed) is not null || line.GetValue(_ballots) is not null || line.GetValue(_asFound)
        || line.GetValue(_workbook);

    /// <summary>Finds out before any work whether what is asked for can be done.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public void Check(ParseResult line, IPanelAlgorithm? withoutLottery)
    {
        if (withoutLottery is not null && line.GetValue(_ballots) is not null)
        {
            throw new UsageException($"--ballots is about a lottery, and {withoutLottery.Name} computes none: it draws one panel. Leave it out.");
        }

        if (line.GetValue(_asFound) && (withoutLottery is not null || line.GetValue(_ballots) is not null))
        {
            throw new UsageException(
                withoutLottery is null
                    ? "--as-found is about a draw from the lottery itself; ballots are mixed when they are made. Leave one of them out."
                    : $"--as-found is about a lottery, and {withoutLottery.Name} computes none: it draws one panel. Leave it out.");
        }

        if (line.GetValue(_workbook) && line.GetValue(_output) is null)
        {
            throw new UsageException("--workbook needs --output: the folder to write to.");
        }

        if (line.GetValue(_output) is string output)
        {
            OutputFolder.Check(output, ResultFiles.IsResult);
        }
    }

    /// <summary>Computes, draws, writes the files and shows what came of it.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="input">The problem.</param>
    /// <param name="algorithm">What was asked for.</param>
    /// <param name="computation">The lottery's computation; null for an algorithm that computes none.</param>
    /// <param name="clock">Has run since the command began.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(
        ParseResult line,
        Terminal terminal,
        LoadedProblem input,
        AlgorithmInput algorithm,
        LotteryComputation? computation,
        Stopwatch clock,
        CancellationToken cancellationToken)
    {
        string? givenSeed = line.GetValue(_seed);
        Drawing drawing = new(terminal, input, givenSeed ?? RandomSource.NewSeed(), cancellationToken);
        (int exitCode, SelectionOutcome? outcome) = computation is null
            ? drawing.WithoutLottery(algorithm.WithoutLottery(line)!, algorithm.MaxThreads(line))
            : drawing.FromLottery(computation, line.GetValue(_ballots), mixes: !line.GetValue(_asFound));
        if (outcome is not null)
        {
            string? output = line.GetValue(_output);
            IReadOnlyList<string> files = output is null ? [] : Write(output, to => line.GetValue(_workbook)
                ? ResultFiles.WriteWithWorkbook(to, outcome, cancellationToken)
                : ResultFiles.Write(to, outcome, cancellationToken));
            terminal.Fill(json => (json["report"], json["files"]) = (Json.Written(stream => ResultFiles.WriteReport(stream, outcome)), Json.Texts(files)));
            drawing.FillMixing();
            SelectionReport.Write(terminal, outcome, drawing.Mixing, seedWasGiven: givenSeed is not null, clock.Elapsed, output, files);
        }

        return exitCode;
    }

    /// <summary>Writes files, of which one may be a workbook.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="UsageException">They cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, Func<FolderTarget, IReadOnlyList<string>> write)
    {
        try
        {
            return OutputFolder.WriteAll(folder, write);
        }
        catch (SheetLimitException e)
        {
            throw new UsageException(
                FormattableString.Invariant($"--workbook: The table \"{e.Table}\" {Excess(e)}. Nothing was written; leave --workbook out."));
        }
    }

    private static string Excess(SheetLimitException e) => e.Limit switch
    {
        SheetLimit.Rows => FormattableString.Invariant($"has more rows, but a sheet holds at most {e.Max} rows"),
        SheetLimit.Columns => FormattableString.Invariant($"has more columns, but a sheet holds at most {e.Max} columns"),
        _ => FormattableString.Invariant($"has a text of {e.Characters} characters in row {e.Row}, but a cell holds at most {e.Max} characters"),
    };
}
