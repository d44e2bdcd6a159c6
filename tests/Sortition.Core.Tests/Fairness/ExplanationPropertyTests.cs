using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Core.Tests.Objectives;
using Xunit;

namespace Sortition.Core.Tests.Fairness;

/// <summary>What explanations promise, on many tiny pools.</summary>
public class ExplanationPropertyTests
{
    private const double Tolerance = 1e-6;

    [Property(MaxTest = 300)]
    public void No_lottery_of_the_loosened_problem_passes_the_bound(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        ILotteryAlgorithm algorithm = Chances.Algorithms[(int)((uint)seed % (uint)Chances.Algorithms.Length)];
        if (algorithm.Solve(problem) is not SolveResult.Solved { Lottery: var lottery })
        {
            throw Prop.Discard<Exception>();
        }

        bool[] covered = LotteryMetrics.CoveredBy(lottery);
        foreach (ExplanationPart part in SelectionExplanation.ForGroup(lottery).Parts)
        {
            foreach (BindingConstraint binding in part.Constraints.Where(c => c.Bound is not null && (c.Constraint.Kind != ConstraintKind.PanelSize || problem.PanelSize + c.Seats > 0)))
            {
                SelectionProblem looser = problem.Loosen(binding.Constraint, binding.Seats);
                if (algorithm.Solve(looser) is SolveResult.Solved { Lottery: var after } && LotteryMetrics.CoveredBy(after).SequenceEqual(covered) && KeepsWhatIsLower(lottery, after, part))
                {
                    (double bound, double value) = (binding.Bound!.Value, part.ValueIn(after));
                    bool isFewer = part.Explains is ExplainedValue.HighestChance or ExplainedValue.GoldilocksValue;
                    Assert.True(
                        isFewer ? value >= bound * (1 - Tolerance) : value <= bound * (1 + Tolerance),
                        FormattableString.Invariant($"{algorithm.Name}: {value} passes {bound}: {TextRenderer.English.Describe(binding.Constraint, problem)}"));
                }
            }
        }
    }

    /// <summary>The same, for maximin against brute force: what the best lottery gives everybody.</summary>
    [Property(MaxTest = 300)]
    public void The_lowest_chance_cannot_rise_above_the_bound(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        if (new Core.Algorithms.Maximin().Solve(problem) is not SolveResult.Solved { Lottery: var lottery })
        {
            throw Prop.Discard<Exception>();
        }

        int[] covered = BruteForce.Covered(TinyPools.AllPanels(problem));
        foreach (BindingConstraint binding in SelectionExplanation.ForGroup(lottery).Parts.SelectMany(p => p.Constraints).Where(c => c.Bound is not null && problem.PanelSize + c.Seats > 0))
        {
            List<int[]> panels = TinyPools.AllPanels(problem.Loosen(binding.Constraint, binding.Seats));
            if (panels.Count > 0 && BruteForce.Covered(panels).SequenceEqual(covered))
            {
                Assert.True(BruteForce.LowestChance(panels) <= binding.Bound!.Value + 1e-9);
            }
        }
    }

    [Property(MaxTest = 300)]
    public void Everybody_is_in_one_part_with_the_chance_the_lottery_gives(int seed)
    {
        SelectionProblem problem = TinyPools.Problem(seed);
        ILotteryAlgorithm algorithm = Chances.Algorithms[(int)((uint)seed % (uint)Chances.Algorithms.Length)];
        if (algorithm.Solve(problem) is not SolveResult.Solved { Lottery: var lottery })
        {
            throw Prop.Discard<Exception>();
        }

        SelectionExplanation all = SelectionExplanation.ForGroup(lottery);
        Assert.Equal(Enumerable.Range(0, problem.People.Count), all.Parts.SelectMany(p => p.People).Order());
        foreach (ExplanationPart part in all.Parts)
        {
            Assert.Equal(part.People.Min(lottery.ProbabilityOf), part.LowestChance);
            Assert.Equal(part.People.Max(lottery.ProbabilityOf), part.HighestChance);
            Assert.NotEqual(ChanceReason.Unproven, part.Reason);
            if (part.Reason == ChanceReason.Settled)
            {
                Assert.InRange(part.SettledTogether, part.People.Count, problem.People.Count);
                Assert.Equal(part.Value!.Value, part.ValueIn(lottery), 1e-9 * part.Value.Value);
            }

            if (part.Explains == ExplainedValue.OwnChance)
            {
                Assert.Equal(part.LowestChance, part.HighestChance, 1e-9);
                Assert.NotEqual(ChanceReason.NoChance, part.Reason);
            }
        }
    }

    /// <summary>For own chances the bound supposes that the others whom the claim weighs, who were settled before, keep what they have.</summary>
    private static bool KeepsWhatIsLower(PanelLottery before, PanelLottery after, ExplanationPart part) =>
        part.Explains != ExplainedValue.OwnChance || Enumerable.Range(0, before.Problem.People.Count).All(i =>
            before.ProbabilityOf(i) == 0 || part.Claim!.Weights[before.Problem.TypeTable.TypeOf[i]] == 0 || part.Settled.Contains(i) || after.ProbabilityOf(i) >= before.ProbabilityOf(i) - 1e-9);
}
