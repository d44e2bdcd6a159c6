using System.CommandLine;
using System.Diagnostics;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Commands;

/// <summary>Starts the pages: a program of its own beside this one, since what serves pages cannot be compiled natively.</summary>
internal sealed class WebCommand : ToolCommand
{
    private const string Neighbour = "sortition-web";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Argument<string?> _folder = new("folder") { HelpName = "FOLDER", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _withoutBrowser = new("--no-browser");

    public WebCommand()
        : base("web")
    {
        Arguments.Add(_folder);
        Options.Add(_withoutBrowser);
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = Find(AppContext.BaseDirectory) ?? throw new UsageException("usage/no-neighbour", ("name", Neighbour));
        foreach (string argument in (string[])[
            .. line.GetValue(_folder) is string folder ? [Path.GetFullPath(folder)] : Array.Empty<string>(),
            "--language", terminal.Language.Code,
            .. line.GetValue(_withoutBrowser) ? (string[])["--no-browser"] : []])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        try
        {
            process.WaitForExitAsync(cancellationToken).GetAwaiter().GetResult();
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C reaches both; a signal to this one alone does not.
            if (!process.WaitForExit(s_patience))
            {
                process.Kill();
            }

            throw;
        }
    }

    /// <summary>How to start the program; null where it is not there.</summary>
    private static ProcessStartInfo? Find(string folder)
    {
        string program = Path.Combine(folder, OperatingSystem.IsWindows() ? Neighbour + ".exe" : Neighbour);
        string library = Path.Combine(folder, Neighbour + ".dll");
        return File.Exists(program) ? new ProcessStartInfo(program)
            : File.Exists(library) ? new ProcessStartInfo("dotnet", [library])
            : null;
    }
}
