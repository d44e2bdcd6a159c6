using System.Globalization;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>The table of forgeries in <c>threat-model.md</c> says what the tests try, counted.</summary>
public sealed class ThreatModelTests
{
    private static readonly Form[] s_forms = Enum.GetValues<Form>();

    [Fact]
    [Trait("Lane", "Slow")]
    public void The_table_counts_what_is_tried()
    {
        List<Row> rows = [.. Forgeries.ByName.Values.GroupBy(f => f.Group).Select(Count), InTurn(), RecordsInTurn()];
        rows.Add(new Row("together", rows.Sum(r => r.Kinds), [.. s_forms.Select((_, f) => rows.Sum(r => r.Tried[f]))], rows.Sum(r => r.Passed)));
        string[] lines = File.ReadAllLines(TestFiles.PathOf("threat-model.md"));
        string[] missing = [.. rows.Where(row => !lines.Any(row.IsIn)).Select(row => row.ToString())];
        Assert.True(missing.Length == 0, "docs/threat-model.md should say:\n" + string.Join('\n', missing));
        Assert.InRange(rows[^1].Kinds, 60, int.MaxValue);
        Assert.Equal(rows.Count, lines.Count(l => l.StartsWith("| ", StringComparison.Ordinal) && l.Split('|').Length == Row.Cells + 2) - 1);
    }

    private static Row Count(IGrouping<string, Forgery> group)
    {
        int[] tried = new int[s_forms.Length];
        int passed = 0;
        foreach (Forgery forgery in group)
        {
            foreach (Form form in s_forms)
            {
                using TemporaryFolder folder = new();
                if (forgery.Write(folder, form))
                {
                    tried[(int)form]++;
                    passed += forgery.AnswerIn(form) is Verifiers.Wrong or Verifiers.NotConfirmed ? 0 : 1;
                }
            }
        }

        return new Row(group.Key, group.DistinctBy(f => f.Kind).Count(), tried, passed);
    }

    /// <summary>What <see cref="ForgeryTests.No_change_passes"/> tries.</summary>
    private static Row InTurn() => new("each value of each document, each cell and line of each table, in turn", 2, [.. s_forms.Select(form => Example.Of(form).Parts.Files.Sum(Changes))], null);

    /// <summary>What <see cref="ForgeryTests.No_change_of_a_draw_passes"/> tries.</summary>
    private static Row RecordsInTurn() => new("each value and line of each record of a draw, in turn", 1, [.. s_forms.Select(form => Enum.GetValues<DrawMethod>().Sum(method =>
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(form, method);
        lottery.Write(folder.Path);
        Example.Draw(lottery, folder.Path);
        return folder.Names().Where(PartNames.IsOfDraw).Select(name => File.ReadAllBytes(folder[name])).Sum(content => Forger.OfJson(content).Count() + Forger.OfTable(content).Count());
    }))], 0);

    private static int Changes((string Name, byte[] Content) file) =>
        file.Name.EndsWith(".json", StringComparison.Ordinal) ? Forger.OfJson(file.Content).Count() : Forger.OfTable(file.Content).Count();

    /// <summary>A row of the table. What finds it is told in words, which nobody can count.</summary>
    private sealed record Row(string What, int Kinds, int[] Tried, int? Passed)
    {
        public const int Cells = 8;

        public bool IsIn(string line)
        {
            string[] cells = [.. line.Split('|').Select(c => c.Trim())];
            return cells.Length == Cells + 2 && cells[1] == What && cells[2].Length > 0 && cells.AsSpan()[3..^1].SequenceEqual(Numbers());
        }

        public override string ToString() => $"| {What} | … | {string.Join(" | ", Numbers())} |";

        private string[] Numbers() => [Text(Kinds), .. Tried.Select(Text), Passed is int passed ? Text(passed) : "below"];

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
