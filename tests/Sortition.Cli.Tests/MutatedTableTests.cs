using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Sortition.Core;
using Sortition.Files;
using Sortition.Files.Dialects;

namespace Sortition.Cli.Tests;

/// <summary>
/// Pools and quotas with mutated bytes, cells, rows and sheets: the command ends with 0, 1 or 2 and writes nothing it should not, and what it takes for the
/// problem is what a plain reader finds in the same bytes. <c>eng/mutated-tables.sh</c> runs many.
/// </summary>
public sealed class MutatedTableTests
{
    private const int Few = 150;

    private static readonly string[] s_words =
    [
        "", " ", "female", "male", "FEMALE ", "16-24", "16\u201324", "25+", "fe male", "other", "0", "1", "2", "12", "-1", "1.5", "1,5", "1 000", "x\"y", "a,b", "c;d",
        "\u00e6", "e\u0301", "Total", "I alt", "Source: x", "gender", "age", "category", "feature", "min", "max", "id", "p1", "p2", "#N/A", "50 %", "\u200b", "sep=;",
    ];

    [Fact]
    public void Mutated_tables_are_read_right_or_refused()
    {
        bool isLong = Environment.GetEnvironmentVariable("SORTITION_MUTATED") is { Length: > 0 };
        int count = isLong ? int.Parse(Environment.GetEnvironmentVariable("SORTITION_MUTATED")!, CultureInfo.InvariantCulture) : Few;
        int seed = int.Parse(Environment.GetEnvironmentVariable("SORTITION_SEED") ?? "1", CultureInfo.InvariantCulture);
        int[] ends = new int[3];
        using TemporaryFolder folder = new();
        for (int i = 0; i < count; i++)
        {
            Random random = new(unchecked((seed * 1_000_003) + i));
            string context = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, table {i}");
            int exitCode = i % 4 == 3 ? Population(folder, random, context) : Pool(folder, random, context);
            ends[exitCode]++;
        }

        Assert.True(ends[0] > count / 10 && ends[2] > count / 10, string.Join(' ', ends));
        if (Environment.GetEnvironmentVariable("SORTITION_MUTATED_RESULT") is { Length: > 0 } path)
        {
            File.WriteAllText(path, string.Create(
                CultureInfo.InvariantCulture, $"seed {seed}: {count} mutated tables; exit 0: {ends[0]}, exit 1: {ends[1]}, exit 2: {ends[2]}; no other end, no difference\n"));
        }
    }

    private static int Pool(TemporaryFolder folder, Random random, string context)
    {
        string[][] quotas = [["category", "feature", "min", "max"], ["gender", "female", "0", "4"], ["gender", "male", "0", "4"], ["age", "16-24", "0", "4"], ["age", "25+", "1", "4"]];
        string[][] people =
        [
            ["id", "note", "gender", "age"],
            .. Enumerable.Range(1, 10).Select(i => (string[])
                [FormattableString.Invariant($"p{i}"), i % 3 == 0 ? "x, y" : "", i % 2 == 0 ? "female" : "male", i % 3 == 0 ? "16-24" : "25+"]),
        ];
        bool both = random.Next(3) == 0;
        byte[] quotaFile = Written(random, quotas, both ? 0.3 : 0);
        byte[] peopleFile = Written(random, people, 1);
        string q = folder.Write("q", quotaFile);
        string p = folder.Write("p", peopleFile);
        CommandRun run = CommandRun.Of("check", "-q", q, "-p", p, "-k", "4");
        Sound(folder, run, context, "p", "q");
        if (run.ExitCode != 2)
        {
            LoadedProblem loaded = ProblemFiles.Load(new ProblemFilesOptions { Quotas = q, People = p, PanelSize = 4 });
            Assert.True(string.Equals(Plain(loaded, quotaFile, peopleFile), Sketch(loaded), StringComparison.Ordinal), $"{context}\n{Plain(loaded, quotaFile, peopleFile)}\n---\n{Sketch(loaded)}\n{run.Error}");
        }

        return run.ExitCode;
    }

    private static int Population(TemporaryFolder folder, Random random, string context)
    {
        string[][] rows = [["feature", "value", "count"], ["gender", "female", "510"], ["gender", "male", "490"], ["age", "16-24", "200"], ["age", "25+", "800"]];
        string path = folder.Write("n", Written(random, rows, 1));
        CommandRun run = CommandRun.Of("quotas", "--population", path, "--size", "10", "-o", folder["out.csv"]);
        bool written = File.Exists(folder["out.csv"]);
        Assert.True(written == (run.ExitCode == 0), context);
        if (written)
        {
            Assert.True(CommandRun.Of("generate", "-q", folder["out.csv"], "-k", "10", "--count", "10", "--seed", "s", "-o", folder["made.csv"]).ExitCode is 0 or 1 or 2, context);
            File.Delete(folder["out.csv"]);
            File.Delete(folder["made.csv"]);
        }

        Sound(folder, run, context, "n", "p", "q");
        return run.ExitCode;
    }

    private static void Sound(TemporaryFolder folder, CommandRun run, string context, params string[] files)
    {
        Assert.True(run.ExitCode is 0 or 1 or 2, $"{context}: {run.ExitCode}\n{run.Error}");
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.True(folder.Names().All(n => files.Contains(n) || n is "n" or "sortition.log"), context);
    }

    private static string Sketch(LoadedProblem loaded) =>
        string.Join('\n', loaded.Problem.Quotas.Select(q => string.Create(CultureInfo.InvariantCulture, $"{PlainReader.Name(q.FeatureLabel)}|{PlainReader.Name(q.ValueLabel)}|{q.Min}|{q.Max}")).Order(StringComparer.Ordinal))
        + "\n\n" + string.Join('\n', loaded.Problem.People.Select(p => $"{p.Id.Normalize(NormalizationForm.FormKC)}|{string.Join('|', p.Values.Select(PlainReader.Name))}").Order(StringComparer.Ordinal));

    /// <summary>The problem that a plain reader sees, without lines of which the command said that it left them out.</summary>
    private static string Plain(LoadedProblem loaded, byte[] quotaFile, byte[] peopleFile)
    {
        List<(int Line, string[] Cells)> quotas = Rows(quotaFile, 0, "q");
        List<(int Line, string[] Cells)> people = Rows(peopleFile, 1, "p");
        (int feature, int value, int min, int max) = (Column(quotas, "category", "feature"), Column(quotas, "feature", "value", "name"), Column(quotas, "min"), Column(quotas, "max"));
        if (feature == value)
        {
            value = Column(quotas, "value", "name");
        }

        string[] features = [.. loaded.Problem.Features.Select(f => f.Name)];
        int[] columns = [.. features.Select(f => Column(people, f))];
        int id = Column(people, "id");
        return string.Join('\n', quotas.Skip(1).Select(r => $"{Cell(r, feature)}|{Cell(r, value)}|{Number(r, min)}|{Number(r, max)}").Order(StringComparer.Ordinal))
            + "\n\n" + string.Join('\n', people.Skip(1).Select((r, i) =>
                $"{(id < 0 ? (i + 1).ToString(CultureInfo.InvariantCulture) : PlainId(r.Cells.ElementAtOrDefault(id) ?? ""))}|{string.Join('|', columns.Select(c => Cell(r, c)))}")
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

        List<(int Line, string[] Cells)> Rows(byte[] file, int input, string name)
        {
            Fault[] told = [.. loaded.Problem.Warnings.Where(w => w.Location.Source == name || w.Location.Source.StartsWith(name + " [", StringComparison.Ordinal))];
            HashSet<int> left = [.. told.Where(w => w.Code.Name is "files/remark-left-out" or "files/total-left-out").SelectMany(w => w.Lines)];
            int titles = told.Where(w => w.Code.Name is "files/title-lines").Sum(w => (int)w["count"]!);
            return PlainReader.Rows(file, loaded.Inputs[input].Sheet, left, titles);
        }

        static int Column(List<(int Line, string[] Cells)> rows, params string[] names) =>
            names.Select(n => Array.FindIndex(rows[0].Cells, c => PlainReader.Name(c) == PlainReader.Name(n))).FirstOrDefault(c => c >= 0, -1);

        static string Cell((int Line, string[] Cells) row, int column) => PlainReader.Name(row.Cells.ElementAtOrDefault(column) ?? "");

        static string Number((int Line, string[] Cells) row, int column) =>
            int.Parse(Cell(row, column).Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

        static string PlainId(string id) => string.Join(' ', id.Normalize(NormalizationForm.FormKC).Replace("\u200b", "", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A table in one of many forms, with some mutations.</summary>
    private static byte[] Written(Random random, string[][] table, double chance)
    {
        List<string[]> rows = [.. table.Select(r => r.ToArray())];
        bool mutated = random.NextDouble() < chance;
        for (int m = mutated ? 1 + random.Next(3) : 0; m > 0; m--)
        {
            Mutate(random, rows);
        }

        bool isWorkbook = random.Next(3) == 0;
        byte[] bytes = isWorkbook ? Workbook(random, rows, mutated) : Text(random, rows);
        return mutated && random.Next(5) == 0 ? Bytes(random, bytes) : bytes;
    }

    private static void Mutate(Random random, List<string[]> rows)
    {
        int r = random.Next(rows.Count);
        int c = random.Next(rows[0].Length);
        switch (random.Next(10))
        {
            case 0 when rows.Count > 2:
                rows.RemoveAt(r);
                break;
            case 1:
                rows.Insert(r, [.. rows[r]]);
                break;
            case 2:
                rows.Insert(r, [.. rows[0].Select(_ => "")]);
                break;
            case 3:
                rows.Insert(r, [s_words[random.Next(s_words.Length)]]);
                break;
            case 4:
                rows.Add([s_words[random.Next(s_words.Length)]]);
                break;
            case 5:
                rows[r] = [.. rows[r], s_words[random.Next(s_words.Length)]];
                break;
            case 6:
                rows[r] = rows[r][..random.Next(rows[r].Length)];
                break;
            case 7:
                (rows[r], rows[^1]) = (rows[^1], rows[r]);
                break;
            default:
                if (c < rows[r].Length)
                {
                    rows[r][c] = s_words[random.Next(s_words.Length)];
                }

                break;
        }
    }

    private static byte[] Bytes(Random random, byte[] bytes)
    {
        List<byte> mutated = [.. bytes];
        for (int m = 1 + random.Next(4); m > 0 && mutated.Count > 0; m--)
        {
            int at = random.Next(mutated.Count);
            switch (random.Next(3))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    mutated.RemoveAt(at);
                    break;
            }
        }

        return [.. mutated];
    }

    private static byte[] Text(Random random, List<string[]> rows)
    {
        char separator = ",;\t"[random.Next(3)];
        string newLine = random.Next(2) == 0 ? "\n" : "\r\n";
        string text = string.Concat(rows.Select(row => string.Join(separator, row.Select(c =>
            c.IndexOfAny(['"', '\r', '\n', ',', ';', '\t']) < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + newLine));
        Encoding encoding = random.Next(6) switch { 0 => Encoding.Unicode, 1 => new UTF8Encoding(true), 2 => Encoding.Latin1, _ => new UTF8Encoding(false) };
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }

    private static byte[] Workbook(Random random, List<string[]> rows, bool mutated)
    {
        List<(string Name, string Data)> sheets = [("Ark1", Data(rows))];
        if (mutated && random.Next(3) == 0)
        {
            sheets.Insert(random.Next(2), (random.Next(2) == 0 ? "notes" : "people", Data([["x", "y"], ["1", "2"]])));
        }

        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
            Add("_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r\" Type=\"{Document}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Document}\"><sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" r:id=\"s{i}\"/>"))}</sheets></workbook>");
            Add("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"s{i}\" Type=\"{Document}/worksheet\" Target=\"sheet{i}.xml\"/>"))}</Relationships>");
            for (int i = 0; i < sheets.Count; i++)
            {
                Add($"xl/sheet{i}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{sheets[i].Data}</sheetData></worksheet>");
            }

            void Add(string name, string text)
            {
                using Stream part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();

        string Data(List<string[]> cells) => string.Concat(cells.Select((row, r) =>
            $"<row r=\"{r + 1}\"{(mutated && random.Next(60) == 0 ? " hidden=\"1\"" : "")}>{string.Concat(row.Select((c, i) => Cell(c, i, r)))}</row>"));

        static string Cell(string text, int column, int row) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? $"<c r=\"{(char)('A' + column)}{row + 1}\"><v>{text}</v></c>"
            : $"<c r=\"{(char)('A' + column)}{row + 1}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";
    }
}
