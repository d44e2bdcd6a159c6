using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files.Results;

/// <summary>
/// The report of a choice of alternates, <c>sortition-alternates/1</c>: what it takes to make it again, and how good it is. Of people it has ids only, and
/// nobody's own chance.
/// </summary>
internal sealed class AlternatesReport(AlternatesOutcome outcome, Utf8JsonWriter json)
{
    private const string Format = "sortition-alternates/1";

    private readonly SelectionProblem _problem = outcome.Input.Problem;
    private readonly Panel _panel = outcome.Result.Alternates.Panel;

    public static void Write(Stream stream, AlternatesOutcome outcome) => JsonForm.WriteDocument(stream, json => new AlternatesReport(outcome, json).Write());

    private void Write()
    {
        json.WriteString("format", Format);
        json.WriteMark(outcome.Input.IsRehearsal);
        json.WriteString("softwareVersion", outcome.SoftwareVersion);
        json.WriteBoolean("stoppedByLimit", !outcome.Result.IsComplete);
        json.WriteInputs([.. outcome.Input.Inputs, .. outcome.ChanceFile is InputFile file ? [file] : Array.Empty<InputFile>()]);
        json.WriteRandom(outcome.Generator, outcome.Seed);
        json.WriteObject("problem", WriteProblem);
        json.WriteObject("dropOut", WriteDropOuts);
        json.WriteObject("result", WriteResult);
        if (outcome.Comparison is AlternatesComparison comparison)
        {
            json.WriteObject("comparison", () => WriteComparison(comparison));
        }
    }

    private void WriteProblem()
    {
        json.WriteNumber("panelSize", _problem.PanelSize);
        json.WriteNumber("people", _problem.People.Count);
        json.WriteNumberOrNull("householdLimit", _problem.HouseholdLimit);
        json.WriteTexts("householdColumns", outcome.Input.HouseholdColumns);
        json.WriteTexts("panel", _panel.Ids);
        json.WriteTexts("declined", outcome.Declined);
    }

    private void WriteDropOuts()
    {
        double[] chances = [.. _panel.Members.Select(i => outcome.Chances.Chances[i])];
        json.WriteNumberOrNull("chance", outcome.GivenChance);
        json.WriteNumber("lowestChance", chances.Min());
        json.WriteNumber("highestChance", chances.Max());
        json.WriteNumber("expected", chances.Sum());
        if (outcome.Model is DropOutModel model)
        {
            json.WriteObject("model", () => WriteModel(model));
        }

        json.WriteNumber("scenarios", outcome.Scenarios.Scenarios.Count);
        json.WriteBoolean("allScenarios", outcome.Scenarios.IsComplete);
    }

    private void WriteModel(DropOutModel model)
    {
        json.WriteNumber("pastMembers", model.Observations);
        json.WriteNumber("droppedOut", model.DroppedOut);
        json.WriteNumber("baseStayChance", model.BaseStayChance);
        json.WriteObjects("factors", model.Factors, factor =>
        {
            json.WriteString("feature", factor.Value.Feature);
            json.WriteString("value", factor.Value.Value);
            json.WriteNumber("factor", factor.Factor);
            json.WriteNumber("pastMembers", factor.Observations);
            json.WriteNumber("droppedOut", factor.DroppedOut);
        });
        json.WriteTexts("featuresWithoutPast", model.FeaturesWithoutPast);
        json.WriteTexts("ignoredFeatures", model.IgnoredFeatures);
    }

    private void WriteResult()
    {
        json.WriteTexts("alternates", outcome.Result.Alternates.Ids);
        json.WriteNumber("expectedBreach", outcome.Result.ExpectedBreach);
        json.WriteNumber("lowerBound", outcome.Result.LowerBound);
        json.WriteNumber("gap", outcome.Result.Gap);
        json.WriteBoolean("provenOptimal", outcome.Result.IsProvenOptimal);
    }

    private void WriteComparison(AlternatesComparison comparison)
    {
        json.WriteNumber("scenarios", comparison.Sample.Scenarios.Count);
        json.WriteBoolean("allScenarios", comparison.Sample.IsComplete);
        json.WriteObject("chosen", () =>
        {
            json.WriteNumber("expectedBreach", comparison.Chosen.Mean);
            json.WriteNumberOrNull("standardError", comparison.Chosen.StandardError);
            json.WriteNumber("keptShare", comparison.Chosen.KeptShare);
        });
        json.WriteObject("sameProfile", () => WritePractice(comparison.SameProfile));
        json.WriteObject("atRandom", () => WritePractice(comparison.AtRandom));
    }

    private void WritePractice(BaselineEstimate practice)
    {
        json.WriteNumber("draws", practice.Draws);
        json.WriteNumber("expectedBreach", practice.Mean);
        json.WriteNumberOrNull("standardError", practice.StandardError);
        json.WriteNumber("lowest", practice.Min);
        json.WriteNumber("highest", practice.Max);
        json.WriteNumber("keptShare", practice.KeptShare);
    }
}
