using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using Perfolizer.Horology;
using Perfolizer.Metrology;

namespace Sortition.Benchmarks;

/// <summary>How the micro-benchmarks are run: long enough for a stable mean, short enough to be run often.</summary>
internal static class BenchmarkSettings
{
    public static IConfig Config { get; } = DefaultConfig.Instance
        .AddJob(Job.Default
            .WithWarmupCount(4)
            .WithIterationCount(12)
            .WithIterationTime(TimeInterval.FromMilliseconds(300))
            // The code that BenchmarkDotNet generates has no XML documentation, which is an error here.
            .WithArguments([new MsBuildArgument("/p:GenerateDocumentationFile=false"), new MsBuildArgument("/p:EnforceCodeStyleInBuild=false")]))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory)
        .AddColumn(CategoriesColumn.Default)
        .HideColumns(Column.Arguments, Column.Error, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2, Column.AllocRatio)
        .WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(TimeUnit.Millisecond).WithSizeUnit(SizeUnit.KB));
}
