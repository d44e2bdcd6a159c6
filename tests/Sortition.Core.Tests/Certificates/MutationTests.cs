using Sortition.Core.Certificates;
using Sortition.Core.Tests.Objectives;
using Xunit;

namespace Sortition.Core.Tests.Certificates;

/// <summary>No certificate that was changed passes unless what it then says is true.</summary>
public class MutationTests
{
    private const int OfLeximin = 1;

    /// <summary>Each algorithm but leximin by its place in the list.</summary>
    public static TheoryData<int> Others => [.. Enumerable.Range(0, Chances.Algorithms.Length).Where(a => a != OfLeximin)];

    [Fact]
    public void Any_change_of_any_field_of_leximin_is_caught_or_leaves_the_truth() => Any_change_of_any_field_is_caught_or_leaves_the_truth(OfLeximin);

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Others))]
    public void Any_change_of_any_field_is_caught_or_leaves_the_truth(int algorithm)
    {
        const int Pools = 250;
        Dictionary<string, int> caught = Mutation.Fields.ToDictionary(f => f, _ => 0);
        for (int seed = 0; seed < Pools; seed++)
        {
            SelectionProblem problem = seed % 5 == 0 ? GapPools.Problem(seed) : TinyPools.Problem(seed);
            if (Chances.Algorithms[algorithm].Solve(problem) is not SolveResult.Solved { Lottery: var lottery })
            {
                continue;
            }

            CertificateTruth truth = new(problem);
            Assert.Null(truth.Lie(lottery));
            Mutation mutation = new(RandomSource.Seeded(FormattableString.Invariant($"mutation {seed} {algorithm}")));
            foreach (string field in Mutation.Fields)
            {
                if (mutation.Of(lottery, field) is { } changed)
                {
                    string name = FormattableString.Invariant($"pool {seed}, {field}");
                    caught[field] += AssertHonest(changed, truth, name) ? 0 : 1;
                    AssertHonest(Mutation.Repaired(changed), truth, name + ", repaired");
                }
            }
        }

        Assert.All(caught, c => Assert.True(c.Value > 0 || c.Key is "confirmedBy" || (c.Key == "panels" && algorithm == OfLeximin), $"{c.Key} was never caught."));
    }

    /// <summary>Whether it passes.</summary>
    private static bool AssertHonest(PanelLottery lottery, CertificateTruth truth, string name)
    {
        CertificateReport report = CertificateVerifier.Verify(lottery);
        Assert.Equal(report.Verdict == CertificateVerdict.Refuted, report.Faults.Any());
        Assert.Equal(report.Verdict == CertificateVerdict.NotChecked, !lottery.Certificate.Objective.IsKnown && !report.Faults.Any());
        if (report.Verdict is CertificateVerdict.Refuted or CertificateVerdict.NotChecked)
        {
            return false;
        }

        bool isProven = lottery.Certificate.Status == CertificateStatus.ProvenOptimal;
        Assert.Equal(isProven ? CertificateVerdict.Confirmed : CertificateVerdict.NotProven, report.Verdict);
        if (lottery.Certificate.Claims.Count > 0 || isProven)
        {
            string? lie = truth.Lie(lottery);
            Assert.True(lie is null, $"{name}: {lie} is no truth.");
        }

        return true;
    }
}
