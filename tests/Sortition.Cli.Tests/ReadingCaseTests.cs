namespace Sortition.Cli.Tests;

/// <summary>Spreadsheets as they come, made up after what people reported: each is read right, or refused with the way on. The files are in <c>tests/cases</c>.</summary>
public sealed class ReadingCaseTests
{
    private const string People = "check -q q.csv -p p.csv -k ";
    private const string Book = "check -q book.xlsx -p book.xlsx -k ";

    [Theory]

    // Encodings: what is assumed is said with a sample, and the option decides.
    [InlineData("04", People + "4", 0, "taken for Windows-1252, which gives words such as|Jen\u00f5|--encoding")]
    [InlineData("04", People + "4 --encoding windows-1250", 0, "n\u0151|!Windows-1252")]
    [InlineData("04", People + "4 --encoding latin2", 0, "n\u0151")]
    [InlineData("04", People + "4 --encoding klingon", 2, "there is no encoding, found \"klingon\"")]

    // Rows that a filter hides.
    [InlineData("05", Book + "9", 2, "4 rows are hidden|(rows 4\u20137)|--hidden-rows use or --hidden-rows leave-out")]
    [InlineData("05", Book + "9 --hidden-rows use", 0, "4 hidden rows were read|among these 12 people")]
    [InlineData("05", Book + "8 --hidden-rows leave-out", 0, "4 hidden rows were left out|among these 8 people")]

    // Households of which the first column is blank, formats of zeros, two spellings of one address.
    [InlineData("07", People + "4 --household-columns flat,street,zip", 0, "4 of 4 people have no known household|Read: 0 households of 0 people")]
    [InlineData("08", Book + "2 --household-columns street,zip", 1, "at most 1 of one household|Read: 1 households of 2 people")]
    [InlineData("16", People + "2", 0, "non binary|!U+200B")]
    [InlineData("16", "check -q q2.csv -p p2.csv -k 2 --household-columns street", 1, "Read: 1 households of 2 people")]

    // Numbers.
    [InlineData("09", "quotas --population population.csv --size 10", 0, "9\u201310|0\u20131|\"11.336\" was read as 11336")]
    [InlineData("09", "quotas --population population.csv --size 10 --decimal point", 2, "a whole number has decimals (kommune = A), found \"11.336\"")]

    // Sheets.
    [InlineData("11", Book + "5", 0, "Read: the sheet \"Targets old\"|the sheet \"Targets old\" was read; the sheet Targets new would do too|!sheets Targets")]
    [InlineData("11", Book + "5 --quotas-sheet \"Targets new\"", 0, "Read: the sheet \"Targets new\"|!would do too")]
    [InlineData("21", Book + "5", 0, "among these 12 people")]
    [InlineData("28", Book + "5", 0, "among these 12 people")]
    [InlineData("27", Book + "2", 0, "among these 6 people")]

    // Titles, separators, one line a cause.
    [InlineData("15", "check -q q.csv -p big.csv -k 5", 2, "The input has 2 fault(s)|274 lines|273 lines|found \"F\"|found \"M\"")]
    [InlineData("15", "check -q q.csv -p title.csv -k 5", 0, "the line above the headings was not read, found \"Registrations for the assembly\"|among these 12 people")]
    [InlineData("15", "check -q q.csv -p sep.csv -k 5", 0, "among these 12 people|!Warning")]
    [InlineData("17", "check -q q.csv -p headonly.csv -k 5", 2, "expected a column named \"gender\"|there is nobody below the headings")]
    [InlineData("17", "check -q q.csv -p people.xls -k 5", 2, "this is a web page")]
    [InlineData("20", People + "2", 0, "k\u00f8n")]
    [InlineData("22", People + "5", 2, "The input has 1 fault(s)|p.csv, 3 lines (14\u201316)")]

    // Ties, and ways out among equals.
    [InlineData("23", "quotas --population tie.csv --size 2 --method largest-remainder", 0, "a tie. North, South, West have equal claims|!0 \n")]
    [InlineData("23", "quotas --population alabama.csv --size 10 --method sainte-lague", 0, "a tie. A, B have equal claims")]
    [InlineData("30", People + "12", 1, "age: a, at least     6   4|age: b, at least     6   4|age: c, at least     6   4|!6   0")]
    [InlineData("30", People + "24", 1, "age: a, at most     6   8|age: b, at most     6   8|age: c, at most     6   8")]

    // What was right stays right.
    [InlineData("24", People + "20", 1, "The quotas cannot be met")]
    [InlineData("25", People + "2", 1, "only 1 person in the pool matches")]
    [InlineData("26", People + "5", 0, "6 of 12 people can never be chosen")]
    [InlineData("29", "check -q q.csv -p same.csv -k 5", 0, "a row is repeated and was counted once (P03)")]
    [InlineData("29", "check -q q.csv -p other.csv -k 5", 2, "two rows have this id and differ (P03)")]
    public void A_case_is_read_right_or_refused_with_the_way_on(string folder, string command, int exitCode, string said)
    {
        string place = TestFiles.PathOf("cases", folder);
        string[] arguments = [.. command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(Located)];
        CommandRun run = CommandRun.Of(arguments);
        string all = run.Output + run.Error;
        Assert.True(exitCode == run.ExitCode, all);
        Assert.All(said.Split('|'), text =>
        {
            if (text.StartsWith('!'))
            {
                Assert.DoesNotContain(text[1..], all, StringComparison.Ordinal);
            }
            else
            {
                Assert.Contains(text, all, StringComparison.Ordinal);
            }
        });

        string Located(string argument) => File.Exists(Path.Combine(place, argument)) ? Path.Combine(place, argument) : argument;
    }

    [Fact]
    public void The_sheet_that_was_read_is_in_the_report()
    {
        using TemporaryFolder folder = new();
        string book = TestFiles.PathOf("cases/11", "book.xlsx");
        CommandRun run = CommandRun.Of("select", "-q", book, "-p", book, "-k", "5", "--seed", "s", "-o", folder["out"]);
        Assert.Equal(0, run.ExitCode);
        string report = File.ReadAllText(Path.Combine(folder["out"], "report.json"));
        Assert.Contains("\"sheet\": \"Targets old\"", report, StringComparison.Ordinal);
        Assert.Contains("\"sheet\": \"people\"", report, StringComparison.Ordinal);
    }
}
