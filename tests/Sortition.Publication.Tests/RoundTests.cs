using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>A replacement round is published, drawn and verified like any lottery, and says what it leaves to be filled. What is false about that is found, here and by <c>docs/verify.py</c>.</summary>
public class RoundTests
{
    /// <summary>What a forger does to the documents, and what both checks say. The fingerprints are made to fit.</summary>
    public static TheoryData<Form, string, PublishedRound> Forgeries
    {
        get
        {
            PublishedRound real = RoundExample.Of(Form.Public).Round!;
            TheoryData<Form, string, PublishedRound> data = [];
            foreach (Form level in Enum.GetValues<Form>())
            {
                data.Add(level, "If 4 of 6 members stay, 2 seats are open, not 3.", real.Forge(staying: 4));
                data.Add(level, "If 3 of 7 members stay, 4 seats are open, not 3.", real.Forge(panelSize: 7));
                data.Add(level, "gender: those who stay add up to 3, not to 4.", real.Forge(panelSize: 7, staying: 4));
                data.Add(level, "gender: f: 4-4 of the whole panel less 2 who stay is 2-2, not 1-1.", With(0, new(4, 4, 2)));
                data.Add(level, "gender: f: 3-3 of the whole panel less 1 who stay is 2-2, not 1-1.", With(0, new(3, 3, 1)));
                data.Add(level, "gender: f: the whole panel's minimum 4 is above its maximum 3.", With(0, new(4, 3, 2)));
                data.Add(level, "gender: those who stay add up to 4, not to 3.", With(0, new(4, 4, 3)));
                data.Add(level, "gender: f: 4 are said to stay, of 3 in all.", With(0, new(5, 5, 4)));
                data.Add(level, "gender & age: f & old: 3 are said to stay, but of gender: f only 2.", With(4, new(1, 4, 3)));
                data.Add(level, "There are 7 quotas of the whole panel, but only 6 of the open seats.", real.Forge(quotas: [.. real.Quotas, real.Quotas[0], real.Quotas[1]]));
                data.Add(level, "gender & age: f & old: the whole panel has no such quota, and it is none on a household of somebody who stays.", real.Forge(quotas: [.. real.Quotas.Take(4)]));
            }

            return data;

            PublishedRound With(int quota, PublishedRoundQuota forged) => real.Forge(quotas: [.. real.Quotas.Select((q, i) => i == quota ? forged : q)]);
        }
    }

    [Theory]
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPrivate)]
    [InlineData(Form.ClosedPublic)]
    public void A_round_is_read_back_drawn_and_verified_by_both(Form level)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Of(level);
        lottery.Write(folder.Path);
        PublishedLottery read = PublishedLottery.Read(folder.Path);
        Assert.Equal(lottery.Root, read.Root);
        Assert.Equal((6, 3), (read.Round!.PanelSize, read.Round.Staying));
        Assert.Equal([(3, 3, 2), (3, 3, 1), (1, 4, 2), (2, 5, 1), (1, 2, 1)], read.Round.Quotas.Select(q => (q.Min, q.Max, q.Staying)));
        Assert.Equal(read.Round.Quotas.Count + 1, read.Problem.Quotas.Count);
        Example.Draw(lottery, folder.Path, RoundExample.Of(Form.ClosedPrivate));
        (int answer, VerificationReport report, string output) = Verifiers.Answer(folder.Path, lottery.Root);
        Assert.Equal(Example.HonestAnswer(lottery), answer);
        Assert.StartsWith("This lottery fills 3 of 6 seats; 3 members stay.", report.Checks.Single(c => c.Step == VerificationStep.Round).Finding, StringComparison.Ordinal);
        Assert.Equal(Verifiers.ScriptAlone(folder.Path, "--root", lottery.Root), (answer, output));
        Assert.Contains("\nok     Round           This lottery fills 3 of 6 seats; 3 members stay.", output, StringComparison.Ordinal);

        // Whoever drops out or stays is not among the people, nor named anywhere.
        Assert.All((string[])["p00", "p05", "p06", "p07"], id => Assert.All(lottery.Parts.Files, f => Assert.DoesNotContain(id, System.Text.Encoding.UTF8.GetString(f.Content), StringComparison.Ordinal)));
    }

    [Fact]
    public void An_ordinary_lottery_says_nothing_of_a_round()
    {
        using TemporaryFolder folder = new();
        Example.Of(Form.Public).Write(folder.Path);
        Assert.Null(Example.Of(Form.Public).Round);
        Assert.DoesNotContain("round\"", File.ReadAllText(folder["publication.json"]), StringComparison.Ordinal);
        Assert.DoesNotContain(PublicationVerifier.Verify(folder.Path).Checks, c => c.Step == VerificationStep.Round);
    }

    [Fact]
    public void A_round_of_another_problem_is_refused() => Assert.Throws<ArgumentException>(() => PublishedLottery.Create(
        Example.Lottery,
        BallotRounding.Round(Example.Lottery, 5, RandomSource.Seeded("seed")),
        new PublicationOptions { Seed = "seed", Round = RoundExample.Round }));

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void What_does_not_add_up_is_named_by_both(Form level, string fault, PublishedRound forged)
    {
        using TemporaryFolder folder = new();
        new PublishedLottery(Of(level).Data with { Round = forged }).Write(folder.Path);
        (int answer, VerificationReport report, string output) = Verifiers.Answer(folder.Path);
        Assert.Equal(Verifiers.Wrong, answer);
        VerificationCheck check = Assert.Single(report.Checks, c => c.Outcome == VerificationOutcome.Failed);
        Assert.Equal(VerificationStep.Round, check.Step);
        Assert.Contains(fault, check.Faults);
        Assert.Contains("\nWRONG  Round ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPrivate)]
    [InlineData(Form.ClosedPublic)]
    public void No_number_of_a_round_can_be_changed_alone(Form level)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Of(level);
        lottery.Write(folder.Path);
        byte[] document = File.ReadAllBytes(folder["publication.json"]);
        int changes = 0;
        foreach ((string what, byte[] content) in Forger.OfJson(document).Where(f => f.What.StartsWith("round.", StringComparison.Ordinal) || f.What.StartsWith("quotas.", StringComparison.Ordinal)))
        {
            changes++;
            File.WriteAllBytes(folder["publication.json"], content);
            Forger.FixSums(folder.Path);
            Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path, what: what);
        }

        Assert.Equal(2 + (3 * 5) + (2 * 6), changes);
    }

    /// <summary>A section with other members, or put into the document of an ordinary lottery with nobody who stays, is refused.</summary>
    [Theory]
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPrivate)]
    [InlineData(Form.ClosedPublic)]
    public void A_section_of_another_form_is_refused(Form form)
    {
        using TemporaryFolder folder = new();
        RoundExample.Of(form).Write(folder.Path);
        Refuse(text => text.Replace("\"round\"", "\"Round\"", StringComparison.Ordinal));
        Refuse(text => text.Replace("\"staying\": 3,", "\"staying\": 3,\n  \"name\": \"p00\",", StringComparison.Ordinal));
        Clear(folder);
        Example.Of(form).Write(folder.Path);
        Refuse(text => text.Replace(" \"features\"", " \"round\": {\n  \"panelSize\": 4,\n  \"staying\": 0,\n  \"quotas\": []\n },\n \"features\"", StringComparison.Ordinal));

        void Refuse(Func<string, string> forge)
        {
            string path = folder["publication.json"];
            string text = File.ReadAllText(path);
            string forged = forge(text);
            Assert.NotEqual(text, forged);
            File.WriteAllText(path, forged);
            Forger.FixSums(folder.Path);
            Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path);
            File.WriteAllText(path, text);
        }
    }

    /// <summary>Who makes everything fit: no round, an ordinary lottery as a round, a member of another age among those who stay, a minimum that they reach already. Only the root tells.</summary>
    [Theory]
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPrivate)]
    [InlineData(Form.ClosedPublic)]
    public void Who_rewrites_everything_is_caught_by_the_root(Form level)
    {
        PublishedLottery round = Of(level);
        PublishedLottery ordinary = Example.Of(level);
        PublishedRoundQuota[] quotas = [.. round.Round!.Quotas];
        foreach ((PublishedLottery real, PublishedRound? forged) in ((PublishedLottery, PublishedRound?)[])[
            (round, null),
            (ordinary, new PublishedRound(5, 1, [.. ordinary.Problem.Quotas.Select((q, i) => i is 0 or 2 ? new PublishedRoundQuota(q.Min + 1, q.Max + 1, 1) : new PublishedRoundQuota(q.Min, q.Max, 0))])),
            (round, round.Round.Forge(quotas: [quotas[0], quotas[1], new(0, 3, 1), new(3, 6, 2), quotas[4]])),
            (round, round.Round.Forge(quotas: [quotas[0], quotas[1], new(2, 4, 2), quotas[3], quotas[4]]))])
        {
            using TemporaryFolder folder = new();
            new PublishedLottery(real.Data with { Round = forged }).Write(folder.Path);
            Verifiers.AssertAnswer(Example.HonestAnswer(real), folder.Path);
            VerificationCheck wrong = Assert.Single(Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path, real.Root).Checks, c => c.Outcome == VerificationOutcome.Failed);
            Assert.Equal(VerificationStep.Fingerprints, wrong.Step);
        }
    }

    private static PublishedLottery Of(Form form) => RoundExample.Of(form);

    /// <summary>Forgers make room; the library never does.</summary>
    private static void Clear(TemporaryFolder folder) => Array.ForEach(Directory.GetFiles(folder.Path), File.Delete);
}
