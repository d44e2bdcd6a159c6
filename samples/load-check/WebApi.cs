using System.Diagnostics;
using System.Globalization;

/// <summary>What the process uses; times in seconds, the processor's since it started.</summary>
internal sealed record Usage(double Time, double Processor, long PrivateBytes, long WorkingSet, int Threads);

/// <summary>The web api as a process of its own, so that what is measured is the host and not its client.</summary>
internal sealed class WebApi : IDisposable
{
    private readonly Process _process;

    private WebApi(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts it on a free port.</summary>
    public static async Task<WebApi> StartAsync(string dll, string folder, int processors)
    {
        const string Listening = "Now listening on: ";
        string database = Path.Combine(folder, "lotteries.db");
        string budget = processors.ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new("dotnet", [dll, "--urls", "http://127.0.0.1:0", "--Database", database, "--Solver:Processors", budget])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is string line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and int at)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // or it would wait until somebody reads what it says
                return new WebApi(process, new Uri(line[(at + Listening.Length)..]));
            }
        }

        throw new InvalidOperationException("The web api ended before it listened.");
    }

    public Usage Measure()
    {
        _process.Refresh();
        return new Usage(
            Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency,
            _process.TotalProcessorTime.TotalSeconds,
            _process.PrivateMemorySize64,
            _process.WorkingSet64,
            _process.Threads.Count);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }
}
