using System.Text;
using Sortition.Core.Certificates;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Xunit;
using static Sortition.Core.Tests.Problems.FaultAssert;

namespace Sortition.Core.Tests.Texts;

/// <summary>Every code of reasons, conflicts, changes, certificates and faults has a text, every text is said somewhere, and no place of a text is left open.</summary>
public sealed class ReasonTextTests
{
    private static readonly SelectionProblem Problem = new SelectionProblemBuilder(2).HouseholdLimit(1).Quota("f", "v", 1, 2).Quota("g", "x", 0, 1)
        .Feature("f", "w").Feature("g", "y").With(Row("a", null, "f=v", "g=x"), Row("b", null, "f=w", "g=y"), Row("c", null, "f=w", "g=y")).MustBeOut("b").Build();

    [Fact]
    public void Every_code_has_a_text_with_all_places_filled() => Assert.All(TextRenderer.Languages.SelectMany(code => Said(TextRenderer.For(code))), text =>
    {
        Assert.DoesNotContain("{", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("[a-z]/", text);
        Assert.NotEmpty(text);
    });

    [Fact]
    public void Languages_are_had_by_their_codes_and_write_numbers_as_they_do()
    {
        Assert.Equal(["da", "en"], TextRenderer.Languages);
        TextRenderer danish = TextRenderer.For("da");
        Assert.Equal(("da", "en"), (danish.Language, TextRenderer.English.Language));
        Assert.Equal("2 medlemmer i alt", danish.Describe(new Constraint(ConstraintKind.PanelSize), Problem));
        Assert.Equal("1.234,5 1,234.5", $"{1234.5.ToString("N1", danish.Numbers)} {1234.5.ToString("N1", TextRenderer.English.Numbers)}");
        Assert.Equal("0,25 0.25", $"{danish.Render("value-or-none", ("value", 0.25))} {TextRenderer.English.Render("value-or-none", ("value", 0.25))}");
        Assert.Equal("12,5 1234", danish.Render("value-or-none", ("value", 12.5m)) + " " + danish.Render("value-or-none", ("value", 1234)));
        Assert.True(danish.Has("people") && !danish.Has("nobody-says-this"));
        Assert.Equal("nobody-says-this", danish.Render("nobody-says-this"));
        Assert.Contains("da, en", Assert.Throws<ArgumentException>(() => TextRenderer.For("fr")).Message, StringComparison.Ordinal);

        // A package without Danish texts speaks English of its own, and Danish of the rest.
        Assert.Throws<ArgumentException>(() => danish.WithTextsOf(typeof(object).Assembly));
        using MemoryStream own = new(Encoding.UTF8.GetBytes("""{ "mine": "a text of mine" }"""));
        TextRenderer both = danish.With(own);
        Assert.Equal(("da", "a text of mine", "2 medlemmer i alt"), (both.Language, both.Render("mine"), both.Describe(new Constraint(ConstraintKind.PanelSize), Problem)));
    }

    [Fact]
    public void Every_text_is_said()
    {
        string said = string.Join('\n', Said(TextRenderer.English));
        Assert.All(TextCatalogue.TextsOf(typeof(TextRenderer).Assembly).Keys.Where(k => !k.StartsWith("number.", StringComparison.Ordinal)), key =>
        {
            using MemoryStream other = new(Encoding.UTF8.GetBytes($$"""{ "{{key}}": "another text" }"""));
            Assert.NotEqual(said, string.Join('\n', Said(TextRenderer.English.With(other))));
        });
    }

    [Fact]
    public void Another_language_replaces_texts_and_leaves_the_rest()
    {
        using MemoryStream danish = new(Encoding.UTF8.GetBytes("""{ "constraint/PanelSize": "{size} medlemmer i alt" }"""));
        TextRenderer renderer = TextRenderer.English.With(danish);
        Assert.Equal("2 medlemmer i alt", renderer.Describe(new Constraint(ConstraintKind.PanelSize), Problem));
        Assert.Equal("at most 1 of one household", renderer.Describe(new Constraint(ConstraintKind.HouseholdLimit), Problem));
        Assert.Equal("2 members in all", TextRenderer.English.Describe(new Constraint(ConstraintKind.PanelSize), Problem));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "people": 1 }""")]
    [InlineData("{")]
    public void A_document_that_is_none_of_texts_is_refused(string document)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(document));
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => TextRenderer.English.With(stream));
    }

    /// <summary>One sentence at least for every code, in each of its forms.</summary>
    private static IEnumerable<string> Said(TextRenderer texts)
    {
        Quota quota = Problem.Quotas[0];
        Constraint[] constraints = [.. Enum.GetValues<ConstraintKind>().Select(k => new Constraint(k, k is ConstraintKind.QuotaMinimum or ConstraintKind.QuotaMaximum ? quota : null))];
        Constraint minimum = constraints.First(c => c.Kind == ConstraintKind.QuotaMinimum);
        Constraint maximum = constraints.First(c => c.Kind == ConstraintKind.QuotaMaximum);
        foreach (Constraint constraint in constraints)
        {
            yield return texts.Describe(constraint, Problem);
        }

        yield return texts.Describe(new UnselectablePerson(0, constraints), Problem);
        yield return texts.Describe(new UnselectablePerson(1, []), Problem);
        foreach (InfeasibilityCode code in Enum.GetValues<InfeasibilityCode>())
        {
            yield return texts.Describe(new InfeasibilityReason(code, [minimum, maximum], 1, 2), Problem);
            yield return texts.Describe(new InfeasibilityReason(code, [minimum, maximum], 2, 1), Problem);
        }

        ConstraintChange[] remedies = [new(minimum, 9, 1), new(maximum, 0, 1), new(new Constraint(ConstraintKind.PanelSize), 9, 1), new(minimum, 9, 2), new(minimum, 9, 3), new(minimum, 9, 4), new(minimum, 9, 5)];
        VolunteerProfile anybody = new(1, [], []);
        VolunteerProfile some = new(2, [new FeatureValue("f", "v")], [new FeatureValue("g", "x")]);
        InfeasibilityReason reason = new(InfeasibilityCode.Conflict, [minimum, maximum], 0, 0);
        Conflict[] conflicts =
        [
            new(reason, remedies, [anybody], 1),
            new(reason, [remedies[0]], [some, anybody], 2),
            new(reason, [], [some], 0),
            new(reason, [], [], 0),
        ];
        foreach (string text in conflicts.SelectMany(c => texts.DescribeHelp(c, Problem)).Concat(remedies.Select(texts.Describe)))
        {
            yield return text;
        }

        yield return texts.Describe(conflicts[0], Problem);
        yield return texts.Describe(new ConstraintChange(minimum, 1, 0));
        yield return texts.Describe(new ConstraintChange(maximum, 2, 3));
        foreach (CertificateFaultCode code in Enum.GetValues<CertificateFaultCode>())
        {
            yield return texts.Describe(new CertificateFault(code, 0, 0, "1", "2"), Problem);
            yield return texts.Describe(new CertificateFault(code, null, 99), Problem);
        }

        foreach (FaultCode code in TextCatalogue.CodesOf(typeof(CoreFaults)))
        {
            foreach (object? value in (object?[])[null, "a", (string[])["a"], (string[])["a", "b"]])
            {
                yield return texts.Describe(new Fault(code, new FaultLocation("people", 1, "age"), [.. Enumerable.Repeat(value, code.Parameters.Count)]));
            }
        }

        FaultList list = new();
        list.Add(CoreFaults.MissingId, new FaultLocation("people", 1, "id"));
        list.Add(CoreFaults.MissingId, new FaultLocation("people", 2, "id"));
        yield return texts.Describe(list.Faults[0]);
        foreach (CertificatePointCode code in Enum.GetValues<CertificatePointCode>())
        {
            yield return texts.Describe(new CertificatePoint(code, null, "1", []));
        }
    }
}
