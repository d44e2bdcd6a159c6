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
        PublishedLottery auditor = Example.AuditorOf(lottery, ballots);
        foreach (PublishedLottery form in (PublishedLottery[])[auditor, auditor.ToPublic(SaltTable.Create(lottery.Problem.People.Select(p => p.Id)), 1), auditor.ToPublic(SaltTable.Create(lottery.Problem.People.Select(p => p.Id)), 5)])
        {
            using TemporaryFolder folder = new();
            form.Write(folder.Path);
            Assert.Equal(isGenuine, PublicationVerifier.Verify(folder.Path).IsGenuine);
            Assert.Equal(isGenuine ? 0 : 5, IndependentScriptTests.Run(folder.Path).ExitCode);
            if (form == auditor)
            {
                Assert.Equal(isGenuine ? 0 : 5, IndependentScriptTests.RunAlone(folder.Path).ExitCode);
            }
        }
    }

    private static IReadOnlyList<string>[] Honest() =>
        [.. BallotRounding.Round(Example.Lottery, Example.Ballots, RandomSource.Seeded("seed")).Rows.Select(r => (IReadOnlyList<string>)[.. r.Panel.Ids])];

    private static void AssertNotConfirmed(PanelLottery lottery, IReadOnlyList<string>[] ballots, int smallestGroup)
    {
        PublishedLottery auditor = PublishedLottery.Create(lottery, PanelTable.FromBallots(lottery.Problem, ballots), new PublicationOptions { SoftwareVersion = "1.2.3", Seed = "seed", Announcement = Example.Announcement(DrawMethod.Number) });
        foreach (PublishedLottery form in (PublishedLottery[])[auditor, auditor.ToPublic(Example.Salts, smallestGroup)])
        {
            using TemporaryFolder folder = new();
            form.Write(folder.Path);
            Example.Draw(form).Write(folder.Path);
            bool isAuditor = form.Level == PublicationLevel.Auditor;
            VerificationReport report = PublicationVerifier.Verify(folder.Path, new VerificationOptions { Root = form.Root, RedoRounding = isAuditor });
            Assert.False(report.IsGenuine);
            Assert.False(report.IsWrong);
            VerificationCheck chances = report.Checks.Single(c => c.Step == VerificationStep.Chances);
            Assert.Equal(VerificationOutcome.NotConfirmed, chances.Outcome);
            Assert.Matches("; but [0-9]+ people are one ballot or more from the ideal, by [0-9.]+ to [0-9.]+", chances.Finding);
            Assert.NotEmpty(chances.Faults);
            Assert.All(
                report.Checks.Where(c => c.Step != VerificationStep.Chances),
                c => Assert.Equal(c.Step == VerificationStep.Rounding ? VerificationOutcome.NotConfirmed : VerificationOutcome.Passed, c.Outcome));

            (int exitCode, string output) = IndependentScriptTests.Run(folder.Path, form.Root);
            Assert.Equal(5, exitCode);
            Assert.Contains("NOT CONFIRMED", output, StringComparison.Ordinal);
            Assert.Contains("\n?      Chances         " + chances.Finding, output, StringComparison.Ordinal);
            Assert.All(chances.Faults, fault => Assert.Contains("- " + fault + "\n", output, StringComparison.Ordinal));
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
