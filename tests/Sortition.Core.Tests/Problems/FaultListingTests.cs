using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Problems;

/// <summary>All faults come at once, in the order of the input, as many as there are, and without anybody's data in the exception's message.</summary>
public sealed class FaultListingTests
{
    private static readonly FaultCode EmptyFile = new("files/empty-file");

    [Fact]
    public void Everything_wrong_is_reported_at_once_and_in_the_order_of_the_input()
    {
        MalformedInputException exception = Invalid(
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
                .Found(new Fault(EmptyFile, new FaultLocation("quotas.csv"))));
        (FaultCode, string)[] expected =
        [
            (EmptyFile, "quotas.csv"),
            (CoreFaults.PanelSizeNotPositive, "panel size"),
            (CoreFaults.HouseholdLimitNotPositive, "household limit"),
            (CoreFaults.MinAboveMax, "quotas, line 1, column \"min\""),
            (CoreFaults.MinFlexAboveMin, "quotas, line 1, column \"min_flex\""),
            (CoreFaults.MissingValueName, "quotas, line 2, column \"value\""),
            (CoreFaults.NegativeNumber, "quotas, line 2, column \"min\""),
            (CoreFaults.DuplicateQuota, "quotas, line 4, column \"value\""),
            (CoreFaults.MissingFeature, "people, column \"weight\""),
            (CoreFaults.MissingId, "people, line 2, column \"id\""),
            (CoreFaults.MissingValue, "people, line 2, column \"size\""),
            (CoreFaults.UnknownValue, "people, line 2, column \"colour\""),
        ];
        Assert.Equal(expected, exception.Faults.Take(expected.Length).Select(f => (f.Code, f.Location.ToString())));

        // Without weights no row is whole, so that nothing more can be said about people, but that one id is in no row at all.
        Fault last = Assert.Single(exception.Faults.Skip(expected.Length));
        Is(last, CoreFaults.UnknownPerson, new FaultLocation("must be in"), "nobody");
        Assert.Equal(expected.Length + 1, exception.FaultCount);
    }

    [Fact]
    public void People_of_two_sources_keep_the_order_of_sources_and_lines()
    {
        static PersonReader<TinyRow> Reader(string source, string idColumn = "id", Func<string, string>? column = null) => new()
        {
            Id = r => r.Id,
            Value = (r, f) => r.Values.GetValueOrDefault(f),
            Line = r => int.Parse(r.Id, System.Globalization.CultureInfo.InvariantCulture),
            Source = source,
            IdColumn = idColumn,
            Column = column,
        };
        MalformedInputException exception = Invalid(
            new SelectionProblemBuilder(1).Feature("f", "v")
                .People([Row("9", null, "f=x"), Row("4", null), Row("6", null, "f=y")], Reader("north.csv", "nr", f => f.ToUpperInvariant()))
                .People([Row("2", null, "f=z"), Row("3", null, "f=v")], Reader("east.csv")));
        Assert.Equal(
            ["north.csv, line 4, column \"F\"", "north.csv, line 6, column \"F\"", "north.csv, line 9, column \"F\"", "east.csv, line 2, column \"f\""],
            exception.Faults.Select(f => f.Location.ToString()));
    }

    [Fact]
    public void The_message_names_places_and_ids_but_no_values()
    {
        MalformedInputException exception = Invalid(
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
            "The input has 4 fault(s):\n" +
            "people, line 1, column \"illness\": core/unknown-value (p1)\n" +
            "people, line 3, column \"id\": core/conflicting-duplicate (p2)\n" +
            "people, line 4, column \"id\": core/missing-id\n" +
            "people, line 4, column \"illness\": core/unknown-value",
            exception.Message);
        Assert.Equal(
            "people, line 1, column \"illness\": a value that no quota names (p1), found \"secret disease\"; expected one of: none, some",
            TextRenderer.English.Describe(exception.Faults[0]));
    }

    [Fact]
    public void The_message_stops_after_twenty_faults_and_counts_the_rest()
    {
        MalformedInputException exception = Invalid(
            new SelectionProblemBuilder(1).Feature("f", "v", "w").With([.. Enumerable.Range(0, 46).Select(i => Row($"p{i / 2}", null, $"f={"vw"[i % 2]}"))]));
        string[] lines = exception.Message.Split('\n');
        Assert.Equal(22, lines.Length);
        Assert.EndsWith("(p19)", lines[20], StringComparison.Ordinal);
        Assert.Equal("and 3 more", lines[21]);
    }

    [Fact]
    public void A_thousand_faults_of_each_kind_are_listed_and_all_are_counted()
    {
        TinyRow[] rows = [.. Enumerable.Range(0, 4_690).Select(i => Row($"p{i / 2}", null, $"f={"vw"[i % 2]}")), Row("", null, "f=v")];
        MalformedInputException exception = Invalid(
            new SelectionProblemBuilder(1).Feature("f", "v", "w").With(rows).Found(new Fault(EmptyFile, new FaultLocation("other.csv"))));
        Assert.Equal(2_347, exception.FaultCount);
        Assert.Equal(1_002, exception.Faults.Count);
        Assert.Equal(CoreFaults.MissingId, exception.Faults[^1].Code);
    }

    [Fact]
    public void A_cause_is_told_once_with_its_lines()
    {
        TinyRow[] rows = [.. Enumerable.Range(0, 300).Select(i => Row($"p{i}", null, i % 3 == 0 ? "f=x" : "f=v", i % 100 == 7 ? "g= " : "g=v"))];
        MalformedInputException exception = Invalid(new SelectionProblemBuilder(1).Feature("f", "v").Feature("g", "v").With(rows));
        Assert.Equal(
            "people, 100 lines (1, 4, 7, 10, 13, 16, …), column \"f\": a value that no quota names, found \"x\"; expected v\n"
            + "people, 3 lines (8, 108, 208), column \"g\": a value is missing; expected v",
            string.Join('\n', exception.Faults.Select(TextRenderer.English.Describe)));
    }

    [Fact]
    public void A_column_of_something_else_is_one_fault()
    {
        TinyRow[] rows = [.. Enumerable.Range(0, 300).Select(i => Row($"p{i}", null, FormattableString.Invariant($"age={16 + (i % 60)}")))];
        Fault fault = Assert.Single(Invalid(new SelectionProblemBuilder(1).Feature("age", "16-29", "30+").With(rows)).Faults);
        Assert.Equal(
            "people, 300 lines (1–300), column \"age\": 60 different values that no quota names, found \"16, 17, 18, 19, 20, 21, …\"; expected one of: 16-29, 30+",
            TextRenderer.English.Describe(fault));
    }

    [Fact]
    public void Entries_that_many_rows_lack_are_all_counted_too()
    {
        TinyRow[] rows = [.. Enumerable.Range(0, 12_000).Select(i => Row($"p{i}", null)), Row("last", null, "f=v")];
        MalformedInputException exception = Invalid(new SelectionProblemBuilder(1).Feature("f", "v").With(rows));
        Assert.Equal((1, 12_000), (exception.FaultCount, Assert.Single(exception.Faults).LineCount));
    }

    [Fact]
    public void A_column_that_is_missing_does_not_hide_the_gaps_of_another_one()
    {
        TinyRow[] rows = [.. Enumerable.Range(0, 11_000).Select(i => i == 10_900 ? Row($"p{i}", null) : Row($"p{i}", null, "g=v"))];
        MalformedInputException exception = Invalid(new SelectionProblemBuilder(1).Feature("f", "v").Feature("g", "v").With(rows));
        Assert.Equal(2, exception.FaultCount);
        Is(exception.Faults[0], CoreFaults.MissingFeature, new FaultLocation("people", null, "f"), "f");
        Is(exception.Faults[1], CoreFaults.MissingValue, new FaultLocation("people", 10_901, "g"), "p10900", (string[])["v"]);
    }

    [Fact]
    public void Long_texts_are_cut_and_long_lists_end_with_an_ellipsis()
    {
        string[] many = [.. Enumerable.Range(1, 13).Select(i => $"v{i}")];
        Assert.Equal(
            $"people, line 2, column \"f\": a value that no quota names (p), found \"{new string('x', 77)}…\"; expected one of: v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, …",
            Said(new string('x', 81)));
        Assert.Contains($"\"{new string('x', 80)}\";", Said(new string('x', 80)), StringComparison.Ordinal);

        string Said(string found) => TextRenderer.English.Describe(new Fault(CoreFaults.UnknownValue, new FaultLocation("people", 2, "f"), "p", found, many));
    }
}
