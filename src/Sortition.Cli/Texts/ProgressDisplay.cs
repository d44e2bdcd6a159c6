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
        terminal.ShowsProgress
            ? terminal.Error.Status().Start(
                Markup.Escape(terminal.Text("progress/start")), context => work(new Line(context, terminal.Language, objective)))
            : work(null);

    /// <param name="terminal">The terminal.</param>
    /// <param name="key">What is being done: the key of a sentence without its end.</param>
    /// <param name="work">The work, which tells how much of it is done, 0..1.</param>
    public static T RunWithShare<T>(Terminal terminal, string key, Func<IProgress<double>?, T> work)
    {
        string doing = terminal.Text(key);
        return terminal.ShowsProgress
            ? terminal.Error.Status().Start(Markup.Escape(doing), context => work(new Share(context, terminal.Language, doing)))
            : work(null);
    }


    /// <param name="terminal">The terminal.</param>
    /// <param name="key">What is being done: the key of a sentence without its end.</param>
    /// <param name="say">How far it is, in words, from what the work tells.</param>
    /// <param name="work">The work.</param>
    public static T RunWithWords<TProgress, T>(Terminal terminal, string key, Func<TProgress, string> say, Func<IProgress<TProgress>?, T> work)
    {
        string doing = terminal.Text(key);
        return terminal.ShowsProgress
            ? terminal.Error.Status().Start(Markup.Escape(doing), context => work(new Words<TProgress>(context, doing, say)))
            : work(null);
    }


    /// <summary>Looks ahead, and shows how far that is.</summary>
    public static ReplaceabilityAnalysis RunLookAhead(Terminal terminal, Panel panel, IEnumerable<string> unavailable, CancellationToken cancellationToken) =>
        RunWithShare(
            terminal,
            "progress/ahead",
            progress => ReplaceabilityAnalysis.Run(panel, unavailable, new ComputeOptions { Progress = progress }, cancellationToken));

    private static string Sentence(Language language, SolveProgress progress, string objective) => progress.Phase switch
    {
        SolvePhase.Feasibility => language.Text("progress/feasibility"),
        SolvePhase.Relaxation => language.Text("progress/relaxation"),
        SolvePhase.Panels => language.Text(
            "progress/panels", ("count", progress.Panels), ("prospect", new ObjectiveText(language, objective).Prospect(progress))),
        SolvePhase.Certificate => language.Text("progress/certificate"),
        _ => progress.Phase.ToString(),
    };

    private sealed class Line(StatusContext context, Language language, string objective) : IProgress<SolveProgress>
    {
        public void Report(SolveProgress value) => context.Status(Markup.Escape(Sentence(language, value, objective)));
    }

    private sealed class Share(StatusContext context, Language language, string doing) : IProgress<double>
    {
        public void Report(double value) => context.Status(Markup.Escape($"{doing}: {language.Percent(value, "0")}"));
    }

    private sealed class Words<TProgress>(StatusContext context, string doing, Func<TProgress, string> say) : IProgress<TProgress>
    {
        public void Report(TProgress value) => context.Status(Markup.Escape($"{doing}: {say(value)}"));
    }
}
