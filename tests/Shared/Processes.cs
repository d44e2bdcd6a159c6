using System.Diagnostics;

namespace Sortition.Testing;

internal static class Processes
{
    // Far above what any run takes: a run that hangs fails its test instead of the whole suite.
    public const int LimitMilliseconds = 300_000;

    /// <summary>Reads what a process writes until it ends.</summary>
    public static (int ExitCode, string Output, string Error) Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(LimitMilliseconds))
        {
            process.Kill();
            Xunit.Assert.Fail($"{process.StartInfo.FileName} did not end.");
        }

        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
