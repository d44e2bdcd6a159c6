using BenchmarkDotNet.Running;
using Sortition.Core;
using Sortition.Benchmarks;

switch (args)
{
    case []:
        Console.WriteLine(
            """
            Usage: dotnet run -c Release --project benchmarks/Sortition.Benchmarks -- ARGUMENTS

              instances [FOLDER [OBJECTIVE,…]]
                                   Solve every instance in FOLDER (default: the project's own) for every objective (default: maximin, leximin,
                                   nash, minimax, goldilocks), each in a process of its own, and print a table. An instance is a folder NAME_K,
                                   K the panel size, with categories.csv and respondents.csv.
              greedy [FOLDER]      Draw greedily from every instance, and print a table.
              ballots [FOLDER]     Round a leximin lottery of every instance to 1000 ballots, publish and verify it, and print a table.
              alternates [FOLDER]  Choose alternates for a panel of every instance, try them against the simple practices, and print a table.
              instance INSTANCE OBJECTIVE
                                   One row of these tables. INSTANCE is a folder NAME_K, Alternate(N,K), or Scaled(FOLDER_K,COPIES,FACTOR): the
                                   same people COPIES times over, panel size and quotas times FACTOR. OBJECTIVE is one of the above, greedy, ballots or alternates.
              limits INSTANCE OBJECTIVE,… SECONDS,…
                                   Solve INSTANCE for every objective under every time limit, and print by how much it was overrun and what came of it.
              stops FOLDER [OBJECTIVE,…]
                                   Stop a run on every instance in FOLDER at random counts of effort, and print whether a later stop was ever worse.
              --filter '*'         Run the micro-benchmarks with BenchmarkDotNet (some minutes); --help for its other options.
            """);
        return 0;
    case ["instances"]:
        return InstanceTable.PrintObjectives(Instance.OwnFolder);
    case ["instances", string folder]:
        return InstanceTable.PrintObjectives(folder);
    case ["instances", string folder, string list]:
        return InstanceTable.PrintObjectives(folder, list);
    case [string name] when InstanceTable.Runs.ContainsKey(name):
        return InstanceTable.PrintRun(Instance.OwnFolder, name);
    case [string name, string folder] when InstanceTable.Runs.ContainsKey(name):
        return InstanceTable.PrintRun(folder, name);
    case [InstanceTable.OneInstance, string source, string column]:
        return InstanceTable.PrintRow(source, column);
    case [LimitRun.Name, string source, string objectives, string limits]:
        return LimitRun.Print(source, objectives, limits);
    case [StopRun.Name, string folder]:
        return StopRun.Print(folder, string.Join(',', LotteryAlgorithms.All.Select(o => o.Name)));
    case [StopRun.Name, string folder, string objectives]:
        return StopRun.Print(folder, objectives);
    default:
        return BenchmarkSwitcher.FromAssembly(typeof(Instance).Assembly).Run(args, BenchmarkSettings.For(args))
            .Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
}
