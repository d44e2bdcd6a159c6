using BenchmarkDotNet.Running;
using Sortition.Benchmarks;

switch (args)
{
    case []:
        Console.WriteLine(
            """
            Usage: dotnet run -c Release --project benchmarks/Sortition.Benchmarks -- ARGUMENTS

              instances [FOLDER]   Solve every instance in FOLDER (default: the project's own), each in a process of its own, and print a
                                   table. An instance is a folder NAME_K, K the panel size, with categories.csv and respondents.csv.
              --filter '*'         Run the micro-benchmarks with BenchmarkDotNet (about two minutes); --help for its other options.
            """);
        return 0;
    case ["instances"]:
        return InstanceTable.Print(Instance.OwnFolder);
    case ["instances", string folder]:
        return InstanceTable.Print(folder);
    case [InstanceTable.OneInstance, string name]:
        Console.WriteLine(InstanceRun.Row(Instance.Parse(name)));
        return 0;
    default:
        return BenchmarkSwitcher.FromAssembly(typeof(Instance).Assembly).Run(args, BenchmarkSettings.Config)
            .Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
}
