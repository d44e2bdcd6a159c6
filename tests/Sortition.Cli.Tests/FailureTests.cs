using System.Diagnostics;

namespace Sortition.Cli.Tests;

/// <summary>A failure of the program itself: its standard output is a device that is always full.</summary>
public sealed class FailureTests
{
    [FactOn("Linux")]
    public void A_failure_of_the_program_tells_how_to_see_where_it_happened()
    {
        CommandRun run = Fail(trace: "");
        Assert.Equal(70, run.ExitCode);
        Assert.Contains("an unexpected fault of this program (IOException)", run.Error, StringComparison.Ordinal);
        Assert.Contains("SORTITION_TRACE=1", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [FactOn("Linux")]
    public void The_trace_has_types_and_methods_line_by_line_and_no_message()
    {
        CommandRun run = Fail(trace: "1");
        Assert.Equal(70, run.ExitCode);
        string[] lines = run.Error.Split('\n');
        Assert.Contains("System.IO.IOException", lines);
        Assert.Contains(lines, line => line.StartsWith("   at Sortition.Cli.Commands.CheckCommand.Run(", StringComparison.Ordinal));
        Assert.DoesNotContain("No space left", run.Error, StringComparison.Ordinal);
    }

    private static CommandRun Fail(string trace)
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" > /dev/full");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "sortition.dll"));
        start.ArgumentList.Add("check");
        foreach (string argument in Example.Small(folder))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["SORTITION_TRACE"] = trace;
        using Process process = Process.Start(start)!;
        return CommandRun.Finish(process);
    }
}
