using System.Globalization;
using System.Text.Json;
using Sortition.Core;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The member <c>draw</c> of <c>publication.json</c>: how the draw will be decided.</summary>
internal static class AnnouncementSection
{
    private const string Name = "draw";
    private const string Place = "$." + Name;

    public static void Write(CanonicalJson json, DrawAnnouncement announcement) => json.Object(Name, () =>
    {
        json.Member("method", DrawAnnouncement.NameOf(announcement.Method));
        json.Optional("source", announcement.Source);
        json.Optional("form", announcement.Form);
        json.Optional("possibleTexts", announcement.PossibleTexts?.ToString(CultureInfo.InvariantCulture));
    });

    /// <summary>Reads an announcement, which must have enough texts. That <c>possibleTexts</c> follows from the form is left to the verification.</summary>
    /// <returns>The announcement; null where it is faulty.</returns>
    public static DrawAnnouncement? Read(JsonElement? element, int ballots, JsonFaults faults)
    {
        int before = faults.Count;
        if (element is not JsonElement section || faults.Members(section, Place, "method", "source?", "form?", "possibleTexts?") is not { } m)
        {
            return null;
        }

        DrawMethod? method = faults.OneOf(DrawAnnouncement.Methods, m[0], JsonFaults.Join(Place, "method"));
        string? source = faults.Text(m[1], JsonFaults.Join(Place, "source"));
        string? form = faults.Text(m[2], JsonFaults.Join(Place, "form"));
        if (faults.Count > before)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(source) != (method == DrawMethod.Local) || (form is not null) != (method is DrawMethod.Text or DrawMethod.Both))
        {
            faults.Add(PublicationFaults.AnnouncementMembers, Place);
            return null;
        }

        DrawAnnouncement? announcement = method switch
        {
            DrawMethod.Number => DrawAnnouncement.ByNumber(source!),
            DrawMethod.Text => faults.Found.Try(() => DrawAnnouncement.ByText(source!, form!)),
            DrawMethod.Both => faults.Found.Try(() => DrawAnnouncement.ByBoth(source!, form!)),
            _ => DrawAnnouncement.Local,
        };
        announcement?.CheckSize(ballots, new FaultLocation(Place), faults.Found);
        return announcement;
    }
}
