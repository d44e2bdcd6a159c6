using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Problems;

/// <summary>Repeated rows, households, statuses, free values.</summary>
public sealed class PeopleTests
{
    [Fact]
    public void Identical_rows_are_merged_with_a_warning_for_each_repetition()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v", "w")
            .With(Row("b", "Street 1", "f=v"), Row("a", null, "f=w"), Row(" b", " street  1", "f= V "))
            .With(Row("a", " ", "f=W"))
            .Build();
        Assert.Equal(["a", "b"], problem.People.Select(p => p.Id));
        Assert.Equal((CoreFaults.DuplicateMerged, 2), (problem.Warnings[0].Code, Assert.Single(problem.Warnings).LineCount));
        Assert.Equal([3, 1], problem.Warnings[0].Lines);
        Assert.All(problem.Warnings, w => Assert.True(w.IsWarning));
    }

    [Fact]
    public void Rows_that_differ_in_what_the_problem_does_not_look_at_are_told_apart_on_request()
    {
        (string Id, string Mail)[] rows = [("a", "x"), ("b", "x"), ("a", "x"), ("b", "y")];
        static PersonReader<(string Id, string Mail)> Reader(Func<(string Id, string Mail), (string Id, string Mail), bool>? sameRow) =>
            new() { Id = r => r.Id, Value = (_, _) => "v", SameRow = sameRow };

        SelectionProblemBuilder Builder() => new SelectionProblemBuilder(1).Feature("f", "v");
        Assert.Equal(2, Assert.Single(Builder().People(rows, Reader(null)).Build().Warnings).LineCount);
        MalformedInputException exception = Invalid(Builder().People(rows, Reader((a, b) => a == b)));
        Is(
            Assert.Single(exception.Faults),
            CoreFaults.ConflictingDuplicate, new FaultLocation("people", 4, "id"), "b", new FaultLocation("people", 2));
    }

    [Fact]
    public void Rows_of_one_id_and_another_status_differ()
    {
        PersonReader<(string Id, PersonStatus Status)> reader = new() { Id = r => r.Id, Value = (_, _) => "v", Status = r => r.Status };
        MalformedInputException exception = Invalid(
            new SelectionProblemBuilder(1).Feature("f", "v").People([("a", PersonStatus.Free), ("a", PersonStatus.MustBeOut)], reader));
        Assert.Equal(CoreFaults.ConflictingDuplicate, Assert.Single(exception.Faults).Code);
    }

    [Fact]
    public void Statuses_come_from_rows_and_from_lists()
    {
        PersonReader<string> reader = new() { Id = r => r, Value = (_, _) => "v", Status = r => r == "a" ? PersonStatus.MustBeIn : PersonStatus.Free };
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v").MustBeOut(" c ").MustBeIn("a").People(["a", "b", "c", "d"], reader).MustBeIn("d").Build();
        Assert.Equal([PersonStatus.MustBeIn, PersonStatus.Free, PersonStatus.MustBeOut, PersonStatus.MustBeIn], problem.People.Select(p => p.Status));
    }

    [Fact]
    public void Households_are_numbered_and_unknown_ones_are_nobodys()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1).Feature("f", "v")
            .With(Row("a", null, "f=v"), Row("b", "  ", "f=v"), Row("c", "Å 1", "f=v"), Row("d", "b 2", "f=v"), Row("e", "a\u030a  1 ", "f=v"), Row("f", "", "f=v"))
            .Build();
        Assert.Equal([null, null, 0, 1, 0, null], problem.People.Select(p => p.Household));
        Assert.Null(problem.HouseholdLimit);
    }

    [Fact]
    public void Blank_addresses_are_never_bound_by_the_limit()
    {
        SelectionProblem problem = new SelectionProblemBuilder(3).Feature("f", "v").HouseholdLimit(1).With(Row("a", null, "f=v"), Row("b", "", "f=v"), Row("c", " ", "f=v")).Build();
        Assert.Empty(problem.TypeTable.Classes);
        Assert.Equal([[0, 1, 2]], TinyPools.AllPanels(problem));
    }

    [Fact]
    public void More_than_ten_people_at_one_address_are_warned_about_once_where_the_rule_is_on()
    {
        TinyRow[] Rows(int count) => [.. Enumerable.Range(0, count).Select(i => Row($"p{i:00}", "Home 1", "f=v")), Row("q", "Home 2", "f=v")];
        SelectionProblemBuilder Builder(int count) => new SelectionProblemBuilder(1).Feature("f", "v").With(Rows(count));
        Assert.Empty(Builder(10).HouseholdLimit(1).Build().Warnings);
        Assert.Empty(Builder(15).Build().Warnings);
        Fault warning = Assert.Single(Builder(15).HouseholdLimit(1).Build().Warnings);
        Is(warning, CoreFaults.LargeHousehold, new FaultLocation("people", 11), "p10", 10);
        Assert.True(warning.IsWarning);
    }

    [Fact]
    public void A_feature_that_only_intersections_name_takes_any_value()
    {
        SelectionProblem problem = new SelectionProblemBuilder(1)
            .Quota(new QuotaInput { Condition = [new("gender", "female"), new("age", "16-24")], Min = 0, Max = 1 })
            .Quota("gender", "female", 0, 1).Feature("gender", "male")
            .With(Row("a", null, "gender=Male", "age=99"), Row("b", null, "gender=female", "age= 16-24"))
            .Build();
        Assert.Equal(["gender", "age"], problem.Features.Select(f => f.Name));
        Assert.Equal(["female", "male"], problem.Features[0].Values);
        Assert.Equal(["16-24", "99"], problem.Features[1].Values);
        Assert.Equal([false, true], problem.People.Select(p => problem.Matches(p, problem.Quotas[0])));
        Assert.Equal("gender & age", problem.Quotas[0].FeatureLabel);
        Assert.Equal("female & 16-24", problem.Quotas[0].ValueLabel);
        Assert.Equal("gender & age: female & 16-24 0-1", problem.Quotas[0].ToString());
    }

    [Fact]
    public void What_cannot_be_met_is_no_fault()
    {
        SelectionProblem problem = new SelectionProblemBuilder(5).Quota("f", "v", 4, 9).Quota("f", "w", 7, 9).Quota("g", "x", 0, 0).With(Row("a", null, "f=v", "g=x")).Build();
        Assert.Equal(5, problem.PanelSize);
        Assert.Empty(new SelectionProblemBuilder(5).Build().People);
    }

    [Fact]
    public void A_builder_can_build_again()
    {
        SelectionProblemBuilder builder = new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).With(Row("a", null, "f=v"));
        Assert.Single(builder.Build().People);
        builder.With(Row("b", null, "f=v"));
        SelectionProblem problem = builder.Build();
        Assert.Equal(2, problem.People.Count);
        Assert.Empty(problem.Warnings);
    }
}
