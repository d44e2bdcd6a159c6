using System.Globalization;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Replacements;
using Sortition.Files.Results;
using Sortition.Shared;

namespace Sortition.Cli.Texts;

/// <summary>What a person sees after a selection: who, under which quotas, with which chances, and why no lottery is better.</summary>
internal static class SelectionReport
{
    public static void Write(
        Terminal terminal,
        SelectionOutcome outcome,
        (string Label, string Text)? mixing,
        bool seedWasGiven,
        TimeSpan time,
        string? folder,
        IReadOnlyList<string> files)
    {
        SelectionProblem problem = outcome.Panel.Problem;
        ReplacementRound? round = outcome.Input.Round;
        terminal.Say(round is null
            ? FormattableString.Invariant($"A panel of {problem.PanelSize} was drawn from {problem.People.Count} people by {outcome.Algorithm}.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{problem.PanelSize} replacement(s) for {round.Confirmed.Count} confirmed member(s) were drawn from {problem.People.Count} remaining "
                + $"people by {outcome.Algorithm}."));
        terminal.Say();
        terminal.Out.Write(round is null ? QuotaTable.Of(outcome.Panel, outcome.Lottery) : QuotaTable.Of(round, outcome.Panel, outcome.Lottery));
        terminal.Say();
        terminal.Lines(Summary(outcome, mixing, seedWasGiven, time, folder, files));
        if (outcome.Lottery is { Uncovered.Count: > 0 } lottery)
        {
            terminal.Say();
            foreach (string line in FeasibilityText.NeverChosen(problem, lottery.Uncovered))
            {
                terminal.Say(line);
            }
        }

        terminal.Say();
        terminal.Say("Selected: " + string.Join(", ", outcome.Panel.Ids));
        if (round is not null)
        {
            terminal.Say();
            terminal.Say("Panel: " + string.Join(", ", round.Complete(outcome.Panel).Ids));
        }
    }

    private static IEnumerable<(string Label, string Text)> Summary(
        SelectionOutcome outcome, (string Label, string Text)? mixing, bool seedWasGiven, TimeSpan time, string? folder, IReadOnlyList<string> files) =>
    [
        .. outcome.Lottery is PanelLottery lottery
            ? Describe(outcome, lottery, mixing)
            :
            [
                ("Chances", PanelAlgorithmText.For(outcome.Algorithm).Chances),
                ("Attempts", Numbers.Show(outcome.Attempts!.Value)),
            ],
        ("Seed", outcome.Seed + (seedWasGiven ? "" : " (drawn at random; give it with --seed to draw the same panel again)")),
        ("Time", Numbers.Seconds(time)),
        ("Files", OutputFolder.Describe(files, folder)),
    ];

    private static (string Label, string Text)[] Describe(SelectionOutcome outcome, PanelLottery lottery, (string Label, string Text)? mixing)
    {
        LotteryMetrics figures = LotteryMetrics.Compute(lottery);
        return
        [
            .. outcome.Ballots is PanelTable ballots
                ? BallotText.Describe(RoundingError.Compute(lottery, ballots))
                : [("Lowest chance", Numbers.Percent(figures.MinProbability)), ("Highest chance", Numbers.Percent(figures.MaxProbability))],
            .. mixing is { } line ? ((string, string)[])[line] : [],
            ("Gini", figures.Gini.ToString("0.000", CultureInfo.InvariantCulture) + " (0: all chances are equal)"),
            .. lottery.Certificate.Objective.Explains == ExplainedValue.GeometricMean
                ? ((string, string)[])[("Geometric mean", Numbers.Percent(figures.GeometricMean))]
                : [],
            ("Possible panels", Panels(outcome, lottery)),
            WithoutChanceText.Describe(lottery, outcome.StoppedByLimit),
            ("Proof", ProofText.Of(lottery, outcome.StoppedByLimit)),
        ];
    }

    private static string Panels(SelectionOutcome outcome, PanelLottery lottery) => outcome.Ballots is PanelTable ballots
        ? FormattableString.Invariant($"{ballots.Rows.Count} equally likely ballots, of which ")
            + $"{BallotNumbers.Text(outcome.DrawnPanel!.Value, ballots.Rows.Count)} was drawn"
        : FormattableString.Invariant(
            $"{lottery.Panels.Count} by type of person, of which number {outcome.DrawnPanel + 1} was drawn, and then who of each type");
}
