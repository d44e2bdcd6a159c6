using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using Perfolizer.Horology;
using Perfolizer.Metrology;

namespace Sortition.Benchmarks;

/// <summary>How the micro-benchmarks are run, unless <c>--job</c> says otherwise: long enough for a stable mean, short enough to be run often.</summary>
internal static class BenchmarkSettings
{
    private static readonly string[] s_jobOptions = ["--job", "-j"];

    /// <param name="args">The arguments for BenchmarkDotNet.</param>
    public static IConfig For(string[] args)
    {
        // The code that BenchmarkDotNet generates has no XML documentation, which is an error here. A mutator goes for every job.
        ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.Default
                .WithArguments([new MsBuildArgument("/p:GenerateDocumentationFile=false"), new MsBuildArgument("/p:EnforceCodeStyleInBuild=false")])
                .AsMutator())
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory)
            .AddColumn(CategoriesColumn.Default)
            .HideColumns(Column.Arguments, Column.Error, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2, Column.AllocRatio)
            .WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(TimeUnit.Millisecond).WithSizeUnit(SizeUnit.KB));
        return args.Intersect(s_jobOptions, StringComparer.Ordinal).Any()
            ? config
            : config.AddJob(Job.Default.WithWarmupCount(4).WithIterationCount(12).WithIterationTime(TimeInterval.FromMilliseconds(300)));
    }
}
