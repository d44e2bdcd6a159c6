using System.Text.Json.Nodes;
using Sortition.Core;
using Sortition.Core.Replacements;
using Sortition.Publication.Format;
using Spectre.Console;

namespace Sortition.Cli.Texts;

/// <summary>What a look-ahead found: the members who cannot be replaced first, then by how few people the others can be.</summary>
internal static class LookAheadText
{
    private const int PairsShown = 100;

    public static void Fill(JsonObject json, ReplaceabilityAnalysis ahead)
    {
        SelectionProblem problem = ahead.Panel.Problem;
        json["members"] = Json.List(ahead.Members, m => new JsonObject
        {
            ["id"] = problem.People[m.Members[0]].Id,
            ["candidates"] = m.Candidates,
            ["replaceable"] = m.IsReplaceable,
            ["obstacles"] = Json.Constraints(m.Obstacles, problem),
        });
        json["pairs"] = ahead.Pairs.Count;
        json["pairsNotReplaceable"] = Json.List(ahead.Pairs.Where(p => !p.IsReplaceable), p => new JsonObject
        {
            ["ids"] = Json.Ids(problem, p.Members),
            ["obstacles"] = Json.Constraints(p.Obstacles, problem),
        });
    }

    public static void Write(Terminal terminal, ReplaceabilityAnalysis ahead)
    {
        SelectionProblem problem = ahead.Panel.Problem;
        Replaceability[] weak = [.. ahead.Members.Where(m => !m.IsReplaceable)];
        Replaceability[] weakPairs = [.. ahead.Pairs.Where(p => !p.IsReplaceable)];
        terminal.Say(weak.Length == 0
            ? FormattableString.Invariant($"Any one of the {ahead.Members.Count} members could be replaced within the quotas.")
            : FormattableString.Invariant(
                $"{weak.Length} of the {ahead.Members.Count} members could not be replaced within the quotas if they dropped out alone."));
        terminal.Say();
        terminal.Out.Write(Members(problem, ahead));
        terminal.Say();
        terminal.Say(weakPairs.Length == 0
            ? FormattableString.Invariant($"Any two of them could be replaced together ({ahead.Pairs.Count} pairs).")
            : FormattableString.Invariant($"{weakPairs.Length} of the {ahead.Pairs.Count} pairs could not be replaced together:"));
        if (weakPairs.Length > 0)
        {
            terminal.Say();
            terminal.Out.Write(Pairs(problem, weakPairs.Take(PairsShown)));
            if (weakPairs.Length > PairsShown)
            {
                terminal.Say(FormattableString.Invariant($"and {weakPairs.Length - PairsShown} more pairs"));
            }
        }
    }

    private static Table Members(SelectionProblem problem, ReplaceabilityAnalysis ahead)
    {
        Table table = Start("member", "people who\ncould take the seat", "in the way");
        foreach (Replaceability m in ahead.Members.OrderBy(m => m.Candidates))
        {
            table.AddRow(Id(problem, m.Members[0]), new Text(Numbers.Show(m.Candidates)), InTheWay(problem, m.Obstacles));
        }

        return table;
    }

    private static Table Pairs(SelectionProblem problem, IEnumerable<Replaceability> pairs)
    {
        Table table = Start("member", "and", "in the way");
        foreach (Replaceability p in pairs)
        {
            table.AddRow(Id(problem, p.Members[0]), Id(problem, p.Members[1]), InTheWay(problem, p.Obstacles));
        }

        return table;
    }

    private static Table Start(string first, string second, string third)
    {
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn(new TableColumn(first) { NoWrap = true });
        table.AddColumn(new TableColumn(second) { NoWrap = true });
        table.AddColumn(new TableColumn(third));
        return table;
    }

    private static Text Id(SelectionProblem problem, int person) => new(Terminal.Clean(problem.People[person].Id));

    /// <summary>What those who come nearest would break.</summary>
    private static Text InTheWay(SelectionProblem problem, IReadOnlyList<Constraint> obstacles) => new(Terminal.Clean(
        obstacles is [{ Kind: ConstraintKind.PanelSize }]
            ? "too few people remain"
            : string.Join("; ", obstacles.Select(c => PublicationTexts.English.Describe(c, problem)))));
}
