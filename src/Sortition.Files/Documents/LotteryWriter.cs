using System.Text.Json;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Files.Documents;

/// <summary>Writes a document of the format <c>sortition-lottery/1</c>.</summary>
internal static class LotteryWriter
{
    /// <summary>Writes the document, in pieces of one type, panel, person without a chance, or claim.</summary>
    public static IEnumerable<bool> Write(Utf8JsonWriter json, PanelLottery lottery)
    {
        json.WriteStartObject();
        json.WriteString("format", LotteryDocument.Format);
        json.WriteString("problemSha256", ProblemWriter.HashOf(lottery.Problem));
        json.WriteStartArray("types");
        foreach (PersonType type in lottery.Types)
        {
            WriteNumbers(json, type.Members);
            yield return true;
        }

        json.WriteEndArray();
        json.WriteStartArray("panels");
        foreach (PanelComposition panel in lottery.Panels)
        {
            json.WriteStartObject();
            json.WriteString("weight", JsonForm.Text(panel.Weight));
            json.WriteArray("seats", panel.Seats, seats => WriteNumbers(json, [seats.Type, seats.Seats]));
            json.WriteEndObject();
            yield return true;
        }

        json.WriteEndArray();
        json.WriteStartArray("uncovered");
        foreach (UnselectablePerson uncovered in lottery.Uncovered)
        {
            json.WriteStartObject();
            json.WriteNumber("person", uncovered.Person);
            json.WriteObjects("constraints", uncovered.Constraints, constraint => CertificateDocument.WriteConstraint(json, lottery.Problem, constraint));
            json.WriteEndObject();
            yield return true;
        }

        json.WriteEndArray();
        foreach (bool piece in CertificateDocument.Write(json, lottery))
        {
            yield return piece;
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, IReadOnlyList<int> numbers)
    {
        json.WriteStartArray();
        foreach (int number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
