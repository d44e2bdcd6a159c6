using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Sortition.Cli.Commands;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Publication.Format;

namespace Sortition.Cli;

/// <summary>Reads the command line, runs the command, and turns what can go wrong into an exit code and a message.</summary>
internal static class Tool
{
    private const string TraceVariable = "SORTITION_TRACE";

    public static int Run(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        RootCommand root = new("Chooses a citizens' panel by a lottery that is exactly as fair as the quotas allow, and shows why.");
        ToolCommand[] commands =
        [
            new PrepareCommand(),
            new SelectCommand(),
            new CheckCommand(),
            new ExplainCommand(),
            new ReplaceCommand(),
            new AlternatesCommand(),
            new LotteryCommand(),
            new PublishCommand(),
            new DrawCommand(),
            new VerifyCommand(),
            new ReportCommand(),
            new QuotasCommand(),
            new CountCommand(),
            new GenerateCommand(),
        ];
        foreach (ToolCommand command in commands)
        {
            command.SetAction(line => command.Run(line, terminal, cancellationToken));
            root.Add(command);
        }

        Option<bool> json = new("--json")
        {
            Description = "Print one JSON document for programs instead of text.",
            Recursive = true,
            Arity = ArgumentArity.Zero,
        };
        root.Add(json);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new Help((HelpAction)help.Action!);
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        ToolCommand? chosen = parsed.CommandResult.Command as ToolCommand;
        if (parsed.GetResult(json) is { Implicit: false } && (parsed.Errors.Count > 0 || parsed.Action == chosen?.Action))
        {
            terminal.AnswerInJson(chosen?.Name);
        }

        return terminal.End(parsed.Errors.Count > 0 ? Refuse(terminal, parsed) : Run(parsed, terminal, cancellationToken));
    }

    private static int Run(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            if (StandardStreams.Check(parsed))
            {
                terminal.LeaveOutputToFile();
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Complain("Cancelled. Nothing was written.");
            terminal.FillFaults([], 0);
            return ExitCode.Cancelled;
        }
        catch (MalformedInputException e)
        {
            ShowFaults(terminal, e);
            return ExitCode.BadInput;
        }
        catch (UsageException e)
        {
            terminal.Complain("Error: " + e.Message);
            terminal.FillFaults([Json.UsageFault(e.Message)], 1);
            return ExitCode.BadInput;
        }
        catch (Exception e)
        {
            terminal.Complain(
                $"Error: an unexpected fault of this program ({e.GetType().Name}). Please report it with the command you gave, without the people's data; "
                + "SECURITY.md says how.");
            ShowTrace(terminal, e);
            terminal.FillFaults([], 0);
            return ExitCode.InternalError;
        }
    }

    /// <summary>Shows where a failure happened, if that is wanted. Messages are left out, since they may quote people's data.</summary>
    private static void ShowTrace(Terminal terminal, Exception failure)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(TraceVariable)))
        {
            terminal.Complain($"With the environment variable {TraceVariable}=1 the program shows where it happened.");
            return;
        }

        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            terminal.Complain(e.GetType().FullName!);
            foreach (string call in (e.StackTrace ?? "").Split(Environment.NewLine))
            {
                terminal.Complain(call);
            }
        }
    }

    private static int Refuse(Terminal terminal, ParseResult parsed)
    {
        foreach (ParseError error in parsed.Errors)
        {
            terminal.Complain("Error: " + error.Message);
        }

        terminal.FillFaults(parsed.Errors.Select(e => Json.UsageFault(e.Message)), parsed.Errors.Count);

        string command = parsed.CommandResult.Command is ToolCommand { Name: string name } ? "sortition " + name : "sortition";
        terminal.Complain($"\"{command} --help\" explains the options and gives examples.");
        return ExitCode.BadInput;
    }

    /// <summary>The faults that are shown: all, or where there are many the first ones of each kind, so that no kind hides another.</summary>
    private static IEnumerable<Fault> ToShow(IReadOnlyList<Fault> faults)
    {
        Dictionary<FaultCode, int> shown = [];
        return faults.Count <= Terminal.FaultsShown
            ? faults
            : faults.Where(f => (shown[f.Code] = shown.GetValueOrDefault(f.Code) + 1) <= Terminal.FaultsShownOfKind);
    }

    private static void ShowFaults(Terminal terminal, MalformedInputException e)
    {
        terminal.FillFaults(e.Faults.Select(Json.Fault), e.FaultCount);
        terminal.Complain(FormattableString.Invariant($"The input has {e.FaultCount} fault(s). Nothing was written."));
        Fault[] shown = [.. ToShow(e.Faults)];
        foreach (Fault fault in shown)
        {
            terminal.Complain("  " + PublicationTexts.English.Describe(fault));
        }

        int more = e.FaultCount - shown.Length;
        if (more > 0)
        {
            terminal.Complain(FormattableString.Invariant($"  and {more} more"));
        }
    }
}
