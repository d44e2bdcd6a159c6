using System.Globalization;
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

    public static void Write(Terminal terminal, AlternatesOutcome outcome, bool seedWasGiven, TimeSpan time, string? folder, IReadOnlyList<string> files)
    {
        Panel panel = outcome.Result.Alternates.Panel;
        int candidates = AlternateSelection.Candidates(panel, outcome.Declined).Count;
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Result.Alternates.People.Count} alternate(s) for the {panel.Members.Count} members were chosen from {candidates} people: those with "
            + $"whom the quotas are kept best when members drop out."));
        if (outcome.Model is DropOutModel model)
        {
            terminal.Say();
            DropOutModelText.Write(terminal, model);
        }

        terminal.Say();
        terminal.Lines(
        [
            ("Drop-outs", DropOuts(outcome)),
            ("Scenarios", Scenarios(outcome.Scenarios)),
            ("Expected breach", Number(outcome.Result.ExpectedBreach) + " on these scenarios"),
            ("Bound", Bound(outcome)),
            ("Seed", outcome.Seed + (seedWasGiven ? "" : " (drawn at random; give it with --seed to choose the same alternates again)")),
            ("Time", Numbers.Seconds(time)),
            ("Files", OutputFolder.Describe(files, folder)),
        ]);
        if (outcome.Comparison is AlternatesComparison comparison)
        {
            terminal.Say();
            Compare(terminal, comparison);
        }

        terminal.Say();
        terminal.Say("Alternates: " + string.Join(", ", outcome.Result.Alternates.Ids));
    }

    private static void Compare(Terminal terminal, AlternatesComparison comparison)
    {
        bool isExact = comparison.Sample.IsComplete;
        terminal.Say(isExact
            ? "How well they do, and what the simple practices would come to, on all scenarios:"
            : $"How well they do, and what the simple practices would come to, on {Thousands(comparison.Sample.Scenarios.Count)} fresh scenarios:");
        terminal.Say();
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn("");
        foreach (string heading in new[] { "expected\nbreach", "±", "all quotas\nkept" })
        {
            table.AddColumn(new TableColumn(Gap + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { Alignment = Justify.Right, NoWrap = true });
        }

        Row("the alternates chosen", comparison.Chosen.Mean, comparison.Chosen.StandardError, comparison.Chosen.KeptShare);
        (string Name, BaselineEstimate Practice)[] practices =
        [
            ("reserves like members drawn by lot", comparison.SameProfile),
            ("alternates drawn by lot", comparison.AtRandom),
        ];
        foreach ((string name, BaselineEstimate practice) in practices)
        {
            Row(FormattableString.Invariant($"{name}, mean of {practice.Draws} draws"), practice.Mean, practice.StandardError, practice.KeptShare);
        }

        terminal.Out.Write(table);
        terminal.Say();
        terminal.Say("A breach is how far the panel is off its quotas after the best of the alternates have stepped in: for each quota the seats by which it "
            + "is missed, divided by its maximum, added up; 0 if all are kept. A seat that stays empty counts where a quota then lacks somebody. "
            + (
                isExact
                    ? "± is the standard error of the mean over the draws."
                    : "± is the standard error, from the scenarios and, of the practices, from their draws."));

        void Row(string name, double mean, double error, double kept) =>
            table.AddRow(new[] { name, Gap + Number(mean), Gap + Number(error), Gap + Share(kept) }.Select(text => new Text(text)));
    }

    private static string DropOuts(AlternatesOutcome outcome)
    {
        double[] chances = [.. outcome.Result.Alternates.Panel.Members.Select(i => outcome.Chances.Chances[i])];
        (double lowest, double highest) = (chances.Min(), chances.Max());
        string each = lowest.Equals(highest) ? $"each member with a chance of {Share(lowest)}" : $"members with chances of {Share(lowest)} to {Share(highest)}";
        int alternates = outcome.Result.Alternates.People.Count;
        string more = alternates >= chances.Length
            ? ""
            : FormattableString.Invariant(
                $"; more than {alternates}, so that seats stay empty, with a chance of {Percent(ChanceOfMoreThan(alternates, chances))}");
        return FormattableString.Invariant($"{each}, {chances.Sum():0.0} of {chances.Length} on average{more}");
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
    private static string Percent(double chance) => chance is > 0 and < 1e-7 ? "less than 0.00001 %" : Numbers.Percent(chance);

    private static string Scenarios(DropOutSample sample) => sample.IsComplete
        ? sample.Scenarios.Count == 1 ? "the only one that there can be" : $"all {Thousands(sample.Scenarios.Count)} that there can be, each with its chance"
        : $"{Thousands(sample.Scenarios.Count)} drawn by these chances";

    private static string Bound(AlternatesOutcome outcome)
    {
        AlternatesResult.Chosen result = outcome.Result;
        string which = outcome.Scenarios.IsComplete ? "" : " on these scenarios";
        return result.IsProvenOptimal ? $"proven best: no other choice has a lower expected breach{which}"
            : $"no other choice can be better by more than {Number(result.Gap)}{which}"
            + (result.IsComplete ? "" : "; the time limit cut the search off, and a longer one may find better alternates");
    }

    private static string Number(double number) => double.IsFinite(number) ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "–";

    private static string Share(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Thousands(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
