using System.Text.Json;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Files.Documents;

/// <summary>Writes a document of the format <c>sortition-lottery/1</c>.</summary>
internal static class LotteryWriter
{
    public static void Write(Stream stream, PanelLottery lottery)
    {
        using Utf8JsonWriter json = new(stream, JsonForm.Compact);
        json.WriteStartObject();
        json.WriteString("format", LotteryDocument.Format);
        json.WriteString("problemSha256", ProblemWriter.HashOf(lottery.Problem));
        json.WriteStartArray("types");
        foreach (PersonType type in lottery.Types)
        {
            json.WriteStartArray();
            foreach (int person in type.Members)
            {
                json.WriteNumberValue(person);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        WritePanels(json, lottery);
        WriteUncovered(json, lottery);
        CertificateDocument.Write(json, lottery);
        json.WriteEndObject();
    }

    private static void WritePanels(Utf8JsonWriter json, PanelLottery lottery)
    {
        json.WriteStartArray("panels");
        foreach (TypePanel panel in lottery.Panels)
        {
            json.WriteStartObject();
            json.WriteString("weight", JsonForm.Text(panel.Weight));
            json.WriteStartArray("seats");
            foreach ((int type, int seats) in panel.Seats)
            {
                json.WriteStartArray();
                json.WriteNumberValue(type);
                json.WriteNumberValue(seats);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteUncovered(Utf8JsonWriter json, PanelLottery lottery)
    {
        json.WriteStartArray("uncovered");
        foreach (UncoveredPerson uncovered in lottery.Uncovered)
        {
            json.WriteStartObject();
            json.WriteNumber("person", uncovered.Person);
            json.WriteStartArray("constraints");
            foreach (Constraint constraint in uncovered.Constraints)
            {
                json.WriteStartObject();
                CertificateDocument.WriteConstraint(json, lottery.Problem, constraint);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
