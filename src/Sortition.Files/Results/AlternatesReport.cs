using System.Text.Json;
using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Documents;
using Sortition.Files.Storage;

namespace Sortition.Files.Results;

/// <summary>The report of a choice of alternates, <c>sortition-alternates/1</c>: what it takes to make it again, and how good it is. Of people it has ids only, and nobody's own chance.</summary>
internal sealed class AlternatesReport(AlternatesOutcome outcome, Utf8JsonWriter json)
{
    private const string Format = "sortition-alternates/1";

    private readonly SelectionProblem _problem = outcome.Input.Problem;
    private readonly Panel _panel = outcome.Result.Alternates.Panel;

    public static void Write(Stream stream, AlternatesOutcome outcome)
    {
        using (Utf8JsonWriter json = new(stream, JsonForm.Readable))
        {
            new AlternatesReport(outcome, json).Write();
        }

        stream.WriteByte((byte)'\n');
    }

    private void Write()
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("softwareVersion", outcome.SoftwareVersion);
        json.WriteBoolean("stoppedByLimit", !outcome.Result.IsComplete);
        json.WriteInputs([.. outcome.Input.Inputs, .. outcome.ChanceFile is InputFile file ? [file] : Array.Empty<InputFile>()]);
        json.WriteRandom(outcome.Generator, outcome.Seed);
        json.WriteStartObject("problem");
        json.WriteNumber("panelSize", _problem.PanelSize);
        json.WriteNumber("people", _problem.People.Count);
        json.WriteNumberOrNull("householdLimit", _problem.HouseholdLimit);
        json.WriteTexts("householdColumns", outcome.Input.HouseholdColumns);
        json.WriteTexts("panel", _panel.Ids);
        json.WriteTexts("declined", outcome.Declined);
        json.WriteEndObject();
        WriteDropOuts();
        WriteResult();
        if (outcome.Comparison is AlternatesComparison comparison)
        {
            WriteComparison(comparison);
        }

        json.WriteEndObject();
    }

    private void WriteDropOuts()
    {
        double[] chances = [.. _panel.Members.Select(i => outcome.Chances.Chances[i])];
        json.WriteStartObject("dropOut");
        json.WriteNumberOrNull("chance", outcome.GivenChance);
        json.WriteNumber("lowestChance", chances.Min());
        json.WriteNumber("highestChance", chances.Max());
        json.WriteNumber("expected", chances.Sum());
        if (outcome.Model is DropOutModel model)
        {
            WriteModel(model);
        }

        json.WriteNumber("scenarios", outcome.Scenarios.Scenarios.Count);
        json.WriteBoolean("allScenarios", outcome.Scenarios.IsComplete);
        json.WriteEndObject();
    }

    private void WriteModel(DropOutModel model)
    {
        json.WriteStartObject("model");
        json.WriteNumber("pastMembers", model.Observations);
        json.WriteNumber("droppedOut", model.DroppedOut);
        json.WriteNumber("baseStayChance", model.BaseStayChance);
        json.WriteStartArray("factors");
        foreach (StayFactor factor in model.Factors)
        {
            json.WriteStartObject();
            json.WriteString("feature", factor.Value.Feature);
            json.WriteString("value", factor.Value.Value);
            json.WriteNumber("factor", factor.Factor);
            json.WriteNumber("pastMembers", factor.Observations);
            json.WriteNumber("droppedOut", factor.DroppedOut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteTexts("featuresWithoutPast", model.FeaturesWithoutPast);
        json.WriteTexts("ignoredFeatures", model.IgnoredFeatures);
        json.WriteEndObject();
    }

    private void WriteResult()
    {
        json.WriteStartObject("result");
        json.WriteTexts("alternates", outcome.Result.Alternates.Ids);
        json.WriteNumber("expectedBreach", outcome.Result.ExpectedBreach);
        json.WriteNumber("lowerBound", outcome.Result.LowerBound);
        json.WriteNumber("gap", outcome.Result.Gap);
        json.WriteBoolean("provenOptimal", outcome.Result.IsProvenOptimal);
        json.WriteEndObject();
    }

    private void WriteComparison(AlternatesComparison comparison)
    {
        json.WriteStartObject("comparison");
        json.WriteNumber("scenarios", comparison.Sample.Scenarios.Count);
        json.WriteBoolean("allScenarios", comparison.Sample.IsComplete);
        json.WriteStartObject("chosen");
        json.WriteNumber("expectedBreach", comparison.Chosen.Mean);
        json.WriteNumberOrNull("standardError", comparison.Chosen.StandardError);
        json.WriteNumber("keptShare", comparison.Chosen.KeptShare);
        json.WriteEndObject();
        WritePractice("sameProfile", comparison.SameProfile);
        WritePractice("atRandom", comparison.AtRandom);
        json.WriteEndObject();
    }

    private void WritePractice(string name, PracticeEstimate practice)
    {
        json.WriteStartObject(name);
        json.WriteNumber("draws", practice.Draws);
        json.WriteNumber("expectedBreach", practice.Mean);
        json.WriteNumberOrNull("standardError", practice.StandardError);
        json.WriteNumber("lowest", practice.Lowest);
        json.WriteNumber("highest", practice.Highest);
        json.WriteNumber("keptShare", practice.KeptShare);
        json.WriteEndObject();
    }
}
