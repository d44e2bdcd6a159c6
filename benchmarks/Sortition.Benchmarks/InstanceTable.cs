using System.Diagnostics;
using BenchmarkDotNet.Environments;

namespace Sortition.Benchmarks;

/// <summary>Prints a table of instances and what it takes to solve them.</summary>
internal static class InstanceTable
{
    /// <summary>The command by which this program calls itself.</summary>
    public const string OneInstance = "instance";

    public static int Print(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"There is no folder {folder}.");
            return 2;
        }

        foreach (string line in HostEnvironmentInfo.GetCurrent().ToFormattedString())
        {
            Console.WriteLine(line);
        }

        Console.WriteLine();
        Console.WriteLine(InstanceRun.Header);
        int failures = 0;
        foreach (Instance instance in Instance.AllIn(Path.GetFullPath(folder)))
        {
            failures += Run(instance) == 0 ? 0 : 1;
        }

        return failures == 0 ? 0 : 1;
    }

    /// <summary>In a process of its own: only there is the first solve cold, and the peak of memory this instance's.</summary>
    private static int Run(Instance instance)
    {
        string host = Environment.ProcessPath!;
        ProcessStartInfo start = new(host);
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(typeof(InstanceTable).Assembly.Location);
        }

        start.ArgumentList.Add(OneInstance);
        start.ArgumentList.Add(instance.Source);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
