using System.Diagnostics;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;

/// <summary>The host's side: whatever happens to the other process, this one goes on.</summary>
internal static class OutOfProcess
{
    public static async Task<PanelLottery> SolveAsync(SelectionProblem problem, string worker, CancellationToken token)
    {
        ProcessStartInfo start = new("dotnet", [worker]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        await using CancellationTokenRegistration kill = token.Register(process.Kill);
        Task<string> said = process.StandardError.ReadToEndAsync(CancellationToken.None); // read all the while, or a full pipe would hold the worker up
        using MemoryStream lottery = new();
        Task answer = process.StandardOutput.BaseStream.CopyToAsync(lottery, CancellationToken.None);
        try
        {
            await ProblemJson.WriteAsync(process.StandardInput.BaseStream, problem, token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything: its exit code says more than the broken pipe.
        }

        await answer;
        await process.WaitForExitAsync(CancellationToken.None);
        token.ThrowIfCancellationRequested();
        lottery.Position = 0;
        return process.ExitCode == 0
            ? LotteryJson.Read(lottery, problem) // every panel is checked against every rule; the worker need not be trusted for that
            : throw new InvalidOperationException($"The worker ended with {process.ExitCode}: {await said}");
    }
}
