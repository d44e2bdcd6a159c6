using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core;
using Sortition.Files.Dialects;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>A problem is the same whether its tables come as CSV or as a workbook.</summary>
public sealed class WorkbookInputTests
{
    private const string Sound = "gender: female 1-1; gender: male 1-1 | p1 female; p2 male; p3 female; p4 male";
    private static readonly string Q = Workbooks.Data(Loading.Quotas);
    private static readonly string P = Workbooks.Data(Loading.People);

    private static readonly string[] Words =
        ["", " ", "id", "gender", "female", "MALE ", "male", "category", "feature", "min", "max", "0", "1", "2", "1.5", "-1", "p1", "p2", "gender & age", "female & å", "æøå", "\U0001F5F3\uFE0F", "=1+1", "<&>\"'", "_x0041_", "_x", "a\tb", "zwölf  "];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Albertslund_is_the_same_from_a_workbook(bool byAnotherProgram)
    {
        string[] paths = [TestFiles.PathOf("albertslund", "categories.csv"), TestFiles.PathOf("albertslund", "respondents.csv")];
        LoadedProblem csv = ProblemFiles.Load(new ProblemFilesOptions { Quotas = paths[0], People = paths[1], PanelSize = 36, HouseholdColumns = ["adresse"] });
        (string, string[][])[] tables =
        [
            ("Kvoter", [.. File.ReadAllLines(paths[0]).Select(line => line.Split(','))]),
            ("Tilmeldte", [.. csv.People.Rows.Prepend(csv.People.Header).Select(row => row.ToArray())]),
        ];
        byte[] book = byAnotherProgram ? Workbooks.ByAnotherProgram(tables) : Workbooks.Of([.. tables.Select(t => (t.Item1, Workbooks.Data(t.Item2)))]);
        LoadedProblem loaded = Workbooks.Load(book, o => o with { PanelSize = 36, HouseholdColumns = ["adresse"] });
        Assert.Equal(Workbooks.Json(csv.Problem), Workbooks.Json(loaded.Problem));
        Assert.Equal(Workbooks.Cells(csv), Workbooks.Cells(loaded));
        Assert.Equal(547, loaded.People.Rows.Count);
    }

    [Property(Arbitrary = [typeof(WorkbookInputTests)], MaxTest = 300)]
    public void Any_table_gives_the_same_problem_or_the_same_faults_as_its_csv(Grid quotas, Grid people)
    {
        Assert.Equal(Result(() => Loading.Load(quotas.Csv, people.Csv)), Result(() => LoadPair(Workbooks.Of(("q", quotas.Data)), Workbooks.Of(("p", people.Data)))));
    }

    public static Arbitrary<Grid> Grids()
    {
        // Half of them begin like sound files, so that what comes after is looked at too.
        Gen<string[]> row = Gen.ArrayOf(Gen.Elements(Words), 5);
        Gen<string[][]> rows = Gen.ArrayOf(row).Where(r => r.Length < 12);
        Gen<string[][]> headed = Gen.Elements<string[]>(["category", "feature", "min", "max", ""], ["id", "gender", "age", "note", ""]).SelectMany(header => rows.Select(r => r.Prepend(header).ToArray()));
        return Arb.From(Gen.OneOf(rows, headed).Select(r => new Grid(r)));
    }

    [Fact]
    public void One_workbook_holds_both_and_is_named_with_its_hash_for_each()
    {
        byte[] book = Workbooks.Of(("Quotas", Q), ("People", P));
        LoadedProblem loaded = Workbooks.Load(book);
        Assert.Equal(Sound, Loading.Sketch(loaded.Problem));
        (string, string, long) file = ("book.xlsx", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(book)), book.Length);
        Assert.Equal([file, file], loaded.Inputs.Select(f => (f.Name, f.Sha256, f.Bytes)));
    }

    [Fact]
    public void A_workbook_and_a_csv_can_be_mixed_and_the_name_does_not_matter()
    {
        using TemporaryFolder folder = new();
        ProblemFilesOptions options = new()
        {
            Quotas = folder.Write("quotas.csv", Loading.Quotas),
            People = folder.Write("people.csv", Workbooks.Of(("Ark1", P))),
            PanelSize = 2,
            MustBeInFile = folder.Write("in", Workbooks.Of(("x", Workbooks.Data("note,id\nmoved,p3\n")), ("y", ""))),
        };
        SelectionProblem problem = ProblemFiles.Load(options).Problem;
        Assert.Equal(Sound, Loading.Sketch(problem));
        Assert.Equal("p3", Assert.Single(problem.People, p => p.Status == PersonStatus.MustBeIn).Id);
        Assert.Equal(2, QuotaFiles.Load(folder.Write("q", Workbooks.Of(("notes", P), ("b", Q))), 2).Quotas.Count);
    }

    [Theory]
    [InlineData("P,Q", null, null)]
    [InlineData("EMPTY,P,EMPTY,Q", null, null)]
    [InlineData("quotas=Q,wrong=Q,other=P,Respondents=P", null, null)]
    [InlineData(" CATEGORIES =Q,pool=P", null, null)]
    [InlineData("first=WRONG,second=Q,third=P", null, "third")]
    [InlineData("quotas=WRONG,people=WRONG,q2=Q,p2=P", "Q2", " p2")]
    [InlineData("people=P,odd=Q", "odd", null)]
    public void Sheets_are_found_by_name_or_by_headings_or_as_asked(string sheets, string? quotas, string? people)
    {
        (string, string)[] made = [.. sheets.Split(',').Select((sheet, i) => sheet.Split('=') is [string name, string kind] ? (name, Inside(kind)) : ($"Sheet{i + 1}", Inside(sheet)))];
        Assert.Equal(Sound, Loading.Sketch(Workbooks.Load(Workbooks.Of(made), o => o with { QuotasSheet = quotas, PeopleSheet = people }).Problem));

        static string Inside(string kind) => kind switch
        {
            "Q" => Q,
            "P" => P,
            "EMPTY" => "<sheetData/>",
            _ => Workbooks.Data("something,else\n1,2\n"),
        };
    }

    [Fact]
    public void Hidden_sheets_and_charts_are_passed_over()
    {
        (string Name, string Text)[] parts = Workbooks.Parts([("lists", Workbooks.Data("a,b")), ("veil", Q), ("x", P), ("y", Q)]);
        int book = Array.FindIndex(parts, p => p.Name == "xl/workbook.xml");
        parts[book].Text = parts[book].Text
            .Replace("name=\"lists\"", "name=\"lists\" state=\"veryHidden\"", StringComparison.Ordinal)
            .Replace("name=\"veil\"", "name=\"veil\" state=\"hidden\"", StringComparison.Ordinal)
            .Replace("<sheets>", "<sheets><sheet name=\"quotas\" sheetId=\"99\" r:id=\"chart\"/>", StringComparison.Ordinal);
        int relationships = Array.FindIndex(parts, p => p.Name == "xl/_rels/workbook.xml.rels");
        parts[relationships].Text = parts[relationships].Text.Replace(
            "</Relationships>", $"<Relationship Id=\"chart\" Type=\"{Workbooks.Document}/chartsheet\" Target=\"chart.xml\"/></Relationships>", StringComparison.Ordinal);
        Assert.Equal(Sound, Loading.Sketch(Workbooks.Load(Workbooks.Zip(parts)).Problem));
    }

    [Fact]
    public void A_sheet_that_is_not_there_is_a_fault_that_names_those_that_are()
    {
        Fault asked = Workbooks.OnlyFault(Workbooks.Of(("one", Q), ("two", P)), o => o with { PeopleSheet = "three" });
        Assert.Equal("book.xlsx: a sheet is missing, found \"one, two\"; expected a sheet named \"three\"", FileTexts.English.Describe(asked));
        Fault none = Workbooks.OnlyFault(Workbooks.Of(("one", P), ("two", P)));
        Assert.Equal(("files/no-sheet-of-quotas", "book.xlsx"), (none.Code.Name, none.Location.Source));
        Fault text = Loading.OnlyFault(Loading.Quotas, Loading.People, o => o with { QuotasSheet = "one" });
        Assert.Equal(("files/sheet-of-text", "quotas.csv"), (text.Code.Name, text.Location.Source));
    }

    [Fact]
    public void Faults_name_sheet_row_and_column_and_all_are_told_at_once()
    {
        string quotas = """<sheetData><row r="3"><c r="B3" t="str"><v>category</v></c><c r="C3" t="str"><v>feature</v></c><c r="D3" t="str"><v>min</v></c><c r="E3" t="str"><v>max</v></c></row>"""
            + """<row r="4"><c r="B4" t="str"><v>gender</v></c><c r="C4" t="str"><v>female</v></c><c r="D4"><v>1.5</v></c></row>"""
            + """<row r="9"><c r="B9" t="str"><v>gender</v></c><c r="C9" t="str"><v>male</v></c><c r="D9"><v>2</v></c><c r="E9"><v>1</v></c></row></sheetData>""";
        string people = """<sheetData><row r="2"><c r="A2" t="str"><v>id</v></c><c r="B2" t="str"><v>gender</v></c></row>"""
            + """<row r="7"><c r="A7" t="str"><v>p1</v></c><c r="B7" t="e"><v>#N/A</v></c></row><row r="8"><c r="A8" t="str"><v>p2</v></c></row>"""
            + """<row r="9"><c r="A9" t="str"><v>p3</v></c><c r="B9" t="str"><v>male</v></c><c r="XFD9"><v>7</v></c></row></sheetData>""";
        Assert.Equal(
            """
            book.xlsx [quotas], line 4, column "min": files/seats-not-whole (gender = female) 1.5
            book.xlsx [quotas], line 4, column "max": files/missing-seats (gender = female)
            book.xlsx [quotas], line 9, column "min": core/min-above-max (gender = male) 2
            book.xlsx [people], line 7, column "gender": core/unknown-value (p1) #N/A
            book.xlsx [people], line 8, column "gender": core/missing-value (p2)
            book.xlsx [people], line 9: files/text-without-heading () 16384
            """.ReplaceLineEndings("\n"),
            string.Join('\n', Workbooks.Faults(Workbooks.Of(("people", people), ("quotas", quotas))).Select(f => $"{f.Location}: {f.Code.Name} ({f["subject"]}) {f["found"]}".TrimEnd())));
    }

    [Fact]
    public void A_sheet_without_headings_is_a_fault()
    {
        Fault fault = Workbooks.OnlyFault(Workbooks.Of(("quotas", Q), ("people", "<sheetData><row r=\"1\"/></sheetData>")));
        Assert.Equal(("files/empty-file", new FaultLocation("book.xlsx [people]")), (fault.Code.Name, fault.Location));
    }

    private static string Result(Func<LoadedProblem> load)
    {
        try
        {
            LoadedProblem loaded = load();
            return Encoding.UTF8.GetString(Workbooks.Json(loaded.Problem)) + Workbooks.Cells(loaded);
        }
        catch (MalformedInputException e)
        {
            // Rows of one cause are one fault, but the two forms call some causes differently.
            return string.Join('\n', e.Faults.SelectMany(f => f.Lines.DefaultIfEmpty(0).Select(line =>
                $"{f.Location.Source[0]} {line:0000} {f.Location.Column}: {Code(f)} {(Code(f) == "files/wrong-field-count" ? "" : f["found"])}")).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>A text file has another number of fields where a sheet has text without a heading.</summary>
    private static string Code(Fault fault) => fault.Code.Name is "files/text-without-heading" or "files/decimal-comma" ? "files/wrong-field-count" : fault.Code.Name;

    private static LoadedProblem LoadPair(byte[] quotas, byte[] people)
    {
        using TemporaryFolder folder = new();
        return ProblemFiles.Load(new ProblemFilesOptions { Quotas = folder.Write("quotas.xlsx", quotas), People = folder.Write("people.xlsx", people), PanelSize = 2 });
    }

    /// <summary>A table of any content, as CSV with every cell in quotes and as the cells of a sheet.</summary>
    public sealed record Grid(string[][] Rows)
    {
        public string Csv => string.Concat(Rows.Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n"));

        // A text that looks like an escape is stored with its underscore escaped.
        public string Data => Workbooks.Data([.. Rows.Select(row => row.Select(cell => cell.Replace("_x0041_", "_x005F_x0041_", StringComparison.Ordinal)).ToArray())]);
    }
}
