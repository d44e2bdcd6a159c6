using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Problems;

/// <summary>Every fault the builder itself can find, one at a time: code, place, subject, what was found, what was expected.</summary>
public sealed class BuilderFaultTests
{
    private static readonly FaultLocation ThirdLine = new("quotas.csv", 3);

    [Theory]
    [InlineData(0)]
    [InlineData(-7)]
    public void A_panel_size_below_1(int size) =>
        Single(new SelectionProblemBuilder(size), CoreFaults.PanelSizeNotPositive, new FaultLocation("panel size"), size);

    [Theory]
    [InlineData(0)]
    [InlineData(int.MinValue)]
    public void A_household_limit_below_1(int limit) =>
        Single(
            new SelectionProblemBuilder(1).HouseholdLimit(limit),
            CoreFaults.HouseholdLimitNotPositive, new FaultLocation("household limit"), limit);

    [Fact]
    public void Sizes_above_a_thousand_million()
    {
        Single(
            new SelectionProblemBuilder(1_000_000_001), CoreFaults.NumberTooLarge, new FaultLocation("panel size"), null, 1_000_000_001, 1_000_000_000);
        Single(
            new SelectionProblemBuilder(1).HouseholdLimit(int.MaxValue),
            CoreFaults.NumberTooLarge, new FaultLocation("household limit"), null, int.MaxValue, 1_000_000_000);
        SelectionProblem problem = new SelectionProblemBuilder(1_000_000_000).HouseholdLimit(1_000_000_000).Quota("f", "v", 1_000_000_000, 1_000_000_000, 0, 1_000_000_000).Build();
        Assert.Equal(1_000_000_000, problem.PanelSize);
    }

    [Fact]
    public void A_quota_whose_feature_has_no_name() =>
        Single(
            Quoted(new FeatureValue("\t ", "v"), 0, 1), CoreFaults.MissingFeatureName, ThirdLine.In("emne"), "\t  = v");

    [Fact]
    public void A_quota_whose_value_has_no_name() =>
        Single(
            Quoted(new FeatureValue("f", ""), 0, 1), CoreFaults.MissingValueName, ThirdLine.In("svar"), "f = ");

    [Fact]
    public void A_quota_without_a_condition() =>
        Single(new SelectionProblemBuilder(1).Quota(new QuotaInput { Condition = [], Min = 0, Max = 1 }), CoreFaults.EmptyCondition, new FaultLocation("quotas", 1, "feature"));

    [Fact]
    public void A_declared_feature_or_value_without_a_name()
    {
        Single(new SelectionProblemBuilder(1).Feature("f", "v").Feature("  ", "v"), CoreFaults.MissingFeatureName, new FaultLocation("features", 2));
        Single(new SelectionProblemBuilder(1).Feature("f", "v", " "), CoreFaults.MissingValueName, new FaultLocation("features", 1), "f");
    }

    [Fact]
    public void A_condition_that_names_one_feature_twice() =>
        Single(
            new SelectionProblemBuilder(1).Quota(Input(0, 1, new("Age", "old"), new("place", "town"), new(" AGE ", "young"))),
            CoreFaults.FeatureTwiceInCondition, ThirdLine.In("emne"), "Age = old & place = town &  AGE  = young", "Age");

    [Fact]
    public void Two_quotas_with_one_condition()
    {
        Single(
            new SelectionProblemBuilder(1).Quota("Age", "old", 0, 1).Quota("place", "town", 0, 1).Quota(Input(0, 2, new FeatureValue(" AGE", "OLD "))),
            CoreFaults.DuplicateQuota, ThirdLine.In("svar"), " AGE = OLD ");
        Single(
            new SelectionProblemBuilder(1)
                .Quota(new QuotaInput { Condition = [new("age", "old"), new("place", "town")], Min = 0, Max = 1, Column = Danish })
                .Quota(new QuotaInput { Condition = [new("place", "town"), new("age", "old")], Min = 0, Max = 2 }),
            CoreFaults.DuplicateQuota, new FaultLocation("quotas", 2, "value"), "place = town & age = old");
    }

    [Fact]
    public void Conditions_that_only_look_alike_are_two()
    {
        // Both conditions read "a = b = c", and both pairs of terms run together in one way.
        SelectionProblem problem = new SelectionProblemBuilder(1).Quota("a", "b = c", 0, 1).Quota("a = b", "c", 0, 1).Build();
        Assert.Equal(["a", "a = b"], problem.Features.Select(f => f.Name));
        Assert.Equal(2, problem.Quotas.Count);
    }

    [Theory]
    [InlineData(-1, 1, null, null, "mindst", -1)]
    [InlineData(0, -2, null, null, "højst", -2)]
    [InlineData(1, 1, -3, null, "mindst_fleks", -3)]
    [InlineData(1, 1, null, -4, "højst_fleks", -4)]
    public void A_negative_number_of_seats(int min, int max, int? minFlex, int? maxFlex, string column, int found) =>
        Single(
            Quoted(new FeatureValue("f", "v"), min, max, minFlex, maxFlex), CoreFaults.NegativeNumber, ThirdLine.In(column), "f = v", found);

    [Theory]
    [InlineData(1_000_000_001, 1_000_000_000, null, null, "mindst", 1_000_000_001)]
    [InlineData(0, int.MaxValue, null, null, "højst", int.MaxValue)]
    [InlineData(1, 1, 1_000_000_001, null, "mindst_fleks", 1_000_000_001)]
    [InlineData(1, 1, null, 2_000_000_000, "højst_fleks", 2_000_000_000)]
    public void A_number_of_seats_above_a_thousand_million(int min, int max, int? minFlex, int? maxFlex, string column, int found) =>
        Single(
            Quoted(new FeatureValue("f", "v"), min, max, minFlex, maxFlex),
            CoreFaults.NumberTooLarge, ThirdLine.In(column), "f = v", found, 1_000_000_000);

    [Fact]
    public void A_minimum_above_the_maximum() =>
        Single(
            Quoted(new FeatureValue("f", "v"), 3, 2), CoreFaults.MinAboveMax, ThirdLine.In("mindst"), "f = v", 3, 2);

    [Fact]
    public void Flexible_bounds_narrower_than_the_quota()
    {
        Single(
            Quoted(new FeatureValue("f", "v"), 3, 5, 4),
            CoreFaults.MinFlexAboveMin, ThirdLine.In("mindst_fleks"), "f = v", 4, 3);
        Single(
            Quoted(new FeatureValue("f", "v"), 3, 5, 3, 4),
            CoreFaults.MaxFlexBelowMax, ThirdLine.In("højst_fleks"), "f = v", 4, 5);
        SelectionProblem problem = Quoted(new FeatureValue("f", "v"), 3, 5, 3, 5).Build();
        Assert.Equal((3, 5), (problem.Quotas[0].MinFlex, problem.Quotas[0].MaxFlex));
    }

    [Fact]
    public void A_value_in_an_intersection_that_its_feature_does_not_have() =>
        Single(
            new SelectionProblemBuilder(1)
                .Quota(Input(0, 1, new("age", "old"), new("place", "moon")))
                .Quota("place", "town", 0, 1).Quota("place", "country", 0, 1).Feature("place", "sea"),
            CoreFaults.UnknownValue, ThirdLine.In("svar"), "age = old & place = moon", "moon", (string[])["town", "country", "sea"]);

    [Fact]
    public void A_row_without_an_id() =>
        Single(
            new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).With(Row("a", null, "f=v"), Row("  ", null, "f=v")),
            CoreFaults.MissingId, new FaultLocation("people", 2, "id"));

    [Fact]
    public void A_blank_value_of_a_person() =>
        Single(
            new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).Quota("f", "w", 0, 1).With(Row("a", null, "f= "), Row("b", null, "f=v")),
            CoreFaults.MissingValue, new FaultLocation("people", 1, "f"), "a", (string[])["v", "w"]);

    [Fact]
    public void A_missing_value_of_one_person_among_many() =>
        Single(
            new SelectionProblemBuilder(1).Quota(Input(0, 1, new("f", "v"), new("g", "w"))).With(Row("a", null, "f=x", "g=y"), Row("b", null, "f=v")),
            CoreFaults.MissingValue, new FaultLocation("people", 2, "g"), "b");

    [Fact]
    public void An_unknown_value_of_a_person() =>
        Single(
            new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).With(Row("a", null, "f= V"), Row("b", null, "f=vv")),
            CoreFaults.UnknownValue, new FaultLocation("people", 2, "f"), "b", "vv", (string[])["v"]);

    [Fact]
    public void A_feature_that_nobody_has_is_one_fault_of_the_source() =>
        Single(
            new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).Quota("g", "w", 0, 1).With([.. Enumerable.Range(0, 50).Select(i => Row($"a{i}", null, "f=v"))]),
            CoreFaults.MissingFeature, new FaultLocation("people", null, "g"), "g");

    [Fact]
    public void Rows_that_share_an_id_and_differ()
    {
        SelectionProblemBuilder builder = new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).Quota("f", "w", 0, 1);
        Single(
            builder.With(Row("a", null, "f=v"), Row("b", null, "f=v"), Row(" a ", null, "f=w")),
            CoreFaults.ConflictingDuplicate, new FaultLocation("people", 3, "id"), "a", new FaultLocation("people", 1));
        Single(
            new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).With(Row("a", "Street 1", "f=v"), Row("a", "Street 2", "f=v")),
            CoreFaults.ConflictingDuplicate, new FaultLocation("people", 2, "id"), "a", new FaultLocation("people", 1));
        Single(
            new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).With(Row("a", null, "f=v")).With(Row("b", null, "f=v"), Row("a", "Street 2", "f=v")),
            CoreFaults.ConflictingDuplicate, new FaultLocation("people", 2, "id"), "a", new FaultLocation("people", 1));
    }

    [Fact]
    public void A_status_for_somebody_unknown()
    {
        Single(
            Pool().MustBeIn(" z "), CoreFaults.UnknownPerson, new FaultLocation("must be in"), "z");
        Single(
            Pool().MustBeOut("Z", new FaultLocation("out.txt", 9)),
            CoreFaults.UnknownPerson, new FaultLocation("out.txt", 9), "Z");
    }

    [Fact]
    public void A_status_for_somebody_whose_row_is_faulty_is_no_second_fault() =>
        Single(
            new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).With(Row("a", null, "f=v"), Row("b", null, "f=x")).MustBeIn("b"),
            CoreFaults.UnknownValue, new FaultLocation("people", 2, "f"), "b", "x", (string[])["v"]);

    [Fact]
    public void Somebody_who_must_be_in_and_out()
    {
        Single(
            Pool().MustBeIn("a").MustBeIn("a").MustBeOut("a", new FaultLocation("out.txt", 2)),
            CoreFaults.ContradictoryStatus, new FaultLocation("out.txt", 2), "a");
        PersonReader<string> reader = new() { Id = r => r, Value = (_, _) => "v", Status = _ => PersonStatus.MustBeOut };
        Single(
            new SelectionProblemBuilder(1).Feature("f", "v").People(["a", "b"], reader).MustBeOut("a").MustBeIn("b"),
            CoreFaults.ContradictoryStatus, new FaultLocation("must be in"), "b");
    }

    [Fact]
    public void Faults_found_while_reading_are_reported_too_and_warnings_among_them_are_kept()
    {
        Fault wrongCount = new(new FaultCode("files/wrong-field-count", ["found"]), new FaultLocation("people.csv", 7), 3);
        Fault merged = new(CoreFaults.DuplicateMerged, new FaultLocation("people.csv", 8), "a");
        SelectionProblemBuilder builder = Pool();
        builder.Faults.Add(merged);
        Assert.Same(merged, Assert.Single(builder.Build().Warnings));
        builder.Faults.Add(wrongCount);
        Assert.Same(wrongCount, Assert.Single(Invalid(builder).Faults));
    }

    [Fact]
    public void Arguments_that_are_null_are_misuse_not_faults()
    {
        SelectionProblemBuilder builder = new(1);
        string[] rows = ["a"];
        Assert.Throws<ArgumentNullException>(() => builder.Quota(null!));
        Assert.Throws<ArgumentNullException>(() => builder.Feature(null!, "v"));
        Assert.Throws<ArgumentNullException>(() => builder.Feature("f", (IEnumerable<string>)null!));
        Assert.Throws<ArgumentNullException>(() => builder.MustBeIn(null!));
        Assert.Throws<ArgumentNullException>(() => builder.MustBeOut(null!));
        Assert.Throws<ArgumentNullException>(() => builder.Faults.Add(null!));
        Assert.Throws<ArgumentNullException>(() => builder.People(rows, (PersonReader<string>)null!));
        Assert.Throws<ArgumentNullException>(() => builder.People((string[])null!, r => r, null, _ => new Dictionary<string, string>()));
        Assert.Throws<ArgumentNullException>(() => builder.People(rows, null!, null, _ => new Dictionary<string, string>()));
        Assert.Throws<ArgumentNullException>(() => builder.People(rows, r => r, null, null!));
    }

    private static SelectionProblemBuilder Pool() => new SelectionProblemBuilder(1).Quota("f", "v", 0, 1).With(Row("a", null, "f=v"));

    private static SelectionProblemBuilder Quoted(FeatureValue term, int min, int max, int? minFlex = null, int? maxFlex = null) =>
        new SelectionProblemBuilder(1).Quota(Input(min, max, term).Change(minFlex: minFlex, maxFlex: maxFlex));

    private static QuotaInput Input(int min, int max, params FeatureValue[] condition) =>
        new() { Condition = condition, Min = min, Max = max, Location = ThirdLine, Column = Danish };

    private static string Danish(string column) => column switch
    {
        "feature" => "emne",
        "value" => "svar",
        "min" => "mindst",
        "max" => "højst",
        "min_flex" => "mindst_fleks",
        _ => "højst_fleks",
    };
}
