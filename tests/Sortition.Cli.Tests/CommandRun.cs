using System.Diagnostics;
using System.Text;

namespace Sortition.Cli.Tests;

/// <summary>A run of the built command in a process of its own.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    // Far above what any run takes: a run that hangs fails its test instead of the whole suite.
    private const int LimitMilliseconds = 300_000;

    public static CommandRun Of(params string[] arguments) => Of(new Dictionary<string, string>(), arguments);

    public static CommandRun Of(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        return Finish(process);
    }

    public static CommandRun In(string folder, params string[] arguments)
    {
        using Process process = Start(new Dictionary<string, string>(), arguments, folder);
        return Finish(process);
    }

    public static Process Start(IReadOnlyDictionary<string, string> environment, string[] arguments, string? folder = null)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
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
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(LimitMilliseconds))
        {
            process.Kill();
            Assert.Fail("The command did not end.");
        }

        process.WaitForExit();
        return new CommandRun(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
