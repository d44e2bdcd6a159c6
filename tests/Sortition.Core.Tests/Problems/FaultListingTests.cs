using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Problems;

/// <summary>All faults come at once, in the order of the input, as many as there are, and without anybody's data in the exception's message.</summary>
public sealed class FaultListingTests
{
    [Fact]
    public void Everything_wrong_is_reported_at_once_and_in_the_order_of_the_input()
    {
        InvalidProblemException exception = Invalid(
            new SelectionProblemBuilder(0)
                .HouseholdLimit(-1)
                .MustBeIn("nobody")
                .MustBeIn("b")
                .MustBeOut("b")
                .With(
                    Row("a", null, "colour=red", "size=big"),
                    Row("", null, "colour=green", "size= "),
                    Row("b", null, "colour=red", "size=big"),
                    Row("a", "Street 1", "colour=red", "size=big"))
                .Quota("colour", "red", 3, 2, 4)
                .Quota("colour", "", -1, 1)
                .Quota("size", "big", 0, 1)
                .Quota("size", "big", 0, 1)
                .Quota("weight", "heavy", 0, 1)
                .Fault(new ProblemFault(FaultCode.EmptyFile, new FaultLocation("quotas.csv"), null, null, [])));
        (FaultCode, string)[] expected =
        [
            (FaultCode.EmptyFile, "quotas.csv"),
            (FaultCode.PanelSizeNotPositive, "panel size"),
            (FaultCode.HouseholdLimitNotPositive, "household limit"),
            (FaultCode.MinAboveMax, "quotas, line 1, column \"min\""),
            (FaultCode.FlexNarrowerThanQuota, "quotas, line 1, column \"min_flex\""),
            (FaultCode.MissingName, "quotas, line 2, column \"value\""),
            (FaultCode.NegativeNumber, "quotas, line 2, column \"min\""),
            (FaultCode.DuplicateQuota, "quotas, line 4, column \"value\""),
            (FaultCode.MissingFeature, "people, column \"weight\""),
            (FaultCode.MissingId, "people, line 2, column \"id\""),
            (FaultCode.UnknownValue, "people, line 2, column \"colour\""),
            (FaultCode.MissingValue, "people, line 2, column \"size\""),
        ];
        Assert.Equal(expected, exception.Faults.Take(expected.Length).Select(f => (f.Code, f.Location.ToString())));

        // Without weights no row is whole, so that nothing more can be said about people, but that one id is in no row at all.
        ProblemFault last = Assert.Single(exception.Faults.Skip(expected.Length));
        Is(last, FaultCode.UnknownPerson, new FaultLocation("must be in"), "nobody", null, "the id of somebody in the pool");
        Assert.Equal(expected.Length + 1, exception.FaultCount);
    }

    [Fact]
    public void People_of_two_sources_keep_the_order_of_sources_and_lines()
    {
        PersonReader<TinyRow> reader = new() { Id = r => r.Id, Value = (r, f) => r.Values.GetValueOrDefault(f), Line = r => int.Parse(r.Id, System.Globalization.CultureInfo.InvariantCulture) };
        InvalidProblemException exception = Invalid(
            new SelectionProblemBuilder(1).Feature("f", "v")
                .People([Row("9", null, "f=x"), Row("4", null), Row("6", null, "f=y")], reader with { Source = "north.csv", IdColumn = "nr", Column = f => f.ToUpperInvariant() })
                .People([Row("2", null, "f=z"), Row("3", null, "f=v")], reader with { Source = "east.csv" }));
        Assert.Equal(
            ["north.csv, line 4, column \"F\"", "north.csv, line 6, column \"F\"", "north.csv, line 9, column \"F\"", "east.csv, line 2, column \"f\""],
            exception.Faults.Select(f => f.Location.ToString()));
    }

    [Fact]
    public void The_message_names_places_and_ids_but_no_values()
    {
        InvalidProblemException exception = Invalid(
            new SelectionProblemBuilder(1).HouseholdLimit(1).Feature("illness", "none", "some")
                .With(
                    Row("p1", "Secret Street 1", "illness=secret disease"),
                    Row("p2", "Secret Street 2", "illness=none"),
                    Row("p2", "Secret Street 3", "illness=some"),
                    Row(" ", "Secret Street 4", "illness=secret complaint")));
        Assert.Equal(4, exception.FaultCount);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            "The problem has 4 fault(s):\n" +
            "people, line 1, column \"illness\": a value that no quota names (p1)\n" +
            "people, line 3, column \"id\": two rows have this id and differ (p2)\n" +
            "people, line 4, column \"id\": a person has no id\n" +
            "people, line 4, column \"illness\": a value that no quota names ()",
            exception.Message);
        Assert.Equal(
            "people, line 1, column \"illness\": a value that no quota names (p1), found \"secret disease\"; expected one of: none, some",
            exception.Faults[0].Describe());
    }

    [Fact]
    public void The_message_stops_after_twenty_faults_and_counts_the_rest()
    {
        InvalidProblemException exception = Invalid(
            new SelectionProblemBuilder(1).Feature("f", "v").With([.. Enumerable.Range(1, 23).Select(i => Row($"p{i}", null, "f=x"))]));
        string[] lines = exception.Message.Split('\n');
        Assert.Equal(22, lines.Length);
        Assert.EndsWith("(p20)", lines[20], StringComparison.Ordinal);
        Assert.Equal("and 3 more", lines[21]);
    }

    [Fact]
    public void Ten_thousand_faults_are_listed_and_all_are_counted()
    {
        TinyRow[] rows = [.. Enumerable.Range(0, 12_345).Select(i => Row($"p{i}", null, "f=x"))];
        InvalidProblemException exception = Invalid(
            new SelectionProblemBuilder(1).Feature("f", "v").With(rows).Fault(new ProblemFault(FaultCode.EmptyFile, new FaultLocation("other.csv"), null, null, [])));
        Assert.Equal(12_346, exception.FaultCount);
        Assert.Equal(10_000, exception.Faults.Count);
        Assert.Equal("p9998", exception.Faults[^1].Subject);
    }

    [Fact]
    public void Entries_that_many_rows_lack_are_all_counted_too()
    {
        TinyRow[] rows = [.. Enumerable.Range(0, 12_000).Select(i => Row($"p{i}", null)), Row("last", null, "f=v")];
        InvalidProblemException exception = Invalid(new SelectionProblemBuilder(1).Feature("f", "v").With(rows));
        Assert.Equal(12_000, exception.FaultCount);
        Assert.Equal(10_000, exception.Faults.Count);
    }

    [Fact]
    public void A_column_that_is_missing_does_not_hide_the_gaps_of_another_one()
    {
        TinyRow[] rows = [.. Enumerable.Range(0, 11_000).Select(i => i == 10_900 ? Row($"p{i}", null) : Row($"p{i}", null, "g=v"))];
        InvalidProblemException exception = Invalid(new SelectionProblemBuilder(1).Feature("f", "v").Feature("g", "v").With(rows));
        Assert.Equal(2, exception.FaultCount);
        Is(exception.Faults[0], FaultCode.MissingFeature, new FaultLocation("people", null, "f"), "f", null, "a column named \"f\"");
        Is(exception.Faults[1], FaultCode.MissingValue, new FaultLocation("people", 10_901, "g"), "p10900", null, "v");
    }

    [Fact]
    public void Every_fault_has_a_sentence_of_its_own()
    {
        string[] sentences = [.. Enum.GetValues<FaultCode>().Select(code => new ProblemFault(code, new FaultLocation("x"), null, null, []).ToString())];
        Assert.Equal(sentences.Length, sentences.Distinct().Count());
        Assert.All(Enum.GetValues<FaultCode>().Zip(sentences), p => Assert.DoesNotContain(p.First.ToString(), p.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void Long_texts_are_cut_and_long_lists_end_with_an_ellipsis()
    {
        string[] many = [.. Enumerable.Range(1, 13).Select(i => $"v{i}")];
        ProblemFault fault = new(FaultCode.UnknownValue, new FaultLocation("people", 2, "f"), "p", new string('x', 81), many);
        Assert.Equal(
            $"people, line 2, column \"f\": a value that no quota names (p), found \"{new string('x', 77)}…\"; expected one of: v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, …",
            fault.Describe());
        Assert.Contains($"\"{new string('x', 80)}\";", (fault with { Found = new string('x', 80) }).Describe(), StringComparison.Ordinal);
    }
}
