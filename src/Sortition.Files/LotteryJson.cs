using System.Text.Json;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Json;

namespace Sortition.Files;

/// <summary>Lotteries as JSON documents of the format <c>sortition-lottery/1</c>, for hosts that store them between steps. Told in <c>docs/file-formats.md</c>.</summary>
/// <remarks>One lottery has one form: reading and writing again gives the same bytes.</remarks>
public static class LotteryJson
{
    /// <summary>Writes a lottery. Its problem is not part of the document, which holds that problem's SHA-256 instead.</summary>
    /// <param name="stream">Where to, UTF-8; left open.</param>
    /// <param name="lottery">The lottery.</param>
    /// <exception cref="ArgumentException">A name or an id is no valid Unicode, or a figure of the certificate is no finite number.</exception>
    public static void Write(Stream stream, PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(lottery);
        using Utf8JsonWriter json = new(stream, JsonForm.Compact);
        json.WriteStartObject();
        json.WriteString("format", LotteryDocument.Format);
        json.WriteString("problemSha256", LotteryDocument.HashOf(lottery.Problem));
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

    /// <summary>Reads a lottery and checks that every panel obeys every rule of its problem.</summary>
    /// <param name="stream">Where from; read to its end, left open. At most 256 MiB.</param>
    /// <param name="problem">The problem the lottery was computed for.</param>
    /// <returns>The lottery.</returns>
    /// <exception cref="FormatException">The document is malformed or belongs to another problem; the message lists what is wrong, each with the path in the document.</exception>
    public static PanelLottery Read(Stream stream, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(problem);
        return LotteryDocument.Read(stream, problem);
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
