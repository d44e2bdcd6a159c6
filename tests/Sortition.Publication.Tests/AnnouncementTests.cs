using System.Numerics;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>What is announced before a draw binds it: one result has one text, and any other way to decide is refused and found out.</summary>
public sealed class AnnouncementTests
{
    /// <summary>Texts that look like the announced result, or could be meant by it, beside the one way to write it.</summary>
    public static TheoryData<string> OtherSpellings => [.. ContentForgeries.OtherSpellings];

    [Theory]
    [MemberData(nameof(OtherSpellings))]
    public void A_result_has_one_text(string text)
    {
        MalformedInputException refused = Assert.Throws<MalformedInputException>(() => DrawRecord.ByText(Example.Of(Form.Public), text));
        string said = PublicationTexts.English.Describe(Assert.Single(refused.Faults));
        Assert.Contains("expected \"numbers 7 1 36 distinct sorted\"", said, StringComparison.Ordinal);
        Assert.All(said, c => Assert.InRange(c, ' ', '~'));
        AssertFound(Example.Of(Form.Public), Forger.Record(Example.Of(Form.Public), DrawMethod.Text, text));
    }

    [Theory]
    [InlineData(DrawMethod.Number, DrawMethod.Text)]
    [InlineData(DrawMethod.Number, DrawMethod.Local)]
    [InlineData(DrawMethod.Text, DrawMethod.Number)]
    [InlineData(DrawMethod.Text, DrawMethod.Local)]
    [InlineData(DrawMethod.Local, DrawMethod.Number)]
    [InlineData(DrawMethod.Local, DrawMethod.Text)]
    [InlineData(DrawMethod.Both, DrawMethod.Number)]
    [InlineData(DrawMethod.Both, DrawMethod.Local)]
    public void What_was_announced_decides_and_nothing_else(DrawMethod announced, DrawMethod used)
    {
        PublishedLottery lottery = Example.Of(Form.Public, announced);
        Assert.Throws<MalformedInputException>(() => used switch
        {
            DrawMethod.Number => DrawRecord.ByNumber(lottery, 7),
            DrawMethod.Text => DrawRecord.ByText(lottery, Example.Text),
            _ => DrawRecord.Locally(lottery),
        });
        AssertFound(lottery, Forger.Record(lottery, used, used switch
        {
            DrawMethod.Number => null,
            DrawMethod.Local => new string('0', 64),
            _ => Example.Text,
        }));
    }

    [Theory]
    [InlineData("3 7 11 19 24 30 36")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeef")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0")]
    [InlineData("00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF")]
    public void A_machine_makes_64_digits_and_no_other_text(string text)
    {
        PublishedLottery lottery = Example.Of(Form.Public, DrawMethod.Local);
        AssertFound(lottery, Forger.Record(lottery, DrawMethod.Local, text));
    }

    [Theory]
    [InlineData("numbers 7 1 36 distinct sorted", "3 7 11 19 24 30 36")]
    [InlineData("numbers 7 1 36 distinct drawn", "36 3 7 11 19 24 30")]
    [InlineData("numbers 6 0 9 any drawn", "0 9 0 4 4 1")]
    [InlineData("numbers 40 1 6 any sorted", "1 1 1 1 1 1 1 1 1 1 2 2 2 2 2 3 3 3 3 3 3 3 3 4 4 4 5 5 5 5 5 5 5 5 5 6 6 6 6 6")]
    [InlineData("numbers 1 0 999999999 any sorted", "999999999")]
    [InlineData("hex 4", "00ff")]
    [InlineData("hex 1024", null)]
    public void Both_verifiers_know_every_form(string form, string? text)
    {
        PublishedLottery lottery = Example.Publish(Example.Lottery, Example.Ballots, DrawAnnouncement.ByText("somewhere", form)).ToPublic();
        AssertGenuine(lottery, DrawRecord.ByText(lottery, text ?? new string('a', 1024)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("any text")]
    [InlineData("number")]
    [InlineData("numbers 7 1 36 distinct")]
    [InlineData("numbers 7 1 36 distinct sorted ")]
    [InlineData("numbers  7 1 36 distinct sorted")]
    [InlineData("numbers 07 1 36 distinct sorted")]
    [InlineData("Numbers 7 1 36 distinct sorted")]
    [InlineData("numbers 7 1 36 sorted distinct")]
    [InlineData("numbers 0 1 36 any sorted")]
    [InlineData("numbers 41 1 99 any sorted")]
    [InlineData("numbers 7 36 1 any sorted")]
    [InlineData("numbers 7 6 6 any sorted")]
    [InlineData("numbers 7 1 6 distinct sorted")]
    [InlineData("numbers 7 -1 6 any sorted")]
    [InlineData("numbers 7 1 1000000000 any sorted")]
    [InlineData("hex")]
    [InlineData("hex 0")]
    [InlineData("hex 1025")]
    [InlineData("hex 64 64")]
    public void What_is_no_form_is_refused(string form)
    {
        MalformedInputException refused = Assert.Throws<MalformedInputException>(() => DrawAnnouncement.ByText("somewhere", form));
        Assert.Contains("numbers 7 1 36 distinct sorted", PublicationTexts.English.Describe(Assert.Single(refused.Faults)), StringComparison.Ordinal);
    }

    /// <summary>All texts of up to eight digits and spaces are tried, and all results of so many numbers are counted.</summary>
    [Theory]
    [InlineData(1, 0, 3, "any", "drawn")]
    [InlineData(2, 0, 3, "any", "drawn")]
    [InlineData(2, 0, 3, "any", "sorted")]
    [InlineData(2, 1, 3, "distinct", "drawn")]
    [InlineData(2, 1, 3, "distinct", "sorted")]
    [InlineData(3, 0, 2, "any", "sorted")]
    [InlineData(3, 0, 3, "distinct", "sorted")]
    [InlineData(3, 1, 3, "distinct", "drawn")]
    [InlineData(4, 1, 2, "any", "sorted")]
    [InlineData(2, 8, 11, "any", "sorted")]
    [InlineData(2, 8, 11, "distinct", "sorted")]
    public void Texts_are_counted_as_they_are(int count, int min, int max, string repeats, string order)
    {
        TextForm form = TextForm.Read($"numbers {count} {min} {max} {repeats} {order}")!;
        char[] letters = [.. (max > 9 ? "018 9" : "0123 ")];
        int texts = Words(letters, max > 9 ? 5 : 7).Count(text => IsOf(form, text));
        Assert.Equal(texts, form.Possible);

        // A result is a row of numbers; each row of allowed numbers is as likely.
        int[][] rows = [.. Rows(count, min, max).Where(row => repeats == "any" || row.Distinct().Count() == count)];
        int[] ways = [.. rows.GroupBy(row => string.Join(' ', (IEnumerable<int>)(order == "sorted" ? [.. row.Order()] : row))).Select(g => g.Count())];
        Assert.Equal(texts, ways.Length);
        Assert.Equal((BigInteger)rows.Length * rows.Length / ways.Sum(w => w * w), form.EvenAs);
    }

    [Fact]
    public void Hexadecimal_texts_are_counted_as_they_are()
    {
        TextForm form = TextForm.Read("hex 2")!;
        Assert.Equal(256, form.Possible);
        Assert.Equal(256, form.EvenAs);
        Assert.Equal(256, Words([.. "0123456789abcdefABCDEFg -"], 3).Count(text => IsOf(form, text)));
    }

    /// <summary>7 of 36 numbers are 8,347,680 texts: √(1000/8347680) = 0.010945.</summary>
    [Fact]
    public void How_uneven_ballots_are_is_told()
    {
        DrawAnnouncement announcement = Example.Announcement(DrawMethod.Text);
        Assert.Equal(8_347_680, announcement.PossibleTexts);
        Assert.Equal(0.010945, announcement.Unevenness(1000)!.Value, 6);
        Assert.Null(Example.Announcement(DrawMethod.Number).Unevenness(1000));
        Assert.Equal(Math.Pow(2, -128) * Math.Sqrt(1000), DrawAnnouncement.ByText("a beacon", "hex 64").Unevenness(1000)!.Value, 1e-45);
        PublishedLottery lottery = Example.Publish(Example.Lottery, 1000);
        using TemporaryFolder folder = new();
        lottery.Write(folder.Path);
        string finding = PublicationVerifier.Verify(folder.Path).Checks.Single(c => c.Step == VerificationStep.Draw).Finding;
        Assert.EndsWith("which 8347680 texts have, so that a ballot's chance is off by at most 1.1 % on average.", finding, StringComparison.Ordinal);
        Assert.Contains("8347680 texts have, so that a ballot's chance is off by at most 1.09 % on average.", Verifiers.Script(folder.Path).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("numbers 2 1 6 any drawn")]
    [InlineData("numbers 2 1 6 any sorted")]
    [InlineData("numbers 30 1 6 any sorted")]
    [InlineData("numbers 2 1 36 distinct sorted")]
    [InlineData("numbers 6 1 6 distinct sorted")]
    [InlineData("hex 3")]
    public void Too_few_texts_are_refused_with_forms_that_have_enough_and_found_out(string form)
    {
        DrawAnnouncement announcement = DrawAnnouncement.ByText("two dice", form);
        MalformedInputException refused = Assert.Throws<MalformedInputException>(() => Example.Publish(Example.Lottery, Example.Ballots, announcement));
        IReadOnlyList<string> larger = Assert.IsType<IReadOnlyList<string>>(Assert.Single(refused.Faults)["allowed"], exactMatch: false);
        Assert.InRange(larger.Count, 2, 3);
        Assert.All(larger, other => DrawAnnouncement.ByText("more", other).ThrowIfTooFewTexts(Example.Ballots));
        PublishedLottery forged = new(Example.Of(Form.Public).Data with { Announcement = announcement });
        using TemporaryFolder folder = new();
        forged.Write(folder.Path);
        VerificationReport report = Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path);
        Assert.Contains(report.Checks, c => c.Outcome == VerificationOutcome.Failed && c.Faults.Any(f => f.Contains("too few texts for 20 ballots", StringComparison.Ordinal)));
    }

    /// <summary>30 dice in order have C(35, 5) = 324,632 texts, but make ballots as uneven as 13,034 that are equally likely: enough for 13 ballots, too few for 14.</summary>
    [Fact]
    public void Texts_that_are_not_equally_likely_count_for_less()
    {
        DrawAnnouncement dice = DrawAnnouncement.ByText("thirty dice", "numbers 30 1 6 any sorted");
        Assert.Equal(324_632, dice.PossibleTexts);
        dice.ThrowIfTooFewTexts(13);
        Assert.Throws<MalformedInputException>(() => dice.ThrowIfTooFewTexts(14));
        DrawAnnouncement rolled = DrawAnnouncement.ByText("eight dice", "numbers 8 1 6 any drawn");
        rolled.ThrowIfTooFewTexts(1000);
    }

    /// <summary>A publication of the format before this one, with the words "the evening" for an announcement, made by the version that wrote it.</summary>
    [Fact]
    public void The_first_format_is_read_but_its_draws_are_not_confirmed()
    {
        const string Root = "e6eea81c612b6fd584517b51cb75c1337a3c15e8a015f9ff51fd2704fe1d39c2";
        using TemporaryFolder folder = new();
        System.IO.Compression.ZipFile.ExtractToDirectory(TestFiles.PathOf("first-format.zip"), folder.Path);
        VerificationReport report = PublicationVerifier.Verify(folder.Path, new VerificationOptions { Root = Root });
        Assert.False(report.IsWrong, string.Join(' ', report.Checks.SelectMany(c => c.Faults)));
        Assert.False(report.IsGenuine);
        Assert.Contains("no longer written", Assert.Single(report.LeftOpen), StringComparison.Ordinal);
        Assert.Contains("the evening", report.Checks.Single(c => c.Step == VerificationStep.Draw).Finding, StringComparison.Ordinal);
        Assert.All((VerificationStep[])[VerificationStep.Certificate, VerificationStep.Ballots, VerificationStep.Chances], step =>
            Assert.Equal(VerificationOutcome.Passed, report.Checks.Single(c => c.Step == step).Outcome));
        Assert.Throws<MalformedInputException>(() => PublishedLottery.Read(folder.Path));
        string[] lines = File.ReadAllLines(folder["ballots.csv"]);
        foreach ((string text, VerificationOutcome outcome) in ((string, VerificationOutcome)[])[("3 11 19", VerificationOutcome.NotConfirmed), ("3 11 20", VerificationOutcome.Failed)])
        {
            int ballot = DrawProcedure.Draw("3 11 19", Root, lines.Length - 1).Ballot;
            string members = string.Join(',', lines[ballot + 1].Split(',')[1..]);
            File.WriteAllText(folder["draw.json"], $$"""
                {"format":"sortition-draw-record/1","procedure":"sortition-draw/1","root":"{{Root}}","ballots":{{lines.Length - 1}},"method":"text","text":"{{text}}","digests":[],"ballot":"{{ballot:00}}","members":[{{members}}]}
                """);
            Assert.Equal(outcome, PublicationVerifier.Verify(folder.Path, new VerificationOptions { Root = Root }).Checks.Single(c => c.Step == VerificationStep.Draw).Outcome);
        }

        File.WriteAllText(folder["ballots.csv"], File.ReadAllText(folder["ballots.csv"]).Replace("00,", "00,1", StringComparison.Ordinal));
        Assert.True(PublicationVerifier.Verify(folder.Path).IsWrong);
    }

    /// <summary>An announcement in publication.json that lacks something, or has too much, is none.</summary>
    [Theory]
    [InlineData("\"method\": \"text\"", "\"method\": \"number\"")]
    [InlineData("\"method\": \"text\"", "\"method\": \"local\"")]
    [InlineData("\"source\": \"the numbers of the evening\",", "")]
    [InlineData("\"source\": \"the numbers of the evening\"", "\"source\": \" \"")]
    [InlineData("\"form\": \"numbers 7 1 36 distinct sorted\",", "")]
    [InlineData("\"form\": \"numbers 7 1 36 distinct sorted\"", "\"form\": \"any text\"")]
    [InlineData("\"form\": \"numbers 7 1 36 distinct sorted\"", "\"form\": \"numbers 7 1 36 distinct drawn\"")]
    [InlineData("\"possibleTexts\": \"8347680\"", "\"possibleTexts\": \"8347681\"")]
    [InlineData("\"possibleTexts\": \"8347680\"", "\"possibleTexts\": 8347680")]
    [InlineData("sortition-publication/2", "sortition-publication/3")]
    [InlineData("\"method\": \"text\"", "\"method\": \"both\"")]
    public void Both_refuse_an_announcement_that_is_none(string from, string to)
    {
        using TemporaryFolder folder = new();
        Example.Of(Form.Public).Write(folder.Path);
        string original = folder.Read("publication.json");
        Assert.Contains(from, original, StringComparison.Ordinal);
        File.WriteAllText(folder["publication.json"], original.Replace(from, to, StringComparison.Ordinal));
        Forger.FixSums(folder.Path);
        Verifiers.AssertAnswer(to.Contains("both", StringComparison.Ordinal) ? Verifiers.Genuine : Verifiers.Wrong, folder.Path);
    }

    private static void AssertGenuine(PublishedLottery lottery, DrawRecord record)
    {
        using TemporaryFolder folder = new();
        lottery.Write(folder.Path);
        record.Write(folder.Path);
        VerificationReport report = Verifiers.AssertAnswer(Verifiers.Genuine, folder.Path, lottery.Root);
        Assert.Equal(VerificationOutcome.Passed, report.Checks.Single(c => c.Step == VerificationStep.Draw).Outcome);
    }

    /// <summary>Both verifiers fail a draw, whose record fits the root and the ballots in all else.</summary>
    private static void AssertFound(PublishedLottery lottery, DrawRecord record)
    {
        using TemporaryFolder folder = new();
        lottery.Write(folder.Path);
        record.Write(folder.Path);
        (int answer, VerificationReport report, string output) = Verifiers.Answer(folder.Path, lottery.Root);
        Assert.Equal(Verifiers.Wrong, answer);
        VerificationCheck wrong = Assert.Single(report.Checks, c => c.Outcome == VerificationOutcome.Failed);
        Assert.Equal(VerificationStep.Draw, wrong.Step);
        Assert.Contains("\nWRONG  Draw", output, StringComparison.Ordinal);
    }

    private static bool IsOf(TextForm form, string text)
    {
        FaultList faults = new();
        form.Check(text, new FaultLocation("text"), faults);
        return faults.Count == 0;
    }

    private static IEnumerable<string> Words(char[] letters, int longest) =>
        longest == 0 ? [""] : Words(letters, longest - 1).SelectMany(word => word.Length == longest - 1 ? letters.Select(c => word + c).Prepend(word) : [word]);

    private static IEnumerable<int[]> Rows(int count, int min, int max) =>
        count == 0 ? [[]] : Rows(count - 1, min, max).SelectMany(row => Enumerable.Range(min, max - min + 1).Select(n => (int[])[.. row, n]));
}
