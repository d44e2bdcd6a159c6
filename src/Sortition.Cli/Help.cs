using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Sortition.Cli.Commands;
using Sortition.Cli.Texts;

namespace Sortition.Cli;

/// <summary>The usual help, followed by the command's examples and what the exit codes mean.</summary>
internal sealed class Help(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Ending = """
        Files:
          -    as a FILE or ZIP to read, the standard input (one at most); after --output,
               the standard output, with what is otherwise shown there on standard error.
               What would be a folder is a zip archive there.
          ZIP  one archive (.zip) of the files that a folder would hold

        Exit codes:
          0    done
          1    the quotas cannot be met; the reasons are shown
          2    bad input or usage; everything that is wrong is shown, and nothing was written
          3    stopped before the end, or not proven to be the best; files are marked so
          4    verification failed; what is wrong is shown
          5    verified as far as it could be; what cannot be confirmed is shown
          70   a fault of this program
          130  cancelled with Ctrl-C; nothing was written
        """;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        IEnumerable<ToolCommand> shown = command is ToolCommand one ? [one] : command.Subcommands.OfType<ToolCommand>();
        output.WriteLine("Examples:");
        foreach (string line in shown.SelectMany(c => c.Examples))
        {
            output.WriteLine("  " + line);
        }

        output.WriteLine();
        output.WriteLine(Ending);
        return ExitCode.Done;
    }
}
