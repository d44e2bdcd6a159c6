using System.Text.Json.Nodes;
using Sortition.Core;
using Sortition.Core.Replacements;
using Spectre.Console;

namespace Sortition.Cli.Texts;

/// <summary>What a look-ahead found: the members who cannot be replaced first, then by how few people the others can be.</summary>
internal static class LookAheadText
{
    private const int PairsShown = 100;

    public static void Fill(JsonObject json, ReplaceabilityAnalysis ahead, TextRenderer texts)
    {
        SelectionProblem problem = ahead.Panel.Problem;
        json["members"] = Json.List(ahead.Members, m => new JsonObject
        {
            ["id"] = problem.People[m.Members[0]].Id,
            ["candidates"] = m.Candidates,
            ["replaceable"] = m.IsReplaceable,
            ["obstacles"] = Json.Constraints(m.Obstacles, problem, texts),
        });
        json["pairs"] = ahead.Pairs.Count;
        json["pairsNotReplaceable"] = Json.List(ahead.Pairs.Where(p => !p.IsReplaceable), p => new JsonObject
        {
            ["ids"] = Json.Ids(problem, p.Members),
            ["obstacles"] = Json.Constraints(p.Obstacles, problem, texts),
        });
    }

    public static void Write(Terminal terminal, ReplaceabilityAnalysis ahead)
    {
        SelectionProblem problem = ahead.Panel.Problem;
        Replaceability[] weak = [.. ahead.Members.Where(m => !m.IsReplaceable)];
        Replaceability[] weakPairs = [.. ahead.Pairs.Where(p => !p.IsReplaceable)];
        terminal.Tell(weak.Length == 0 ? "ahead/any-one" : "ahead/not-alone", ("count", weak.Length), ("members", ahead.Members.Count));
        terminal.Say();
        terminal.Out.Write(Members(terminal.Language, problem, ahead));
        terminal.Say();
        terminal.Tell(weakPairs.Length == 0 ? "ahead/any-two" : "ahead/not-together", ("count", weakPairs.Length), ("pairs", ahead.Pairs.Count));
        if (weakPairs.Length > 0)
        {
            terminal.Say();
            terminal.Out.Write(Pairs(terminal.Language, problem, weakPairs.Take(PairsShown)));
            if (weakPairs.Length > PairsShown)
            {
                terminal.Tell("ahead/more-pairs", ("count", weakPairs.Length - PairsShown));
            }
        }
    }

    private static Table Members(Language language, SelectionProblem problem, ReplaceabilityAnalysis ahead)
    {
        Table table = Start(language, "table/member", "table/people-for-seat", "table/in-the-way");
        foreach (Replaceability m in ahead.Members.OrderBy(m => m.Candidates))
        {
            table.AddRow(Id(problem, m.Members[0]), new Text(Numbers.Show(m.Candidates)), InTheWay(language, problem, m.Obstacles));
        }

        return table;
    }

    private static Table Pairs(Language language, SelectionProblem problem, IEnumerable<Replaceability> pairs)
    {
        Table table = Start(language, "table/member", "table/and", "table/in-the-way");
        foreach (Replaceability p in pairs)
        {
            table.AddRow(Id(problem, p.Members[0]), Id(problem, p.Members[1]), InTheWay(language, problem, p.Obstacles));
        }

        return table;
    }

    private static Table Start(Language language, string first, string second, string third)
    {
        Table table = new() { Border = TableBorder.Minimalist };
        table.AddColumn(new TableColumn(language.Text(first)) { NoWrap = true });
        table.AddColumn(new TableColumn(language.Text(second)) { NoWrap = true });
        table.AddColumn(new TableColumn(language.Text(third)));
        return table;
    }

    private static Text Id(SelectionProblem problem, int person) => new(Terminal.Clean(problem.People[person].Id));

    /// <summary>What those who come nearest would break.</summary>
    private static Text InTheWay(Language language, SelectionProblem problem, IReadOnlyList<Constraint> obstacles) => new(Terminal.Clean(
        obstacles is [{ Kind: ConstraintKind.PanelSize }]
            ? language.Text("ahead/too-few")
            : string.Join(language.Text("join.clauses"), obstacles.Select(c => language.Texts.Describe(c, problem)))));
}
