using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>Runs scripts in Python. Since it starts longer than most of them run, those who have ended leave their interpreter to the next.</summary>
internal static class Interpreter
{
    // Reads a command line from each line, runs the script anew, and answers with its exit code and what it wrote.
    private const string Loop = """
        import io, json, sys, traceback
        programs = {}
        for line in sys.stdin:
            sys.argv = json.loads(line)
            path = sys.argv[0]
            if path not in programs:
                with open(path, encoding="utf-8") as source:
                    programs[path] = compile(source.read(), path, "exec")
            own = sys.stdout, sys.stderr
            sys.stdout, sys.stderr = said = [io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in own]
            code = 0
            try:
                exec(programs[path], {"__name__": "__main__", "__file__": path})
            except SystemExit as end:
                code = end.code
            except BaseException:
                traceback.print_exc()
                code = 1
            sys.stdout, sys.stderr = own
            for stream in said:
                stream.flush()
            print(json.dumps([code] + [stream.buffer.getvalue().decode("utf-8") for stream in said]), flush=True)
        """;

    private static readonly ConcurrentBag<Process> s_idle = [];

    public static (int ExitCode, string Output, string Error) Run(params string[] commandLine)
    {
        Process process = s_idle.TryTake(out Process? idle) ? idle : Start("python3", null, "-c", Loop);
        process.StandardInput.WriteLine(JsonSerializer.Serialize(commandLine));
        process.StandardInput.Flush();
        Task<string?> reading = process.StandardOutput.ReadLineAsync();
        if (!reading.Wait(Processes.LimitMilliseconds))
        {
            process.Kill();
            Assert.Fail($"{commandLine[0]} did not end.");
        }

        string? answer = reading.GetAwaiter().GetResult();
        Assert.True(answer is not null, "The interpreter ended.");
        JsonElement said = JsonSerializer.Deserialize<JsonElement>(answer);
        s_idle.Add(process);
        return (said[0].GetInt32(), said[1].GetString()!, said[2].GetString()!);
    }

    /// <summary>Runs a script in a process of its own, as everybody does.</summary>
    public static (int ExitCode, string Output, string Error) RunAlone(params string[] commandLine)
    {
        using Process process = Start("python3", null, commandLine);
        return Processes.Finish(process);
    }

    /// <summary>The interpreter itself, which <c>python3</c> may only be a way to find.</summary>
    public static string Program { get; } = RunAlone("-c", "import sys; print(sys.executable, end='')").Output;

    /// <summary>Runs a script in a process of its own, which finds the commands of one folder and no others.</summary>
    public static (int ExitCode, string Output, string Error) RunBeside(string commands, params string[] commandLine)
    {
        using Process process = Start(Program, commands, commandLine);
        return Processes.Finish(process);
    }

    private static Process Start(string program, string? commands, params string[] arguments)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (commands is not null)
        {
            start.Environment["PATH"] = commands;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Fail(
                "These tests run docs/verify.py and need the command python3 (Python 3.8 or later), which was not found. "
                + "Install it; they are not skipped without it.");
            throw;
        }
    }
}
