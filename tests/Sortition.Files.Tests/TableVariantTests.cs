using System.Globalization;
using System.Text;
using Sortition.Core;
using Sortition.Core.Targets;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>
/// Ten variants of each kind of spreadsheet that people really have: in nine languages, as CSV of several encodings and separators and as workbooks. Each is
/// read as it is meant, or refused by name; at most two of ten are refused.
/// </summary>
public sealed class TableVariantTests
{
    private const int Variants = 10;
    private const int MostRefused = 2;

    /// <summary>Quotas and people in a file each; what is done to the tables is a kind.</summary>
    public static TheoryData<string> ProblemKinds => [.. s_problemKinds.Keys];

    public static TheoryData<string> PopulationKinds => [.. s_populationKinds.Keys];

    private static readonly Dictionary<string, Func<TableVariants, Posed>> s_problemKinds = new(StringComparer.Ordinal)
    {
        ["headings of nine languages"] = v => Plain(v, v.Quotas(), v.People()),
        ["encodings"] = v =>
        {
            string name = v.Language == 8 ? "windows-1250" : v.OneOf("windows-1252", "utf-8", "utf-16");
            Encoding encoding = name == "utf-16" ? Encoding.Unicode : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.UTF8;
            byte[] Bytes(List<string[]> rows) => [.. name is "utf-16" ? encoding.GetPreamble() : [], .. TableVariants.Csv(rows, ';', encoding)];
            return new Posed(v.Quotas(), v.People(), Bytes(v.Quotas()), Bytes(v.People()), new ReadingOptions { Encoding = v.Language == 8 ? name : null });
        },
        ["separators"] = v =>
        {
            char separator = v.OneOf(';', '\t', ',');
            List<string[]> people = v.People();
            byte[] bytes = TableVariants.Csv(people, separator, newLine: v.OneOf("\n", "\r\n", "\r"));
            byte[] head = separator != '\t' && v.Below(2) == 0 ? Encoding.UTF8.GetBytes($"sep={separator}\r\n") : [];
            return new Posed(v.Quotas(), people, TableVariants.Csv(v.Quotas(), v.OneOf(';', '\t', ',')), [.. head, .. bytes]);
        },
        ["titles above"] = v =>
        {
            List<string[]> titles = [.. Enumerable.Range(0, 1 + v.Below(3)).Select(i => (string[])[v.OneOf("Registrations for the assembly", "Tilmeldte 2026", "gender")])];
            return With(v, v.Quotas(), v.People(), above: titles);
        },
        ["remarks below"] = v => With(v, v.Quotas(), v.People(), below: [[v.OneOf("Source: the registration form", "Kilde: tilmeldinger", "* as of 1 May", "Extract made by the office")]]),
        ["totals below"] = v => With(v, v.Quotas(), v.People(), below: [[v.OneOf("Total", "I alt", "Summe", "\u00d6sszesen", "Totaal"), "12"]]),
        ["spellings"] = v =>
        {
            List<string[]> people = v.People();
            List<string[]> written = [people[0], .. people.Skip(1).Select(row => row.Select((c, i) => i is 2 or 3 or 0 ? Spelt(v, c) : c).ToArray())];
            return Plain(v, v.Quotas(), written, meant: people);
        },
        ["order and further columns"] = v =>
        {
            int turn = 1 + v.Below(5);
            List<string[]> people = v.People();
            return Plain(v, v.Quotas(), [.. people.Select(row => row.Skip(turn).Concat(row.Take(turn)).ToArray())], meant: people);
        },
        ["merged categories"] = v =>
        {
            List<string[]> quotas = v.Quotas();
            List<string[]> blank = [.. quotas.Select((row, r) => r is 2 or 4 or 5 ? ["", .. row[1..]] : row)];
            byte[] book = Workbooks.Of(("q", Workbooks.Data([.. blank]) + "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"A4:A6\"/></mergeCells>"));
            return new Posed(quotas, v.People(), book, Bytes(v, v.People()));
        },
        ["several sheets"] = v =>
        {
            string other = Workbooks.Data([["x", "y"], ["1", "2"]]);
            byte[] book = Workbooks.Of((v.OneOf("quotas", "Kvoter", "q"), Workbooks.Data([.. v.Quotas()])), ("people", Workbooks.Data([.. v.People()])), ("notes", other));
            return new Posed(v.Quotas(), v.People(), book, book);
        },
        ["hidden rows"] = v =>
        {
            List<string[]> people = v.People();
            int hidden = 2 + v.Below(10);
            string data = Workbooks.Data([.. people]).Replace($"<row r=\"{hidden}\">", $"<row r=\"{hidden}\" hidden=\"1\">", StringComparison.Ordinal);
            bool use = v.Below(2) == 0;
            List<string[]> meant = use ? people : [.. people.Where((_, r) => r != hidden - 1)];
            return new Posed(v.Quotas(), meant, Bytes(v, v.Quotas()), Workbooks.Of(("p", data)), new ReadingOptions { HiddenRows = use ? HiddenRows.Use : HiddenRows.LeaveOut });
        },
    };

    private static readonly Dictionary<string, Func<TableVariants, Counted>> s_populationKinds = new(StringComparer.Ordinal)
    {
        ["thousands"] = v =>
        {
            string group = v.OneOf(".", ",", " ", "\u00a0", "'", "\u202f");
            string[] numbers = [.. new[] { 11336, 950, 1250, 980, 1234567 }.Select(n => n.ToString("N0", CultureInfo.InvariantCulture).Replace(",", group, StringComparison.Ordinal))];
            return new Counted(v.Population(percent: false, numbers), [11336, 950, 1250, 980, 1234567]);
        },
        ["thousands where the column is silent"] = v =>
        {
            string group = v.OneOf(".", ",");
            return new Counted(v.Population(percent: false, [$"1{group}250", "980", "950", $"2{group}336", "7"]), [1250, 980, 950, 2336, 7]);
        },
        ["decimal marks of percentages"] = v =>
        {
            string mark = v.OneOf(".", ",");
            string sign = v.OneOf("", "%", " %", "\u00a0%");
            string[] numbers = [.. new[] { "50.5", "49.5", "20.25", "30.25", "49.5" }.Select(n => n.Replace(".", mark, StringComparison.Ordinal) + sign)];
            return new Counted(v.Population(percent: true, numbers), [50.5m, 49.5m, 20.25m, 30.25m, 49.5m]);
        },
        ["percentages that are rounded"] = v => new Counted(v.Population(percent: true, ["50", "50", "33.3", "33.3", "33.3"]), [50, 50, 33.3m, 33.3m, 33.3m]),
        ["totals"] = v =>
        {
            List<string[]> rows = v.Population(percent: false, ["510", "490", "200", "300", "500"]);
            rows.Insert(3, [rows[1][0], v.OneOf("Total", "I alt", "Summa", "Gesamt", "Ensemble"), v.OneOf("1000", "1 000")]);
            return new Counted(rows, [510, 490, 200, 300, 500]);
        },
        ["titles and remarks"] = v => new Counted(
            [["Population of the town"], .. v.Population(percent: false, ["510", "490", "200", "300", "500"]), [v.OneOf("Source: the office", "Kilde: kommunen", "Quelle: Amt")]],
            [510, 490, 200, 300, 500]),
        ["sources and comments"] = v =>
        {
            List<string[]> rows = v.Population(percent: false, ["510", "490", "200", "300", "500"]);
            string[] headings = v.OneOf<string[]>(["source", "comment"], ["Kilde", "Bem\u00e6rkning"], ["Quelle", "Anmerkung"]);
            return new Counted([.. rows.Select((row, r) => row.Concat(r == 0 ? headings : ["https://example.org", "x"]).ToArray())], [510, 490, 200, 300, 500]);
        },
    };

    [Theory]
    [MemberData(nameof(ProblemKinds))]
    public void A_problem_is_read_as_it_is_meant(string kind) => Compare(kind, seed =>
    {
        TableVariants variant = new(seed);
        Posed posed = s_problemKinds[kind](variant);
        using TemporaryFolder folder = new();
        LoadedProblem loaded = ProblemFiles.Load(new ProblemFilesOptions
        {
            Quotas = FileSource.At(folder.Write("q", posed.QuotaFile)).With(posed.Reading ?? new ReadingOptions()),
            People = FileSource.At(folder.Write("p", posed.PeopleFile)).With(posed.Reading ?? new ReadingOptions()),
            PanelSize = 4,
            HouseholdColumns = ["street", "zip"],
        });
        Assert.Equal(TableVariants.Sketch(posed.Quotas, posed.People), TableVariants.Sketch(loaded.Problem));
    });

    [Theory]
    [MemberData(nameof(PopulationKinds))]
    public void A_population_is_read_as_it_is_meant(string kind) => Compare(kind, seed =>
    {
        TableVariants variant = new(seed);
        Counted counted = s_populationKinds[kind](variant);
        using TemporaryFolder folder = new();
        byte[] file = variant.IsWorkbook ? Workbooks.Of(("x", Workbooks.Data([.. counted.Rows]))) : TableVariants.Csv(counted.Rows, variant.OneOf(';', '\t', ','));
        Population population = PopulationFiles.Load(folder.Write("p", file));
        decimal[] read = [.. population.Breakdowns.SelectMany(b => b.Groups.Select(g => (decimal)g.Weight))];
        decimal unit = counted.Numbers[0] / read[0];
        Assert.Equal(counted.Numbers, read.Select(r => r * unit));
    });

    [Fact]
    public void What_cannot_be_known_is_refused_by_name()
    {
        Assert.Equal("files/web-page", Loading.OnlyFault(Loading.Quotas, "<!DOCTYPE html><html><body><table></table></body></html>").Code.Name);
        Assert.Equal("files/formula-without-result", Workbooks.OnlyFault(Workbooks.Of(
            ("quotas", Workbooks.Data(Loading.Quotas)),
            ("people", Workbooks.Data(Loading.People).Replace("t=\"inlineStr\"><is><t>Elm 3</t></is>", "><f>A1</f>", StringComparison.Ordinal)))).Code.Name);
    }

    private static void Compare(string kind, Action<int> read)
    {
        List<string> refused = [];
        for (int seed = 0; seed < Variants; seed++)
        {
            try
            {
                read(seed);
            }
            catch (MalformedInputException e)
            {
                refused.Add($"{kind} {seed}: {FileTexts.English.Describe(e.Faults[0])}");
            }
        }

        Assert.True(refused.Count <= MostRefused, string.Join('\n', refused));
    }

    private static string Spelt(TableVariants v, string text) => v.Below(8) switch
    {
        0 => text.StartsWith("P-", StringComparison.Ordinal) ? text : text.ToUpperInvariant(),
        1 => text.Replace('-', '\u2013'),
        2 => text.Replace(' ', '\u00a0'),
        3 => text + "\u200b",
        4 => $" {text.Replace(" ", "  ", StringComparison.Ordinal)} ",
        5 => text.Normalize(NormalizationForm.FormD),
        6 => text.Replace('-', '\u2011'),
        _ => text,
    };

    private static byte[] Bytes(TableVariants v, List<string[]> rows) =>
        v.IsWorkbook ? Workbooks.Of(("x", Workbooks.Data([.. rows]))) : TableVariants.Csv(rows, v.OneOf(';', '\t', ','), v.OneOf(null, new UTF8Encoding(true)));

    private static Posed Plain(TableVariants v, List<string[]> quotas, List<string[]> people, List<string[]>? meant = null) =>
        new(quotas, meant ?? people, Bytes(v, quotas), Bytes(v, people));

    private static Posed With(TableVariants v, List<string[]> quotas, List<string[]> people, List<string[]>? above = null, List<string[]>? below = null)
    {
        List<string[]> written = [.. above ?? [], .. people, .. below ?? []];
        return new Posed(quotas, people, Bytes(v, [.. above?.Take(1) ?? [], .. quotas]), Bytes(v, written));
    }

    private sealed record Posed(List<string[]> Quotas, List<string[]> People, byte[] QuotaFile, byte[] PeopleFile, ReadingOptions? Reading = null);

    private sealed record Counted(List<string[]> Rows, decimal[] Numbers);
}
