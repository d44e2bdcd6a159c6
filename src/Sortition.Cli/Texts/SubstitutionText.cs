using System.Text.Json.Nodes;
using Sortition.Core;
using Sortition.Core.Alternates;
using Spectre.Console;
using Panel = Sortition.Core.Panel;

namespace Sortition.Cli.Texts;

/// <summary>Who steps in for whom, who still stands by, and what becomes of the quotas.</summary>
internal static class SubstitutionText
{
    private const string Gap = " ";

    public static void Fill(JsonObject json, Panel panel, Substitution substitution)
    {
        SelectionProblem problem = panel.Problem;
        json["seats"] = Json.List(substitution.Seats, seat => new JsonObject
        {
            ["droppedOut"] = problem.People[seat.DropOut].Id,
            ["stepsIn"] = seat.Replacement is int replacement ? problem.People[replacement].Id : null,
            ["differsIn"] = seat.Replacement is int other ? Json.Texts(problem.DifferingFeatures(seat.DropOut, other)) : null,
        });
        json["breach"] = substitution.Breach;
        json["breaches"] = Json.List(substitution.Breaches, breach => new JsonObject
        {
            ["condition"] = Json.Condition(breach.Quota.Condition),
            ["min"] = breach.Quota.Min,
            ["max"] = breach.Quota.Max,
            ["membersBefore"] = Before(panel, breach.Quota),
            ["members"] = breach.Members,
        });
        json["openSeats"] = problem.PanelSize - substitution.Members.Count;
        json["standingBy"] = Json.Ids(problem, substitution.StandingBy);
        json["panel"] = Json.Ids(problem, substitution.Members);
    }

    public static void Write(Terminal terminal, Panel panel, Substitution substitution, string? folder, IReadOnlyList<string> files)
    {
        SelectionProblem problem = panel.Problem;
        int stepIn = substitution.Seats.Count(s => s.Replacement is not null);
        terminal.Tell(
            substitution.Seats.Count == 0 ? "substitute/nobody" : "substitute/some",
            ("count", substitution.Seats.Count),
            ("members", panel.Members.Count),
            ("alternates", stepIn));
        terminal.Say();
        if (substitution.Seats.Count > 0)
        {
            terminal.Out.Write(Seats(terminal.Language, problem, substitution));
            terminal.Say();
        }

        if (substitution.Breaches.Count == 0 && substitution.Members.Count == problem.PanelSize)
        {
            terminal.Tell("substitute/kept");
        }
        else
        {
            TellBreaches(terminal, panel, substitution);
        }

        terminal.Say();
        terminal.Lines(
        [
            (
                terminal.Text("label/standing-by"),
                terminal.Text("substitute/standing-by", ("value", substitution.StandingBy.Select(i => problem.People[i].Id).ToArray()))),
            (terminal.Text("label/files"), OutputFolder.Describe(terminal.Language, files, folder)),
        ]);
        terminal.Say();
        terminal.Tell("select/panel", ("ids", substitution.Members.Select(i => problem.People[i].Id)));
    }

    private static void TellBreaches(Terminal terminal, Panel panel, Substitution substitution)
    {
        int open = panel.Problem.PanelSize - substitution.Members.Count;
        if (open > 0)
        {
            terminal.Tell("substitute/open", ("count", open));
        }

        if (substitution.Breaches.Count == 0)
        {
            terminal.Tell("substitute/kept-all-the-same");
        }
        else
        {
            terminal.Tell(
                "substitute/broken",
                ("count", substitution.Breaches.Count),
                ("all", panel.Problem.Quotas.Count),
                ("breach", terminal.Language.Number(substitution.Breach, "0.0000")));
            terminal.Say();
            terminal.Out.Write(Breaches(terminal.Language, panel, substitution));
            terminal.Say();
        }

        terminal.Tell("substitute/replace");
    }

    private static Table Seats(Language language, SelectionProblem problem, Substitution substitution)
    {
        Table table = Start(language, "table/drops-out", "table/steps-in", "table/values-shared", "table/differs-in");
        foreach (SeatTaken seat in substitution.Seats)
        {
            if (seat.Replacement is not int replacement)
            {
                Row(table, problem.People[seat.DropOut].Id, language.Text("nobody"), "", "");
                continue;
            }

            IReadOnlyList<string> differing = problem.DifferingFeatures(seat.DropOut, replacement);
            string shared = language.Text(
                "count-of", ("count", problem.Features.Count - differing.Count), ("all", problem.Features.Count));
            Row(table, problem.People[seat.DropOut].Id, problem.People[replacement].Id, shared, string.Join("; ", differing));
        }

        return table;
    }

    private static Table Breaches(Language language, Panel panel, Substitution substitution)
    {
        Table table = Start(language, "table/quota", "table/from", "table/to", "table/before", "table/now");
        foreach (QuotaBreach breach in substitution.Breaches)
        {
            Row(
                table,
                $"{breach.Quota.FeatureLabel}: {breach.Quota.ValueLabel}",
                Numbers.Show(breach.Quota.Min),
                Numbers.Show(breach.Quota.Max),
                Numbers.Show(Before(panel, breach.Quota)),
                Numbers.Show(breach.Members));
        }

        return table;
    }

    private static int Before(Panel panel, Quota quota) => panel.Members.Count(i => panel.Problem.Matches(panel.Problem.People[i], quota));

    private static Table Start(Language language, params string[] headings)
    {
        Table table = new() { Border = TableBorder.Minimalist };
        foreach (string heading in headings.Select(key => language.Text(key)))
        {
            table.AddColumn(
                new TableColumn((table.Columns.Count == 0 ? "" : Gap) + heading.Replace("\n", "\n" + Gap, StringComparison.Ordinal)) { NoWrap = true });
        }

        return table;
    }

    private static void Row(Table table, params string[] cells) =>
        table.AddRow(cells.Select((cell, i) => new Text((i == 0 ? "" : Gap) + Terminal.Clean(cell))));
}
