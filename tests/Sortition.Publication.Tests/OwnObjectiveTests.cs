using Google.OrTools.LinearSolver;
using Sortition.Core;
using Sortition.Core.Certificates;
using Sortition.Core.Lotteries;
using Sortition.Files;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;
using Constraint = Google.OrTools.LinearSolver.Constraint;
using Objective = Sortition.Core.Lotteries.Objective;

namespace Sortition.Publication.Tests;

/// <summary>An objective that the library does not know, that of the sample, from the problem to the published lottery: checked as far as it can be, and never refuted.</summary>
public class OwnObjectiveTests
{
    private static readonly PanelLottery s_lottery = new TotalDeviation().Solve(Example.Problem).GetLotteryOrThrow();

    [Fact]
    public void No_other_lottery_is_nearer_to_equal_chances()
    {
        Objective objective = s_lottery.Certificate.Objective;
        Assert.Equal(("total-deviation", CertificateStatus.NotProven), (objective.Name, s_lottery.Certificate.Status));
        Assert.Equal(s_lottery.Certificate.Value, objective.ValueOf(s_lottery), 1e-12);
        foreach (PanelLottery other in LotteryAlgorithms.All.Select(a => a.Solve(Example.Problem).GetLotteryOrThrow()))
        {
            Assert.True(s_lottery.Certificate.Value <= objective.ValueOf(other) + 1e-9, other.Certificate.Objective.Name);
        }

        Assert.Equal(LeastDeviation(), s_lottery.Certificate.Value, 1e-9);
    }

    [Fact]
    public void A_stored_one_reads_back_and_is_not_checked()
    {
        using MemoryStream stream = new();
        LotteryJson.Write(stream, s_lottery);
        byte[] first = stream.ToArray();
        PanelLottery stored = LotteryJson.Read(new MemoryStream(first), Example.Problem);
        Assert.Equal(s_lottery.SelectionProbabilities(), stored.SelectionProbabilities());
        Assert.Equal(("total-deviation", false), (stored.Certificate.Objective.Name, stored.Certificate.Objective.IsKnown));
        Assert.Equal(s_lottery.Certificate.Value, stored.Certificate.Value);
        foreach (PanelLottery lottery in new[] { s_lottery, stored })
        {
            CertificateReport report = CertificateVerifier.Verify(lottery);
            Assert.Equal(CertificateVerdict.NotChecked, report.Verdict);
            Assert.Empty(report.Points.SelectMany(p => p.Faults));
            Assert.Contains(report.Points, p => p.Code == "limit-by-search");
        }

        using MemoryStream again = new();
        LotteryJson.Write(again, stored);
        Assert.Equal(first, again.ToArray());
    }

    [Theory]
    [InlineData(CertificateStatus.NotProven)]
    [InlineData(CertificateStatus.ProvenOptimal)]
    public void A_published_one_is_not_refuted_by_either_checker(CertificateStatus status)
    {
        PanelLottery lottery = PanelLottery.Create(
            s_lottery.Problem,
            s_lottery.Panels.Select(p => (p.Seats, p.Weight)),
            s_lottery.Uncovered,
            s_lottery.Certificate.Change(objective: Objective.Unknown("total-deviation", 0.5), status: status));
        PublishedLottery whole = Example.Publish(lottery, Example.Ballots, smallestGroup: 2);
        foreach (PublishedLottery form in new[] { whole, whole.ToPublic() })
        {
            using TemporaryFolder folder = new();
            form.Write(folder.Path);
            (int answer, VerificationReport report, string output) = Verifiers.Answer(folder.Path);
            Assert.DoesNotContain(report.Checks, c => c.Outcome == VerificationOutcome.Failed);
            VerificationCheck optimality = Assert.Single(report.Checks, c => c.Step == VerificationStep.Certificate);
            Assert.Equal(VerificationOutcome.NotChecked, optimality.Outcome);
            Assert.Contains("total-deviation was not checked", optimality.Finding, StringComparison.Ordinal);
            bool isWithinOne = report.Checks.All(c => c.Outcome != VerificationOutcome.NotConfirmed);
            Assert.False(report.IsGenuine);
            Assert.NotEmpty(report.LeftOpen);
            Assert.Equal(isWithinOne ? Verifiers.NotChecked : Verifiers.NotConfirmed, answer);
            Assert.Contains("total-deviation was not checked", output, StringComparison.Ordinal);
        }
    }

    /// <summary>The least total deviation over all panels of types, found without the library: a linear program over every composition of the example.</summary>
    private static double LeastDeviation()
    {
        SelectionProblem problem = Example.Problem;
        HashSet<int> uncovered = [.. s_lottery.Uncovered.Select(u => u.Person)];
        int[] people = [.. Enumerable.Range(0, problem.People.Count).Where(i => !uncovered.Contains(i))];
        using Solver lp = Solver.CreateSolver("CLP");
        double share = problem.PanelSize / (double)people.Length;
        Constraint total = lp.MakeConstraint(1, 1);
        Dictionary<int, Constraint> rows = people.ToDictionary(i => i, _ => lp.MakeConstraint(share, share));
        foreach (Constraint row in rows.Values)
        {
            foreach (int sign in new[] { -1, 1 })
            {
                Variable difference = lp.MakeNumVar(0, double.PositiveInfinity, "");
                row.SetCoefficient(difference, sign);
                lp.Objective().SetCoefficient(difference, 1);
            }
        }

        PanelRules rules = new(problem);
        foreach (int[] panel in Sets(people, problem.PanelSize).Where(set => rules.IsFeasible(set)))
        {
            Variable probability = lp.MakeNumVar(0, 1, "");
            total.SetCoefficient(probability, 1);
            foreach (int i in panel)
            {
                rows[i].SetCoefficient(probability, 1);
            }
        }

        Assert.Equal(Solver.ResultStatus.OPTIMAL, lp.Solve());
        return lp.Objective().Value();
    }

    private static IEnumerable<int[]> Sets(int[] people, int size) =>
        size == 0 ? [[]] : people.SelectMany((person, i) => Sets(people[(i + 1)..], size - 1).Select(rest => (int[])[person, .. rest]));
}
