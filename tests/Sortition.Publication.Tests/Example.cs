using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Publication.Tests;

/// <summary>A small published lottery that has a bit of everything: households, people who must be in or out or can be on no panel, quotas on two features at once.</summary>
internal static class Example
{
    public const int Ballots = 20;

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

    public static PublishedLottery Public { get; } = Auditor.ToPublic(Salts, 3, "the numbers of the evening");

    public static PublishedLottery AuditorOf(PanelLottery lottery, int ballots) => PublishedLottery.Create(
        lottery,
        BallotRounding.Round(lottery, ballots, RandomSource.Seeded("seed")),
        new PublicationOptions { SoftwareVersion = "1.2.3", Seed = "seed" });

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
