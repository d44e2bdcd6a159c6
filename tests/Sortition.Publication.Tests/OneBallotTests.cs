using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>
/// Where somebody is one ballot or more from the ideal, neither checker calls a lottery genuine, at neither level. Everything else in these folders is consistent, made by the library itself.
/// </summary>
public class OneBallotTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Ballots_that_are_all_one_panel_are_not_confirmed(int smallestGroup) =>
        AssertNotConfirmed(Example.Lottery, [.. Honest().Select(_ => Honest()[0])], smallestGroup);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Ballots_half_of_which_are_one_panel_are_not_confirmed(int smallestGroup) =>
        AssertNotConfirmed(Example.Lottery, [.. Honest().Select((ballot, b) => b % 2 == 0 ? Honest()[0] : ballot)], smallestGroup);

    [Fact]
    public void A_friend_on_two_ballots_more_is_not_confirmed()
    {
        IReadOnlyList<string>[] ballots = Honest();
        const string Friend = "p02";
        PersonType type = Example.Lottery.Types.Single(t => t.Members.Contains(Example.Problem.IndexOf(Friend)));
        int favours = 0;
        for (int b = 0; b < ballots.Length && favours < 2; b++)
        {
            string? leaves = ballots[b].Contains(Friend) ? null : ballots[b].FirstOrDefault(id => type.Members.Contains(Example.Problem.IndexOf(id)));
            if (leaves is not null)
            {
                favours++;
                ballots[b] = [.. ballots[b].Select(id => id == leaves ? Friend : id)];
            }
        }

        Assert.Equal(2, favours);
        AssertNotConfirmed(Example.Lottery, ballots, smallestGroup: 1);
    }

    /// <summary>Six people, one for each two of four panels: each is on half of the panels. Of M ballots each should be on M/2 just, and with M = 2 or 6 somebody is one off, whatever is done.</summary>
    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public void An_honest_lottery_is_not_confirmed_where_one_ballot_cannot_be_avoided(int ballots, bool isGenuine)
    {
        PanelLottery lottery = new Leximin().Solve(Stars()).GetLotteryOrThrow();
        Assert.Equal(4, lottery.Panels.Count);
        int answer = isGenuine ? Verifiers.Genuine : Verifiers.NotConfirmed;
        foreach (PublishedLottery whole in (PublishedLottery[])[
            Example.Publish(lottery, ballots, smallestGroup: 1), Example.Publish(lottery, ballots, smallestGroup: 5), Example.Publish(lottery, ballots, tickets: TicketForm.Closed)])
        {
            foreach (PublishedLottery form in whole.HasOpenTickets ? (PublishedLottery[])[whole, whole.ToPublic()] : [whole])
            {
                using TemporaryFolder folder = new();
                form.Write(folder.Path);
                Verifiers.AssertAnswer(answer, folder.Path);
                Assert.Equal(answer, Verifiers.ScriptAlone(folder.Path).ExitCode);
            }
        }
    }

    private static IReadOnlyList<string>[] Honest() =>
        [.. BallotRounding.Round(Example.Lottery, Example.Ballots, RandomSource.Seeded("seed")).Rows.Select(r => (IReadOnlyList<string>)[.. r.Panel.Ids])];

    private static void AssertNotConfirmed(PanelLottery lottery, IReadOnlyList<string>[] ballots, int smallestGroup)
    {
        PanelTable table = PanelTable.FromBallots(lottery.Problem, ballots);
        PublishedLottery open = Example.Publish(lottery, table, Example.Announcement(DrawMethod.Number), smallestGroup: smallestGroup);
        PublishedLottery closed = Example.Publish(lottery, table, Example.Announcement(DrawMethod.Number), TicketForm.Closed);
        foreach (PublishedLottery form in (PublishedLottery[])[open, open.ToPublic(), closed])
        {
            using TemporaryFolder folder = new();
            form.Write(folder.Path);
            DrawRecord.ByNumber(form, 7).Write(folder.Path);
            (int answer, VerificationReport report, string output) = Verifiers.Answer(folder.Path, form.Root);
            Assert.Equal(Verifiers.NotConfirmed, answer);
            VerificationCheck chances = report.Checks.Single(c => c.Step == VerificationStep.Chances);
            Assert.Equal(VerificationOutcome.NotConfirmed, chances.Outcome);
            Assert.Matches("; but [0-9]+ people are one ballot or more from the ideal, by [0-9.]+ to [0-9.]+", chances.Finding);
            Assert.NotEmpty(chances.Faults);
            Assert.All(report.Checks.Where(c => c.Step != VerificationStep.Chances), c => Assert.Equal(VerificationOutcome.Passed, c.Outcome));
            Assert.Contains("NOT CONFIRMED", output, StringComparison.Ordinal);
            Assert.Contains("\n?      Chances         " + chances.Finding, output, StringComparison.Ordinal);
            Assert.All(chances.Faults, fault => Assert.Contains("- " + fault + "\n", output, StringComparison.Ordinal));
            if (form.HasPrivatePart)
            {
                VerificationReport redone = PublicationVerifier.Verify(folder.Path, new VerificationOptions { RedoRounding = true });
                Assert.Equal(VerificationOutcome.NotConfirmed, redone.Checks.Single(c => c.Step == VerificationStep.Rounding).Outcome);
            }
        }
    }

    /// <summary>The people are the pairs of 1, 2, 3 and 4. Of two pairs without a number in common one sits, and each number is there: so the panels are the three pairs with a number.</summary>
    private static SelectionProblem Stars()
    {
        string[] pairs = ["12", "34", "13", "24", "14", "23"];
        SelectionProblemBuilder builder = new SelectionProblemBuilder(3).Quota("halves", "0", 1, 1).Quota("halves", "1", 1, 1).Quota("halves", "2", 1, 1);
        foreach (string number in (string[])["1", "2", "3", "4"])
        {
            builder.Quota(number, "yes", 1, 3).Quota(number, "no", 0, 3);
        }

        return builder.People(pairs, new PersonReader<string>
        {
            Id = pair => pair,
            Value = (pair, feature) => feature == "halves" ? FormattableString.Invariant($"{Array.IndexOf(pairs, pair) / 2}") : pair.Contains(feature, StringComparison.Ordinal) ? "yes" : "no",
        }).Build();
    }
}
