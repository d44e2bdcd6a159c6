#!/usr/bin/env dotnet
// A table of six algorithms on five pools, in one file and without a project: dotnet run compare.cs
#:package Sortition.Studies@*-*
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Studies;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Instances;

string output = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), $"study-{Environment.ProcessId}");
Study.Run(
    new StudyOptions
    {
        Instances = InstanceSearch.FindAll(["Alternate(20,4)", "Alternate(50,10)", "Alternate(100,10)", "Alternate(200,20)", "Alternate(1000,20)"]),
        Algorithms =
        [
            .. ((ILotteryAlgorithm[])[new Leximin(), new Maximin(), new Nash(), new Minimax(), new Goldilocks()]).Select(StudyAlgorithm.FromLottery),
            StudyAlgorithm.FromDraws(new Greedy(), alike: true),
        ],
        Seed = "a sample",
        Draws = 200,
    },
    output);

// One figure a row: instance, algorithm, metric, value, error.
string[][] rows =
[
    .. File.ReadLines(Path.Combine(output, "results.csv"))
        .Where(row => row.Contains(",min_chance,"))
        .Select(row => row.Replace(",min_chance,", ",").Split(',').TakeLast(3).ToArray()),
];
string[] algorithms = [.. rows.Select(row => row[0]).Distinct()];
Console.WriteLine("lowest chance  " + string.Join("  ", algorithms));
foreach (string[][] pool in rows.Chunk(algorithms.Length))
{
    Console.WriteLine("               " + string.Join("  ", pool.Select((row, a) => row[1][..Math.Min(6, row[1].Length)].PadRight(algorithms[a].Length))));
}
