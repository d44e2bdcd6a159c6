using System.Text;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Storage;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

public class PublishedLotteryTests
{
    [Theory]
    [InlineData(PublicationLevel.Auditor)]
    [InlineData(PublicationLevel.Public)]
    public void Reading_and_writing_again_gives_the_same_bytes(PublicationLevel level)
    {
        PublishedLottery lottery = level == PublicationLevel.Auditor ? Example.Auditor : Example.Public;
        using TemporaryFolder folder = new();
        IReadOnlyList<string> names = lottery.Write(folder.Path);
        PublishedLottery read = PublishedLottery.Read(folder.Path);
        Assert.Equal(lottery.Root, read.Root);
        Assert.Equal(names, read.Parts.Files.Select(f => f.Name));
        Assert.Equal(lottery.People.Select(p => (p.Name, p.Type)), read.People.Select(p => (p.Name, p.Type)));
        Assert.Equal(lottery.Ballots, read.Ballots);
        Assert.Equal(lottery.Chances, read.Chances);
        Assert.All(Enumerable.Range(0, lottery.People.Count), i => Assert.Equal(lottery.Ballots.Count(b => b.Contains(i)), read.BallotsOf(i)));
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_culture()
    {
        Cultures.In("da-DK", () =>
        {
            Assert.Equal(Example.Auditor.Root, Example.AuditorOf(Example.Lottery, Example.Ballots).Root);
            Assert.Equal(Example.Public.Root, Example.AuditorOf(Example.Lottery, Example.Ballots).ToPublic(Example.Salts, 3).Root);
        });
    }

    [Fact]
    public void What_everybody_gets_says_neither_who_is_who_nor_how_the_ballots_were_numbered()
    {
        string all = string.Concat(Example.Public.Parts.Files.Select(f => Encoding.UTF8.GetString(f.Content)));
        Assert.All(Example.Problem.People, p => Assert.DoesNotContain(p.Id, all, StringComparison.Ordinal));
        Assert.DoesNotContain("\"seed\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain("street", all, StringComparison.Ordinal);
        Assert.DoesNotContain("00112233445566778899aabbccddee", all, StringComparison.Ordinal);
        Assert.Null(Example.Public.Seed);
    }

    [Fact]
    public void Types_are_told_of_those_only_who_share_them_with_enough_others()
    {
        PublishedLottery published = Example.Public;
        int told = 0;
        for (int t = 0; t < published.Lottery.Types.Count; t++)
        {
            int members = published.Lottery.Types[t].Members.Count;
            int said = published.People.Count(p => p.Type == t);
            Assert.Equal(members >= 3 ? members : 0, said);
            told += said;
        }

        Assert.InRange(told, 1, published.People.Count - 2);
        Assert.Equal(published.People.Count - told - 1, published.PeopleWithoutType);
        Assert.Equal(0, Example.Auditor.ToPublic(Example.Salts, 1).PeopleWithoutType);
    }

    [Fact]
    public void Everybody_finds_themselves_by_salt_and_id()
    {
        foreach (Person person in Example.Problem.People)
        {
            string tag = RootHash.Of(Encoding.UTF8.GetBytes(Example.Salts.SaltOf(person.Id) + ":" + person.Id));
            int number = Assert.Single(Enumerable.Range(0, Example.Public.People.Count), i => Example.Public.People[i].Name == tag);
            Assert.Equal(Example.Auditor.BallotsOf(Example.Problem.IndexOf(person.Id)), Example.Public.BallotsOf(number));
        }
    }

    [Fact]
    public void Ballots_have_the_same_numbers_for_everybody_and_for_auditors()
    {
        string[] tags = [.. Example.Problem.People.Select(p => Example.Salts.TagOf(p.Id))];
        for (int b = 0; b < Example.Ballots; b++)
        {
            Assert.Equal(
                Example.Auditor.Ballots[b].Select(i => tags[i]).Order(StringComparer.Ordinal),
                Example.Public.Ballots[b].Select(i => Example.Public.People[i].Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Stand_ins_are_as_many_of_each_type_in_the_same_households_as_people()
    {
        PanelLottery real = Example.Lottery;
        PanelLottery standIns = Example.Public.Lottery;
        Assert.Equal(real.Types.Count, standIns.Types.Count);
        for (int t = 0; t < real.Types.Count; t++)
        {
            Assert.Equal(real.Types[t].Values, standIns.Types[t].Values);
            Assert.Equal(real.Types[t].Members.Count, standIns.Types[t].Members.Count);
            Assert.Equal(real.Types[t].HouseholdClass, standIns.Types[t].HouseholdClass);
            Assert.Equal(real.ProbabilityOfType(t), standIns.ProbabilityOfType(t));
        }

        Assert.Contains(real.Types, t => t.HouseholdClass is not null);
        Assert.Equal(real.Uncovered.Count - 1, standIns.Uncovered.Count);
    }

    public static TheoryData<string> Objectives => [.. new ILotteryAlgorithm[] { new Leximin(), new Maximin(), new Nash(), new Minimax(), new Goldilocks(1), new WeightedLeximin() }.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Lotteries_of_every_objective_verify_at_both_levels(string objective)
    {
        ILotteryAlgorithm algorithm = new ILotteryAlgorithm[] { new Leximin(), new Maximin(), new Nash(), new Minimax(), new Goldilocks(1), new WeightedLeximin() }.Single(a => a.Name == objective);
        foreach (SelectionProblem problem in (SelectionProblem[])[Example.Problem, Entitled(), ManyExactQuotas()])
        {
            PublishedLottery auditor = Example.AuditorOf(algorithm.Solve(problem).GetLotteryOrThrow(), 30);
            AssertGenuine(auditor);
            AssertGenuine(auditor.ToPublic(SaltTable.Create(problem.People.Select(p => p.Id)), 2));
        }
    }

    [Fact]
    public void A_cancelled_token_stops_what_goes_through_all_ballots()
    {
        PublishedLottery auditor = Example.Auditor;
        CancellationToken cancelled = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() => auditor.ToTable(cancelled));
        Assert.Throws<OperationCanceledException>(() => auditor.ToPublic(Example.Salts, 2, cancellationToken: cancelled));
        PublicationOptions options = new() { SoftwareVersion = "1", Seed = "s" };
        Assert.Throws<OperationCanceledException>(() => PublishedLottery.Create(auditor.Lottery, auditor.ToTable(), options, cancelled));
        using TemporaryFolder folder = new();
        auditor.Write(folder.Path);
        Assert.Throws<OperationCanceledException>(() => DrawRecord.Read(folder.Path, cancelled));
    }

    [Fact]
    public void Texts_that_no_document_can_hold_are_refused()
    {
        PublishedLottery auditor = Example.Auditor;
        PanelTable ballots = auditor.ToTable();
        Assert.ThrowsAny<ArgumentException>(() => PublishedLottery.Create(auditor.Lottery, ballots, new PublicationOptions { SoftwareVersion = "1", Seed = "\uD800" }));
        Assert.ThrowsAny<ArgumentException>(() => PublishedLottery.Create(auditor.Lottery, ballots, new PublicationOptions { SoftwareVersion = "\uD800", Seed = "s" }));
        Assert.ThrowsAny<ArgumentException>(() => DrawAnnouncement.ByNumber("\uDC00"));
    }

    [Theory]
    [InlineData("mass_like_24", 24)]
    [InlineData("albertslund", 36)]
    public void Instances_verify_at_both_levels(string instance, int size)
    {
        ProblemFilesOptions options = InstanceFiles.Options(instance, size) with { HouseholdColumns = instance == "albertslund" ? ["adresse", "postnr"] : [] };
        SelectionProblem problem = ProblemFiles.Load(options).Problem;
        PublishedLottery auditor = Example.AuditorOf(new Leximin().Solve(problem).GetLotteryOrThrow(), 1000);
        AssertGenuine(auditor);
        AssertGenuine(auditor.ToPublic(SaltTable.Create(problem.People.Select(p => p.Id)), 5));
        Assert.True(auditor.Chances.MaxDeviation < 0.001);
    }

    [Fact]
    public void A_lottery_that_is_not_proven_is_published_as_such()
    {
        Certificate open = new(LotteryAlgorithms.FindObjective("leximin", null), CertificateStatus.NotProven, Example.Lottery.Certificate.Value, 1, []);
        PanelLottery lottery = PanelLottery.Create(Example.Problem, Example.Lottery.Panels.Select(p => (p.Seats, p.Weight)), Example.Lottery.Uncovered, open);
        using TemporaryFolder folder = new();
        Example.AuditorOf(lottery, 20).Write(folder.Path);
        VerificationReport report = PublicationVerifier.Verify(folder.Path);
        Assert.True(report.IsGenuine);
        Assert.Equal(VerificationOutcome.NotChecked, report.Checks.Single(c => c.Step == VerificationStep.Certificate).Outcome);
        Assert.Equal(VerificationOutcome.NotChecked, report.Checks.Single(c => c.Step == VerificationStep.Claims).Outcome);
        Assert.Contains("\"status\": \"not proven\"", File.ReadAllText(folder["publication.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_false_claim_of_optimality_is_refuted()
    {
        // The weights of two panels exchanged, everything else made to fit.
        (IReadOnlyList<TypeSeats> Seats, long Weight)[] panels = [.. Example.Lottery.Panels.Select(p => (p.Seats, p.Weight))];
        int other = Array.FindIndex(panels, p => p.Weight != panels[0].Weight);
        (panels[0].Weight, panels[other].Weight) = (panels[other].Weight, panels[0].Weight);
        PanelLottery lottery = PanelLottery.Create(Example.Problem, panels, Example.Lottery.Uncovered, Example.Lottery.Certificate);
        using TemporaryFolder folder = new();
        Example.AuditorOf(lottery, 20).Write(folder.Path);
        VerificationCheck check = PublicationVerifier.Verify(folder.Path).Checks.Single(c => c.Step == VerificationStep.Certificate);
        Assert.Equal(VerificationOutcome.Failed, check.Outcome);
        Assert.NotEmpty(check.Faults);
    }

    [Fact]
    public void Salts_are_read_back_and_kept_from_others()
    {
        using TemporaryFolder folder = new();
        SaltFile.Write(folder["salts.csv"], Example.Salts, Example.Public);
        string[] ids = [.. Example.Problem.People.Select(p => p.Id)];
        SaltTable read = SaltFile.Read(folder["salts.csv"], ids);
        Assert.All(ids, id => Assert.Equal(Example.Salts.SaltOf(id), read.SaltOf(id)));
        IReadOnlyDictionary<string, string> idOfTag = SaltFile.ReadIds(folder["salts.csv"]);
        Assert.Equal(Example.Public.People.Select(p => p.Name).Order(StringComparer.Ordinal), idOfTag.Keys.Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["salts.csv"]));
        }

        Assert.NotEqual(SaltTable.Create(["a"]).SaltOf("a"), SaltTable.Create(["a"]).SaltOf("a"));
    }

    [Fact]
    public void Files_of_an_earlier_publication_are_never_replaced()
    {
        using TemporaryFolder folder = new();
        Example.Auditor.Write(folder.Path);
        File.WriteAllText(folder["claim-400.mps"], "old");
        File.WriteAllText(folder["notes.txt"], "mine");
        Example.Draw(Example.Auditor).Write(folder.Path);
        string[] names = folder.Names();
        string[] before = [.. names.Select(folder.Read)];
        FilesExistException refused = Assert.Throws<FilesExistException>(() => Example.Public.Write(folder.Path));
        Assert.Equal(names.Except(["notes.txt"]), refused.Names);
        Assert.Equal(names, folder.Names());
        Assert.Equal(before, names.Select(folder.Read));
        Assert.All(refused.Names, name => File.Delete(folder[name]));
        Example.Public.Write(folder.Path);
        Assert.Equal("mine", File.ReadAllText(folder["notes.txt"]));
        Assert.True(PublicationVerifier.Verify(folder.Path, new VerificationOptions { Root = Example.Public.Root }).IsGenuine);
    }

    private static void AssertGenuine(PublishedLottery lottery)
    {
        using TemporaryFolder folder = new();
        lottery.Write(folder.Path);
        Example.Draw(lottery).Write(folder.Path);
        VerificationReport report = PublicationVerifier.Verify(folder.Path, new VerificationOptions { Root = lottery.Root });
        Assert.All(report.Checks, c => Assert.True(c.Outcome == VerificationOutcome.Passed, $"{lottery.Lottery.Certificate.Objective.Name} {c.Step}: {string.Join(" ", c.Faults)}"));
    }

    private static SelectionProblem Entitled() => new SelectionProblemBuilder(3)
        .Quota("gender", "f", 1, 2)
        .Quota("gender", "m", 1, 2)
        .People(Enumerable.Range(0, 12), new PersonReader<int>
        {
            Id = i => $"x{i}",
            Value = (i, _) => i % 3 == 0 ? "f" : "m",
            Entitlement = i => i < 4 ? 1.5 : 1,
        })
        .Build();

    /// <summary>A pool that only a search of all panels proves, not the prices of constraints.</summary>
    private static SelectionProblem ManyExactQuotas()
    {
        string[] rows = ["nyyy", "yynn", "nnyn", "ynny", "yyyy", "nyny", "ynyy", "yyyn"];
        SelectionProblemBuilder builder = new(5);
        foreach (string feature in (string[])["w", "x", "y", "z"])
        {
            builder.Quota(feature, "y", 3, 3).Quota(feature, "n", 0, 5);
        }

        return builder.People(rows, r => "p" + r, _ => null, r => new Dictionary<string, string> { ["w"] = r[..1], ["x"] = r[1..2], ["y"] = r[2..3], ["z"] = r[3..] }).Build();
    }
}
