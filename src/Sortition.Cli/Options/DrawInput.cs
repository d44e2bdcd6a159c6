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
    private readonly Option<string?> _seed = new("--seed") { HelpName = "TEXT" };
    private readonly Option<int?> _ballots = new BallotsInput().Option;
    private readonly Option<bool> _asFound = new("--as-found");
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = StandardStreams.FolderOrZip };
    private readonly Option<bool> _workbook = new("--workbook");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_seed, _ballots, _asFound, _output, _workbook])
        {
            command.Options.Add(option);
        }

        command.Options.Add(CommandLog.OverwriteOption());
        ContactInput.AddTo(command);
    }

    /// <summary>Whether any of the options is given.</summary>
    public bool IsGiven(ParseResult line) =>
        line.GetValue(_output) is not null || line.GetValue(_seed) is not null || line.GetValue(_ballots) is not null || line.GetValue(_asFound)
        || line.GetValue(_workbook);

    /// <summary>Finds out before any work whether what is asked for can be done.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public void Check(ParseResult line, Terminal terminal, IPanelAlgorithm? withoutLottery)
    {
        if (withoutLottery is not null && line.GetValue(_ballots) is not null)
        {
            throw new UsageException("usage/no-lottery", ("option", _ballots.Name), ("algorithm", withoutLottery.Name));
        }

        if (line.GetValue(_asFound) && (withoutLottery is not null || line.GetValue(_ballots) is not null))
        {
            throw withoutLottery is null
                ? new UsageException("usage/as-found-and-ballots")
                : new UsageException("usage/no-lottery", ("option", _asFound.Name), ("algorithm", withoutLottery.Name));
        }

        if (line.GetValue(_workbook) && line.GetValue(_output) is null)
        {
            throw new UsageException("usage/workbook-needs-output");
        }

        if (line.GetValue(_output) is string output)
        {
            OutputFolder.Check(terminal, output, ResultFiles.IsResult);
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
        string seed = RehearsalInput.Seed(terminal, givenSeed);
        Drawing drawing = new(terminal, input, seed, cancellationToken);
        (int exitCode, SelectionOutcome? outcome) = computation is null
            ? drawing.WithoutLottery(algorithm.WithoutLottery(line)!, algorithm.MaxThreads(line))
            : drawing.FromLottery(computation, line.GetValue(_ballots), mixes: !line.GetValue(_asFound));
        if (outcome is not null)
        {
            string? output = line.GetValue(_output);
            EarlierResult.CheckSame(terminal, output, EarlierResult.Selection, outcome.Panel.Ids, cancellationToken);
            IReadOnlyList<string> files = output is null ? [] : Write(terminal, output, to => line.GetValue(_workbook)
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
    public static IReadOnlyList<string> Write(Terminal terminal, string folder, Func<FolderTarget, IReadOnlyList<string>> write)
    {
        try
        {
            return OutputFolder.WriteAll(terminal, folder, write);
        }
        catch (SheetLimitException e)
        {
            throw Excess(e);
        }
    }

    private static UsageException Excess(SheetLimitException e) => e.Limit switch
    {
        SheetLimit.Rows => new("usage/sheet-rows", ("table", e.Table), ("most", e.Max)),
        SheetLimit.Columns => new("usage/sheet-columns", ("table", e.Table), ("most", e.Max)),
        _ => new("usage/sheet-text", ("table", e.Table), ("characters", e.Characters), ("row", e.Row), ("most", e.Max)),
    };
}
