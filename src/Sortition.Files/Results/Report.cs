using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Files.Documents;
using Sortition.Shared;

namespace Sortition.Files.Results;

/// <summary>The report of a selection, <c>sortition-report/1</c>: everything that is known about it except who the people are.</summary>
internal sealed class Report(SelectionOutcome outcome, Utf8JsonWriter json)
{
    private const string Format = "sortition-report/1";

    /// <summary>The sentences of this package, too: what was assumed of a file is told by these.</summary>
    private static readonly TextRenderer s_english = TextRenderer.English.WithTextsOf(typeof(Report).Assembly);

    private readonly SelectionProblem _problem = outcome.Input.Problem;

    public static void Write(Stream stream, SelectionOutcome outcome) => JsonForm.WriteDocument(stream, json => new Report(outcome, json).Write());

    private void Write()
    {
        json.WriteString("format", Format);
        json.WriteMark(outcome.Input.IsRehearsal);
        json.WriteString("softwareVersion", outcome.SoftwareVersion);
        json.WriteString("algorithm", outcome.Algorithm);
        json.WriteString("status", outcome.Status);
        json.WriteBoolean("stoppedByLimit", outcome.StoppedByLimit);
        json.WriteInputs(outcome.Input.Inputs);
        json.WriteRandom(outcome.Generator, outcome.Seed);
        json.WriteObject("problem", WriteProblem);
        json.WriteObject("result", WriteResult);
        if (outcome.Input.Round is ReplacementRound round)
        {
            json.WriteObject("replacement", () => WriteReplacement(round));
        }

        json.WriteObjects("groups", GroupSummary.Summarize(outcome.Panel, outcome.Lottery), WriteGroup);
        if (outcome.Lottery is PanelLottery lottery)
        {
            json.WriteObject("lottery", () => WriteLottery(lottery));
            json.WriteObject("certificate", () => WriteCertificate(lottery.Certificate));
            json.WriteObjects("types", lottery.Types.Select((type, t) => (type, t)), type => WriteType(lottery, type.type, type.t));
            json.WriteObjects("uncovered", lottery.Uncovered, WriteUncovered);
        }

        json.WriteObjects("warnings", _problem.Warnings, WriteWarning);
    }

    private void WriteProblem()
    {
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

        json.WriteTexts("features", _problem.Features.Select(feature => feature.Name));
    }

    private void WriteResult()
    {
        json.WriteNumberOrNull("drawnPanel", outcome.Ballots is null ? outcome.DrawnPanel + 1 : null);
        if (outcome.Ballots is PanelTable ballots)
        {
            json.WriteString("drawnBallot", BallotNumbers.Text(outcome.DrawnPanel!.Value, ballots.Rows.Count));
        }

        json.WriteNumberOrNull("ballots", outcome.Ballots?.Rows.Count);
        json.WriteNumberOrNull("attempts", outcome.Attempts);
        json.WriteTexts("selected", outcome.Panel.Ids);
    }

    /// <summary>Of a replacement round: who stays, who does not, and the whole panel. Everything else in the report is about the open seats.</summary>
    private void WriteReplacement(ReplacementRound round)
    {
        json.WriteNumber("panelSize", round.Original.PanelSize);
        json.WriteTexts("confirmed", round.Confirmed.Select(i => round.Original.People[i].Id));
        json.WriteTexts("declined", round.Declined.Select(i => round.Original.People[i].Id));
        json.WriteTexts("panel", round.Complete(outcome.Panel).Ids);
        SelectionProblem whole = round.Original;
        json.WriteObjects("quotas", whole.Quotas, quota =>
        {
            json.WriteString("feature", quota.FeatureLabel);
            json.WriteString("value", quota.ValueLabel);
            json.WriteNumber("min", quota.Min);
            json.WriteNumber("max", quota.Max);
            json.WriteNumber("staying", round.Confirmed.Count(i => whole.Matches(whole.People[i], quota)));
        });
    }

    private void WriteGroup(GroupSummary group)
    {
        json.WriteString("feature", string.Join(" & ", group.Condition.Select(t => t.Feature)));
        json.WriteString("value", string.Join(" & ", group.Condition.Select(t => t.Value)));
        json.WriteNumberOrNull("min", group.Quota?.Min);
        json.WriteNumberOrNull("max", group.Quota?.Max);
        json.WriteNumber("pool", group.Pool);
        json.WriteNumber("panel", group.Panel);
        json.WriteNumberOrNull("lowestChance", group.LowestChance);
        json.WriteNumberOrNull("highestChance", group.HighestChance);
        json.WriteNumberOrNull("meanChance", group.MeanChance);
    }

    private void WriteLottery(PanelLottery lottery)
    {
        LotteryMetrics metrics = LotteryMetrics.Compute(lottery);
        json.WriteNumber("covered", metrics.Covered);
        json.WriteNumber("uncovered", metrics.Uncovered);
        json.WriteNumber("withoutChance", metrics.WithoutChance);
        json.WriteNumber("lowestChance", metrics.MinProbability);
        json.WriteNumber("highestChance", metrics.MaxProbability);
        json.WriteNumber("gini", metrics.Gini);
        json.WriteNumber("geometricMean", metrics.GeometricMean);
        json.WriteNumber("typePanels", lottery.Panels.Count);
    }

    private void WriteCertificate(Certificate certificate)
    {
        CertificateDocument.WriteObjective(json, certificate);
        json.WriteNumberOrNull("value", certificate.Value);
        json.WriteNumber("bound", certificate.Bound);
        json.WriteNumberOrNull("gap", certificate.Gap);
        CertificateDocument.WriteEpsilon(json, certificate);
        CertificateDocument.WriteClaims(json, certificate, WriteWeights, price =>
        {
            json.WriteString("constraint", TextRenderer.English.Describe(price.Constraint, _problem));
            json.WriteNumberOrNull("householdClass", price.HouseholdClass + 1);
        });
    }

    /// <summary>The types that weigh something, by their number in the list of types.</summary>
    private void WriteWeights(string name, IReadOnlyList<long> weights) => json.WriteObject(name, () =>
    {
        for (int t = 0; t < weights.Count; t++)
        {
            if (weights[t] != 0)
            {
                json.WriteString(JsonForm.Text(t + 1), JsonForm.Text(weights[t]));
            }
        }
    });

    private void WriteType(PanelLottery lottery, PersonType type, int number)
    {
        json.WriteNumber("type", number + 1);
        json.WriteTexts("values", type.Values);
        json.WriteBoolean("mustBeIn", type.Status == PersonStatus.MustBeIn);
        json.WriteNumberOrNull("householdClass", type.HouseholdClass + 1);
        if (outcome.Input.EntitlementColumn is not null)
        {
            json.WriteNumber("entitlement", type.Entitlement);
        }

        json.WriteNumber("people", type.Members.Count);
        json.WriteNumber("chance", lottery.ProbabilityOfType(number));
    }

    private void WriteUncovered(UnselectablePerson uncovered)
    {
        json.WriteString("id", _problem.People[uncovered.Person].Id);
        json.WriteString("reason", TextRenderer.English.Describe(uncovered, _problem));
    }

    /// <summary>No code of a warning has parameters that may quote a person's data.</summary>
    private void WriteWarning(Fault warning)
    {
        json.WriteString("code", warning.Code.Name);
        json.WriteString("text", s_english.Describe(warning));
    }
}
