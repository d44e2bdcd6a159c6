using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;

namespace Sortition.Shared.Speech;

/// <summary>Explanations in sentences.</summary>
internal static class ExplanationText
{
    /// <summary>Why people have the chance they have.</summary>
    public static string Reason(Language language, ExplanationPart part, SelectionProblem problem, Objective objective, bool isCutOff) => part.Reason switch
    {
        ChanceReason.MustBeOut => language.Text("explain/must-be-out"),
        ChanceReason.Uncovered => language.Text(
            "explain/uncovered",
            ("obstacles", string.Join(language.Text("join.clauses"), part.Obstacles.Select(o => language.Texts.Describe(o, problem))))),
        ChanceReason.MustBeIn => language.Text("explain/must-be-in"),
        ChanceReason.AlwaysSelected => language.Text("explain/always"),
        ChanceReason.NoChance => language.Text(isCutOff ? "explain/none-since-cut-off" : "explain/none", ("objective", objective.Name)),
        ChanceReason.Settled => Settled(language, part, objective),
        ChanceReason.LeftOpen => LeftOpen(language, part, objective),
        _ => language.Text(isCutOff ? "explain/unproven-since-cut-off" : "explain/unproven"),
    };

    /// <summary>The heading of the bounds.</summary>
    public static string Heading(Language language, ExplainedValue value) => language.Text(value switch
    {
        ExplainedValue.OwnChance => "table/own-chance",
        ExplainedValue.LowestChance => "table/lowest-at-most",
        ExplainedValue.GeometricMean => "table/mean-at-most",
        ExplainedValue.HighestChance => "table/highest-at-least",
        _ => "table/balance-at-least",
    });

    /// <summary>A bound, or what is bounded.</summary>
    public static string Figure(Language language, ExplainedValue value, double number) =>
        value == ExplainedValue.GoldilocksValue ? ObjectiveText.Balance(language, number) : language.Percent(number);

    /// <summary>A difference of such figures, in points of a percent if they are chances.</summary>
    public static string Change(Language language, ExplainedValue value, double difference)
    {
        string sign = difference < 0 ? "−" : "+";
        return sign + (value == ExplainedValue.GoldilocksValue
            ? ObjectiveText.Balance(language, Math.Abs(difference))
            : language.Points(Math.Abs(difference)));
    }

    /// <summary>A constraint that gives by one seat.</summary>
    public static string Loosened(Language language, BindingConstraint binding, SelectionProblem problem) => binding.Constraint.Kind switch
    {
        ConstraintKind.PanelSize => language.Text(binding.Seats > 0 ? "explain/one-more" : "explain/one-fewer", ("size", problem.PanelSize)),
        _ => language.Texts.Describe(binding.Constraint, problem),
    };

    /// <summary>Constraints in a row; where a quota's minimum and maximum are the same and both in it, once.</summary>
    public static string Tight(Language language, IReadOnlyList<BindingConstraint> constraints, SelectionProblem problem)
    {
        return string.Join(language.Text("join.clauses"), constraints.Select(c => c.Constraint).GroupBy(c => (object?)c.Quota ?? c).Select(Told));

        string Told(IGrouping<object, Constraint> same) => same.Count() == 2 && same.First().Quota is Quota quota
            ? language.Text("explain/exactly", ("number", quota.Min), ("quota", $"{quota.FeatureLabel}: {quota.ValueLabel}"))
            : language.Texts.Describe(same.First(), problem);
    }

    /// <summary>How to read the bounds.</summary>
    public static string Bounds(Language language, Objective objective, bool isExact) => language.Text(
        "explain/bounds",
        ("how", new ObjectiveText(language, objective.Name).HowToReadBounds),
        ("exact", language.Text(isExact ? "explain/computed-anew" : "explain/not-exact")));

    private static string Settled(Language language, ExplanationPart part, Objective objective)
    {
        string rests = part.SettledTogether == 1 ? language.Text("explain/this-person") : language.Text("explain/people", ("count", part.SettledTogether));
        return part.Explains switch
        {
            ExplainedValue.LowestChance => language.Text("explain/lowest", ("people", rests)),
            ExplainedValue.GeometricMean => language.Text("explain/geometric-mean"),
            ExplainedValue.HighestChance => language.Text("explain/highest", ("people", rests)),
            ExplainedValue.GoldilocksValue => language.Text("explain/balance", ("people", rests)),
            _ => new ObjectiveText(language, objective.Name).Settled(
                part.SettledTogether == 1 ? "settled-alone" : "settled-together", part.SettledTogether),
        };
    }

    private static string LeftOpen(Language language, ExplanationPart part, Objective objective)
    {
        string settled = part.Explains switch
        {
            ExplainedValue.LowestChance => language.Text("explain/only-lowest", ("chance", language.Percent(part.Value!.Value))),
            ExplainedValue.HighestChance => language.Text("explain/only-highest", ("chance", language.Percent(part.Value!.Value))),
            _ => language.Text("explain/only-both"),
        };
        return language.Text("explain/left-open", ("objective", objective.Name), ("settled", settled));
    }
}
