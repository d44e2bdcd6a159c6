using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>Every field of every file is changed in turn. No change passes, and what is wrong is named.</summary>
public class ForgeryTests
{
    /// <summary>What a publication says on its own word, so that only the root tells a change of it: nothing else in the files follows from it.</summary>
    private static readonly string[] Free =
    [
        "publication.json softwareVersion", "publication.json rounding.seed", "publication.json draw.source", "publication.json public.auditorRoot", "lottery.json claims.confirmedBy",
    ];

    /// <summary>The files that are long, those for other solvers and the tables of people, types and ballots; or all others.</summary>
    public static TheoryData<PublicationLevel, string> Files(bool areLong)
    {
        TheoryData<PublicationLevel, string> data = [];
        foreach (PublicationLevel level in Enum.GetValues<PublicationLevel>())
        {
            foreach (string name in Of(level).Parts.Files.Select(f => f.Name).Where(n => IsLong(n) == areLong))
            {
                data.Add(level, name);
            }
        }

        return data;

        static bool IsLong(string name) => name.EndsWith(".mps", StringComparison.Ordinal) || name is "people.csv" or "types.csv" or "ballots.csv";
    }

    [Theory]
    [InlineData(PublicationLevel.Auditor)]
    [InlineData(PublicationLevel.Public)]
    public void What_is_genuine_passes(PublicationLevel level)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Of(level);
        lottery.Write(folder.Path);
        Example.Draw(lottery).Write(folder.Path);
        VerificationReport report = PublicationVerifier.Verify(folder.Path, new VerificationOptions { Root = lottery.Root, RedoRounding = level == PublicationLevel.Auditor });
        Assert.All(report.Checks, c => Assert.True(c.Outcome == VerificationOutcome.Passed, string.Join(" ", c.Faults)));
        Assert.Equal(level, report.Level);
        Assert.Equal(lottery.Root, report.Root);
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Files), true)]
    public void No_change_of_a_long_file_passes(PublicationLevel level, string name) => No_change_passes(level, name);

    [Theory]
    [MemberData(nameof(Files), false)]
    public void No_change_passes(PublicationLevel level, string name)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Of(level);
        lottery.Write(folder.Path);
        byte[] original = File.ReadAllBytes(folder[name]);
        int changes = 0;
        foreach ((string what, byte[] content) in name.EndsWith(".json", StringComparison.Ordinal) ? Forger.OfJson(original) : Forger.OfTable(original))
        {
            changes++;
            string forgery = $"{name} {what}";
            File.WriteAllBytes(folder[name], content);

            // As it is: the fingerprint is wrong.
            VerificationCheck crude = PublicationVerifier.CheckFingerprints(folder.Path, lottery, null);
            Assert.True(crude is { Step: VerificationStep.Fingerprints, Outcome: VerificationOutcome.Failed, Faults.Count: > 0 }, forgery);
            if (name == "SHA256SUMS")
            {
                continue;
            }

            // Covered up: the root is another one, and all but a publication's own words contradict something.
            Forger.FixSums(folder.Path);
            VerificationReport patient = PublicationVerifier.Verify(folder.Path);
            Assert.NotEqual(lottery.Root, patient.Root);
            Assert.True(!patient.IsGenuine || Free.Any(f => forgery.StartsWith(f, StringComparison.Ordinal)) || IsUnknowable(level, forgery), forgery);
            Assert.All(patient.Checks, c => Assert.Equal(c.Outcome is VerificationOutcome.Failed or VerificationOutcome.NotConfirmed, c.Faults.Count > 0));
            Assert.Equal(VerificationOutcome.Failed, PublicationVerifier.CheckFingerprints(folder.Path, lottery, lottery.Root).Outcome);
            File.WriteAllBytes(folder["SHA256SUMS"], lottery.Parts.Files[^1].Content);
        }

        Assert.True(changes > 5);
    }

    [Theory]
    [InlineData(PublicationLevel.Auditor)]
    [InlineData(PublicationLevel.Public)]
    public void A_file_too_many_or_too_few_is_named(PublicationLevel level)
    {
        PublishedLottery lottery = Of(level);
        foreach (string name in lottery.Parts.Files.Select(f => f.Name))
        {
            using TemporaryFolder folder = new();
            lottery.Write(folder.Path);
            File.Delete(folder[name]);
            Assert.Contains(PublicationVerifier.Verify(folder.Path).Checks[0].Faults, f => f.Contains(name, StringComparison.Ordinal));
            Forger.FixSums(folder.Path);
            Assert.Equal(name == "SHA256SUMS", PublicationVerifier.Verify(folder.Path).IsGenuine);
        }

        using TemporaryFolder more = new();
        lottery.Write(more.Path);
        File.WriteAllText(more["claim-999.mps"], "x");
        Assert.Contains("claim-999.mps is not listed in SHA256SUMS.", PublicationVerifier.Verify(more.Path).Checks[0].Faults);
        Forger.FixSums(more.Path);
        Assert.False(PublicationVerifier.Verify(more.Path).IsGenuine);
        File.Delete(more["claim-999.mps"]);
        Forger.FixSums(more.Path);
        File.WriteAllText(more["report.html"], "not part of it");
        Assert.True(PublicationVerifier.Verify(more.Path).IsGenuine);
    }

    [Theory]
    [InlineData(PublicationLevel.Auditor)]
    [InlineData(PublicationLevel.Public)]
    public void Nonsense_that_is_well_formed_is_refused_without_an_exception(PublicationLevel level)
    {
        // Everybody listed as being on no panel, with a certificate that claims nothing.
        PanelLottery real = Of(level).Lottery;
        Certificate open = new(LotteryAlgorithms.FindObjective("leximin", null), CertificateStatus.NotProven, 0, 1, []);
        PanelLottery lottery = PanelLottery.Create(
            real.Problem, real.Panels.Select(p => (p.Seats, p.Weight)), [.. Enumerable.Range(0, real.Problem.People.Count).Select(i => new UnselectablePerson(i, []))], open);
        PublicationData data = Of(level).Data with { Lottery = lottery };
        using TemporaryFolder folder = new();
        new PublishedLottery(data).Write(folder.Path);
        Assert.False(PublicationVerifier.Verify(folder.Path).IsGenuine);
    }

    [Fact]
    public void Paths_in_the_list_of_fingerprints_are_not_followed()
    {
        using TemporaryFolder folder = new();
        Example.Public.Write(folder.Path);
        string secret = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(secret, "secret");
        try
        {
            string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("secret"u8));
            File.AppendAllText(folder["SHA256SUMS"], $"{hash}  ../{Path.GetFileName(secret)}\n");
            Assert.Contains(PublicationVerifier.Verify(folder.Path).Checks[0].Faults, f => f.Contains("not the name of a file", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(secret);
        }
    }

    /// <summary>The patient forger makes everything anew and consistent, with two people exchanged on some ballots. Only the root tells.</summary>
    [Theory]
    [InlineData(PublicationLevel.Auditor)]
    [InlineData(PublicationLevel.Public)]
    public void Who_rewrites_everything_is_caught_by_the_root(PublicationLevel level)
    {
        PanelTable honest = BallotRounding.Round(Example.Lottery, Example.Ballots, RandomSource.Seeded("seed"));
        PanelTable forged = PanelTable.FromBallots(Example.Problem, honest.Rows.Reverse().Select(r => r.Panel.Ids));
        PublishedLottery auditor = PublishedLottery.Create(Example.Lottery, forged, new PublicationOptions { SoftwareVersion = "1.2.3", Seed = "seed", Announcement = Example.Announcement(DrawMethod.Number) });
        PublishedLottery lottery = level == PublicationLevel.Auditor ? auditor : auditor.ToPublic(Example.Salts, 3);
        using TemporaryFolder folder = new();
        lottery.Write(folder.Path);
        Example.Draw(lottery).Write(folder.Path);
        Assert.True(PublicationVerifier.Verify(folder.Path).IsGenuine);

        VerificationReport report = PublicationVerifier.Verify(folder.Path, new VerificationOptions { Root = Of(level).Root });
        VerificationCheck wrong = Assert.Single(report.Checks, c => c.Outcome == VerificationOutcome.Failed);
        Assert.Equal(VerificationStep.Fingerprints, wrong.Step);
        Assert.Contains("as announced: these are not the files that were published", Assert.Single(wrong.Faults), StringComparison.Ordinal);
        if (level == PublicationLevel.Auditor)
        {
            VerificationReport redone = PublicationVerifier.Verify(folder.Path, new VerificationOptions { RedoRounding = true });
            Assert.Equal(VerificationOutcome.NotConfirmed, redone.Checks.Single(c => c.Step == VerificationStep.Rounding).Outcome);
            Assert.False(redone.IsGenuine);
        }
        else
        {
            using TemporaryFolder other = new();
            Example.Auditor.Write(other.Path);
            Assert.False(PublicationVerifier.Verify(folder.Path, new VerificationOptions { Auditor = other.Path, Salts = Example.Salts }).IsGenuine);
        }
    }

    [Theory]
    [InlineData(DrawMethod.Number)]
    [InlineData(DrawMethod.Text)]
    [InlineData(DrawMethod.Local)]
    public void No_change_of_a_draw_passes(DrawMethod method)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(PublicationLevel.Public, method);
        lottery.Write(folder.Path);
        Example.Draw(lottery).Write(folder.Path);
        Assert.True(PublicationVerifier.Verify(folder.Path).IsGenuine);
        byte[] original = File.ReadAllBytes(folder["draw.json"]);
        foreach ((string what, byte[] content) in Forger.OfJson(original).Concat(Forger.OfTable(original)))
        {
            File.WriteAllBytes(folder["draw.json"], content);
            VerificationReport report = PublicationVerifier.Verify(folder.Path);
            Assert.True(report.Checks.Any(c => c is { Step: VerificationStep.Draw, Outcome: VerificationOutcome.Failed, Faults.Count: > 0 }), what);
        }
    }

    [Fact]
    public void A_draw_from_another_lottery_is_caught()
    {
        using TemporaryFolder folder = new();
        Example.Auditor.Write(folder.Path);
        Example.Draw(Example.Public).Write(folder.Path);
        VerificationCheck check = PublicationVerifier.Verify(folder.Path).Checks.Single(c => c.Step == VerificationStep.Draw);
        Assert.Equal(VerificationOutcome.Failed, check.Outcome);
        Assert.Contains(check.Faults, f => f.Contains("not from this one", StringComparison.Ordinal));
    }

    /// <summary>
    /// At the public level nobody can tell whose tag is whose without the salts, nor how far people are from their ideal whose type is not told, so that a larger distance than true cannot
    /// be refuted.
    /// </summary>
    private static bool IsUnknowable(PublicationLevel level, string forgery) =>
        level == PublicationLevel.Public
        && (forgery.StartsWith("people.csv cell 2 ", StringComparison.Ordinal)
            || forgery.StartsWith("publication.json chances.largestDistance", StringComparison.Ordinal)
            || forgery.StartsWith("publication.json chances.typicalDistance", StringComparison.Ordinal));

    private static PublishedLottery Of(PublicationLevel level) => Example.Of(level);
}
