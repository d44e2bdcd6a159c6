using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Files.Results;
using Spectre.Console;
using Panel = Sortition.Core.Panel;

namespace Sortition.Cli.Texts;

/// <summary>
/// What a person sees after alternates were chosen: who, how well they keep the quotas, how near that is to the best, and what the simple practices would come
/// to.
/// </summary>
internal static class AlternatesText
{
    private const string Gap = " ";
    private const double Tiny = 1e-7;

    public static void Write(Terminal terminal, AlternatesOutcome outcome, bool seedWasGiven, TimeSpan time, string? folder, IReadOnlyList<string> files)
    {
        Language language = terminal.Language;
        Panel panel = outcome.Result.Alternates.Panel;
        int candidates = AlternateSelection.Candidates(panel, outcome.Declined).Count;
        terminal.Tell(
            "alternates/chosen",
            ("count", outcome.Result.Alternates.People.Count),
            ("members", panel.Members.Count),
            ("candidates", candidates));
        if (outcome.Model is DropOutModel model)
        {
            terminal.Say();
            DropOutModelText.Write(terminal, model);
        }

        terminal.Say();
        terminal.Lines(
        [
            (terminal.Text("label/drop-outs"), DropOuts(language, outcome)),
            (terminal.Text("label/scenarios"), Scenarios(language, outcome.Scenarios)),
            (terminal.Text("label/expected-breach"), terminal.Text("alternates/on-these", ("breach", Number(language, outcome.Result.ExpectedBreach)))),
            (terminal.Text("label/bound"), Bound(language, outcome)),
            (terminal.Text("label/seed"), outcome.Seed + (seedWasGiven ? "" : terminal.Text("alternates/seed-drawn"))),
            (terminal.Text("label/time"), language.Seconds(time)),
            (terminal.Text("label/files"), OutputFolder.Describe(language, files, folder)),
        ]);
        if (outcome.Comparison is AlternatesComparison comparison)
        {
            terminal.Say();
            Compare(terminal, comparison);
        }

        terminal.Say();
        terminal.Tell("alternates/list", ("ids", outcome.Result.Alternates.Ids));
    }

    private static void Compare(Terminal terminal, AlternatesComparison comparison)
    {
        Language language = terminal.Language;
        bool isExact = comparison.Sample.IsComplete;
        terminal.Tell(
            isExact ? "alternates/compared" : "alternates/compared-on-fresh", ("count", language.Thousands(comparison.Sample.Scenarios.Count)));
        terminal.Say();
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("");
        foreach (string heading in new[] { terminal.Text("table/expected-breach"), "±", terminal.Text("table/all-kept") })
        {
            table.AddColumn(new TableColumn(Gap + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { Alignment = Justify.Right, NoWrap = true });
        }

        Row(terminal.Text("alternates/the-chosen"), comparison.Chosen.Mean, comparison.Chosen.StandardError, comparison.Chosen.KeptShare);
        (string Key, BaselineEstimate Practice)[] practices =
        [
            ("alternates/like-members", comparison.SameProfile),
            ("alternates/by-lot", comparison.AtRandom),
        ];
        foreach ((string key, BaselineEstimate practice) in practices)
        {
            Row(terminal.Text(key, ("draws", practice.Draws)), practice.Mean, practice.StandardError, practice.KeptShare);
        }

        terminal.Out.Write(table);
        terminal.Say();
        terminal.Tell("alternates/breach", ("error", terminal.Text(isExact ? "alternates/error-over-draws" : "alternates/error-from-scenarios")));

        void Row(string name, double mean, double error, double kept) =>
            table.AddRow(((string[])[name, Gap + Number(language, mean), Gap + Number(language, error), Gap + Share(language, kept)]).Select(t => new Text(t)));
    }

    private static string DropOuts(Language language, AlternatesOutcome outcome)
    {
        double[] chances = [.. outcome.Result.Alternates.Panel.Members.Select(i => outcome.Chances.Chances[i])];
        (double lowest, double highest) = (chances.Min(), chances.Max());
        string each = language.Text(
            lowest.Equals(highest) ? "alternates/one-chance" : "alternates/chances",
            ("lowest", Share(language, lowest)),
            ("highest", Share(language, highest)));
        int alternates = outcome.Result.Alternates.People.Count;
        string more = alternates >= chances.Length ? ""
            : language.Text("alternates/too-many", ("count", alternates), ("chance", Percent(language, ChanceOfMoreThan(alternates, chances))));
        return language.Text("alternates/drop-outs", ("each", each), ("mean", language.Number(chances.Sum(), "0.0")), ("all", chances.Length), ("more", more));
    }

    /// <summary>How likely more than some number of members drop out: their number's distribution, built up member by member.</summary>
    private static double ChanceOfMoreThan(int number, double[] chances)
    {
        double[] ofCount = new double[chances.Length + 1];
        ofCount[0] = 1;
        for (int i = 0; i < chances.Length; i++)
        {
            for (int n = i + 1; n > 0; n--)
            {
                ofCount[n] = (ofCount[n] * (1 - chances[i])) + (ofCount[n - 1] * chances[i]);
            }

            ofCount[0] *= 1 - chances[i];
        }

        return Math.Min(1, ofCount.Skip(number + 1).Sum());
    }

    /// <summary>A chance that may be tiny.</summary>
    private static string Percent(Language language, double chance) =>
        chance is > 0 and < Tiny ? language.Text("alternates/less-than", ("chance", language.Percent(Tiny))) : language.Percent(chance);

    private static string Scenarios(Language language, DropOutSample sample) => language.Text(
        !sample.IsComplete ? "alternates/drawn-scenarios" : sample.Scenarios.Count == 1 ? "alternates/only-scenario" : "alternates/all-scenarios",
        ("count", language.Thousands(sample.Scenarios.Count)));

    private static string Bound(Language language, AlternatesOutcome outcome)
    {
        AlternatesResult.Chosen result = outcome.Result;
        string which = outcome.Scenarios.IsComplete ? "" : language.Text("alternates/which");
        return result.IsProvenOptimal ? language.Text("alternates/proven", ("which", which))
            : language.Text("alternates/gap", ("gap", Number(language, result.Gap)), ("which", which))
            + (result.IsComplete ? "" : language.Text("alternates/cut-off"));
    }

    private static string Number(Language language, double number) => double.IsFinite(number) ? language.Number(number, "0.0000") : "–";

    private static string Share(Language language, double share) => language.Percent(share, "0.0");
}
