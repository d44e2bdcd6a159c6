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
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPrivate)]
    [InlineData(Form.ClosedPublic)]
    public void Reading_and_writing_again_gives_the_same_bytes(Form form)
    {
        PublishedLottery lottery = Example.Of(form);
        using TemporaryFolder folder = new();
        IReadOnlyList<string> names = lottery.Write(folder.Path);
        PublishedLottery read = PublishedLottery.Read(folder.Path);
        Assert.Equal(lottery.Root, read.Root);
        Assert.Equal(names, read.Parts.Files.Select(f => f.Name));
        Assert.Equal(lottery.People.Select(p => (p.Tag, p.Id, p.Type)), read.People.Select(p => (p.Tag, p.Id, p.Type)));
        Assert.Equal(lottery.Ballots, read.Ballots);
        Assert.All(Enumerable.Range(0, lottery.People.Count), i => Assert.Equal(lottery.Ballots?.Count(b => b.Contains(i)), read.BallotsOf(i)));
    }

    /// <summary>One root, with the private part and without, and whatever the culture; the bytes are those of 30 November 2026.</summary>
    [Theory]
    [InlineData(Form.Private, Form.Public, "f8a9a55d35fc4330afff42e7b784e4454d325ab29a9478db1c45002ec903f216")]
    [InlineData(Form.ClosedPrivate, Form.ClosedPublic, "b232fd226142f9374a171c71e2db535184c04869a27977093866e78e2c3111fa")]
    public void The_root_is_one(Form whole, Form part, string root)
    {
        Assert.Equal(root, Example.Of(whole).Root);
        Assert.Equal(root, Example.Of(part).Root);
        Cultures.In("da-DK", () => Assert.Equal(root, Example.Publish(
            Example.Lottery, Example.Ballots, tickets: whole == Form.Private ? TicketForm.Open : TicketForm.Closed).Root));
    }

    [Theory]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPublic)]
    public void What_everybody_gets_says_neither_who_is_who_nor_how_the_ballots_were_numbered(Form form)
    {
        PublishedLottery lottery = Example.Of(form);
        string all = string.Concat(lottery.Parts.Files.Select(f => Encoding.UTF8.GetString(f.Content)));
        Assert.All(Example.Problem.People, p => Assert.DoesNotContain(p.Id, all, StringComparison.Ordinal));
        Assert.All(Example.Problem.People, p => Assert.DoesNotContain(Example.Keys.KeyOf(p.Id), all, StringComparison.Ordinal));
        Assert.DoesNotContain("\"seed\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain("street", all, StringComparison.Ordinal);
        Assert.Null(lottery.Seed);
        Assert.Null(lottery.Keys);
        Assert.All(lottery.People, p => Assert.Null(p.Id));
        Assert.Throws<InvalidOperationException>(() => lottery.ToTable());
    }

    [Fact]
    public void Types_are_told_of_those_only_who_share_them_with_enough_others()
    {
        PublishedLottery published = Example.Of(Form.Public);
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
        Assert.Equal(0, Example.Publish(Example.Lottery, Example.Ballots, smallestGroup: 1).PeopleWithoutType);
        Assert.All(Example.Of(Form.ClosedPublic).People, p => Assert.Null(p.Type));
    }

    [Fact]
    public void Stand_ins_are_as_many_of_each_type_in_the_same_households_as_people()
    {
        PanelLottery real = Example.Lottery;
        PanelLottery standIns = Example.Of(Form.Public).Lottery;
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

    /// <summary>Reading gives the certificate the figures that it was made with, though they are not written.</summary>
    [Theory]
    [MemberData(nameof(Objectives))]
    public void Figures_follow_from_the_claims(string objective)
    {
        PanelLottery lottery = LotteryAlgorithms.Find(objective, 2)!.Solve(Example.Problem).GetLotteryOrThrow();
        using TemporaryFolder folder = new();
        Example.Publish(lottery, 30).Write(folder.Path);
        Certificate read = PublishedLottery.Read(folder.Path).Lottery.Certificate;
        Assert.Equal(lottery.Certificate.Value, read.Value, 1e-12);
        Assert.Equal(lottery.Certificate.Bound, read.Bound, 1e-12);
        Assert.Equal(lottery.Certificate.Claims.Count, read.Claims.Count);
        Assert.All(lottery.Certificate.Claims.Zip(read.Claims), pair =>
        {
            Assert.Equal(pair.First.Value, pair.Second.Value, 1e-12);
            Assert.Equal(pair.First.Bound, pair.Second.Bound, 1e-12);
        });
    }

    public static TheoryData<string> Objectives => [.. new ILotteryAlgorithm[] { new Leximin(), new Maximin(), new Nash(), new Minimax(), new Goldilocks(1), new WeightedLeximin() }.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Lotteries_of_every_objective_verify_in_every_form(string objective)
    {
        ILotteryAlgorithm algorithm = new ILotteryAlgorithm[] { new Leximin(), new Maximin(), new Nash(), new Minimax(), new Goldilocks(1), new WeightedLeximin() }.Single(a => a.Name == objective);
        foreach (SelectionProblem problem in (SelectionProblem[])[Example.Problem, Entitled(), ManyExactQuotas()])
        {
            PanelLottery lottery = algorithm.Solve(problem).GetLotteryOrThrow();
            AssertGenuine(Example.Publish(lottery, 30, smallestGroup: 2));
            AssertGenuine(Example.Publish(lottery, 30, tickets: TicketForm.Closed));
        }
    }

    [Fact]
    public void A_cancelled_token_stops_what_goes_through_all_ballots()
    {
        PublishedLottery auditor = Example.Of(Form.Private);
        CancellationToken cancelled = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() => auditor.ToTable(cancelled));
        PublicationOptions options = new() { Seed = "s" };
        Assert.Throws<OperationCanceledException>(() => PublishedLottery.Create(auditor.Lottery, auditor.ToTable(), options, cancelled));
        using TemporaryFolder folder = new();
        auditor.Write(folder.Path);
        Assert.Throws<OperationCanceledException>(() => DrawHistory.Read(folder.Path, cancelled));
    }

    [Fact]
    public void Texts_that_no_document_can_hold_are_refused()
    {
        PublishedLottery auditor = Example.Of(Form.Private);
        PanelTable ballots = auditor.ToTable();
        Assert.ThrowsAny<ArgumentException>(() => PublishedLottery.Create(auditor.Lottery, ballots, new PublicationOptions { Seed = "\uD800" }));
        Assert.ThrowsAny<ArgumentException>(() => DrawAnnouncement.ByNumber("\uDC00"));
        PanelLottery named = PanelLottery.Create(
            Example.Problem,
            Example.Lottery.Panels.Select(p => (p.Seats, p.Weight)),
            Example.Lottery.Uncovered,
            Example.Lottery.Certificate.Change(objective: Objective.Unknown("f\u00E6rest"), status: CertificateStatus.NotProven));
        Assert.ThrowsAny<ArgumentException>(() => PublishedLottery.Create(named, ballots, new PublicationOptions { Seed = "s" }));
    }

    /// <summary>Names of any kind are written in the one form that Python gives them, and read back by both.</summary>
    [Theory]
    [InlineData("\u0001 \"quoted\" \\ / \u007f\t\n")]
    [InlineData("\U0001F3B2 \u2028 \uE000 \u0378 \u00AD \uFEFF!")]
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0915\u094d\u200d\u0937")]
    [InlineData("=1+1")]
    [InlineData("Kvinde, k\u00F8n & alder; <b>")]
    public void Names_of_any_kind_have_one_form(string name)
    {
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota(name, name, 1, 1)
            .Quota(name, "other", 1, 1)
            .People(Enumerable.Range(0, 6), i => $"{i} {name}", _ => null, i => new Dictionary<string, string> { [name] = i % 2 == 0 ? name : "other" })
            .Build();
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        foreach (TicketForm tickets in Enum.GetValues<TicketForm>())
        {
            AssertGenuine(Example.Publish(lottery, 30, DrawAnnouncement.ByText(name, "hex 64"), tickets));
        }
    }

    /// <summary>Somebody lives with a person who must be in, so that the household limit keeps them out: that is the reason, and both read it.</summary>
    [Fact]
    public void The_household_limit_is_a_reason()
    {
        (string Id, string? Home)[] people = [("a", "street"), ("b", "street"), ("c", null), ("d", null), ("e", "road"), ("f", "road")];
        SelectionProblem problem = new SelectionProblemBuilder(2).HouseholdLimit(1).Feature("f", "v")
            .People(people, p => p.Id, p => p.Home, _ => new Dictionary<string, string> { ["f"] = "v" }).MustBeIn("a").Build();
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        UnselectablePerson uncovered = Assert.Single(lottery.Uncovered);
        Assert.Equal([ConstraintKind.HouseholdLimit, ConstraintKind.MustBeIn], uncovered.Constraints.Select(c => c.Kind).Order());
        foreach (TicketForm tickets in Enum.GetValues<TicketForm>())
        {
            AssertGenuine(Example.Publish(lottery, 30, tickets: tickets, smallestGroup: 1));
        }
    }

    [Theory]
    [InlineData("mass_like_24", 24)]
    [InlineData("albertslund", 36)]
    public void Instances_verify_in_every_form(string instance, int size)
    {
        ProblemFilesOptions options = InstanceFiles.Options(instance, size) with { HouseholdColumns = instance == "albertslund" ? ["adresse", "postnr"] : [] };
        SelectionProblem problem = ProblemFiles.Load(options).Problem;
        PanelLottery lottery = new Leximin().Solve(problem).GetLotteryOrThrow();
        AssertGenuine(Example.Publish(lottery, 1000, smallestGroup: 5));
        AssertGenuine(Example.Publish(lottery, 1000, tickets: TicketForm.Closed));
    }

    [Fact]
    public void A_lottery_that_is_not_proven_is_published_as_such()
    {
        Certificate open = new(LotteryAlgorithms.FindObjective("leximin", null), CertificateStatus.NotProven, Example.Lottery.Certificate.Value, 1, []);
        PanelLottery lottery = PanelLottery.Create(Example.Problem, Example.Lottery.Panels.Select(p => (p.Seats, p.Weight)), Example.Lottery.Uncovered, open);
        using TemporaryFolder folder = new();
        Example.Publish(lottery, 20).Write(folder.Path);
        VerificationReport report = Verifiers.AssertAnswer(Verifiers.Genuine, folder.Path);
        Assert.Equal(VerificationOutcome.NotChecked, report.Checks.Single(c => c.Step == VerificationStep.Certificate).Outcome);
        Assert.Contains("\"status\": \"notProven\"", File.ReadAllText(folder["publication.json"]), StringComparison.Ordinal);
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
        Example.Publish(lottery, 20).Write(folder.Path);
        VerificationCheck check = Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path).Checks.Single(c => c.Step == VerificationStep.Certificate);
        Assert.Equal(VerificationOutcome.Failed, check.Outcome);
        Assert.NotEmpty(check.Faults);
    }

    [Theory]
    [InlineData("leximin", 1e-9, true)]
    [InlineData("leximin", 9.5367431640625e-07, true)]
    [InlineData("weighted-leximin", 1e-12, true)]
    [InlineData("leximin", 1.1e-6, false)]
    [InlineData("leximin", 0, false)]
    [InlineData("maximin", 1e-9, false)]
    public void What_is_within_epsilon_is_said_to_be(string objective, double epsilon, bool isRight)
    {
        PanelLottery best = LotteryAlgorithms.Find(objective)!.Solve(InstanceFiles.Load("mass_like_24", 24).Problem).GetLotteryOrThrow();
        Certificate near = best.Certificate.Change(status: CertificateStatus.EpsilonLeximin, epsilon: epsilon);
        using TemporaryFolder folder = new();
        Example.Publish(PanelLottery.Create(best.Problem, best.Panels.Select(p => (p.Seats, p.Weight)), best.Uncovered, near), 200).Write(folder.Path);
        Verifiers.AssertAnswer(isRight ? Verifiers.Genuine : Verifiers.Wrong, folder.Path);
    }

    [Fact]
    public void Keys_are_written_for_their_owner_only()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<ArgumentException>(() => Example.Keys.Write(folder["keys.csv"], Example.Of(Form.Public)));
        Example.Keys.Write(folder["keys.csv"], Example.Of(Form.Private));
        string[] lines = File.ReadAllLines(folder["keys.csv"]);
        Assert.Equal("id,key,tag,number", lines[0]);
        Assert.Equal(Example.Problem.People.Count, lines.Length - 1);
        foreach (string[] row in lines.Skip(1).Select(line => line.Split(',')))
        {
            string id = row[0].TrimStart('\'');
            Assert.Equal(Example.Keys.KeyOf(id), row[1]);
            Assert.Equal(row[2], Example.Of(Form.Public).People[int.Parse(row[3], System.Globalization.CultureInfo.InvariantCulture) - 1].Tag);
        }

        Assert.Throws<IOException>(() => Example.Keys.Write(folder["keys.csv"], Example.Of(Form.Private)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["keys.csv"]));
        }

        Assert.NotEqual(KeyTable.Create(["a"]).KeyOf("a"), KeyTable.Create(["a"]).KeyOf("a"));
    }

    [Fact]
    public void Files_of_an_earlier_publication_are_never_replaced()
    {
        using TemporaryFolder folder = new();
        Example.Of(Form.Private).Write(folder.Path);
        File.WriteAllText(folder["notes.txt"], "mine");
        Example.Draw(Example.Of(Form.Private), folder.Path);
        string[] names = folder.Names();
        string[] before = [.. names.Select(folder.Read)];
        FilesExistException refused = Assert.Throws<FilesExistException>(() => Example.Of(Form.Public).Write(folder.Path));
        Assert.Equal(names.Except(["notes.txt"]), refused.Names);
        Assert.Equal(names, folder.Names());
        Assert.Equal(before, names.Select(folder.Read));
        Assert.All(refused.Names, name => File.Delete(folder[name]));
        Example.Of(Form.Public).Write(folder.Path);
        Assert.Equal("mine", File.ReadAllText(folder["notes.txt"]));
    }

    /// <summary>The whole and the public part, drawn, pass both verifiers.</summary>
    private static void AssertGenuine(PublishedLottery whole)
    {
        foreach (PublishedLottery lottery in (PublishedLottery[])[whole, whole.ToPublic()])
        {
            using TemporaryFolder folder = new();
            lottery.Write(folder.Path);
            DrawRecord.ByText(whole, whole.Announcement.Form!.StartsWith("hex", StringComparison.Ordinal) ? new string('0', 64) : Example.Text).Write(folder.Path);
            VerificationReport report = Verifiers.AssertAnswer(Example.HonestAnswer(lottery), folder.Path, whole.Root);
            Assert.All(report.Checks, c => Assert.True(
                c.Outcome == VerificationOutcome.Passed || (lottery.Ballots is null && c.Step is VerificationStep.Ballots or VerificationStep.Chances),
                $"{lottery.Lottery.Certificate.Objective.Name} {c.Step}: {string.Join(" ", c.Faults)}"));
        }
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

    /// <summary>A rehearsal that is right in all else: both programs say so in their last line, and call it neither genuine nor wrong.</summary>
    [Theory]
    [InlineData(Form.Private, DrawMethod.Both)]
    [InlineData(Form.Public, DrawMethod.Text)]
    [InlineData(Form.ClosedPrivate, DrawMethod.Number)]
    [InlineData(Form.ClosedPublic, DrawMethod.Local)]
    public void A_rehearsal_is_never_genuine(Form form, DrawMethod method)
    {
        using TemporaryFolder folder = new();
        PublishedLottery rehearsed = Example.Of(form, method, isRehearsal: true);
        PublishedLottery real = Example.Of(form, method);
        Assert.True(rehearsed.IsRehearsal);
        Assert.NotEqual(real.Root, rehearsed.Root);
        rehearsed.Write(folder.Path);
        Example.Draw(rehearsed, folder.Path);
        (int answer, VerificationReport report, string output) = Verifiers.Answer(folder.Path, rehearsed.Root);
        Assert.Equal(Verifiers.NotConfirmed, answer);
        Assert.True(report.IsRehearsal);
        Assert.False(report.IsGenuine);
        Assert.Contains("NOT genuine, but a REHEARSAL", output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        PublishedLottery read = PublishedLottery.Read(folder.Path);
        Assert.True(read.IsRehearsal);
        Assert.Equal(rehearsed.Root, read.Root);

        // A draw of the one is none of the other.
        Assert.Throws<InvalidOperationException>(() => Example.Draw(real, folder.Path));
    }
}
