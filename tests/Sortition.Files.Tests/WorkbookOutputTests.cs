using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MiniExcelLibs;
using Sortition.Files.Storage;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Tables.Xlsx;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>The workbook of a selection holds what its CSV files hold.</summary>
public sealed class WorkbookOutputTests
{
    [Fact]
    public void Sheets_hold_what_the_files_hold_for_another_program_too()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<string> names = ResultFiles.WriteWithWorkbook(folder.Path, Lotteries.Outcome(Lotteries.Load("Name,id,home\nÅse \U0001F5F3,p4,flat\n007,p1,flat\nB<&>,p3,house\n'x',p2,house\nOut,o,house\n"), drawnPanel: 0));
        Assert.Equal(["selected.csv", "remaining.csv", "lottery.csv", "types.csv", "probabilities.csv", "report.json", "selection.xlsx"], names);
        string path = folder["selection.xlsx"];
        Assert.Equal(["selected", "remaining", "lottery", "types", "chances"], MiniExcel.GetSheetNames(path));
        foreach ((string sheet, string file) in new[] { ("selected", "selected.csv"), ("remaining", "remaining.csv"), ("lottery", "lottery.csv"), ("types", "types.csv"), ("chances", "probabilities.csv") })
        {
            object?[][] rows = [.. MiniExcel.Query(path, sheetName: sheet, excelType: ExcelType.XLSX).Select(row => ((IDictionary<string, object?>)row).Values.ToArray())];
            Assert.Equal(folder.Read(file).TrimEnd('\n'), string.Join('\n', rows.Select(row => string.Join(',', row.Select(Text)))));

            // Numbers are numbers; whatever comes from the people file is text, even what looks like a number. Nobody here has a household that a limit binds.
            Assert.All(rows.Skip(1), row => Assert.All(row.Select((cell, c) => (cell, c)).Where(x => x is not (null, 2) || sheet is not "types"), x =>
                Assert.IsType(sheet is "lottery" || (sheet is "types" or "chances" && x.c == 1) ? typeof(double) : typeof(string), x.cell)));
        }

        static string Text(object? cell) => cell is double number ? number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : (string?)cell ?? "";
    }

    [Fact]
    public void Sheets_print_with_their_headings_and_page_numbers()
    {
        using TemporaryFolder folder = new();
        string wide = "id,home," + string.Join(',', Enumerable.Range(1, 30).Select(i => $"question {i}"));
        ResultFiles.WriteWithWorkbook(folder.Path, Lotteries.Outcome(Lotteries.Load($"{wide}\np4,flat,{new string('x', 200)}\np1,flat\np3,house\np2,house,short\no,house\n"), drawnPanel: 0));
        using ZipArchive archive = ZipFile.OpenRead(folder["selection.xlsx"]);
        XNamespace ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        XElement book = Part("xl/workbook.xml");
        string[] names = [.. book.Element(ns + "definedNames")!.Elements().Select(e => $"{e.Attribute("localSheetId")!.Value} {e.Attribute("name")!.Value} {e.Value}")];
        Assert.Contains("0 _xlnm.Print_Area 'selected'!$A$1:$AF$3", names);
        Assert.Contains("0 _xlnm.Print_Titles 'selected'!$1:$1", names);
        Assert.Contains("4 _xlnm.Print_Area 'chances'!$A$1:$B$6", names);
        Assert.Equal(10, names.Length);

        XElement selected = Part("xl/worksheets/sheet1.xml");
        Assert.Equal(
            ["sheetPr", "sheetViews", "cols", "sheetData", "pageMargins", "pageSetup", "headerFooter"], selected.Elements().Select(e => e.Name.LocalName));
        Assert.Equal("landscape", Setup(selected, "orientation"));
        Assert.Equal("3", Setup(selected, "fitToWidth"));
        Assert.Equal("0", Setup(selected, "fitToHeight"));
        Assert.Equal("&L&A&R&P / &N", selected.Element(ns + "headerFooter")!.Element(ns + "oddFooter")!.Value);
        Assert.Equal("portrait", Setup(Part("xl/worksheets/sheet5.xml"), "orientation"));
        string[] widths = [.. selected.Element(ns + "cols")!.Elements().Select(e => e.Attribute("width")!.Value)];
        Assert.Equal(32, widths.Length);
        Assert.All(widths, width => Assert.InRange(double.Parse(width, System.Globalization.CultureInfo.InvariantCulture), 6, 61));
        Assert.True(double.Parse(widths[3], System.Globalization.CultureInfo.InvariantCulture) >= "question 2".Length);

        string Setup(XElement sheet, string attribute) => sheet.Element(ns + "pageSetup")!.Attribute(attribute)!.Value;

        XElement Part(string name)
        {
            using Stream stream = archive.GetEntry(name)!.Open();
            return XElement.Load(stream);
        }
    }

    [Fact]
    public void Ballots_and_types_have_sheets_of_their_own()
    {
        LoadedProblem input = Lotteries.Load();
        PanelTable ballots = DependentRounding.Round(Lotteries.Of(input.Problem), 3, RandomSource.Seeded("rounding"));
        Assert.Equal(["selected", "remaining", "ballots", "chances"], Sheets(Lotteries.Outcome(input) with { Ballots = ballots, DrawnPanel = 2, Panel = ballots.Rows[2].Panel }));
        Assert.Equal(["selected", "remaining", "lottery", "types", "chances"], Sheets(Lotteries.Outcome(input)));
        Assert.Equal(["selected", "remaining"], Sheets(Greedy(input, "p1", "p2")));

        static List<string> Sheets(SelectionOutcome outcome)
        {
            using TemporaryFolder folder = new();
            ResultFiles.WriteWithWorkbook(folder.Path, outcome);
            return MiniExcel.GetSheetNames(folder["selection.xlsx"]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("da-DK")]
    [InlineData("tr-TR")]
    public void The_same_outcome_gives_the_same_bytes(string culture)
    {
        using TemporaryFolder folder = new();
        ResultFiles.WriteWithWorkbook(folder["one"], Lotteries.Outcome(Lotteries.Load()));
        Cultures.In(culture, () => ResultFiles.WriteWithWorkbook(folder["two"], Lotteries.Outcome(Lotteries.Load())));
        Assert.Equal(File.ReadAllBytes(folder["one/selection.xlsx"]), File.ReadAllBytes(folder["two/selection.xlsx"]));

        // Two writes in one moment would agree on the time as well: no part may bear any but the fixed one.
        using ZipArchive archive = ZipFile.OpenRead(folder["one/selection.xlsx"]);
        Assert.NotEmpty(archive.Entries);
        Assert.All(archive.Entries, part => Assert.Equal(new DateTime(1980, 1, 1), part.LastWriteTime.DateTime));
        Assert.DoesNotContain(archive.Entries, part => part.FullName.StartsWith("docProps/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")")]
    [InlineData("\uFF1D1")]
    public void What_looks_like_a_formula_is_text_as_it_was(string cell)
    {
        using TemporaryFolder folder = new();
        LoadedProblem input = Lotteries.Load($"id,home,{Quoted(cell)}\n{Quoted(cell)},flat,{Quoted(cell)}\np2,house,z\n");
        ResultFiles.WriteWithWorkbook(folder.Path, Greedy(input, cell.Trim(), "p2"));
        using ZipArchive archive = ZipFile.OpenRead(folder["selection.xlsx"]);
        using Stream part = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        XDocument sheet = XDocument.Load(part);
        Assert.DoesNotContain(sheet.Descendants(), e => e.Name.LocalName == "f");
        XElement[] cells = [.. sheet.Descendants().Where(e => e.Name.LocalName == "c")];
        Assert.Equal(9, cells.Length);
        Assert.All(cells, c => Assert.Equal("inlineStr", c.Attribute("t")!.Value));
        Assert.Equal(3, cells.Count(c => c.Value == cell));
    }

    [Property(Arbitrary = [typeof(WorkbookOutputTests)], MaxTest = 300)]
    public void Whatever_characters_people_have_come_back(Cell heading, Cell note)
    {
        using TemporaryFolder folder = new();
        LoadedProblem input = Lotteries.Load($"id,home,x{Quoted(heading.Text)}\np1,flat,{Quoted(note.Text)}\np2,house,z\n".Replace("x\"", "\"x", StringComparison.Ordinal));
        ResultFiles.WriteWithWorkbook(folder.Path, Greedy(input, "p1", "p2"));
        string path = folder["selection.xlsx"];
        LoadedProblem back = ProblemFiles.Load(new ProblemFilesOptions { Quotas = folder.Write("quotas.csv", Lotteries.Quotas), People = path, PeopleSheet = "selected", PanelSize = 2 });
        Assert.Equal(Workbooks.Cells(input), Workbooks.Cells(back));
    }

    [Fact]
    public void What_does_not_fit_into_a_workbook_is_said_and_nothing_is_written()
    {
        using TemporaryFolder folder = new();
        LoadedProblem longText = Lotteries.Load($"id,home,note\np1,flat,{new string('x', 32_768)}\np2,house,\n");
        Assert.Equal(("selected", SheetLimit.Characters, 32_767, 2, 32_768), Excess(folder, Greedy(longText, "p1", "p2")));
        LoadedProblem wide = Lotteries.Load($"id,home{new string(',', 16_383)}x,\np1,flat\np2,house\n");
        Assert.Equal(("selected", SheetLimit.Columns, 16_384, 1, null), Excess(folder, Greedy(wide, "p1", "p2")));
        Assert.Empty(folder.Names());
        LoadedProblem fitting = Lotteries.Load($"id,home,{new string('y', 32_767)}{new string(',', 16_381)}x\np1,flat\np2,house\n");
        ResultFiles.WriteWithWorkbook(folder.Path, Greedy(fitting, "p1", "p2"));
        IDictionary<string, object> first = (IDictionary<string, object>)MiniExcel.Query(folder["selection.xlsx"], excelType: ExcelType.XLSX).First();
        Assert.Equal("x", first["XFD"]);
        Assert.Equal(16_384, first.Count);
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void More_rows_than_a_sheet_holds_are_said()
    {
        using TemporaryFolder folder = new();
        StringBuilder people = new("id,home\n");
        for (int i = 0; i < 1_048_578; i++)
        {
            people.Append(null, $"{i},{(i == 0 ? "flat" : "house")}\n");
        }

        SelectionOutcome outcome = Greedy(Lotteries.Load(people.ToString()), "0", "1");
        Assert.Equal(("remaining", SheetLimit.Rows, 1_048_576, 1_048_577, null), Excess(folder, outcome));
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void A_workbook_of_an_earlier_run_is_kept()
    {
        using TemporaryFolder folder = new();
        LoadedProblem input = Lotteries.Load();
        ResultFiles.WriteWithWorkbook(folder.Path, Lotteries.Outcome(input));
        byte[] workbook = File.ReadAllBytes(folder["selection.xlsx"]);
        Assert.Contains("selection.xlsx", Assert.Throws<FilesExistException>(() => ResultFiles.Write(folder.Path, Lotteries.Outcome(input))).Names);
        Assert.Equal(workbook, File.ReadAllBytes(folder["selection.xlsx"]));
    }

    [Fact]
    public void Nothing_in_it_tells_of_clock_or_machine()
    {
        using TemporaryFolder folder = new();
        ResultFiles.WriteWithWorkbook(folder.Path, Lotteries.Outcome(Lotteries.Load()));
        using ZipArchive archive = ZipFile.OpenRead(folder["selection.xlsx"]);
        Assert.All(archive.Entries, e => Assert.Equal(new DateTime(1980, 1, 1), e.LastWriteTime.DateTime));
        Assert.DoesNotContain(archive.Entries, e => e.FullName.StartsWith("docProps", StringComparison.Ordinal));
    }

    public static Arbitrary<Cell> CellTexts()
    {
        Gen<string> piece = Gen.OneOf(
            Gen.Elements("_x0041_", "_x", "_", "\u0001", "\u001F", "\uFFFE", "\uFFFF", "\0x", "\U0001F5F3", "\r\n", "\n", "\r", "\t", " ", "&", "<", ">", "]]>", "&#1;", "=", "'", "æ", "\u0085", "\u2028"),
            Gen.Choose(1, 0xD7FF).Select(c => ((char)c).ToString()));
        return Arb.From(Gen.ListOf(piece).Select(pieces => new Cell(string.Concat(pieces).Replace("\0", "", StringComparison.Ordinal) + "end")));
    }

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static (string Table, SheetLimit Limit, int Max, int Row, int? Characters) Excess(TemporaryFolder folder, SelectionOutcome outcome)
    {
        SheetLimitException e = Assert.Throws<SheetLimitException>(() => ResultFiles.WriteWithWorkbook(folder.Path, outcome));
        return (e.Table, e.Limit, e.Max, e.Row, e.Characters);
    }

    private static SelectionOutcome Greedy(LoadedProblem input, params string[] ids) =>
        new() { Input = input, Panel = Panel.Create(input.Problem, ids), Algorithm = "greedy", SoftwareVersion = "1", Seed = "s", Generator = "g", Attempts = 1 };

    /// <summary>Any text that ends in something, so that it is no blank.</summary>
    public sealed record Cell(string Text);
}
