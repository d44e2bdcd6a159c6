using System.Text.Json;
using Sortition.Core.Lotteries;
using Sortition.Shared;

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
        json.WriteArray("types", lottery.Types, type => WriteNumbers(json, type.Members));
        json.WriteObjects("panels", lottery.Panels, panel =>
        {
            json.WriteString("weight", JsonForm.Text(panel.Weight));
            json.WriteArray("seats", panel.Seats, seats => WriteNumbers(json, [seats.Type, seats.Seats]));
        });
        json.WriteObjects("uncovered", lottery.Uncovered, uncovered =>
        {
            json.WriteNumber("person", uncovered.Person);
            json.WriteObjects("constraints", uncovered.Constraints, constraint => CertificateDocument.WriteConstraint(json, lottery.Problem, constraint));
        });
        CertificateDocument.Write(json, lottery);
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
