using System.Diagnostics;
using BenchmarkDotNet.Environments;
using Sortition.Core;

namespace Sortition.Benchmarks;

/// <summary>Prints a table of instances and what it takes to solve them, row by row as they come.</summary>
internal static class InstanceTable
{
    /// <summary>The command by which this program calls itself.</summary>
    public const string OneInstance = "instance";

    /// <summary>The tables that are not of objectives: what makes a row, and the head.</summary>
    public static readonly IReadOnlyDictionary<string, (Func<Instance, string> Row, string Header)> Runs = new Dictionary<string, (Func<Instance, string>, string)>(StringComparer.Ordinal)
    {
        [GreedyRun.Name] = (GreedyRun.Row, GreedyRun.Header),
        [BallotRun.Name] = (BallotRun.Row, BallotRun.Header),
        [AlternatesRun.Name] = (AlternatesRun.Row, AlternatesRun.Header),
    };

    /// <summary>One of these tables.</summary>
    public static int PrintRun(string folder, string name) => Print(folder, Runs[name].Header, [name]);

    /// <param name="folder">Where the instances are.</param>
    /// <param name="header">The head of the table.</param>
    /// <param name="columns">A row for each of these and each instance: objectives, or a run.</param>
    private static int Print(string folder, string header, IReadOnlyList<string> columns)
    {
        if (!Directory.Exists(folder))
        {
            return Refuse($"There is no folder {folder}.");
        }

        foreach (string line in HostEnvironmentInfo.GetCurrent().ToFormattedString())
        {
            Console.WriteLine(line);
        }

        Console.WriteLine();
        Console.WriteLine(header);
        int failures = 0;
        foreach (Instance instance in Instance.AllIn(Path.GetFullPath(folder)))
        {
            failures += columns.Count(column => Run(instance, column) != 0);
        }

        return failures == 0 ? 0 : 1;
    }

    /// <summary>The table of all objectives, or of those listed.</summary>
    public static int PrintObjectives(string folder, string? list = null)
    {
        string[] names = list?.Split(',') ?? [.. LotteryAlgorithms.All.Select(o => o.Name)];
        return Array.Find(names, name => LotteryAlgorithms.Find(name) is null) is { } unknown
            ? Refuse($"There is no objective {unknown}; there are {string.Join(", ", LotteryAlgorithms.All.Select(o => o.Name))}.")
            : Print(folder, InstanceRun.Header, names);
    }

    /// <summary>One row, in this process.</summary>
    public static int PrintRow(string source, string column)
    {
        try
        {
            Instance instance = Instance.Parse(source);
            if (Runs.TryGetValue(column, out (Func<Instance, string> Row, string Header) run))
            {
                Console.WriteLine(run.Row(instance));
                return 0;
            }

            if (LotteryAlgorithms.Find(column) is not { } objective)
            {
                return Refuse($"There is no objective {column}.");
            }

            Console.WriteLine(InstanceRun.Row(instance, objective));
            return 0;
        }
        catch (Exception e) when (e is FormatException or MalformedInputException)
        {
            return Refuse(e.Message);
        }
    }

    /// <summary>In a process of its own: only there is the first solve cold, and the peak of memory this row's.</summary>
    private static int Run(Instance instance, string column)
    {
        string host = Environment.ProcessPath!;
        ProcessStartInfo start = new(host);
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(typeof(InstanceTable).Assembly.Location);
        }

        start.ArgumentList.Add(OneInstance);
        start.ArgumentList.Add(instance.Source);
        start.ArgumentList.Add(column);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }
}
