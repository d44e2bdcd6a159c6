using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Spectre.Console;

namespace Sortition.Cli.Texts;

/// <summary>What a person sees of explanations: whose chance, why, and what each constraint is worth.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="lottery">The lottery.</param>
/// <param name="isCutOff">Whether a time limit cut its computation off.</param>
/// <param name="loosened">What comes of it if a constraint gives, null if it cannot; null where that is not asked for.</param>
internal sealed class ExplanationReport(Terminal terminal, PanelLottery lottery, bool isCutOff, Func<BindingConstraint, SolveResult?>? loosened)
{
    private const int PartsShown = 5;
    private const string Gap = " ";

    private readonly SelectionProblem _problem = lottery.Problem;

    public void Write(IReadOnlyList<(string Title, SelectionExplanation Explanation)> explanations)
    {
        LotteryMetrics figures = LotteryMetrics.Compute(lottery);
        string range = Range(figures.MinProbability, figures.MaxProbability);
        terminal.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"By {lottery.Certificate.Objective.Name}, the chances of the {figures.Covered} people (of {_problem.People.Count}) who can be chosen are "
                + $"{range}."));
        terminal.Say(ProofText.Of(lottery, isCutOff));
        terminal.Fill(json =>
        {
            json["algorithm"] = lottery.Certificate.Objective.Name;
            json["people"] = _problem.People.Count;
            json["covered"] = figures.Covered;
            json["lowestChance"] = figures.MinProbability;
            json["highestChance"] = figures.MaxProbability;
            json["proof"] = Json.Proof(lottery, isCutOff);
            json["explanations"] = Json.List(explanations, e => InJson(e.Title, e.Explanation));
        });
        bool hasBounds = false;
        foreach ((string title, SelectionExplanation explanation) in explanations)
        {
            terminal.Say();
            terminal.Say(explanation.People == 1 ? $"{title}: {Numbers.Percent(explanation.Parts[0].LowestChance)}" : Group(title, explanation));
            foreach (ExplanationPart part in explanation.Parts.Take(PartsShown))
            {
                string reason = ExplanationText.Reason(part, _problem, lottery.Certificate.Objective, isCutOff);
                if (explanation.Parts.Count > 1)
                {
                    terminal.Say();
                    reason = FormattableString.Invariant($"{part.People.Count} of them, {Range(part.LowestChance, part.HighestChance)}: {reason}");
                }

                terminal.Say("  " + ProofText.Capital(reason));
                hasBounds |= Constraints(part);
            }

            if (explanation.Parts.Count > PartsShown)
            {
                int more = explanation.Parts.Skip(PartsShown).Sum(p => p.People.Count);
                terminal.Say();
                terminal.Say(
                    FormattableString.Invariant($"  {more} more of them have higher chances, for reasons of their own; --person explains one person's."));
            }
        }

        if (hasBounds)
        {
            terminal.Say();
            terminal.Say(ExplanationText.Bounds(lottery.Certificate.Objective, isExact: loosened is not null));
        }
    }

    private JsonObject InJson(string title, SelectionExplanation explanation) => new()
    {
        ["about"] = title,
        ["people"] = explanation.People,
        ["covered"] = explanation.Covered,
        ["lowestChance"] = Json.Number(explanation.LowestChance),
        ["highestChance"] = Json.Number(explanation.HighestChance),
        ["meanChance"] = Json.Number(explanation.MeanChance),
        ["parts"] = Json.List(explanation.Parts.Index(), part => InJson(part.Item, isShown: part.Index < PartsShown)),
    };

    private JsonObject InJson(ExplanationPart part, bool isShown) => new()
    {
        ["people"] = part.People.Count,
        ["lowestChance"] = part.LowestChance,
        ["highestChance"] = part.HighestChance,
        ["reason"] = Json.Name(part.Reason),
        ["obstacles"] = Json.Constraints(part.Obstacles, _problem),
        ["explains"] = Json.Name(part.Explains),
        ["value"] = Json.Number(part.Value),
        ["settledTogether"] = part.SettledTogether,
        ["constraints"] = Json.List(part.Constraints, binding =>
        {
            JsonObject constraint = Json.Constraint(binding.Constraint, _problem);
            constraint["seats"] = binding.Seats;
            constraint["countsThem"] = binding.CountsThem;
            constraint["bound"] = Json.Number(binding.Bound);

            // As in the text: each takes a computation of its own.
            if (loosened is not null && isShown && part.Claim is not null)
            {
                constraint["inFact"] = InFact(part, binding);
            }

            return constraint;
        }),
    };

    private JsonObject InFact(ExplanationPart part, BindingConstraint binding)
    {
        SolveResult? result = loosened!(binding);
        PanelLottery? other = (result as SolveResult.Solved)?.Lottery;
        double[] chances = other is null ? [] : [.. part.People.Select(other.ProbabilityOf)];
        return new JsonObject
        {
            ["known"] = result is SolveResult.Solved or SolveResult.Infeasible,
            ["value"] = other is null ? null : Json.Number(part.ValueIn(other)),
            ["lowestChance"] = other is null ? null : chances.Min(),
            ["highestChance"] = other is null ? null : chances.Max(),
        };
    }

    private static string Range(double lowest, double highest) =>
        highest - lowest <= 1e-9 * highest ? Numbers.Percent(lowest) : $"{Numbers.Percent(lowest)} to {Numbers.Percent(highest)}";

    private static string Group(string title, SelectionExplanation explanation)
    {
        string people = FormattableString.Invariant($"{title}: {explanation.People} people");
        if (explanation.Covered == 0)
        {
            return people + ", none of whom can be chosen";
        }

        string covered = explanation.Covered == explanation.People ? "" : FormattableString.Invariant($", {explanation.Covered} of whom can be chosen");
        string chances = Range(explanation.LowestChance!.Value, explanation.HighestChance!.Value);
        return $"{people}{covered}, chance {chances}" + (
            chances.Contains(" to ", StringComparison.Ordinal) ? $", on average {Numbers.Percent(explanation.MeanChance!.Value)}" : "");
    }

    /// <summary>The constraints of a part, with what they are worth if that is known.</summary>
    /// <returns>Whether it is.</returns>
    private bool Constraints(ExplanationPart part)
    {
        if (part.Constraints.Count == 0 || (isCutOff && part.Claim is null))
        {
            return false;
        }

        bool isPriced = part.Constraints[0].Bound is not null;
        if (!isPriced)
        {
            terminal.Say("  No panel of the lottery has a seat to spare under: " + ExplanationText.Tight(part.Constraints, _problem) + ".");
            if (part.Claim is not null)
            {
                terminal.Say("  What a seat of each is worth at most is not known: the proof went through all panels, and put no price on single constraints.");
            }

            if (part.Claim is null || loosened is null)
            {
                return false;
            }
        }

        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("  if one of these gave by one seat");
        bool isOwn = part.Explains == ExplainedValue.OwnChance;
        string[] more = loosened is null ? [] : ["in fact", .. isOwn ? (string[])[] : ["chance\nin fact"]];
        foreach (string heading in (string[])["counts\nthem", ExplanationText.Heading(part.Explains), "that is", .. more])
        {
            table.AddColumn(new TableColumn(Gap + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { Alignment = Justify.Right, NoWrap = true });
        }

        foreach (BindingConstraint binding in part.Constraints)
        {
            string[] cells =
            [
                binding.CountsThem ? "yes" : "no",
                binding.Bound is double bound ? ExplanationText.Figure(part.Explains, bound) : "–",
                binding.Bound is double reach ? ExplanationText.Change(part.Explains, reach - part.Value!.Value) : "–",
                .. loosened is null ? [] : InFact(part, binding, isOwn),
            ];
            table.AddRow([new Text("  " + Terminal.Clean(ExplanationText.Loosened(binding, _problem))), .. cells.Select(c => new Text(Gap + c))]);
        }

        terminal.Out.Write(table);
        return isPriced;
    }

    private string[] InFact(ExplanationPart part, BindingConstraint binding, bool isOwn)
    {
        if (loosened!(binding) is not SolveResult result)
        {
            return Same("–");
        }

        if (result is SolveResult.Infeasible)
        {
            return Same("no panel");
        }

        if (result is not SolveResult.Solved { Lottery: PanelLottery other })
        {
            return Same("not known");
        }

        double[] chances = [.. part.People.Select(other.ProbabilityOf)];
        string own = Range(chances.Min(), chances.Max());
        return isOwn ? [own] : [ExplanationText.Figure(part.Explains, part.ValueIn(other)), own];

        string[] Same(string text) => isOwn ? [text] : [text, text];
    }
}
