using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Replacements;
using Sortition.Files.Results;

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
        Language language = terminal.Language;
        terminal.Tell(
            round is null ? "select/drawn" : "select/replaced",
            ("size", problem.PanelSize),
            ("people", problem.People.Count),
            ("confirmed", round?.Confirmed.Count),
            ("algorithm", outcome.Algorithm));
        terminal.Say();
        terminal.Out.Write(round is null
            ? QuotaTable.Of(language, outcome.Panel, outcome.Lottery)
            : QuotaTable.Of(language, round, outcome.Panel, outcome.Lottery));
        terminal.Say();
        terminal.Lines(Summary(language, outcome, mixing, seedWasGiven, time, folder, files));
        if (outcome.Lottery is { Uncovered.Count: > 0 } lottery)
        {
            terminal.Say();
            foreach (string line in FeasibilityText.NeverChosen(language, problem, lottery.Uncovered))
            {
                terminal.Say(line);
            }
        }

        terminal.Say();
        terminal.Tell("select/list", ("ids", outcome.Panel.Ids));
        if (round is not null)
        {
            terminal.Say();
            terminal.Tell("select/panel", ("ids", round.Complete(outcome.Panel).Ids));
        }
    }

    private static IEnumerable<(string Label, string Text)> Summary(
        Language language,
        SelectionOutcome outcome,
        (string Label, string Text)? mixing,
        bool seedWasGiven,
        TimeSpan time,
        string? folder,
        IReadOnlyList<string> files) =>
    [
        .. outcome.Lottery is PanelLottery lottery
            ? Describe(language, outcome, lottery, mixing)
            :
            [
                (language.Text("label/chances"), PanelAlgorithmText.Chances(language, outcome.Algorithm)),
                (language.Text("label/attempts"), Numbers.Show(outcome.Attempts!.Value)),
            ],
        (language.Text("label/seed"), outcome.Seed + (seedWasGiven ? "" : language.Text("select/seed-drawn"))),
        (language.Text("label/time"), language.Seconds(time)),
        (language.Text("label/files"), OutputFolder.Describe(language, files, folder)),
    ];

    private static (string Label, string Text)[] Describe(
        Language language, SelectionOutcome outcome, PanelLottery lottery, (string Label, string Text)? mixing)
    {
        LotteryMetrics figures = LotteryMetrics.Compute(lottery);
        return
        [
            .. outcome.Ballots is PanelTable ballots
                ? BallotText.Describe(language, RoundingError.Compute(lottery, ballots))
                :
                [
                    (language.Text("label/lowest-chance"), language.Percent(figures.MinProbability)),
                    (language.Text("label/highest-chance"), language.Percent(figures.MaxProbability)),
                ],
            .. mixing is { } line ? ((string, string)[])[line] : [],
            ("Gini", language.Text("select/gini", ("gini", language.Number(figures.Gini, "0.000")))),
            .. lottery.Certificate.Objective.Explains == ExplainedValue.GeometricMean
                ? ((string, string)[])[(language.Text("label/geometric-mean"), language.Percent(figures.GeometricMean))]
                : [],
            (language.Text("label/possible-panels"), Panels(language, outcome, lottery)),
            WithoutChanceText.Describe(language, lottery, outcome.StoppedByLimit),
            (language.Text("label/proof"), ProofText.Of(language, lottery, outcome.StoppedByLimit)),
        ];
    }

    private static string Panels(Language language, SelectionOutcome outcome, PanelLottery lottery) => outcome.Ballots is PanelTable ballots
        ? language.Text(
            "select/ballots", ("count", ballots.Rows.Count), ("ballot", BallotNumbers.Text(outcome.DrawnPanel!.Value, ballots.Rows.Count)))
        : language.Text("select/panels", ("count", lottery.Panels.Count), ("number", outcome.DrawnPanel + 1));
}
