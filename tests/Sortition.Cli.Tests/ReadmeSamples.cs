using Sortition.Core;
using Sortition.Files;

namespace Sortition.Cli.Tests;

/// <summary>The C# of the readme, word for word; <see cref="ReadmeTests"/> compares. What its comments say is asserted after it.</summary>
internal static class ReadmeSamples
{
    public static void FromFiles()
    {
        SelectionProblem problem = ProblemFiles.Load(new ProblemFilesOptions
        {
            Quotas = "docs/examples/albertslund/categories.csv",
            People = "docs/examples/albertslund/respondents.csv",
            PanelSize = 36,
        }).Problem;
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        double lowest = LotteryMetrics.Compute(lottery).MinProbability; // 0.0216: no lottery gives everyone more
        CertificateStatus proof = lottery.Certificate.Status;           // ProvenOptimal
        double chance = lottery.ProbabilityOf("F000004");               // 0.0216, for 139 people like this one share 3 seats
        Constraint cause = SelectionExplanation.ForPerson(lottery, "F000004").Parts[0].Constraints[0].Constraint;   // at most 3 of uddannelse: Lang videregående
        Panel panel = lottery.Draw(RandomSource.Secure());              // 36 people

        Assert.Equal(0.0216, lowest, 4);
        Assert.Equal(CertificateStatus.ProvenOptimal, proof);
        Assert.Equal(3.0 / 139, chance, 9);
        Assert.Equal("at most 3 of uddannelse: Lang videregående", TextRenderer.English.Describe(cause, problem));
        Assert.Equal(36, panel.Members.Count);
    }

    public static string FromADatabase(IReadOnlyList<Row> rows)
    {
        SelectionProblem problem = new SelectionProblemBuilder(panelSize: 2)
            .Quota("gender", "female", min: 1, max: 1)
            .Quota("gender", "male", min: 1, max: 1)
            .Quota("age", "under 30", min: 1, max: 2)
            .Quota("age", "30 and over", min: 0, max: 1)
            .HouseholdLimit(1)
            .People(rows, row => row.Id, row => row.Address, row => row.Features)
            .Build();                                                   // MalformedInputException lists every fault
        SolveResult result = new Leximin().Solve(problem, new SolveOptions { TimeLimit = TimeSpan.FromMinutes(1) });
        string answer = result switch
        {
            SolveResult.Solved solved => "Drawn: " + string.Join(", ", solved.Lottery.Draw(RandomSource.Seeded("4 2 6 1 3")).Ids),
            SolveResult.Infeasible infeasible => string.Join(" ", infeasible.Report.Reasons.Select(reason => TextRenderer.English.Describe(reason, problem))),
            _ => "Not done in time.",
        };

        return answer;
    }

    /// <summary>A row of somebody's own table.</summary>
    internal sealed record Row(string Id, string Address, string Gender, string Age)
    {
        public IReadOnlyDictionary<string, string> Features => new Dictionary<string, string> { ["gender"] = Gender, ["age"] = Age };
    }
}
