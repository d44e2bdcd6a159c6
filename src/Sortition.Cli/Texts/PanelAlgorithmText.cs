using Sortition.Core;
using Sortition.Core.Algorithms;

namespace Sortition.Cli.Texts;

/// <summary>What the command says of algorithms that draw panels without computing a lottery.</summary>
internal sealed class PanelAlgorithmText
{
    private static readonly PanelAlgorithmText s_greedy = new()
    {
        Choice = "the older method, which draws one panel and knows no chances",
        Chances = "not known: greedy draws one panel without computing what chance anyone has; leximin does",
        Failed = failed => FormattableString.Invariant(
            $"Greedy found no panel in {failed.Attempts} attempt(s). There may be one: try another seed, or --algorithm leximin."),
    };

    private static readonly PanelAlgorithmText s_uniform = new()
    {
        Choice = "one of all possible panels, each equally likely, which is not fair to people: some have far lower chances than others",
        UsesThreads = true,
        Chances = "every panel is equally likely, exactly. That is not fair to people: their chances were not computed and may differ widely; leximin evens "
            + "them out",
        Failed = _ => "No exactly uniform draw was made: it would take more random proposals than can be made in minutes. There are panels: "
            + "--algorithm leximin draws one fairly.",
    };

    private PanelAlgorithmText()
    {
    }

    /// <summary>What it does, for the help page: half a sentence.</summary>
    public required string Choice { get; init; }

    /// <summary>Whether more threads are of use.</summary>
    public bool UsesThreads { get; private init; }

    /// <summary>What is known of chances.</summary>
    public required string Chances { get; init; }

    /// <summary>What to say where it drew no panel though there may be one.</summary>
    public required Func<PanelResult.AttemptsExhausted, string> Failed { get; init; }

    /// <summary>The texts for an algorithm.</summary>
    public static PanelAlgorithmText For(IPanelAlgorithm algorithm) => For(algorithm.Name);

    /// <summary>The texts for an algorithm of a name.</summary>
    public static PanelAlgorithmText For(string algorithm) =>
        string.Equals(algorithm, new Greedy().Name, StringComparison.Ordinal) ? s_greedy : s_uniform;
}
