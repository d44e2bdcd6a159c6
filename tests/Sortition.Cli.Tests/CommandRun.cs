using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sortition.Cli.Tests;

/// <summary>A run of the built command: in a process of its own, or where that makes no difference within that of the tests.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>What is answered by the process: its streams, taken as bytes, and its name and version.</summary>
    private static readonly string[] s_ofTheProcess = ["-", "--json", "--help", "--version"];

    /// <summary>A run that needs nothing of a process; <see cref="InnerRunTests"/> compares it with one that has its own.</summary>
    public static CommandRun Of(params string[] arguments) =>
        InnerRun.IsPossible && !arguments.Intersect(s_ofTheProcess).Any() ? InnerRun.Of(arguments) : Alone(arguments);

    public static CommandRun Alone(params string[] arguments) => Of(new Dictionary<string, string>(), arguments);

    public static CommandRun Of(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        return Finish(process);
    }

    /// <summary>A run with something on its standard input, and what it writes as bytes.</summary>
    public static (CommandRun Run, byte[] Output) Fed(byte[] input, params string[] arguments)
    {
        using Process process = Start(new Dictionary<string, string>(), arguments, output: Encoding.Latin1);
        try
        {
            process.StandardInput.BaseStream.Write(input);
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        CommandRun run = Finish(process);
        return (run, Encoding.Latin1.GetBytes(run.Output));
    }

    public static CommandRun In(string folder, params string[] arguments)
    {
        using Process process = Start(new Dictionary<string, string>(), arguments, folder);
        return Finish(process);
    }

    /// <summary>
    /// A run with much to do, to which a signal is sent once it has spent more processor time than starting and loading take. (In a pipe it says nothing by which one could tell.)
    /// </summary>
    public static CommandRun Interrupted(string signal, string[] arguments)
    {
        using Process process = Start(new Dictionary<string, string>(), arguments);
        while (process.TotalProcessorTime < TimeSpan.FromSeconds(1.5))
        {
            Assert.False(process.WaitForExit(10), "The run ended before it could be cancelled.");
            process.Refresh();
        }

        using Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        return Finish(process);
    }

    public static Process Start(IReadOnlyDictionary<string, string> environment, string[] arguments, string? folder = null, Encoding? output = null)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = output ?? Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "sortition.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static CommandRun Finish(Process process)
    {
        process.StandardInput.Close();
        (int exitCode, string output, string error) = Processes.Finish(process);
        return new CommandRun(exitCode, output, error);
    }
}
