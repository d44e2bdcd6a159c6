using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Sortition.Cli.Tests;

/// <summary>
/// Reads the small tables of <see cref="MutatedTableTests"/> in the plainest way, with nothing of the library's own: a second opinion on what stands in them.
/// </summary>
internal static class PlainReader
{
    /// <summary>The rows that hold something, with their lines, but for lines that the command said it left out.</summary>
    public static List<(int Line, string[] Cells)> Rows(byte[] file, string? sheet, IReadOnlySet<int> leftOut, int titles) =>
    [
        .. (file.AsSpan().StartsWith("PK"u8) ? Sheet(file, sheet!) : Text(file))
            .Where(row => row.Cells.Any(c => !string.IsNullOrWhiteSpace(c))).Skip(titles).Where(row => !leftOut.Contains(row.Line))
    ];

    /// <summary>A name without what people do not mean by it; made of few rules, for names of ASCII and a few other letters.</summary>
    public static string Name(string text)
    {
        string plain = text.Normalize(NormalizationForm.FormKC).Replace("\u200b", "", StringComparison.Ordinal).Replace('\u2010', '-').Replace('\u2013', '-');
        return string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
    }

    private static List<(int Line, string[] Cells)> Text(byte[] file)
    {
        string text = Decode(file);
        List<(int Line, string[] Cells)>[] readings = [.. ";\t,".Select(separator => Parse(text, separator))];
        int[] alike =
        [
            .. readings.Select(rows => rows.Where(r => r.Cells.Any(c => c.Trim().Length > 0) && r.Cells.Length > 1).GroupBy(r => r.Cells.Length).Select(g => g.Count()).DefaultIfEmpty(0).Max())
        ];
        return alike.Max() == 0 ? readings[2] : readings[Array.IndexOf(alike, alike.Max())];
    }

    private static string Decode(byte[] file)
    {
        if (file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Encoding.Unicode.GetString(file.AsSpan(2));
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(file);
        }
    }

    private static List<(int Line, string[] Cells)> Parse(string text, char separator)
    {
        List<(int, string[])> rows = [];
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        int begin = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (quoted && i < text.Length)
            {
                quoted = c != '"';
                cell.Append(quoted ? c.ToString() : "");
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator || c is '\n' or '\r')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c != separator)
                {
                    i += c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                    rows.Add((LineOf(text, begin), [.. cells]));
                    cells.Clear();
                    begin = i + 1;
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        return rows;
    }

    private static int LineOf(string text, int position) => 1 + text[..position].Replace("\r\n", "\n", StringComparison.Ordinal).Count(c => c is '\n' or '\r');

    private static IEnumerable<(int Line, string[] Cells)> Sheet(byte[] file, string sheet)
    {
        using ZipArchive archive = new(new MemoryStream(file));
        XDocument Part(string name)
        {
            using Stream stream = archive.GetEntry(name)!.Open();
            return XDocument.Load(stream);
        }

        XDocument book = Part("xl/workbook.xml");
        XNamespace relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        string id = book.Descendants().First(e => e.Name.LocalName == "sheet" && e.Attribute("name")!.Value == sheet).Attribute(relations + "id")!.Value;
        string target = Part("xl/_rels/workbook.xml.rels").Root!.Elements().First(e => e.Attribute("Id")!.Value == id).Attribute("Target")!.Value;
        int row = 0;
        foreach (XElement element in Part("xl/" + target).Descendants().Where(e => e.Name.LocalName == "row"))
        {
            row = element.Attribute("r") is XAttribute number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : row + 1;
            List<string> cells = [];
            foreach (XElement cell in element.Elements())
            {
                int column = cell.Attribute("r") is XAttribute reference ? reference.Value[0] - 'A' : cells.Count;
                while (cells.Count < column)
                {
                    cells.Add("");
                }

                cells.Add(cell.Value);
            }

            yield return (row, [.. cells]);
        }
    }
}
