using System.Diagnostics;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Xunit;
using Xunit.Abstractions;

namespace Sortition.Core.Tests.Feasibility;

/// <summary>Real quotas that were made impossible: what clashes, and the ways out.</summary>
public sealed class InfeasibleInstanceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("albertslund", 36)]
    [InlineData("sf_e_like_110", 110)]
    public void A_minimum_above_what_the_pool_has(string name, int size)
    {
        SelectionProblem problem = Instances.Load(name, size);
        Quota quota = problem.Quotas.MinBy(q => problem.People.Count(p => problem.Matches(p, q)))!;
        int have = problem.People.Count(p => problem.Matches(p, quota));
        SelectionProblem raised = Change(problem, q => q == quota ? (have + 5, have + 5) : (q.Min, q.Max));
        Diagnosis diagnosis = Answer(raised, out RelaxationReport report);
        Conflict conflict = diagnosis.Conflicts[0];
        Assert.Equal((InfeasibilityCode.TooFewPeople, have, have + 5), (conflict.Reason.Code, conflict.Reason.Have, conflict.Reason.Need));
        Assert.Equal(5, conflict.Volunteers!.Sum(v => v.Count));
        Assert.Equal(have, Assert.Single(conflict.Remedies).To);
        Assert.NotEmpty(report.Alternatives);
        Assert.All(report.Alternatives, a => Assert.Contains(a.Changes, c => c.IsMinimum && c.From == have + 5));
    }

    [Theory]
    [InlineData("albertslund", 36)]
    [InlineData("sf_e_like_110", 110)]
    public void Two_features_that_contradict_each_other(string name, int size)
    {
        SelectionProblem problem = Instances.Load(name, size);
        string feature = problem.Features[0].Name;
        Diagnosis diagnosis = Answer(Change(problem, q => q.FeatureLabel == feature ? (q.Min + 3, q.Max + 3) : (q.Min, q.Max)), out RelaxationReport report);
        Assert.Equal(InfeasibilityCode.MinimaExceedPanelSize, diagnosis.Conflicts[0].Reason.Code);
        Assert.Contains(diagnosis.Conflicts, c => c.Reason.Code == InfeasibilityCode.FeatureTotalsDisagree);
        Assert.All(diagnosis.Conflicts, c => Assert.Equal([], c.Volunteers!));
        Assert.True(report.Alternatives.Count >= 2);
    }

    private static SelectionProblem Change(SelectionProblem problem, Func<Quota, (int, int)> bounds) => problem.WithBounds(problem.Quotas.ToDictionary(q => q, bounds));

    private Diagnosis Answer(SelectionProblem problem, out RelaxationReport report)
    {
        long start = Stopwatch.GetTimestamp();
        Diagnosis diagnosis = Diagnosis.Run(problem);
        TimeSpan diagnosed = Stopwatch.GetElapsedTime(start);
        report = QuotaRelaxation.Run(problem);
        output.WriteLine($"diagnosis {diagnosed.TotalMilliseconds:0} ms, {diagnosis.Conflicts.Count} conflicts, all: {diagnosis.AreAll}; with relaxation {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        Assert.All(report.Alternatives, a => Assert.True(FeasibilityCheck.Run(a.Problem).IsFeasible));
        return diagnosis;
    }
}
