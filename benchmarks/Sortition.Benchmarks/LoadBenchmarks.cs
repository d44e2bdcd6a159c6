using System.Globalization;
using BenchmarkDotNet.Attributes;
using Sortition.Core;
using Sortition.Files;

namespace Sortition.Benchmarks;

/// <summary>From files on the disk to a checked problem, beside merely cutting the same file into cells at its commas.</summary>
public class LoadBenchmarks
{
    private readonly ProblemFilesOptions _albertslund = Instance.Files(Instance.Albertslund, panelSize: 36);
    private ProblemFilesOptions _files = null!;

    [Params(547, 100_000)]
    public int People { get; set; }

    /// <summary>Writes a file of as many people as wanted: those of Albertslund over and over, under new ids.</summary>
    [GlobalSetup]
    public void WriteFile()
    {
        string[] lines = File.ReadAllLines(_albertslund.People.Path!);
        string path = Path.GetTempFileName();
        File.WriteAllLines(
            path,
            Enumerable.Range(0, People)
                .Select(i => (Number: i, Line: lines[1 + (i % (lines.Length - 1))]))
                .Select(p => p.Number.ToString("D6", CultureInfo.InvariantCulture) + p.Line[p.Line.IndexOf(',', StringComparison.Ordinal)..])
                .Prepend(lines[0]));
        _files = new() { Quotas = _albertslund.Quotas, People = path, PanelSize = _albertslund.PanelSize };
    }

    [GlobalCleanup]
    public void DeleteFile() => File.Delete(_files.People.Path!);

    [Benchmark(Baseline = true)]
    public int SplitAtCommas() => File.ReadLines(_files.People.Path!).Sum(line => line.Split(',').Length);

    [Benchmark]
    public SelectionProblem Load() => ProblemFiles.Load(_files).Problem;
}
