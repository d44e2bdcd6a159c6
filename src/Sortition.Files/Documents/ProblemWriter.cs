using System.Security.Cryptography;
using System.Text.Json;
using Sortition.Core.Problems;

namespace Sortition.Files.Documents;

/// <summary>Writes a document of the format <c>sortition-problem/1</c>.</summary>
internal static class ProblemWriter
{
    // The writer keeps everything until it is flushed.
    private const int FlushAt = 1 << 16;

    public static void Write(Stream stream, SelectionProblem problem)
    {
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

    /// <summary>The SHA-256 of a problem in its JSON form, 64 hexadecimal digits in lower case.</summary>
    public static string HashOf(SelectionProblem problem)
    {
        using SHA256 sha = SHA256.Create();
        using (CryptoStream stream = new(Stream.Null, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            Write(stream, problem);
        }

        return Convert.ToHexStringLower(sha.Hash!);
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
