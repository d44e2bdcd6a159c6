using System.Globalization;
using System.Text.Json;
using Sortition.Core;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The member <c>draw</c> of <c>publication.json</c>: how the draw will be decided.</summary>
internal static class AnnouncementSection
{
    public const string Name = "draw";
    private const string Place = "$." + Name;

    public static void Write(Utf8JsonWriter json, DrawAnnouncement announcement)
    {
        json.WriteStartObject(Name);
        json.WriteString("procedure", DrawProcedure.Name);
        if (!announcement.IsInWords)
        {
            json.WriteString("method", DrawRecord.Methods.First(m => m.Method == announcement.Method).Name);
        }

        if (announcement.Source is string source)
        {
            json.WriteString(announcement.IsInWords ? "randomness" : "source", source);
        }

        if (announcement.Form is string form)
        {
            json.WriteString("form", form);
            json.WriteString("possibleTexts", announcement.PossibleTexts!.Value.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }

    /// <summary>Reads an announcement, which must have enough texts. That <c>possibleTexts</c> follows from the form is left to the verification.</summary>
    /// <returns>The announcement; null where it is faulty.</returns>
    public static DrawAnnouncement? Read(JsonElement? element, int? ballots, JsonFaults faults)
    {
        if (element is not JsonElement section || faults.Members(section, Place, "procedure", "method", "source?", "form?", "possibleTexts?") is not { } m)
        {
            return null;
        }

        DrawMethod? method = faults.OneOf(DrawRecord.Methods, m[1], JsonFaults.Join(Place, "method"));
        string? source = faults.Text(m[2], JsonFaults.Join(Place, "source"));
        string? form = faults.Text(m[3], JsonFaults.Join(Place, "form"));
        if (faults.Count > 0)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(source) != (method == DrawMethod.Local) || (form is not null) != (method == DrawMethod.Text))
        {
            faults.Add(PublicationFaults.AnnouncementMembers, Place);
            return null;
        }

        DrawAnnouncement? announcement = method switch
        {
            DrawMethod.Number => DrawAnnouncement.ByNumber(source!),
            DrawMethod.Text => faults.Found.Try(() => DrawAnnouncement.ByText(source!, form!)),
            _ => DrawAnnouncement.Local,
        };
        announcement?.CheckSize(ballots!.Value, new FaultLocation(Place), faults.Found);
        return announcement;
    }
}
