using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Problems;

/// <summary>Names match trimmed, without regard to case and in Unicode NFC, whatever the culture; ids match exactly.</summary>
public sealed class MatchingTests
{
    private const string Composed = "L\u00e5st";
    private const string Decomposed = "LA\u030aST";

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("az-Latn-AZ")]
    [InlineData("da-DK")]
    public void Names_match_trimmed_in_any_case_and_any_normal_form(string culture)
    {
        Cultures.In(culture, () =>
        {
            SelectionProblem problem = new SelectionProblemBuilder(1)
                .Quota(" INCOME ", " HIGH ", 0, 1).Quota("income", "mid", 0, 1).Quota(Composed, "i", 0, 1)
                .Quota(new QuotaInput { Condition = [new("Income", "high"), new(Decomposed, "I")], Min = 0, Max = 1 })
                .With(Row("a", null, "income=high", $"{Decomposed}= I"), Row("b", null, " Income =\tMID", $" {Composed} =i "))
                .Build();
            Assert.Equal(["INCOME", Composed], problem.Features.Select(f => f.Name));
            Assert.Equal(["HIGH", "mid"], problem.Features[0].Values);
            Assert.Equal(["HIGH", "i"], problem.People[0].Values);
            Assert.Equal(["mid", "i"], problem.People[1].Values);
            Assert.Equal(4, problem.Quotas.Count);
            Assert.Equal([true, false, true, true], problem.Quotas.Select(q => problem.Matches(problem.People[0], q)));
            Assert.Equal([false, true, true, false], problem.Quotas.Select(q => problem.Matches(problem.People[1], q)));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    public void The_dotless_i_is_another_letter_than_I_in_every_culture(string culture)
    {
        Cultures.In(culture, () =>
        {
            SelectionProblem problem = new SelectionProblemBuilder(1).Quota("f", "\u0131", 0, 1).Quota("f", "I", 0, 1).With(Row("a", null, "f=i"), Row("b", null, "f=\u0131")).Build();
            Assert.Equal(["\u0131", "I"], problem.Features[0].Values);
            Assert.Equal("I", problem.People[0].Values[0]);
            Assert.Equal("\u0131", problem.People[1].Values[0]);
        });
    }

    [Fact]
    public void Ids_are_trimmed_and_then_compared_character_by_character()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v").With(Row(" a", null, "f=v"), Row("A ", null, "f=v"), Row("å", null, "f=v"), Row("a\u030a", null, "f=v")).Build();
        Assert.Equal(["A", "a", "a\u030a", "\u00e5"], problem.People.Select(p => p.Id));
        Assert.Equal([0, 1, 2, 3], problem.People.Select(p => problem.IndexOf(p.Id)));
        Assert.Equal(-1, problem.IndexOf(" a"));
    }

    [Fact]
    public void Broken_surrogates_are_compared_as_they_are()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "\ud800", "\udc00x").With(Row("a", null, "f=\udc00X "), Row("b", null, "f=\ud800")).Build();
        Assert.Equal(["\udc00x", "\ud800"], problem.People.Select(p => p.Values[0]));
    }

    [Fact]
    public void A_dictionary_entry_is_found_by_its_exact_name_first()
    {
        Dictionary<string, string> both = new() { ["AGE"] = "old", ["age"] = "young" };
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("age", "young", "old").People(["a"], r => r, null, _ => both).Build();
        Assert.Equal("young", problem.People[0].Values[0]);
    }

    [Fact]
    public void Names_that_a_person_has_beyond_the_features_do_not_enter()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v").With(Row("a", null, "f=v", "shoe size=44")).Build();
        Assert.Equal(["v"], problem.People[0].Values);
    }
}
