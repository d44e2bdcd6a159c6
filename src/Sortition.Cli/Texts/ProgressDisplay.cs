using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Spectre.Console;
using Panel = Sortition.Core.Panel;

namespace Sortition.Cli.Texts;

/// <summary>Shows on a terminal what a computation is at; in a pipe it shows nothing.</summary>
internal static class ProgressDisplay
{
    /// <param name="terminal">The terminal.</param>
    /// <param name="objective">What is computed: the name of an algorithm.</param>
    /// <param name="work">The computation.</param>
    public static T Run<T>(Terminal terminal, string objective, Func<IProgress<SolveProgress>?, T> work) =>
        terminal.ShowsProgress ? terminal.Error.Status().Start("Starting", context => work(new Line(context, objective))) : work(null);

    /// <param name="terminal">The terminal.</param>
    /// <param name="doing">What is being done, as a sentence without its end.</param>
    /// <param name="work">The work, which tells how much of it is done, 0..1.</param>
    public static T RunWithShare<T>(Terminal terminal, string doing, Func<IProgress<double>?, T> work) =>
        terminal.ShowsProgress ? terminal.Error.Status().Start(Markup.Escape(doing), context => work(new Share(context, doing))) : work(null);

    /// <param name="terminal">The terminal.</param>
    /// <param name="doing">What is being done, as a sentence without its end.</param>
    /// <param name="say">How far it is, in words, from what the work tells.</param>
    /// <param name="work">The work.</param>
    public static T RunWithWords<TProgress, T>(Terminal terminal, string doing, Func<TProgress, string> say, Func<IProgress<TProgress>?, T> work) =>
        terminal.ShowsProgress ? terminal.Error.Status().Start(Markup.Escape(doing), context => work(new Words<TProgress>(context, doing, say))) : work(null);

    /// <summary>Looks ahead, and shows how far that is.</summary>
    public static ReplaceabilityAnalysis RunLookAhead(Terminal terminal, Panel panel, IEnumerable<string> unavailable, CancellationToken cancellationToken) =>
        RunWithShare(
            terminal,
            "Looking ahead",
            progress => ReplaceabilityAnalysis.Run(panel, unavailable, new ComputeOptions { Progress = progress }, cancellationToken));

    private static string Sentence(SolveProgress progress, string objective) => progress.Phase switch
    {
        SolvePhase.Feasibility => "Checking whether the quotas can be met, and by whom",
        SolvePhase.Relaxation => "Working out how fair a lottery can be at most",
        SolvePhase.Panels => FormattableString.Invariant($"Finding panels: {progress.Panels} so far{ObjectiveText.For(objective).Prospect(progress)}"),
        SolvePhase.Certificate => "Confirming in whole numbers that no lottery is better",
        _ => progress.Phase.ToString(),
    };

    private sealed class Line(StatusContext context, string objective) : IProgress<SolveProgress>
    {
        public void Report(SolveProgress value) => context.Status(Markup.Escape(Sentence(value, objective)));
    }

    private sealed class Share(StatusContext context, string doing) : IProgress<double>
    {
        public void Report(double value) => context.Status(Markup.Escape(FormattableString.Invariant($"{doing}: {100 * value:0} %")));
    }

    private sealed class Words<TProgress>(StatusContext context, string doing, Func<TProgress, string> say) : IProgress<TProgress>
    {
        public void Report(TProgress value) => context.Status(Markup.Escape($"{doing}: {say(value)}"));
    }
}
