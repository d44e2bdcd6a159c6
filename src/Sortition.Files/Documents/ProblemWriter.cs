using System.Security.Cryptography;
using System.Text.Json;
using Sortition.Core;
using Sortition.Shared;

namespace Sortition.Files.Documents;

/// <summary>Writes a document of the format <c>sortition-problem/1</c>.</summary>
internal static class ProblemWriter
{
    /// <summary>Writes the document, in pieces of one person.</summary>
    public static IEnumerable<bool> Write(Utf8JsonWriter json, SelectionProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("format", ProblemDocument.Format);
        json.WriteNumber("panelSize", problem.PanelSize);
        WriteIfAny(json, "householdLimit", problem.HouseholdLimit);
        json.WriteObjects("features", problem.Features, feature =>
        {
            json.WriteString("name", JsonForm.Whole(feature.Name));
            json.WriteTexts("values", feature.Values.Select(JsonForm.Whole));
        });
        json.WriteObjects("quotas", problem.Quotas, quota =>
        {
            json.WriteObjects("condition", quota.Condition, term =>
            {
                json.WriteString("feature", term.Feature);
                json.WriteString("value", term.Value);
            });
            json.WriteNumber("min", quota.Min);
            json.WriteNumber("max", quota.Max);
            WriteIfAny(json, "minFlex", quota.MinFlex);
            WriteIfAny(json, "maxFlex", quota.MaxFlex);
        });
        json.WriteStartArray("people");
        foreach (Person person in problem.People)
        {
            WritePerson(json, person);
            yield return true;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The SHA-256 of a problem in its JSON form, 64 hexadecimal digits in lower case.</summary>
    public static string HashOf(SelectionProblem problem)
    {
        using SHA256 sha = SHA256.Create();
        using (CryptoStream stream = new(Stream.Null, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            JsonStream.Write(stream, json => Write(json, problem));
        }

        return Convert.ToHexStringLower(sha.Hash!);
    }

    private static void WritePerson(Utf8JsonWriter json, Person person)
    {
        json.WriteStartObject();
        json.WriteString("id", JsonForm.Whole(person.Id));
        json.WriteTexts("values", person.Values);
        WriteIfAny(json, "household", person.Household);
        if (person.Status != PersonStatus.Free)
        {
            json.WriteString("status", person.Status == PersonStatus.MustBeIn ? ProblemDocument.MustBeIn : ProblemDocument.MustBeOut);
        }

        if (person.Entitlement != 1)
        {
            json.WriteNumber("entitlement", person.Entitlement);
        }

        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, int? number)
    {
        if (number is int n)
        {
            json.WriteNumber(name, n);
        }
    }
}
