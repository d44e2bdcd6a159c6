using System.IO.Compression;
using System.Text;
using FsCheck.Xunit;
using Sortition.Core;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Whatever a workbook is, it becomes a problem or a fault, soon and in little memory.</summary>
[Collection(nameof(Alone))]
public sealed class HostileWorkbookTests
{
    private const long MemoryLimit = 700L << 20;

    private static readonly string Q = Workbooks.Data(Loading.Quotas);
    private static readonly string P = Workbooks.Data(Loading.People);
    private static readonly (string Name, string Text)[] Sound = Workbooks.Parts([("quotas", Q), ("people", P)]);

    private static readonly string Head = $"<?xml version=\"1.0\"?><worksheet xmlns=\"{Workbooks.Main}\"><sheetData><row r=\"1\"><c t=\"str\"><v>id</v></c><c t=\"str\"><v>gender</v></c></row>";

    [Theory]
    [InlineData("xls", "an old workbook (.xls) or one with a password")]
    [InlineData("zip", "an archive that is no .xlsx workbook")]
    [InlineData("ods", "an archive that is no .xlsx workbook")]
    [InlineData("binary", "an archive that is no .xlsx workbook")]
    [InlineData("cut", "a damaged workbook")]
    [InlineData("head", "a damaged workbook")]
    [InlineData("no part", "a workbook with a part missing")]
    [InlineData("no sheet", "an archive that is no .xlsx workbook")]
    [InlineData("broken list", "a workbook with malformed XML")]
    [InlineData("loop", "an archive that is no .xlsx workbook")]
    public void A_file_that_is_no_workbook_is_one_fault_that_says_so(string kind, string found)
    {
        byte[] sound = Workbooks.Zip(Sound);
        byte[] book = kind switch
        {
            "xls" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0],
            "zip" => Workbooks.Zip(("letter.txt", "dear")),
            "ods" => Workbooks.Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>")),
            "binary" => Workbooks.Zip(("_rels/.rels", Workbooks.RootRelationships.Replace("workbook.xml", "workbook.bin", StringComparison.Ordinal)), ("xl/workbook.bin", "\0")),
            "cut" => sound[..(sound.Length / 2)],
            "head" => sound[..4],
            "no part" => Without("xl/worksheets/sheet2.xml"),
            "no sheet" => Change("xl/workbook.xml", text => text.Replace("r:id", "id", StringComparison.Ordinal)),
            "broken list" => Change("xl/workbook.xml", text => text[..^5]),
            _ => Workbooks.Zip(("_rels/.rels", Workbooks.RootRelationships.Replace("xl/workbook.xml", "../_rels/.rels", StringComparison.Ordinal))),
        };
        Fault fault = Bounded(() => Workbooks.OnlyFault(book));
        Assert.StartsWith($"book.xlsx: the file cannot be read, found \"{found}\"; expected ", FileTexts.English.Describe(fault), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xl/worksheets/sheet2.xml")]
    [InlineData("xl/workbook.xml")]
    [InlineData("_rels/.rels")]
    public void Entities_are_refused(string part)
    {
        byte[] book = Change(part, text => "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/hostname\">]>" + text[(text.StartsWith("<?", StringComparison.Ordinal) ? text.IndexOf("?>", StringComparison.Ordinal) + 2 : 0)..]);
        Fault fault = Bounded(() => Workbooks.OnlyFault(book));
        Assert.Equal("files/workbook-xml-malformed", fault.Code.Name);
    }

    [Theory]
    [InlineData("text", "at most 1048576 characters in one piece of its XML")]
    [InlineData("attribute", "at most 1048576 characters in one piece of its XML")]
    [InlineData("blank rows", "rows that are out of order or too many")]
    [InlineData("blank space", "at most 1048576 characters in one piece of its XML")]
    [InlineData("depth", "a workbook with XML nested too deeply")]
    [InlineData("names", "at most 10000 different names in its XML")]
    [InlineData("comment", "a workbook with malformed XML")]
    public void A_sheet_that_unpacks_to_a_gigabyte_and_more_is_a_fault(string kind, string limit)
    {
        byte[] book = Bomb("xl/worksheets/sheet2.xml", Head, kind switch
        {
            "text" => "x",
            "attribute" => " a",
            "blank rows" => "<row/>",
            "blank space" => "\n",
            "depth" => "<v>",
            "names" => null,
            _ => "<!---->",
        }, kind switch { "text" => "<row><c t=\"str\"><v>", "attribute" => "<row r=\"", _ => "" });
        Assert.True(book.Length < 20 << 20);
        Fault fault = Bounded(() => Workbooks.OnlyFault(book));
        string text = FileTexts.English.Describe(fault);
        Assert.True(text.Contains($"the file is larger than the limit; expected {limit};", StringComparison.Ordinal) || text.Contains($"a row cannot be read, found \"{limit}\"; ", StringComparison.Ordinal), text);
        Assert.EndsWith("; later rows were not read", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<si/>")]
    [InlineData("<si><t>abcdefghij</t></si>")]
    public void Shared_texts_without_end_are_a_fault(string text)
    {
        byte[] book = Bomb("xl/sharedStrings.xml", $"<sst xmlns=\"{Workbooks.Main}\">", text, "", Workbooks.Parts([("quotas", Q), ("people", P)], sharedStrings: ""));
        Assert.Equal("files/too-many-texts", Bounded(() => Workbooks.OnlyFault(book)).Code.Name);
    }

    [Fact]
    public void A_size_that_an_archive_admits_is_refused_before_unpacking()
    {
        // It holds far less than it admits, so whoever unpacks it finds nothing too large.
        byte[] book = Bomb("xl/worksheets/sheet2.xml", Head, "\n", "", megabytes: 1);
        ChangeSize(book, Head.Length + (1 << 20), 1100 << 20);
        Assert.Equal("book.xlsx: the file is larger than the limit; expected at most 1073741824 bytes when unpacked", FileTexts.English.Describe(Workbooks.OnlyFault(book)));
    }

    [Fact]
    public void A_size_that_an_archive_denies_is_found_out()
    {
        byte[] book = Bomb("xl/worksheets/sheet2.xml", Head, "\n", "", megabytes: 50);
        ChangeSize(book, Head.Length + (50 << 20), 100);
        Fault fault = Bounded(() => Workbooks.OnlyFault(book));
        Assert.Equal("files/workbook-xml-malformed", fault.Code.Name);
    }

    [Fact]
    public void A_cell_in_the_last_row_and_column_costs_nothing()
    {
        string people = P.Replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>5</v></c></row></sheetData>", StringComparison.Ordinal);
        Fault fault = Bounded(() => Workbooks.OnlyFault(Workbooks.Of(("quotas", Q), ("people", people))));
        Assert.Equal(("files/text-without-heading", 1_048_576), (fault.Code.Name, fault.Location.Line ?? 0));
    }

    [Fact]
    public void Cells_far_to_the_right_in_many_rows_are_too_many()
    {
        string people = "<sheetData><row r=\"1\"><c t=\"str\"><v>id</v></c><c t=\"str\"><v>gender</v></c><c r=\"XFD1\"><v>1</v></c></row>"
            + string.Concat(Enumerable.Range(2, 5000).Select(r => FormattableString.Invariant($"<row r=\"{r}\"><c><v>{r}</v></c><c t=\"str\"><v>male</v></c><c r=\"XFD{r}\"><v>1</v></c></row>"))) + "</sheetData>";
        Fault fault = Bounded(() => Workbooks.OnlyFault(Workbooks.Of(("quotas", Q), ("people", people))));
        Assert.EndsWith("the file is larger than the limit; expected at most 50000000 cells and 268435456 characters in a sheet; later rows were not read", FileTexts.English.Describe(fault), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<row r=\"0\"/>")]
    [InlineData("<row r=\"1048577\"/>")]
    [InlineData("<row r=\"99999999999999\"/>")]
    [InlineData("<row r=\"-1\"/>")]
    [InlineData("<row r=\"5\"/><row r=\"5\"/>")]
    [InlineData("<row r=\"9\"><c r=\"XFE9\"><v>1</v></c></row>")]
    [InlineData("<row r=\"9\"><c r=\"ZZZZZZZZZZ9\"><v>1</v></c></row>")]
    [InlineData("<row r=\"9\"><c r=\"9\"><v>1</v></c></row>")]
    [InlineData("<row r=\"9\"><c r=\"B9\"><v>1</v></c><c r=\"B9\"><v>1</v></c></row>")]
    [InlineData("<row r=\"9\"><c r=\"A9\" t=\"s\"><v>0</v></c></row>")]
    [InlineData("<row r=\"9\"><c r=\"A9\" t=\"s\"><v>-1</v></c></row>")]
    [InlineData("<row r=\"9\"><c r=\"A9\" t=\"s\"><v>x</v></c></row>")]
    [InlineData("<row r=\"9\"><c>")]
    public void A_row_that_breaks_the_format_ends_the_sheet(string row)
    {
        string people = P.Replace("</sheetData>", row + "</sheetData>", StringComparison.Ordinal);
        Fault fault = Workbooks.OnlyFault(Workbooks.Of(("quotas", Q), ("people", people)));
        Assert.Equal("book.xlsx [people]", fault.Location.Source);
        Assert.Contains(": a row cannot be read, found ", FileTexts.English.Describe(fault), StringComparison.Ordinal);
        Assert.EndsWith("; later rows were not read", FileTexts.English.Describe(fault), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_parts_and_sheets_are_refused()
    {
        byte[] parts = Workbooks.Zip([.. Sound, .. Enumerable.Range(0, 10_001).Select(i => ($"x{i}", ""))]);
        Assert.EndsWith(": the file is larger than the limit; expected at most 10000 parts", FileTexts.English.Describe(Workbooks.OnlyFault(parts)), StringComparison.Ordinal);
        byte[] sheets = Change("xl/workbook.xml", text => text.Replace("</sheets>", string.Concat(Enumerable.Repeat("<sheet name=\"x\" r:id=\"s0\"/>", 1000)) + "</sheets>", StringComparison.Ordinal));
        Assert.EndsWith(": the file is larger than the limit; expected at most 1000 sheets", FileTexts.English.Describe(Workbooks.OnlyFault(sheets)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_on_the_file_counts_for_workbooks_too() =>
        Assert.Equal("files/file-too-large", Workbooks.OnlyFault(Workbooks.Zip(Sound), o => o with { MaxFileBytes = 100 }).Code.Name);

    [Property(MaxTest = 600)]
    public void A_workbook_with_any_bytes_changed_or_missing(int seed)
    {
        byte[] book = Workbooks.Zip(Sound);
        Random random = new(seed);
        for (int i = random.Next(4); i >= 0; i--)
        {
            book[random.Next(4, book.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : book[random.Next(book.Length)];
        }

        LoadOrFault(random.Next(4) == 0 ? book[..random.Next(4, book.Length)] : book);
    }

    [Property(MaxTest = 600)]
    public void A_workbook_with_any_piece_of_its_XML_changed(int seed)
    {
        Random random = new(seed);
        (string Name, string Text)[] parts = [.. Workbooks.Parts([("quotas", Q), ("people", P)], "<si><t>x</t></si>", "<cellXfs><xf numFmtId=\"14\"/></cellXfs>")];
        ref string text = ref parts[random.Next(parts.Length)].Text;
        int start = random.Next(text.Length);
        string[] pieces = ["<", ">", "/>", "\"", "<row>", "</c>", "&#0;", "&lt;", "99999999999", "-1", " t=\"s\"", " s=\"0\"", "../", "", "\uFFFF", "<![CDATA[", "<!--", "rId", "x"];
        text = text.Remove(start, Math.Min(random.Next(20), text.Length - start)).Insert(start, pieces[random.Next(pieces.Length)]);
        LoadOrFault(Workbooks.Zip(parts));
    }

    [Fact]
    public void Cancellation_stops_the_unpacking()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("b.xlsx", Bomb("xl/worksheets/sheet2.xml", Head, "<!---->", "", megabytes: 900));
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(20));
        Assert.ThrowsAny<OperationCanceledException>(() => ProblemFiles.Load(new ProblemFilesOptions { Quotas = path, People = path, PanelSize = 2 }, source.Token));
    }

    /// <summary>Changes the size that an archive states of an entry, wherever it states it.</summary>
    private static void ChangeSize(byte[] book, int from, int to)
    {
        byte[] size = BitConverter.GetBytes(from);
        int changed = 0;
        for (int at = book.AsSpan().IndexOf(size); at >= 0; at = book.AsSpan().IndexOf(size))
        {
            BitConverter.GetBytes(to).CopyTo(book, at);
            changed++;
        }

        Assert.InRange(changed, 1, 2);
    }

    private static void LoadOrFault(byte[] book)
    {
        try
        {
            Workbooks.Load(book);
        }
        catch (MalformedInputException e)
        {
            Assert.NotEmpty(e.Faults);
            Assert.All(e.Faults, f => Assert.NotEmpty(FileTexts.English.Describe(f)));
        }
    }

    private static byte[] Change(string part, Func<string, string> change) => Workbooks.Zip([.. Sound.Select(p => p.Name == part ? (p.Name, change(p.Text)) : p)]);

    private static byte[] Without(string part) => Workbooks.Zip([.. Sound.Where(p => p.Name != part)]);

    /// <summary>A workbook of which one part begins in some way and then repeats a piece (or makes up element after element) up to some size.</summary>
    private static byte[] Bomb(string part, string head, string? piece, string before, (string Name, string Text)[]? parts = null, int megabytes = 1020)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in parts ?? Sound)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                if (name != part)
                {
                    entry.Write(Encoding.UTF8.GetBytes(text));
                    continue;
                }

                entry.Write(Encoding.UTF8.GetBytes(head + before));
                byte[] repeated = Encoding.UTF8.GetBytes(piece ?? " ");
                byte[] block = new byte[(1 << 20) / repeated.Length * repeated.Length];
                for (int i = 0; i < block.Length; i++)
                {
                    block[i] = repeated[i % repeated.Length];
                }

                for (int m = 0; m < (piece is null ? 20 : megabytes); m++)
                {
                    if (piece is null)
                    {
                        block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(m << 16, 1 << 16).Select(i => FormattableString.Invariant($"<a{i}/>"))));
                    }

                    entry.Write(block);
                }
            }
        }

        return stream.ToArray();
    }

    /// <summary>Runs something that must end and keep little, and measures what it keeps at its height.</summary>
    private static T Bounded<T>(Func<T> run)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using CancellationTokenSource stop = new();
        Task<long> height = Task.Factory.StartNew(
            () =>
            {
                long most = 0;
                while (!stop.Token.WaitHandle.WaitOne(5))
                {
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
                }

                return most;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        T result = run();
        stop.Cancel();
        Assert.InRange(height.GetAwaiter().GetResult(), long.MinValue, MemoryLimit);
        return result;
    }

    /// <summary>Memory is measured, so no other test may run at the same time.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
