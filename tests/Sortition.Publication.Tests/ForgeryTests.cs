using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>Every value of every file is changed in turn, in every form of a publication. No change passes either verifier, save where nobody could know.</summary>
public class ForgeryTests
{
    /// <summary>
    /// What a publication says on its own word, so that only the root tells a change of it: nothing else in the files follows from it. So it is with quotas that bind nothing: with others
    /// in their place the same lottery is the best; and with a claim that is another proof of the same.
    /// </summary>
    private static readonly string[] s_free = ["publication.json draw.source", "publication.json quotas.m", "publication.json claims.", "private.json seed"];

    public static TheoryData<Form, string> Files
    {
        get
        {
            TheoryData<Form, string> data = [];
            foreach (Form form in Enum.GetValues<Form>())
            {
                foreach (string name in Example.Of(form).Parts.Files.Select(f => f.Name))
                {
                    data.Add(form, name);
                }
            }

            return data;
        }
    }

    /// <summary>Every form with every way to draw.</summary>
    public static TheoryData<Form, DrawMethod> FormsAndMethods
    {
        get
        {
            TheoryData<Form, DrawMethod> data = [];
            foreach (Form form in Enum.GetValues<Form>())
            {
                foreach (DrawMethod method in Enum.GetValues<DrawMethod>())
                {
                    data.Add(form, method);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FormsAndMethods))]
    public void What_is_genuine_passes(Form form, DrawMethod method)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(form, method);
        lottery.Write(folder.Path);
        Verifiers.AssertAnswer(Example.HonestAnswer(lottery), folder.Path, lottery.Root);
        DrawRecord record = Example.Draw(lottery, folder.Path);
        VerificationReport report = Verifiers.AssertAnswer(Example.HonestAnswer(lottery), folder.Path, lottery.Root);
        Assert.Equal(lottery.Root, report.Root);
        Assert.Equal(VerificationOutcome.Passed, report.Checks.Single(c => c.Step == VerificationStep.Draw).Outcome);
        Assert.Equal(Example.Of(Form.Private, method).Ballots![record.Ballot], record.Members);
        if (lottery.HasPrivatePart)
        {
            VerificationReport redone = PublicationVerifier.Verify(folder.Path, new VerificationOptions { RedoRounding = true });
            Assert.All(redone.Checks, c => Assert.True(c.Outcome == VerificationOutcome.Passed, string.Join(" ", c.Faults)));
        }
    }

    /// <summary>Whom the organiser put in or out, or gave more, no check can judge; so both say how many.</summary>
    [Theory]
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPublic)]
    public void What_was_decided_beforehand_is_said(Form form)
    {
        using TemporaryFolder folder = new();
        Example.Of(form).Write(folder.Path);
        (_, VerificationReport report, string output) = Verifiers.Answer(folder.Path);
        const string Said = " Decided beforehand: 1 must be in, 1 must be out, 0 count more or less than others.";
        Assert.EndsWith(Said, report.Checks.Single(c => c.Step == VerificationStep.Form).Finding, StringComparison.Ordinal);
        Assert.Contains(Said + "\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Files))]
    public void No_change_passes(Form form, string name)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(form);
        lottery.Write(folder.Path);
        byte[] original = File.ReadAllBytes(folder[name]);
        int changes = 0;
        foreach ((string what, byte[] content) in name.EndsWith(".json", StringComparison.Ordinal) ? Forger.OfJson(original) : Forger.OfTable(original))
        {
            changes++;
            string forgery = $"{name} {what}";
            File.WriteAllBytes(folder[name], content);

            // As it is: a fingerprint is wrong, or the root.
            VerificationCheck crude = PublicationVerifier.CheckFingerprints(folder.Path, lottery, lottery.Root);
            Assert.True(crude is { Step: VerificationStep.Fingerprints, Outcome: VerificationOutcome.Failed, Faults.Count: > 0 }, forgery);
            if (name == "SHA256SUMS")
            {
                Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path, lottery.Root, forgery);
                continue;
            }

            // Covered up: the root is another one, and all but a publication's own words contradict something.
            Forger.FixSums(folder.Path);
            (int answer, VerificationReport patient, _) = Verifiers.Answer(folder.Path, what: forgery);
            Assert.NotEqual(lottery.Root, patient.Root);
            bool isUnknowable = s_free.Any(f => forgery.StartsWith(f, StringComparison.Ordinal)) || IsUnknowable(form, forgery);
            Assert.True(answer is Verifiers.Wrong or Verifiers.NotConfirmed || (answer == Verifiers.NotChecked && what.StartsWith("objective:", StringComparison.Ordinal)) || (isUnknowable && answer == Example.HonestAnswer(lottery)), $"{forgery}: {answer}");
            Assert.All(patient.Checks, c => Assert.Equal(c.Outcome is VerificationOutcome.Failed or VerificationOutcome.NotConfirmed, c.Faults.Count > 0));
            File.WriteAllBytes(folder["SHA256SUMS"], lottery.Parts.Files[^1].Content);
        }

        Assert.True(changes > 5);
    }

    [Theory]
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPrivate)]
    [InlineData(Form.ClosedPublic)]
    public void A_file_too_few_is_named_and_other_files_are_left_alone(Form form)
    {
        PublishedLottery lottery = Example.Of(form);
        foreach (string name in lottery.Parts.Files.Select(f => f.Name))
        {
            using TemporaryFolder folder = new();
            lottery.Write(folder.Path);
            File.Delete(folder[name]);
            (int answer, VerificationReport report, _) = Verifiers.Answer(folder.Path);
            Assert.Equal(name == "private.json" ? Example.HonestAnswer(lottery.ToPublic()) : Verifiers.Wrong, answer);
            Assert.True(name == "private.json" || report.Checks[0].Faults.Any(f => f.Contains(name, StringComparison.Ordinal)));
        }

        using TemporaryFolder more = new();
        lottery.Write(more.Path);
        File.WriteAllText(more["report.html"], "not part of it");
        Verifiers.AssertAnswer(Example.HonestAnswer(lottery), more.Path, lottery.Root);
    }

    [Theory]
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    public void Nonsense_that_is_well_formed_is_refused_without_an_exception(Form form)
    {
        // Everybody listed as being on no panel, with a certificate that claims nothing.
        PublicationData data = Example.Of(form).Data;
        PanelLottery real = data.Lottery;
        Certificate open = new(LotteryAlgorithms.FindObjective("leximin", null), CertificateStatus.NotProven, 0, 1, []);
        PanelLottery lottery = PanelLottery.Create(
            real.Problem, real.Panels.Select(p => (p.Seats, p.Weight)), [.. Enumerable.Range(0, real.Problem.People.Count).Select(i => new UnselectablePerson(i, []))], open);
        using TemporaryFolder folder = new();
        new PublishedLottery(data with { Lottery = lottery }).Write(folder.Path);
        Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path);
    }

    [Fact]
    public void Paths_in_the_list_of_fingerprints_are_not_followed()
    {
        using TemporaryFolder folder = new();
        Example.Of(Form.Public).Write(folder.Path);
        string secret = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(secret, "secret");
        try
        {
            string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("secret"u8));
            File.AppendAllText(folder["SHA256SUMS"], $"{hash}  ../{Path.GetFileName(secret)}\n");
            VerificationReport report = Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path);
            Assert.Contains("SHA256SUMS does not list the files of a published lottery in its one form.", report.Checks[0].Faults);
        }
        finally
        {
            File.Delete(secret);
        }
    }

    /// <summary>The patient forger makes everything anew and consistent, with the ballots in another order. Only the root tells.</summary>
    [Theory]
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPrivate)]
    [InlineData(Form.ClosedPublic)]
    public void Who_rewrites_everything_is_caught_by_the_root(Form form)
    {
        PanelTable honest = BallotRounding.Round(Example.Lottery, Example.Ballots, RandomSource.Seeded("seed"));
        PanelTable forged = PanelTable.FromBallots(Example.Problem, honest.Rows.Reverse().Select(r => r.Panel.Ids));
        TicketForm tickets = form is Form.ClosedPrivate or Form.ClosedPublic ? TicketForm.Closed : TicketForm.Open;
        PublishedLottery whole = Example.Publish(Example.Lottery, forged, tickets: tickets);
        PublishedLottery lottery = whole.In(form);
        using TemporaryFolder folder = new();
        lottery.Write(folder.Path);
        Example.Draw(lottery, folder.Path, whole);
        Verifiers.AssertAnswer(Example.HonestAnswer(lottery), folder.Path);
        VerificationReport report = Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path, Example.Of(form).Root);
        VerificationCheck wrong = Assert.Single(report.Checks, c => c.Outcome == VerificationOutcome.Failed);
        Assert.Equal(VerificationStep.Fingerprints, wrong.Step);
        Assert.Contains("as announced: these are not the files that were published", Assert.Single(wrong.Faults), StringComparison.Ordinal);
        if (lottery.HasPrivatePart)
        {
            VerificationReport redone = PublicationVerifier.Verify(folder.Path, new VerificationOptions { RedoRounding = true });
            Assert.Equal(VerificationOutcome.NotConfirmed, redone.Checks.Single(c => c.Step == VerificationStep.Rounding).Outcome);
            Assert.False(redone.IsGenuine);
        }
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(FormsAndMethods))]
    public void No_change_of_a_draw_passes(Form form, DrawMethod method)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(form, method);
        lottery.Write(folder.Path);
        Example.Draw(lottery, folder.Path);
        foreach (string name in method == DrawMethod.Both ? (string[])["draw.json", "urn.json"] : ["draw.json"])
        {
            byte[] original = File.ReadAllBytes(folder[name]);
            foreach ((string what, byte[] content) in Forger.OfJson(original).Concat(Forger.OfTable(original)))
            {
                File.WriteAllBytes(folder[name], content);
                VerificationReport report = Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path, lottery.Root, what);
                Assert.Equal(VerificationStep.Draw, Assert.Single(report.Checks, c => c.Outcome == VerificationOutcome.Failed).Step);
            }

            File.WriteAllBytes(folder[name], original);
        }
    }

    [Fact]
    public void A_draw_from_another_lottery_is_caught()
    {
        using TemporaryFolder folder = new();
        Example.Of(Form.Private, DrawMethod.Number).Write(folder.Path);
        DrawRecord.ByText(Example.Of(Form.Public), Example.Text).Write(folder.Path);
        VerificationCheck check = Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path).Checks.Single(c => c.Step == VerificationStep.Draw);
        Assert.Contains(check.Faults, f => f.Contains("not from this one", StringComparison.Ordinal));
    }

    /// <summary>Where every line was given another end on its way, that is said, and nothing of what follows from it.</summary>
    [Fact]
    public void Files_that_were_converted_are_said_to_be_that()
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(Form.Public);
        lottery.Write(folder.Path);
        foreach (string name in lottery.Parts.Files.Select(f => f.Name))
        {
            File.WriteAllText(folder[name], File.ReadAllText(folder[name]).Replace("\n", "\r\n", StringComparison.Ordinal));
        }

        VerificationReport report = Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path);
        Assert.Contains($"With LF the root is {lottery.Root}.", Assert.Single(report.Checks[0].Faults), StringComparison.Ordinal);
    }

    /// <summary>Without the private part nobody can tell whose tag is whose, what a closed ticket holds, nor who of those whose type is not told should be on a ballot.</summary>
    private static bool IsUnknowable(Form form, string forgery) =>
        (form is Form.Public && (forgery.StartsWith("people.csv cell 1 of line", StringComparison.Ordinal) || forgery.StartsWith("ballots.csv cell", StringComparison.Ordinal)))
        || (form is Form.ClosedPublic && (forgery.StartsWith("ballots.csv cell", StringComparison.Ordinal) || forgery.StartsWith("people.csv cell", StringComparison.Ordinal)));
}
