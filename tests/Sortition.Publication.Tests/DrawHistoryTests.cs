using Sortition.Core;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>A draw is repeated only where all can see it: the first stays on record with the reason why it does not count, and each record names the one before.</summary>
public sealed class DrawHistoryTests
{
    [Theory]
    [InlineData(Form.Private, DrawMethod.Number)]
    [InlineData(Form.Public, DrawMethod.Text)]
    [InlineData(Form.ClosedPrivate, DrawMethod.Local)]
    [InlineData(Form.Private, DrawMethod.Both)]
    public void An_annulled_draw_stays_on_record_and_nobody_calls_the_next_one_genuine(Form form, DrawMethod method)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(form, method);
        lottery.Write(folder.Path);
        DrawRecord first = Example.Draw(lottery, folder.Path);
        DrawHistory drawn = DrawHistory.Read(folder.Path);
        Assert.Equal(first.ToBytes(), drawn.Current!.ToBytes());
        Assert.Throws<InvalidOperationException>(() => Example.Draw(lottery, folder.Path));
        drawn.Annul(folder.Path, "a ball fell");
        Assert.Null(DrawHistory.Read(folder.Path).Current);
        Assert.Throws<InvalidOperationException>(() => DrawHistory.Read(folder.Path).Annul(folder.Path, "again"));
        VerificationReport annulled = Verifiers.AssertAnswer(Verifiers.NotConfirmed, folder.Path, lottery.Root);
        Assert.Contains("was annulled: a ball fell", Assert.Single(Draw(annulled).Faults), StringComparison.Ordinal);

        DrawRecord second = Example.Draw(lottery, folder.Path);
        Assert.NotNull(second.Follows);
        Assert.Equal(2, DrawHistory.Read(folder.Path).Draws.Count);
        VerificationReport again = Verifiers.AssertAnswer(Verifiers.NotConfirmed, folder.Path, lottery.Root);
        Assert.Contains("was annulled: a ball fell", Assert.Single(Draw(again).Faults), StringComparison.Ordinal);
        DrawHistory.Read(folder.Path).Annul(folder.Path, "another ball fell");
        Example.Draw(lottery, folder.Path);
        Assert.Equal(2, Draw(Verifiers.AssertAnswer(Verifiers.NotConfirmed, folder.Path, lottery.Root)).Faults.Count);
        Assert.Equal(3, DrawHistory.Read(folder.Path).Draws.Count);
    }

    /// <summary>Whoever takes a record out, changes one or puts one in is found out.</summary>
    [Fact]
    public void No_record_of_several_can_be_taken_out_or_changed()
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(Form.Public, DrawMethod.Both);
        lottery.Write(folder.Path);
        Example.Draw(lottery, folder.Path);
        DrawHistory.Read(folder.Path).Annul(folder.Path, "a ball fell");
        Example.Draw(lottery, folder.Path);
        string[] records = [.. folder.Names().Where(PartNames.IsOfDraw)];
        Assert.Equal(["annulment-1.json", "draw-2.json", "draw.json", "urn-2.json", "urn.json"], records);
        foreach (string name in records)
        {
            byte[] content = File.ReadAllBytes(folder[name]);
            File.Delete(folder[name]);

            // The last draw may not have been yet.
            Verifiers.AssertAnswer(name is "draw-2.json" ? Verifiers.NotConfirmed : Verifiers.Wrong, folder.Path, lottery.Root, name);
            foreach ((string what, byte[] changed) in Forger.OfJson(content).Where(f => !f.What.StartsWith("reason", StringComparison.Ordinal)))
            {
                File.WriteAllBytes(folder[name], changed);
                Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path, lottery.Root, $"{name} {what}");
            }

            File.WriteAllBytes(folder[name], content);
        }

        foreach (string name in (string[])["draw-3.json", "urn-3.json", "annulment-3.json", "draw-1.json", "draw-02.json", "urn-0.json", "annulment.json", "annulment-01.json"])
        {
            File.WriteAllText(folder[name], "{}\n");
            Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path, lottery.Root, name);
            File.Delete(folder[name]);
        }

        Verifiers.AssertAnswer(Verifiers.NotConfirmed, folder.Path, lottery.Root);
    }

    [Fact]
    public void The_number_of_an_urn_comes_first_and_counts_with_the_text()
    {
        PublishedLottery lottery = Example.Of(Form.Public, DrawMethod.Both);
        int withoutUrn = DrawProcedure.Draw(Example.Text, lottery.Root, lottery.BallotCount).Ballot;
        for (int urn = 0; urn < lottery.BallotCount; urn++)
        {
            using TemporaryFolder folder = new();
            lottery.Write(folder.Path);
            Assert.Throws<InvalidOperationException>(() => DrawRecord.ByText(lottery, Example.Text, DrawHistory.Read(folder.Path)));
            Assert.Throws<MalformedInputException>(() => DrawRecord.ByNumber(lottery, 7));
            DrawHistory.Read(folder.Path).WriteUrn(folder.Path, lottery, urn);
            Assert.Throws<Sortition.Files.Storage.FilesExistException>(() => DrawHistory.Read(folder.Path).WriteUrn(folder.Path, lottery, 3));
            VerificationReport called = Verifiers.AssertAnswer(Verifiers.Genuine, folder.Path, lottery.Root);
            Assert.Equal(VerificationOutcome.NotChecked, Draw(called).Outcome);
            DrawRecord record = DrawRecord.ByText(lottery, Example.Text, DrawHistory.Read(folder.Path));
            Assert.Equal((withoutUrn + urn) % lottery.BallotCount, record.Ballot);
            record.Write(folder.Path);
            Verifiers.AssertAnswer(Verifiers.Genuine, folder.Path, lottery.Root);
        }
    }

    /// <summary>An urn that was announced for nothing is found.</summary>
    [Fact]
    public void A_number_that_was_not_announced_is_refused()
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(Form.Public, DrawMethod.Text);
        lottery.Write(folder.Path);
        Assert.Throws<InvalidOperationException>(() => DrawHistory.Read(folder.Path).WriteUrn(folder.Path, lottery, 3));
        Assert.True(DrawHistory.Read(folder.Path).IsOf(lottery));
        DrawHistory.Read(folder.Path).WriteUrn(folder.Path, Example.Of(Form.Public, DrawMethod.Both), 3);
        Verifiers.AssertAnswer(Verifiers.Wrong, folder.Path, lottery.Root);

        // Nothing is drawn beside the records of another lottery, for nobody could verify it.
        Assert.False(DrawHistory.Read(folder.Path).IsOf(lottery));
        Assert.Throws<InvalidOperationException>(() => DrawRecord.ByText(lottery, Example.Text, DrawHistory.Read(folder.Path)));
    }

    private static VerificationCheck Draw(VerificationReport report) => report.Checks.Single(c => c.Step == VerificationStep.Draw);
}
