using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Problems;

/// <summary>Names match wherever people mean the same, whatever the culture; ids keep their case.</summary>
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
    public void The_dots_of_an_i_do_not_count_in_any_culture(string culture)
    {
        Cultures.In(culture, () =>
        {
            SelectionProblem problem = new SelectionProblemBuilder(1).Quota("f", "K\u0131z", 0, 1)
                .With(Row("a", null, "f=KIZ"), Row("b", null, "f=kiz"), Row("c", null, "f=K\u0130Z"), Row("d", null, "f=KI\u0307Z")).Build();
            Assert.Equal(["K\u0131z"], problem.Features[0].Values);
        });
    }

    [Theory]
    [InlineData("non binary", "non\u00a0binary", "NON  BINARY", "non binary\u200b", "\ufeffnon\u202fbinary")]
    [InlineData("16-24", "16\u201324", "16\u201424", "16\u201124", "16\u221224", "\u200e16-24")]
    [InlineData("stra\u00dfe", "STRASSE", "Strasse", "STRA\u1e9eE", "stra\u017fse")]
    [InlineData("l\u00e5st", "la\u030ast", "LA\u030aST", "L\u00c5ST", "L\u212bst")]
    [InlineData("C\u00f4te-d'Or", "c\u00f4te\u2010d\u2019or", "CO\u0302TE-D\u02bcOR", "c\u00f4te-d\u00b4or")]
    [InlineData("\uff11\uff16 \uff21", "16 A", "\u00a016\u3000a")]
    public void One_name_has_many_spellings(string name, params string[] spellings)
    {
        foreach (string spelling in spellings)
        {
            Assert.Equal(NameComparer.Key(name), NameComparer.Key(spelling));
            Assert.True(NameComparer.Instance.Equals(name, spelling));
            Assert.Equal(NameComparer.Key(name), NameComparer.Key(NameComparer.Clean(spelling)));
        }
    }

    /// <summary>Joiners say how letters are written (the Persian for "I want", an Indian conjunct, a family of emoji); no two names, values or ids differ by them alone.</summary>
    [Theory]
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")]
    [InlineData("\u0915\u094d\u200d\u0937", "\u200d\u0915\u094d\u200d\u200c\u0937\u200c")]
    [InlineData("\U0001F469\u200d\U0001F467 x", "\U0001F469\ufe0f\u200d\U0001F467\u200d \u200cx")]
    [InlineData("a\u0323\u0302", "a\u0323\u200b\u0302")]
    [InlineData("", "\u200d\u200c\u200b")]
    public void Joiners_stay_where_names_are_shown_and_count_nowhere(string shown, string written)
    {
        string clean = NameComparer.Clean(written);
        Assert.Equal(shown.Normalize(), clean);
        Assert.Equal(clean, NameComparer.Clean(clean));
        string bare = string.Concat(shown.Where(c => c is not ('\u200c' or '\u200d')));
        foreach (string other in (string[])[shown, written, bare, string.Join('\u200d', bare.EnumerateRunes())])
        {
            Assert.True(NameComparer.Instance.Equals(shown, other));
            Assert.Equal(NameComparer.IdKey(shown), NameComparer.IdKey(other));
            Assert.Equal(shown.Length == 0, NameComparer.IsBlank(other));
        }
    }

    [Fact]
    public void Nobody_is_told_from_another_by_joiners()
    {
        SelectionProblemBuilder twice = new SelectionProblemBuilder(1).Feature("f", "v", "w").With(Row("p\u200d1", null, "f=v"), Row("p1", null, "f=w"));
        Assert.NotEmpty(Assert.Throws<MalformedInputException>(() => twice.Build()).Faults);
        SelectionProblem problem = new SelectionProblemBuilder(1).Quota("f\u200cg", "a\u200cb", 0, 1).Quota("fg", "c", 0, 1).With(Row("p\u200cq", null, "fg=ab")).Build();
        Assert.Equal(("f\u200cg", "a\u200cb", 0), (Assert.Single(problem.Features).Name, problem.People[0].Values[0], problem.IndexOf("pq")));
        Assert.Equal(["a\u200cb"], new SelectionProblemBuilder(1).Feature("f", "a\u200cb", "ab").With(Row("p", null, "f=ab")).Build().Features[0].Values);
    }

    [Theory]
    [InlineData("16-24", "16 24")]
    [InlineData("o", "\u00f8")]
    [InlineData("a", "\u00e5")]
    [InlineData("a", "\u0430")]
    [InlineData("1-6", "16")]
    [InlineData("non binary", "nonbinary")]
    public void Names_that_look_different_are_different(string name, string other) => Assert.False(NameComparer.Instance.Equals(name, other));

    [Fact]
    public void Ids_keep_their_case_and_are_found_in_any_where_only_one_person_can_be_meant()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v").With(Row(" a", null, "f=v"), Row("A ", null, "f=v"), Row("B\u2011\u00e51", null, "f=v")).Build();
        Assert.Equal(["A", "B\u2011\u00e51", "a"], problem.People.Select(p => p.Id));
        Assert.Equal([0, 1, 2], problem.People.Select(p => problem.IndexOf(p.Id)));
        Assert.Equal(2, problem.IndexOf(" a\u200b"));
        Assert.Equal(1, problem.IndexOf("b-A\u030a1"));
        Assert.Equal(-1, problem.IndexOf("B"));
    }

    [Fact]
    public void Two_spellings_of_one_id_are_one_id() =>
        Single(
            new SelectionProblemBuilder(1).Feature("f", "v", "w").With(Row("P-1", null, "f=v"), Row("P\u20131", null, "f=w")),
            CoreFaults.ConflictingDuplicate, new FaultLocation("people", 2, "id"), "P\u20131", new FaultLocation("people", 1));

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
