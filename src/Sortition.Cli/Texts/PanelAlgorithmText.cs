using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Sampling;

namespace Sortition.Cli.Texts;

/// <summary>What the command says of algorithms that draw panels without computing a lottery.</summary>
internal static class PanelAlgorithmText
{
    /// <summary>Whether more threads are of use.</summary>
    public static bool UsesThreads(IPanelAlgorithm algorithm) => algorithm is UniformPanels;

    /// <summary>What is known of chances.</summary>
    public static string Chances(Language language, string algorithm) => language.Text($"algorithm/{algorithm}/chances");

    /// <summary>What to say where it drew no panel though there may be one.</summary>
    public static string Failed(Language language, IPanelAlgorithm algorithm, PanelResult.AttemptsExhausted failed) =>
        language.Text($"algorithm/{algorithm.Name}/failed", ("attempts", failed.Attempts));
}
