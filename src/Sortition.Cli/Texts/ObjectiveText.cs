using System.Globalization;
using Sortition.Core;

namespace Sortition.Cli.Texts;

/// <summary>What the command says of an objective: the one place for texts that differ from objective to objective.</summary>
internal sealed class ObjectiveText
{
    private const string AtMost = "At most: another quota may stand in the way of the full change";

    private static readonly Dictionary<string, ObjectiveText> s_texts = new(StringComparer.Ordinal)
    {
        ["leximin"] = new()
        {
            Choice = "the person worst off has the highest chance possible, then the next worst off, and so on",
            Best = (_, _) => "nobody's chance can be raised but at the cost of somebody whose chance is no higher",
            Prospect = LowestProspect,
            HowToReadBounds = AtMost + "; and for all who share the chance together, if those who have less keep what they have",
        },
        ["maximin"] = new()
        {
            Choice = "only the first of these",
            Prospect = LowestProspect,
        },
        ["nash"] = new()
        {
            Choice = "the highest geometric mean of chances",
            Bound = (certificate, who) => $"no lottery gives {who} chances with a geometric mean above {Numbers.Percent(certificate.Bound)}",
            Reached = (certificate, who) => $"this lottery gives {who} chances with a geometric mean of {Numbers.Percent(certificate.Value)}",
            Prospect = progress => $"; the geometric mean of the chances can reach {Numbers.Percent(progress.UpperBound)}",
        },
        ["minimax"] = new()
        {
            Choice = "the highest chance is as low as possible, and some may have none",
            Bound = (certificate, _) => $"in every lottery somebody has a chance of {Numbers.Percent(certificate.Bound)} or more",
            Reached = (certificate, _) => $"this lottery gives nobody more than {Numbers.Percent(certificate.Value)}",
            Prospect = progress => $"; the highest chance can be held at {Numbers.Percent(progress.LowerBound)}",
            HowToReadBounds = "At least: another quota may stand in the way of the full change",
        },
        ["goldilocks"] = new()
        {
            Choice = "neither too low nor too high",
            Best = (certificate, _) =>
                $"no lottery balances the highest and the lowest chance better (γ = {Gamma(certificate)}; the balance is {Balance(certificate.Value)}, "
                + $"and {Balance(1 + (certificate.Objective.Parameter ?? 1))} would be perfect)",
            Bound = (certificate, _) => $"no lottery's can be below {Balance(certificate.Bound)}",
            Reached = (certificate, _) => $"its balance of the highest and the lowest chance is {Balance(certificate.Value)} (γ = {Gamma(certificate)})",
            HowToReadBounds = "At least: another quota may stand in the way of the full change",
        },
        ["weighted-leximin"] = new()
        {
            Choice = "leximin by what each is entitled to",
            IsByEntitlement = true,
            Best = (_, _) => "nobody's chance, by what each is entitled to, can be raised but at the cost of somebody whose chance is no higher",
            Bound = (certificate, who) =>
                $"no lottery can give {who} more than {Numbers.Percent(certificate.Bound)} for each unit of what they are entitled to",
            Reached = (certificate, who) =>
                $"this lottery gives {who} at least {Numbers.Percent(certificate.Value)} for each unit of what they are entitled to",
            HowToReadBounds = AtMost + "; and for all who share it together, if those who have less by what they are entitled to keep what they have",
        },
    };

    private static readonly ObjectiveText s_other = new() { Choice = "another objective" };

    private ObjectiveText()
    {
    }

    /// <summary>Whether chances count by what each person is entitled to.</summary>
    public bool IsByEntitlement { get; private init; }

    /// <summary>What the objective aims at, for the help page: half a sentence.</summary>
    public required string Choice { get; init; }

    /// <summary>What a proven lottery is: half a sentence. Of whom it speaks is the second argument.</summary>
    public Func<Certificate, string, string> Best { get => field ?? Bound; private init; }

    /// <summary>What no lottery can better.</summary>
    public Func<Certificate, string, string> Bound { get; private init; } = (certificate, who) =>
        $"no lottery can give {who} more than {Numbers.Percent(certificate.Bound)}";

    /// <summary>What the lottery reaches.</summary>
    public Func<Certificate, string, string> Reached { get; private init; } = (certificate, who) =>
        $"this lottery gives {who} at least {Numbers.Percent(certificate.Value)}";

    /// <summary>What can still be reached, while it is computed; empty where that says nothing.</summary>
    public Func<SolveProgress, string> Prospect { get; private init; } = _ => "";

    /// <summary>How to read the bounds of an explanation.</summary>
    public string HowToReadBounds { get; private init; } = AtMost;

    /// <summary>Whether there are texts for an objective.</summary>
    public static bool Has(string objective) => s_texts.ContainsKey(objective);

    /// <summary>The texts for an objective; general ones where there are none.</summary>
    public static ObjectiveText For(string objective) => s_texts.GetValueOrDefault(objective, s_other);

    /// <summary>What Goldilocks minimises.</summary>
    public static string Balance(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Gamma(Certificate certificate) => (certificate.Objective.Parameter ?? 1).ToString("G6", CultureInfo.InvariantCulture);

    private static string LowestProspect(SolveProgress progress) => $"; the lowest chance can reach {Numbers.Percent(progress.UpperBound)}";
}
