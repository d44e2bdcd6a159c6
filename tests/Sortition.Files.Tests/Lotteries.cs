using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Results;

namespace Sortition.Files.Tests;

/// <summary>A pool and a lottery small enough to check by hand.</summary>
internal static class Lotteries
{
    public const string Quotas = "category,feature,min,max\nhome,flat,0,2\nhome,house,0,2\n";

    /// <summary>Types in the order of their names: 0 flat (p1, p4), 1 house (p2, p3); o must be out.</summary>
    public const string People = "Name,id,home,street\nÅse,p4,flat,Elm 1\n=1+1,p1,flat,Elm 2\n\"-Bo; \"\"B\"\"\",p3,house,Elm 3\n-12.5,p2,house,Elm 1\nOut,o,house,Elm 9\n";

    private const long Quarter = PanelLottery.WeightTotal / 4;

    public static LoadedProblem Load(string people = People, Func<DraftOptions, DraftOptions>? change = null) =>
        Loading.Load(Quotas, people, o => (change ?? (x => x))(o with { MustBeOut = people.Contains(",o,", StringComparison.Ordinal) ? ["o"] : [] }));

    /// <summary>Two flats with 1/4, a flat and a house with 3/4: chances 5/8 for flats, 3/8 for houses.</summary>
    public static PanelLottery Of(SelectionProblem problem) => PanelLottery.Create(
        problem,
        [([new TypeSeats(0, 1), new TypeSeats(1, 1)], 3 * Quarter), ([new TypeSeats(0, 2)], Quarter)],
        [],
        new Certificate(
            objective: LotteryAlgorithms.FindObjective("maximin", null),
            status: CertificateStatus.NotProven,
            value: 0.375,
            bound: 0.5,
            claims: [
                new WeightClaim(
                    weights: [1, 1],
                    capWeights: [],
                    limit: 2,
                    prices: [new ConstraintPrice(new Constraint(ConstraintKind.PanelSize), 1)],
                    value: 0.375,
                    bound: 0.5,
                    confirmedBy: "adding up"),
            ]));

    public static DraftOutcome Outcome(LoadedProblem input, int drawnPanel = 0)
    {
        PanelLottery lottery = Of(input.Problem);
        return new DraftOutcome(input, lottery.DrawMembers(drawnPanel, RandomSource.Seeded("a seed")), lottery, Ballots: null, drawnPanel);
    }
}

/// <summary>An outcome that a test can vary one by one: a record, which turns into what a host would give.</summary>
internal sealed record DraftOutcome(LoadedProblem Input, Panel Panel, PanelLottery? Lottery, PanelTable? Ballots, int? DrawnPanel)
{
    public static implicit operator SelectionOutcome(DraftOutcome draft) => new()
    {
        Input = draft.Input,
        Panel = draft.Panel,
        Algorithm = "maximin",
        SoftwareVersion = "1.2.3",
        Seed = "a seed",
        Generator = "sha256-ctr/1",
        Lottery = draft.Lottery,
        Ballots = draft.Ballots,
        DrawnPanel = draft.DrawnPanel,
    };
}
