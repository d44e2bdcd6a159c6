using Sortition.Core;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

/// <summary>The report has words for every objective in every language.</summary>
public sealed class ObjectiveTextTests
{
    [Fact]
    public void Every_objective_has_its_rule_and_its_proof_in_every_language()
    {
        Assert.NotEmpty(ReportLanguage.Codes);
        foreach (ReportLanguage language in ReportLanguage.Codes.Select(ReportLanguage.Get))
        {
            Assert.All(LotteryAlgorithms.All, a => Assert.True(language.Has("rule." + a.Name) && language.Has("proven." + a.Name), $"{a.Name} in {language.Code}"));
        }
    }
}
