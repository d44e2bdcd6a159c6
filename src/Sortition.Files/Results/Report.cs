using System.Text.Json;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Core.Texts;
using Sortition.Files.Documents;

namespace Sortition.Files.Results;

/// <summary>The report of a selection, <c>sortition-report/1</c>: everything that is known about it except who the people are.</summary>
internal sealed class Report(SelectionOutcome outcome, Utf8JsonWriter json)
{
    private const string Format = "sortition-report/1";

    private readonly SelectionProblem _problem = outcome.Input.Problem;

    public static void Write(Stream stream, SelectionOutcome outcome)
    {
        using (Utf8JsonWriter json = new(stream, JsonForm.Readable))
        {
            new Report(outcome, json).Write();
        }

        stream.WriteByte((byte)'\n');
    }

    private void Write()
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("softwareVersion", outcome.SoftwareVersion);
        json.WriteString("algorithm", outcome.Algorithm);
        json.WriteString("status", outcome.Status);
        json.WriteBoolean("stoppedByLimit", outcome.StoppedByLimit);
        json.WriteInputs(outcome.Input.Inputs);
        json.WriteRandom(outcome.Generator, outcome.Seed);
        WriteProblem();
        WriteResult();
        WriteReplacement();
        WriteGroups();
        if (outcome.Lottery is PanelLottery lottery)
        {
            WriteLottery(lottery);
            WriteCertificate(lottery.Certificate);
            WriteTypes(lottery);
            WriteUncovered(lottery);
        }

        WriteWarnings();
        json.WriteEndObject();
    }

    private void WriteProblem()
    {
        json.WriteStartObject("problem");
        json.WriteNumber("panelSize", _problem.PanelSize);
        json.WriteNumber("people", _problem.People.Count);
        json.WriteNumber("mustBeIn", _problem.People.Count(p => p.Status == PersonStatus.MustBeIn));
        json.WriteNumber("mustBeOut", _problem.People.Count(p => p.Status == PersonStatus.MustBeOut));
        json.WriteNumberOrNull("householdLimit", _problem.HouseholdLimit);
        json.WriteTexts("householdColumns", outcome.Input.HouseholdColumns);
        if (outcome.Input.EntitlementColumn is string entitlements)
        {
            json.WriteString("entitlementColumn", entitlements);
        }

        json.WriteStartArray("features");
        foreach (Feature feature in _problem.Features)
        {
            json.WriteStringValue(feature.Name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteResult()
    {
        json.WriteStartObject("result");
        json.WriteNumberOrNull("drawnPanel", outcome.DrawnPanel + 1);
        json.WriteNumberOrNull("ballots", outcome.Ballots?.Rows.Count);
        json.WriteNumberOrNull("attempts", outcome.Attempts);
        WriteIds("selected", outcome.Panel.Ids);
        json.WriteEndObject();
    }

    /// <summary>Of a replacement round: who stays, who does not, and the whole panel. Everything else in the report is about the open seats.</summary>
    private void WriteReplacement()
    {
        if (outcome.Input.Round is not ReplacementRound round)
        {
            return;
        }

        json.WriteStartObject("replacement");
        json.WriteNumber("panelSize", round.Original.PanelSize);
        WriteIds("confirmed", round.Confirmed.Select(i => round.Original.People[i].Id));
        WriteIds("declined", round.Declined.Select(i => round.Original.People[i].Id));
        WriteIds("panel", round.Complete(outcome.Panel).Ids);
        json.WriteEndObject();
    }

    private void WriteIds(string name, IEnumerable<string> ids)
    {
        json.WriteStartArray(name);
        foreach (string id in ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }

    private void WriteGroups()
    {
        json.WriteStartArray("groups");
        foreach (GroupSummary group in GroupSummary.Of(outcome.Panel, outcome.Lottery))
        {
            json.WriteStartObject();
            json.WriteString("feature", string.Join(" & ", group.Condition.Select(t => t.Feature)));
            json.WriteString("value", string.Join(" & ", group.Condition.Select(t => t.Value)));
            json.WriteNumberOrNull("min", group.Quota?.Min);
            json.WriteNumberOrNull("max", group.Quota?.Max);
            json.WriteNumber("pool", group.Pool);
            json.WriteNumber("panel", group.Panel);
            json.WriteNumberOrNull("lowestChance", group.LowestChance);
            json.WriteNumberOrNull("highestChance", group.HighestChance);
            json.WriteNumberOrNull("meanChance", group.MeanChance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteLottery(PanelLottery lottery)
    {
        LotteryMetrics metrics = LotteryMetrics.Of(lottery);
        json.WriteStartObject("lottery");
        json.WriteNumber("covered", metrics.Covered);
        json.WriteNumber("uncovered", metrics.Uncovered);
        json.WriteNumber("withoutChance", metrics.WithoutChance);
        json.WriteNumber("lowestChance", metrics.Lowest);
        json.WriteNumber("highestChance", metrics.Highest);
        json.WriteNumber("gini", metrics.Gini);
        json.WriteNumber("geometricMean", metrics.GeometricMean);
        json.WriteNumber("typePanels", lottery.Panels.Count);
        json.WriteEndObject();
    }

    private void WriteCertificate(Certificate certificate)
    {
        json.WriteStartObject("certificate");
        json.WriteString("objective", certificate.Objective.Name);
        if (certificate.Objective.Parameter is double gamma)
        {
            json.WriteNumber("gamma", gamma);
        }

        json.WriteNumberOrNull("value", certificate.Value);
        json.WriteNumber("bound", certificate.Bound);
        json.WriteNumberOrNull("gap", certificate.Gap);
        json.WriteStartArray("claims");
        foreach (WeightClaim claim in certificate.Claims)
        {
            json.WriteStartObject();
            WriteWeights("weights", claim.Weights);
            WriteWeights("capWeights", claim.CapWeights);
            json.WriteString("limit", JsonForm.Text(claim.Limit));
            json.WriteStartArray("prices");
            foreach (ConstraintPrice price in claim.Prices)
            {
                json.WriteStartObject();
                json.WriteString("constraint", TextRenderer.English.Describe(price.Constraint, _problem));
                json.WriteNumberOrNull("householdClass", price.HouseholdClass + 1);
                json.WriteString("price", JsonForm.Text(price.Price));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("value", claim.Value);
            json.WriteNumber("bound", claim.Bound);
            json.WriteString("confirmedBy", claim.ConfirmedBy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The types that weigh something, by their number in the list of types.</summary>
    private void WriteWeights(string name, IReadOnlyList<long> weights)
    {
        json.WriteStartObject(name);
        for (int t = 0; t < weights.Count; t++)
        {
            if (weights[t] != 0)
            {
                json.WriteString(JsonForm.Text(t + 1), JsonForm.Text(weights[t]));
            }
        }

        json.WriteEndObject();
    }

    private void WriteTypes(PanelLottery lottery)
    {
        json.WriteStartArray("types");
        for (int t = 0; t < lottery.Types.Count; t++)
        {
            PersonType type = lottery.Types[t];
            json.WriteStartObject();
            json.WriteNumber("type", t + 1);
            json.WriteTexts("values", type.Values);
            json.WriteBoolean("mustBeIn", type.Status == PersonStatus.MustBeIn);
            json.WriteNumberOrNull("householdClass", type.HouseholdClass + 1);
            if (outcome.Input.EntitlementColumn is not null)
            {
                json.WriteNumber("entitlement", type.Entitlement);
            }

            json.WriteNumber("people", type.Members.Count);
            json.WriteNumber("chance", lottery.ProbabilityOfType(t));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteUncovered(PanelLottery lottery)
    {
        json.WriteStartArray("uncovered");
        foreach (UncoveredPerson uncovered in lottery.Uncovered)
        {
            json.WriteStartObject();
            json.WriteString("id", _problem.People[uncovered.Person].Id);
            json.WriteString("reason", TextRenderer.English.Describe(uncovered, _problem));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Without the values found, which are personal data.</summary>
    private void WriteWarnings()
    {
        json.WriteStartArray("warnings");
        foreach (ProblemFault warning in _problem.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code.ToString());
            json.WriteString("text", warning.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
