using System.Text.Json;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>The member of <c>publication.json</c> that only a replacement round has.</summary>
internal static class RoundSection
{
    private const string Name = "round";

    private const string Path = "$." + Name;

    public static void Write(CanonicalJson json, PublishedRound round) => json.Object(Name, () =>
    {
        json.Member("panelSize", round.PanelSize);
        json.Member("staying", round.Staying);
        json.Objects("quotas", round.Quotas, quota =>
        {
            json.Member("min", quota.Min);
            json.Member("max", quota.Max);
            json.Member("staying", quota.Staying);
        });
    });

    /// <summary>Reads the member. That the numbers fit the other files is for the verification.</summary>
    public static PublishedRound? Read(JsonElement element, JsonFaults faults)
    {
        int before = faults.Count;
        if (faults.Members(element, Path, "panelSize", "staying", "quotas") is not { } members)
        {
            return null;
        }

        int? panelSize = faults.NaturalNumber(members[0], Path + ".panelSize");
        int? staying = faults.NaturalNumber(members[1], Path + ".staying");
        List<PublishedRoundQuota> quotas = [];
        foreach ((JsonElement item, string path) in faults.Items(members[2], Path + ".quotas"))
        {
            if (faults.Members(item, path, "min", "max", "staying") is { } quota)
            {
                int?[] numbers = [.. quota.Select(number => faults.NaturalNumber(number, path))];
                quotas.Add(new PublishedRoundQuota(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0));
            }
        }

        return faults.Count > before ? null : new PublishedRound(panelSize!.Value, staying!.Value, quotas);
    }
}
