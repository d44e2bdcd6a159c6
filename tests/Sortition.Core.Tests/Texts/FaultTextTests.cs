using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Texts;

/// <summary>Every code of a fault has a text that tells all of its parameters and names no others, and every such text has a code.</summary>
public sealed class FaultTextTests
{
    [Fact]
    public void Codes_and_texts_belong_together() => TextCatalogue.Check(typeof(CoreFaults), "core/");

    [Fact]
    public void A_code_of_somebody_else_is_said_as_in_a_log()
    {
        Fault fault = new(new FaultCode("host/late", ["subject", "found"]), new FaultLocation("form", 3), "p1", "secret");
        Assert.Equal("form, line 3: host/late (p1)", TextRenderer.English.Describe(fault));
        Assert.Equal("form, line 3: host/late (p1)", fault.ToString());
    }

    [Fact]
    public void A_fault_tells_its_values_by_name_and_its_place_can_be_changed()
    {
        Fault fault = new(CoreFaults.UnknownValue, new FaultLocation("people", 2, "f"), "p", "x");
        Assert.Equal(("p", "x", null, null), (fault["subject"], fault["found"], fault["allowed"], fault["size"]));
        Fault moved = fault.At(new FaultLocation("people.csv", 7));
        Assert.Equal((CoreFaults.UnknownValue, new FaultLocation("people.csv", 7), "x"), (moved.Code, moved.Location, moved["found"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fault(CoreFaults.MissingId, new FaultLocation("people"), "p"));
    }

    [Fact]
    public void What_quotes_a_person_is_marked()
    {
        Assert.Equal(["found"], CoreFaults.UnknownValue.Personal);
        Assert.All(TextCatalogue.CodesOf(typeof(CoreFaults)), code => Assert.Subset(code.Parameters.ToHashSet(), code.Personal.ToHashSet()));
    }

    [Fact]
    public void What_somebody_answered_can_be_left_out_of_a_sentence()
    {
        Fault fault = new(CoreFaults.UnknownValue, new FaultLocation("people", 2, "age"), "p7", "secret", (string[])["young", "old"]);
        Assert.Contains("secret", TextRenderer.English.Describe(fault), StringComparison.Ordinal);
        Assert.Equal("people, line 2, column \"age\": a value that no quota names (p7); expected one of: young, old", TextRenderer.English.DescribeWithoutPersonalData(fault));
    }

    [Fact]
    public void Lists_keep_a_thousand_faults_of_a_kind_and_as_many_warnings()
    {
        FaultList list = new();
        for (int i = 0; i < 10_001; i++)
        {
            list.Add(CoreFaults.UnknownPerson, new FaultLocation("people", 10_001 - i), "p");
            list.Add(CoreFaults.LargeHousehold, new FaultLocation("people", i), "p", 10);
        }

        Assert.Equal((10_001, 1_000, 1_000), (list.Count, list.Faults.Count, list.Warnings.Count));
        Assert.Equal((9_002, 10_001), (list.Faults[0].Location.Line, list.Faults[^1].Location.Line));
        FaultList all = new();
        all.AddAll(list);
        all.AddAll(Assert.Throws<MalformedInputException>(list.ThrowIfAny));
        Assert.Equal((20_002, 1_000, 1_000), (all.Count, all.Faults.Count, all.Warnings.Count));
        Assert.Equal("q.csv people", all.In("q.csv").Faults[0].Location.Source);
        Assert.Equal((20_002, 1_000), (all.In("q.csv").Count, all.In("q.csv").Warnings.Count));
    }

    [Fact]
    public void Warnings_alone_throw_nothing()
    {
        FaultList list = new();
        list.Add(CoreFaults.DuplicateMerged, new FaultLocation("people", 2), "p", new FaultLocation("people", 1));
        list.ThrowIfAny();
        Assert.Equal("people, line 2: a row is repeated and was counted once (p); expected one row for each id; the same row stands at people, line 1",
            TextRenderer.English.Describe(list.Warnings[0]));
    }
}
