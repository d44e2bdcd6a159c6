using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Publication.Format;

namespace Sortition.Publication.Tests;

/// <summary>A small replacement round that has a bit of everything: a household that may send one more, people who must be out, a quota on two features at once, a minimum that those who stay reach already.</summary>
internal static class RoundExample
{
    public const int Ballots = 20;

    public static SelectionProblem Problem { get; } = new SelectionProblemBuilder(6)
        .Quota("gender", "f", 3, 3)
        .Quota("gender", "m", 3, 3)
        .Quota("age", "young", 1, 4)
        .Quota("age", "old", 2, 5)
        .Quota(new QuotaInput { Condition = [new FeatureValue("gender", "f"), new FeatureValue("age", "old")], Min = 1, Max = 2 })
        .HouseholdLimit(2)
        .People(
            Enumerable.Range(0, 20),
            i => $"p{i:00}",
            i => i < 5 ? "one street" : null,
            i => new Dictionary<string, string> { ["gender"] = i % 2 == 0 ? "f" : "m", ["age"] = i % 4 < 2 ? "young" : "old" })
        .MustBeOut("p19")
        .Build();

    /// <summary>p00 and p05 and p06 stay: two young people, two women; p07 declined. Four more live with p00, of whom one may join.</summary>
    public static ReplacementRound Round { get; } = ReplacementRound.Start(Problem, ["p00", "p05", "p06"], ["p07"]).GetRoundOrThrow();

    public static PanelLottery Lottery { get; } = new Leximin().Solve(Round.Residual).GetLotteryOrThrow();

    public static PublishedLottery Of(Form form) => Example.Publish(
        Lottery,
        BallotRounding.Round(Lottery, Ballots, RandomSource.Seeded("seed")),
        tickets: form is Form.ClosedPrivate or Form.ClosedPublic ? TicketForm.Closed : TicketForm.Open,
        round: Round).In(form);

    /// <summary>A round that says something else.</summary>
    public static PublishedRound Forge(
        this PublishedRound real, int? panelSize = null, int? staying = null, IReadOnlyList<PublishedRoundQuota>? quotas = null) =>
        new(panelSize ?? real.PanelSize, staying ?? real.Staying, quotas ?? real.Quotas);
}
