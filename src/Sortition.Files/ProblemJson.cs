using System.Text.Json;
using Sortition.Core.Problems;
using Sortition.Files.Json;

namespace Sortition.Files;

/// <summary>Problems as JSON documents of the format <c>sortition-problem/1</c>, for hosts that store them between steps. Told in <c>docs/file-formats.md</c>.</summary>
/// <remarks>One problem has one form: reading and writing again gives the same bytes. Warnings are about the files a problem came from and are not kept.</remarks>
public static class ProblemJson
{
    // The writer keeps everything until it is flushed.
    private const int FlushAt = 1 << 16;

    /// <summary>Writes a problem.</summary>
    /// <param name="stream">Where to, UTF-8; left open.</param>
    /// <param name="problem">The problem.</param>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode.</exception>
    public static void Write(Stream stream, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(problem);
        using Utf8JsonWriter json = new(stream, JsonForm.Compact);
        json.WriteStartObject();
        json.WriteString("format", ProblemDocument.Format);
        json.WriteNumber("panelSize", problem.PanelSize);
        if (problem.HouseholdLimit is int limit)
        {
            json.WriteNumber("householdLimit", limit);
        }

        WriteFeatures(json, problem);
        WriteQuotas(json, problem);
        WritePeople(json, problem);
        json.WriteEndObject();
    }

    /// <summary>Reads a problem.</summary>
    /// <param name="stream">Where from; read to its end, left open. At most 256 MiB.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="InvalidProblemException">The document is malformed; the exception lists all that is wrong, each with the path in the document.</exception>
    public static SelectionProblem Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ProblemDocument.Read(stream);
    }

    private static void WriteFeatures(Utf8JsonWriter json, SelectionProblem problem)
    {
        json.WriteStartArray("features");
        foreach (Feature feature in problem.Features)
        {
            json.WriteStartObject();
            json.WriteString("name", feature.Name);
            json.WriteStartArray("values");
            foreach (string value in feature.Values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteQuotas(Utf8JsonWriter json, SelectionProblem problem)
    {
        json.WriteStartArray("quotas");
        foreach (Quota quota in problem.Quotas)
        {
            json.WriteStartObject();
            json.WriteStartArray("condition");
            foreach (FeatureValue term in quota.Condition)
            {
                json.WriteStartObject();
                json.WriteString("feature", term.Feature);
                json.WriteString("value", term.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("min", quota.Min);
            json.WriteNumber("max", quota.Max);
            if (quota.MinFlex is int minFlex)
            {
                json.WriteNumber("minFlex", minFlex);
            }

            if (quota.MaxFlex is int maxFlex)
            {
                json.WriteNumber("maxFlex", maxFlex);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePeople(Utf8JsonWriter json, SelectionProblem problem)
    {
        json.WriteStartArray("people");
        foreach (Person person in problem.People)
        {
            json.WriteStartObject();
            json.WriteString("id", person.Id);
            json.WriteStartArray("values");
            foreach (string value in person.Values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
            if (person.Household is int household)
            {
                json.WriteNumber("household", household);
            }

            if (person.Status != PersonStatus.Free)
            {
                json.WriteString("status", person.Status == PersonStatus.MustBeIn ? ProblemDocument.MustBeIn : ProblemDocument.MustBeOut);
            }

            if (person.Entitlement != 1)
            {
                json.WriteNumber("entitlement", person.Entitlement);
            }

            json.WriteEndObject();
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }
}
