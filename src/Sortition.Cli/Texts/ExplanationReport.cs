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
    private readonly Language _language = terminal.Language;

    public void Write(IReadOnlyList<(string Title, SelectionExplanation Explanation)> explanations)
    {
        LotteryMetrics figures = LotteryMetrics.Compute(lottery);
        string range = Range(figures.MinProbability, figures.MaxProbability);
        terminal.Tell(
            "explain/chances",
            ("objective", lottery.Certificate.Objective.Name),
            ("count", figures.Covered),
            ("all", _problem.People.Count),
            ("range", range));
        terminal.Say(ProofText.Of(_language, lottery, isCutOff));
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
            terminal.Say(explanation.People == 1 ? $"{title}: {_language.Percent(explanation.Parts[0].LowestChance)}" : Group(title, explanation));
            foreach (ExplanationPart part in explanation.Parts.Take(PartsShown))
            {
                string reason = ExplanationText.Reason(_language, part, _problem, lottery.Certificate.Objective, isCutOff);
                if (explanation.Parts.Count > 1)
                {
                    terminal.Say();
                    reason = terminal.Text(
                        "explain/of-them",
                        ("count", part.People.Count),
                        ("range", Range(part.LowestChance, part.HighestChance)),
                        ("reason", reason));
                }

                terminal.Say("  " + ProofText.Capital(reason));
                hasBounds |= Constraints(part);
            }

            if (explanation.Parts.Count > PartsShown)
            {
                int more = explanation.Parts.Skip(PartsShown).Sum(p => p.People.Count);
                terminal.Say();
                terminal.Tell("explain/more", ("count", more));
            }
        }

        if (hasBounds)
        {
            terminal.Say();
            terminal.Say(ExplanationText.Bounds(_language, lottery.Certificate.Objective, isExact: loosened is not null));
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
        ["obstacles"] = Json.Constraints(part.Obstacles, _problem, terminal.Texts),
        ["explains"] = Json.Name(part.Explains),
        ["value"] = Json.Number(part.Value),
        ["settledTogether"] = part.SettledTogether,
        ["constraints"] = Json.List(part.Constraints, binding =>
        {
            JsonObject constraint = Json.Constraint(binding.Constraint, _problem, terminal.Texts);
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

    private string Range(double lowest, double highest) => AreAlike(lowest, highest)
        ? _language.Percent(lowest)
        : terminal.Text("explain/range", ("lowest", _language.Percent(lowest)), ("highest", _language.Percent(highest)));

    private static bool AreAlike(double lowest, double highest) => highest - lowest <= 1e-9 * highest;

    private string Group(string title, SelectionExplanation explanation)
    {
        if (explanation.Covered == 0)
        {
            return terminal.Text("explain/group-without-chance", ("group", title), ("people", explanation.People));
        }

        (double lowest, double highest) = (explanation.LowestChance!.Value, explanation.HighestChance!.Value);
        return terminal.Text(
            "explain/group",
            ("group", title),
            ("people", explanation.People),
            ("covered", explanation.Covered == explanation.People ? "" : terminal.Text("explain/group-covered", ("count", explanation.Covered))),
            ("range", Range(lowest, highest)),
            ("mean", AreAlike(lowest, highest) ? "" : terminal.Text("explain/group-mean", ("mean", _language.Percent(explanation.MeanChance!.Value)))));
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
            terminal.Tell("explain/tight", ("constraints", ExplanationText.Tight(_language, part.Constraints, _problem)));
            if (part.Claim is not null)
            {
                terminal.Tell("explain/without-prices");
            }

            if (part.Claim is null || loosened is null)
            {
                return false;
            }
        }

        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("  " + terminal.Text("table/gave-by-one"));
        bool isOwn = part.Explains == ExplainedValue.OwnChance;
        string[] more = loosened is null ? [] : [terminal.Text("table/in-fact"), .. isOwn ? (string[])[] : [terminal.Text("table/chance-in-fact")]];
        string[] headings = [terminal.Text("table/counts-them"), ExplanationText.Heading(_language, part.Explains), terminal.Text("table/that-is"), .. more];
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(Gap + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { Alignment = Justify.Right, NoWrap = true });
        }

        foreach (BindingConstraint binding in part.Constraints)
        {
            string[] cells =
            [
                terminal.Text(binding.CountsThem ? "yes" : "no"),
                binding.Bound is double bound ? ExplanationText.Figure(_language, part.Explains, bound) : "–",
                binding.Bound is double reach ? ExplanationText.Change(_language, part.Explains, reach - part.Value!.Value) : "–",
                .. loosened is null ? [] : InFact(part, binding, isOwn),
            ];
            table.AddRow([new Text("  " + Terminal.Clean(ExplanationText.Loosened(_language, binding, _problem))), .. cells.Select(c => new Text(Gap + c))]);
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
            return Same(terminal.Text("explain/no-panel"));
        }

        if (result is not SolveResult.Solved { Lottery: PanelLottery other })
        {
            return Same(terminal.Text("explain/not-known"));
        }

        double[] chances = [.. part.People.Select(other.ProbabilityOf)];
        string own = Range(chances.Min(), chances.Max());
        return isOwn ? [own] : [ExplanationText.Figure(_language, part.Explains, part.ValueIn(other)), own];

        string[] Same(string text) => isOwn ? [text] : [text, text];
    }
}
