// An objective of one's own, from the problem to a stored lottery: dotnet run
// With the name of a folder it is published there and verified, too: dotnet run -- published
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Certificates;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Publication;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;

// 60 volunteers for 12 seats: few of them are young, and most have studied.
SelectionProblem problem = new SelectionProblemBuilder(panelSize: 12)
    .Quota("age", "young", min: 4, max: 5)
    .Quota("age", "old", min: 7, max: 8)
    .Quota("school", "short", min: 5, max: 6)
    .Quota("school", "long", min: 6, max: 7)
    .People(
        Enumerable.Range(1, 60),
        i => $"p{i:00}",
        household: null,
        i => new Dictionary<string, string> { ["age"] = i % 6 == 0 ? "young" : "old", ["school"] = i % 4 == 0 ? "short" : "long" })
    .Build();

PanelLottery lottery = new TotalDeviation().Solve(problem).GetLotteryOrThrow();
PanelLottery leximin = new Leximin().Solve(problem).GetLotteryOrThrow();
foreach (PersonType type in lottery.Types)
{
    int person = type.Members[0];
    Console.WriteLine(
        $"{type.Members.Count,3} people {string.Join(", ", type.Values),-12} chance {lottery.ProbabilityOf(person):P2}, by leximin {leximin.ProbabilityOf(person):P2}");
}

Objective objective = lottery.Certificate.Objective;
Console.WriteLine($"{objective.Name}: {lottery.Certificate.Value:F6}, by leximin {objective.ValueOf(leximin):F6}");

string path = Path.Combine(Path.GetTempPath(), "own-objective.json");
using (FileStream file = File.Create(path))
{
    LotteryJson.Write(file, lottery);
}

PanelLottery stored = LotteryJson.Read(path, problem);
CertificateReport report = CertificateVerifier.Verify(stored);
Console.WriteLine($"Read back: {stored.Panels.Count} panels. Certificate: {report.Verdict}.");
Console.WriteLine($"Drawn: {string.Join(" ", stored.Draw(RandomSource.Secure()).Ids)}");

// Published like any other lottery, the ballots first: whoever checks it is told that the objective is not checked.
if (args is [string folder])
{
    const string Seed = "own-objective";
    PanelTable ballots = BallotRounding.Round(lottery, 100, RandomSource.Seeded(Seed));
    DrawAnnouncement announcement = DrawAnnouncement.ByText("the winning numbers of 4 May", "numbers 7 1 36 distinct sorted");
    PublicationOptions options = new() { Seed = Seed, Announcement = announcement };
    PublishedLottery published = PublishedLottery.Create(lottery, ballots, options).ToPublic();
    published.Write(folder);
    VerificationReport check = PublicationVerifier.Verify(folder, new VerificationOptions { Root = published.Root });
    Console.WriteLine($"Published in {folder}, root {published.Root}");
    foreach (VerificationCheck step in check.Checks)
    {
        Console.WriteLine($"{step.Step}: {step.Outcome}. {step.Finding}");
    }
}
