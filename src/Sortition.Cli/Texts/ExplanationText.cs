using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Publication.Format;

namespace Sortition.Cli.Texts;

/// <summary>Explanations in sentences.</summary>
internal static class ExplanationText
{
    /// <summary>Why people have the chance they have.</summary>
    public static string Reason(ExplanationPart part, SelectionProblem problem, Objective objective, bool isCutOff) => part.Reason switch
    {
        ChanceReason.MustBeOut => "must be out, and so cannot be chosen.",
        ChanceReason.Uncovered =>
            "on no panel, whatever the lottery: with such a person, these cannot all be met: " + string.Join(
                "; ", part.Obstacles.Select(o => PublicationTexts.English.Describe(o, problem))) + ".",
        ChanceReason.MustBeIn => "must be in, and so has a seat on every panel.",
        ChanceReason.AlwaysSelected => "sure of a seat: every panel of this lottery has everybody of this kind.",
        ChanceReason.NoChance when isCutOff => "no chance in the panels found so far; the work was cut off.",
        ChanceReason.NoChance =>
            $"could be chosen, but has no chance in this lottery: {objective.Name} only holds the highest chance down. Leximin gives everyone a chance who "
            + "can be chosen.",
        ChanceReason.Settled => Settled(part, objective),
        ChanceReason.LeftOpen => LeftOpen(part, objective),
        _ => isCutOff ? "nothing is proven about this chance; the work was cut off." : "nothing is proven about this chance.",
    };

    /// <summary>The heading of the bounds.</summary>
    public static string Heading(ExplainedValue value) => value switch
    {
        ExplainedValue.OwnChance => "chance\nat most",
        ExplainedValue.LowestChance => "lowest chance\nat most",
        ExplainedValue.GeometricMean => "geometric mean\nat most",
        ExplainedValue.HighestChance => "highest chance\nat least",
        _ => "balance\nat least",
    };

    /// <summary>A bound, or what is bounded.</summary>
    public static string Figure(ExplainedValue value, double number) =>
        value == ExplainedValue.GoldilocksValue ? ObjectiveText.Balance(number) : Numbers.Percent(number);

    /// <summary>A difference of such figures, in points of a percent if they are chances.</summary>
    public static string Change(ExplainedValue value, double difference)
    {
        string sign = difference < 0 ? "−" : "+";
        string size = Figure(value, Math.Abs(difference));
        return sign + (value == ExplainedValue.GoldilocksValue ? size : size.Replace(" %", " points", StringComparison.Ordinal));
    }

    /// <summary>A constraint that gives by one seat.</summary>
    public static string Loosened(BindingConstraint binding, SelectionProblem problem) => binding.Constraint.Kind switch
    {
        ConstraintKind.PanelSize => FormattableString.Invariant($"{problem.PanelSize} members in all ({(binding.Seats > 0 ? "one more" : "one fewer")})"),
        _ => PublicationTexts.English.Describe(binding.Constraint, problem),
    };

    /// <summary>Constraints in a row; where a quota's minimum and maximum are the same and both in it, once.</summary>
    public static string Tight(IReadOnlyList<BindingConstraint> constraints, SelectionProblem problem) =>
        string.Join("; ", constraints.Select(c => c.Constraint).GroupBy(c => (object?)c.Quota ?? c).Select(g => g.Count() == 2
            ? FormattableString.Invariant($"exactly {g.First().Quota!.Min} of {g.First().Quota!.FeatureLabel}: {g.First().Quota!.ValueLabel}")
            : PublicationTexts.English.Describe(g.First(), problem)));

    /// <summary>How to read the bounds.</summary>
    public static string Bounds(Objective objective, bool isExact) =>
        $"{ObjectiveText.For(objective.Name).HowToReadBounds}. All of it supposes that nobody else can be chosen who could not before."
            + (isExact ? " In fact: computed anew." : " --exact computes what would come of it in fact.");

    private static string Settled(ExplanationPart part, Objective objective)
    {
        bool isWeighted = ObjectiveText.For(objective.Name).IsByEntitlement;
        string worseOff = isWeighted ? "somebody whose chance, by what each is entitled to, is no higher" : "somebody whose chance is no higher";
        string sharing = FormattableString.Invariant(
            $"{part.SettledTogether} people share it{(isWeighted ? " by what each is entitled to" : "")}, and none of them can have more");
        return part.Explains switch
        {
            ExplainedValue.LowestChance => $"the lowest chance of all. No lottery gives everyone more; the proof rests on {People(part)}.",
            ExplainedValue.GeometricMean =>
                "no lottery has a higher geometric mean of all chances; any other gives less to some than it gives more, in proportion, to others.",
            ExplainedValue.HighestChance => $"the highest chance of all. In every lottery somebody has as much; the proof rests on {People(part)}.",
            ExplainedValue.GoldilocksValue =>
                "at one end of the chances that goldilocks balances, the highest and the lowest. No lottery balances them better; the proof rests on "
                + $"{People(part)}.",
            _ => $"{(part.SettledTogether == 1 ? "nobody shares it, and it cannot be higher" : sharing)} but at the cost of {worseOff}.",
        };

        static string People(ExplanationPart part) => part.SettledTogether == 1 ? "this person" : FormattableString.Invariant($"{part.SettledTogether} people");
    }

    private static string LeftOpen(ExplanationPart part, Objective objective)
    {
        string settled = part.Explains switch
        {
            ExplainedValue.LowestChance => $"settles only the lowest chance, {Numbers.Percent(part.Value!.Value)}",
            ExplainedValue.HighestChance => $"settles only the highest chance, {Numbers.Percent(part.Value!.Value)}",
            _ => "settles only the highest and the lowest chance",
        };
        return $"{objective.Name} {settled}. Another lottery may serve that as well and give another chance here; leximin settles everybody's.";
    }
}
