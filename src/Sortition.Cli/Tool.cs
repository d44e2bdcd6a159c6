using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Sortition.Cli.Commands;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;

namespace Sortition.Cli;

/// <summary>Reads the command line, runs the command, and turns what can go wrong into an exit code and a message.</summary>
internal static class Tool
{
    private const string TraceVariable = "SORTITION_TRACE";
    private const string LanguageOption = "--language";
    private const string JsonOption = "--json";

    public static int Run(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        // What is wrong with a command line, and help, come in the language that it asks for: so it is read once to know the language.
        string code = LanguageOf(Read(Language.English)) ?? Language.CodeOfLocale();
        ParseResult parsed = Read(Language.Of(code));
        terminal.Language = Language.Of(parsed.RootCommandResult);
        ToolCommand? chosen = parsed.CommandResult.Command as ToolCommand;
        if (parsed.GetResult(JsonOption) is OptionResult { Implicit: false } && (parsed.Errors.Count > 0 || parsed.Action == chosen?.Action))
        {
            terminal.AnswerInJson(chosen?.Name);
        }

        terminal.Command = new CommandLog(parsed);
        return terminal.End(parsed.Errors.Count > 0 ? Refuse(terminal, parsed) : Run(parsed, terminal, cancellationToken));

        ParseResult Read(Language language) =>
            Root(language, terminal, cancellationToken).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    private static SpeakingRoot Root(Language language, Terminal terminal, CancellationToken cancellationToken)
    {
        SpeakingRoot root = new(language);
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
            new LogCommand(),
            new GenerateCommand(),
            new CompareCommand(),
            new WebCommand(),
        ];
        foreach (ToolCommand command in commands)
        {
            command.SetAction(line => Run(command, line, terminal, cancellationToken));
            root.Add(command);
        }

        Option<string?> languages = new(LanguageOption) { HelpName = "CODE", Recursive = true };
        languages.AcceptOnlyFromAmong([.. Language.Codes]);
        root.Add(languages);
        root.Add(new Option<bool>(JsonOption) { Recursive = true, Arity = ArgumentArity.Zero });
        root.Options.OfType<HelpOption>().Single().Action = new Help(language);
        return root;
    }

    private static int Run(ToolCommand command, ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        if (RehearsalInput.IsGiven(line))
        {
            terminal.Rehearse();
        }

        return command.Run(line, terminal, cancellationToken);
    }

    /// <summary>The language that is asked for; null where none is, or one that there is not.</summary>
    private static string? LanguageOf(ParseResult parsed) =>
        parsed.GetResult(LanguageOption) is OptionResult { Tokens: [.., Token last] } && Language.Codes.Contains(last.Value, StringComparer.Ordinal)
            ? last.Value
            : null;

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
            terminal.Warn((parsed.CommandResult.Command as ToolCommand)?.KeepsWhatIsDone == true ? "tool/cancelled-but-kept" : "tool/cancelled");
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
            string message = terminal.Text(e.Key, e.Values);
            terminal.Warn("tool/error", ("text", message));
            terminal.FillFaults([Json.UsageFault(message)], 1);
            return ExitCode.BadInput;
        }
        catch (Exception e)
        {
            terminal.Warn("tool/error", ("text", terminal.Text("tool/unexpected", ("type", e.GetType().Name))));
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
            terminal.Warn("tool/trace", ("variable", TraceVariable));
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
        string[] messages = [.. parsed.Errors.Select(error => ParseErrorText.Of(terminal.Language, error))];
        foreach (string message in messages)
        {
            terminal.Warn("tool/error", ("text", message));
        }

        terminal.FillFaults(messages.Select(Json.UsageFault), messages.Length);

        string command = parsed.CommandResult.Command is ToolCommand { Name: string name } ? $"{SpeakingRoot.CommandName} {name}" : SpeakingRoot.CommandName;
        terminal.Warn("tool/help-explains", ("command", command));
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
        terminal.FillFaults(e.Faults.Select(terminal.InJson), e.FaultCount);
        terminal.Warn("tool/faults", ("count", e.FaultCount));
        Fault[] shown = [.. ToShow(e.Faults)];
        foreach (Fault fault in shown)
        {
            terminal.Complain("  " + terminal.Texts.Describe(fault));
        }

        int more = e.FaultCount - shown.Length;
        if (more > 0)
        {
            terminal.Warn("tool/more", ("count", more));
        }
    }
}
