using Sortition.Core.Algorithms;
using Spectre.Console;

namespace Sortition.Cli;

/// <summary>Shows on a terminal what a computation is at; in a pipe it shows nothing.</summary>
internal static class ProgressDisplay
{
    public static T Run<T>(Terminal terminal, Func<IProgress<SolveProgress>?, T> work) =>
        terminal.ShowsProgress ? terminal.Error.Status().Start("Starting", context => work(new Line(context))) : work(null);

    private static string Sentence(SolveProgress progress) => progress.Phase switch
    {
        SolvePhase.Feasibility => "Checking whether the quotas can be met, and by whom",
        SolvePhase.Relaxation => "Working out how fair a lottery can be at most",
        SolvePhase.Panels => FormattableString.Invariant($"Finding panels: {progress.Panels} so far; the lowest chance can reach {Numbers.Percent(progress.UpperBound)}"),
        SolvePhase.Certificate => "Confirming with a second solver that no lottery is fairer",
        _ => progress.Phase.ToString(),
    };

    private sealed class Line(StatusContext context) : IProgress<SolveProgress>
    {
        public void Report(SolveProgress value) => context.Status(Markup.Escape(Sentence(value)));
    }
}
