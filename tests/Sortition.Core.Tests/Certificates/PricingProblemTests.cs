using System.Globalization;
using Google.OrTools.ModelBuilder;
using Sortition.Core.Algorithms;
using Sortition.Core.Certificates;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Objectives;
using Xunit;

namespace Sortition.Core.Tests.Certificates;

/// <summary>The integer program of a claim: its text, and that another reader and another solver find in it what the exact judge finds.</summary>
public class PricingProblemTests
{
    /// <summary>Three of one house, of whom one may sit; one who must be in; a name with a line break.</summary>
    [Fact]
    public void The_text_of_a_tiny_problem()
    {
        SelectionProblemBuilder builder = new SelectionProblemBuilder(2).HouseholdLimit(1);
        builder.Quota("gender", "fe\nmale", 1, 1).Quota("gender", "male", 0, 2).MustBeIn("d");
        builder.People("abcd", new PersonReader<char> { Id = c => c.ToString(), Value = (c, _) => c == 'd' ? "male" : "fe\nmale", Household = c => c < 'c' ? "house" : null });
        PanelLottery solved = new Core.Algorithms.Maximin().Solve(builder.Build()).GetLotteryOrThrow();
        PanelLottery lottery = PanelLottery.Create(solved.Problem, solved.Panels.Select(p => (p.Seats, p.Weight)), [], solved.Certificate.Change(
            objective: LotteryAlgorithms.FindObjective("goldilocks", 1),
            claims: [solved.Certificate.Claims[0].Change(weights: [1L << 40, 2, 0], capWeights: [0, 3, 0], limit: 1L << 40)]));
        string expected = """
            * The heaviest panel, for claim 1 of 1 of a lottery's certificate (goldilocks).
            * A panel is described by how many people of each type are on it: x0, x1, ... Each of these people
            *     weighs the number in the row "cost" times -1.
            * The claim: no panel weighs more than 1099511627776.
            * To be MINIMISED is the weight times -1. The claim holds if the minimum, over whole numbers, is
            *     -1099511627776 or more.
            * Rows:
            *   size: the panel has 2 members
            *   q0: 1 to 1 of gender: fe male
            *   q1: 0 to 2 of gender: male
            *   h0: at most 1 of each of 1 like household(s)
            * Variables:
            *   x0: 1 people; gender: fe male
            *   x1: 2 people; gender: fe male
            *   x2: 1 people, all of whom must be in; gender: male
            NAME          panel
            ROWS
             N  cost
             E  size
             E  q0
             L  q1
             L  h0
            COLUMNS
                whole     'MARKER'                 'INTORG'
                x0        cost      -1099511627776
                x0        size      1
                x0        q0        1
                x1        cost      1
                x1        size      1
                x1        q0        1
                x1        h0        1
                x2        size      1
                x2        q1        1
                whole     'MARKER'                 'INTEND'
            RHS
                rhs       size      2
                rhs       q0        1
                rhs       q1        2
                rhs       h0        1
            RANGES
                range     q1        2
            BOUNDS
             UP bound     x0        1
             UP bound     x1        2
             FX bound     x2        1
            ENDATA

            """.ReplaceLineEndings("\n");
        Assert.Equal(expected, Mps(lottery, 0));
    }

    [Fact]
    public void Another_solver_finds_the_heaviest_panel_of_tiny_pools()
    {
        for (int seed = 0; seed < 80; seed++)
        {
            SelectionProblem problem = seed % 5 == 0 ? GapPools.Problem(seed) : TinyPools.Problem(seed);
            foreach (ILotteryAlgorithm algorithm in Chances.Algorithms)
            {
                if (algorithm.Solve(problem) is SolveResult.Solved { Lottery: var lottery })
                {
                    AssertConfirms(lottery);
                }
            }
        }
    }

    [Fact]
    public void Another_solver_finds_the_heaviest_panel_of_Albertslund()
    {
        SelectionProblem problem = Instances.Load("albertslund", 36);
        AssertConfirms(new Leximin().Solve(problem).GetLotteryOrThrow());
        AssertConfirms(new Minimax().Solve(problem).GetLotteryOrThrow());
    }

    [Fact]
    public void The_text_depends_on_the_lottery_only()
    {
        PanelLottery lottery = new Goldilocks().Solve(Instances.Load("mass_like_24", 24)).GetLotteryOrThrow();
        string text = Mps(lottery, 0);
        Cultures.In("sv-SE", () =>
        {
            using StringWriter writer = new() { NewLine = "\r\n" };
            PricingProblem.WriteMps(writer, lottery, 0);
            Assert.Equal(text, writer.ToString());
        });

        Assert.DoesNotContain('\r', text);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 102));
        Assert.DoesNotContain(lottery.Problem.People, p => text.Contains(p.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        PanelLottery lottery = new Core.Algorithms.Maximin().Solve(Instances.Alternate(8, 2)).GetLotteryOrThrow();
        using StringWriter writer = new();
        Assert.Throws<ArgumentNullException>(() => PricingProblem.WriteMps(null!, lottery, 0));
        Assert.Throws<ArgumentNullException>(() => PricingProblem.WriteMps(writer, null!, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PricingProblem.WriteMps(writer, lottery, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PricingProblem.WriteMps(writer, lottery, 1));
        WeightClaim wrong = lottery.Certificate.Claims[0].Change(capWeights: [1]);
        PanelLottery other = PanelLottery.Create(lottery.Problem, lottery.Panels.Select(p => (p.Seats, p.Weight)), [], lottery.Certificate.Change(claims: [wrong]));
        Assert.Throws<ArgumentException>(() => PricingProblem.WriteMps(writer, other, 0));
    }

    private static string Mps(PanelLottery lottery, int claim)
    {
        using StringWriter writer = new();
        PricingProblem.WriteMps(writer, lottery, claim);
        return writer.ToString();
    }

    /// <summary>Reads the program of every claim with the reader of OR-Tools, solves it with SCIP, and weighs the panel found in whole numbers.</summary>
    private static void AssertConfirms(PanelLottery lottery)
    {
        QuotaPolytope polytope = QuotaPolytope.Of(lottery.Problem);
        for (int c = 0; c < lottery.Certificate.Claims.Count; c++)
        {
            WeightClaim claim = lottery.Certificate.Claims[c];
            long[] weights = [.. claim.Weights.Select((w, t) => w - (claim.CapWeights.Count > 0 ? claim.CapWeights[t] : 0))];
            long heaviest = ExactJudge.HeaviestPanel(polytope, weights, null, null, default).Weight;
            Model model = new();
            Assert.True(model.ImportFromMpsString(Mps(lottery, c)));
            Assert.Equal(weights.Length, model.VariablesCount());
            Assert.Equal(1 + lottery.Problem.Quotas.Count + polytope.HouseholdRows.Count, model.ConstraintsCount());
            Solver solver = new("scip");
            Assert.Equal(SolveStatus.OPTIMAL, solver.Solve(model));
            int[] panel = new int[weights.Length];
            for (int v = 0; v < panel.Length; v++)
            {
                Variable variable = model.VarFromIndex(v);
                panel[int.Parse(variable.Name[1..], CultureInfo.InvariantCulture)] = (int)Math.Round(solver.Value(variable));
            }

            Assert.True(polytope.Contains(panel));
            Assert.Equal(-(double)heaviest, solver.ObjectiveValue, 1e-9 * Math.Abs((double)heaviest));

            // SCIP computes with a tolerance, so that it may stop a hair short of the heaviest panel.
            double weight = panel.Select((seats, t) => (Int128)weights[t] * seats).Aggregate((a, b) => a + b) is var sum ? (double)sum : 0;
            Assert.Equal(heaviest, weight, 1e-9 * Math.Abs((double)heaviest));
            Assert.True(heaviest <= claim.Limit);
        }
    }
}
