using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Publication.Tests;

/// <summary>A small published lottery that has a bit of everything: households, people who must be in or out or can be on no panel, quotas on two features at once.</summary>
internal static class Example
{
    public const int Ballots = 20;

    /// <summary>A text of the form that <see cref="Announcement"/> says.</summary>
    public const string Text = "3 7 11 19 24 30 36";

    public static SelectionProblem Problem { get; } = new SelectionProblemBuilder(4)
        .Quota("gender", "f", 2, 2)
        .Quota("gender", "m", 2, 2)
        .Quota("age", "young", 1, 2)
        .Quota("age", "old", 2, 3)
        .Quota("age", "ancient, \"wise\"", 0, 0)
        .Quota(new QuotaInput { Condition = [new FeatureValue("gender", "f"), new FeatureValue("age", "young")], Min = 0, Max = 1 })
        .HouseholdLimit(1)
        .People(People(), p => p.Id, p => p.Address, p => new Dictionary<string, string> { ["gender"] = p.Gender, ["age"] = p.Age })
        .MustBeIn("=p00")
        .MustBeOut("p13")
        .Build();

    public static PanelLottery Lottery { get; } = new Leximin().Solve(Problem).GetLotteryOrThrow();

    public static PublishedLottery Auditor { get; } = AuditorOf(Lottery, Ballots);

    public static SaltTable Salts { get; } = SaltTable.From(Problem.People.Select((p, i) => KeyValuePair.Create(p.Id, $"{i:x2}00112233445566778899aabbccddee")));

    public static PublishedLottery Public { get; } = Auditor.ToPublic(Salts, 3);

    /// <summary>The lottery at a level, with a method announced for its draw.</summary>
    public static PublishedLottery Of(PublicationLevel level, DrawMethod method = DrawMethod.Text)
    {
        PublishedLottery auditor = method == DrawMethod.Text ? Auditor : AuditorOf(Lottery, Ballots, Announcement(method));
        return level == PublicationLevel.Auditor ? auditor : auditor.ToPublic(Salts, 3);
    }

    public static PublishedLottery AuditorOf(PanelLottery lottery, int ballots, DrawAnnouncement? announcement = null) => PublishedLottery.Create(
        lottery,
        BallotRounding.Round(lottery, ballots, RandomSource.Seeded("seed")),
        new PublicationOptions { SoftwareVersion = "1.2.3", Seed = "seed", Announcement = announcement ?? Announcement(DrawMethod.Text) });

    public static DrawAnnouncement Announcement(DrawMethod method) => method switch
    {
        DrawMethod.Number => DrawAnnouncement.ByNumber("two balls, at the town hall"),
        DrawMethod.Text => DrawAnnouncement.ByText("the numbers of the evening", "numbers 7 1 36 distinct sorted"),
        _ => DrawAnnouncement.Local,
    };

    /// <summary>A draw as it was announced.</summary>
    public static DrawRecord Draw(PublishedLottery lottery) => lottery.Announcement.Method switch
    {
        DrawMethod.Number => DrawRecord.ByNumber(lottery, 7),
        DrawMethod.Text => DrawRecord.ByText(lottery, Text),
        _ => DrawRecord.Locally(lottery),
    };

    private static IEnumerable<(string Id, string? Address, string Gender, string Age)> People()
    {
        for (int i = 0; i < 16; i++)
        {
            string id = i == 0 ? "=p00" : $"p{i:00}";
            string? address = i is >= 4 and < 10 ? $"street {i / 2}" : null;
            yield return (id, address, i % 2 == 0 ? "f" : "m", i == 15 ? "ancient, \"wise\"" : i % 3 == 1 ? "young" : "old");
        }
    }
}
