using System.IO.Compression;
using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>A workbook opened for reading: what sheets it has, and what all of them share.</summary>
/// <remarks>Its members throw <see cref="WorkbookException"/>, and what malformed archives and XML make the framework throw.</remarks>
internal sealed class Workbook : IDisposable
{
    private const int MaxSheets = 1000;

    // Everything but sheets and their texts is small.
    private const long MaxSmallPart = 64L << 20;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly InflationLimit _limit = new();
    private readonly CancellationToken _cancellationToken;
    private readonly Relationships _relationships;
    private readonly List<SheetEntry> _sheets = [];
    private CellReader? _cells;
    private bool _countsFrom1904;

    public Workbook(ArraySegment<byte> bytes, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _archive = BoundedZip.Open(bytes) ?? throw new WorkbookException(FileFaults.TooManyParts, BoundedZip.MaxFiles);
        foreach (ZipArchiveEntry part in _archive.Entries)
        {
            _parts.TryAdd(part.FullName.Replace('\\', '/').TrimStart('/'), part);
        }

        string main = OfPart("").Find("officeDocument") ?? throw NoWorkbook();
        _relationships = OfPart(main);
        ReadSheets(main);
    }

    /// <summary>The sheets that hold cells, in the order of their tabs.</summary>
    public IReadOnlyList<SheetEntry> Sheets => _sheets;

    /// <summary>What turns cells of any sheet into text. Made when it is first needed: that takes the texts that all sheets share.</summary>
    public CellReader Cells => _cells ??= ReadShared();

    public XmlPart Open(SheetEntry sheet) => Open(sheet.Part, InflationLimit.MaxSize);

    /// <summary>The beginning of a sheet, which may be none that is wanted.</summary>
    public XmlPart OpenBeginning(SheetEntry sheet) => Open(sheet.Part, InflationLimit.MaxSize, new InflationLimit(InflationLimit.MaxBeginning));

    /// <summary>The merged areas of a sheet; null where it has none, which is seen without understanding all of it.</summary>
    public MergedAreas? Merged(SheetEntry sheet)
    {
        if (!_parts.TryGetValue(sheet.Part, out ZipArchiveEntry? part) || part.IsEncrypted || part.Length > InflationLimit.MaxSize
            || !Names(part, "mergeCell"u8))
        {
            return null;
        }

        using XmlPart xml = new(part.Open(), new InflationLimit(), _cancellationToken);
        return MergedAreas.Read(xml);
    }

    public void Dispose() => _archive.Dispose();

    private XmlPart Open(string name, long maxBytes, InflationLimit? limit = null)
    {
        ZipArchiveEntry part = _parts.GetValueOrDefault(name) ?? throw new WorkbookException(FileFaults.WorkbookPartMissing);
        if (part.IsEncrypted)
        {
            throw new WorkbookException(FileFaults.WorkbookWithPassword);
        }

        // What an archive says of itself spares the unpacking; whether it is true shows while unpacking.
        return part.Length <= maxBytes ? new XmlPart(part.Open(), limit ?? _limit, _cancellationToken) : throw InflationLimit.Exceeded();
    }

    /// <summary>Whether a part has a word in it, or may have: one that is not in an encoding of single bytes.</summary>
    private bool Names(ZipArchiveEntry part, ReadOnlySpan<byte> word)
    {
        using Stream stream = part.Open();
        byte[] block = new byte[1 << 16];
        int kept = 0;
        long total = 0;
        while (stream.Read(block, kept, block.Length - kept) is > 0 and int read)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            total += read;
            ReadOnlySpan<byte> known = block.AsSpan(0, kept + read);
            if (known.Contains((byte)0) || known.IndexOf(word) >= 0)
            {
                return true;
            }

            if (total > InflationLimit.MaxSize)
            {
                // Told when it is read.
                return false;
            }

            kept = Math.Min(word.Length - 1, known.Length);
            known[^kept..].CopyTo(block);
        }

        return false;
    }

    private Relationships OfPart(string part)
    {
        string name = Relationships.PartOf(part);
        if (!_parts.ContainsKey(name))
        {
            throw NoWorkbook();
        }

        using XmlPart xml = Open(name, MaxSmallPart);
        return new Relationships(xml, part);
    }

    private void ReadSheets(string main)
    {
        if (!_parts.ContainsKey(main))
        {
            throw NoWorkbook();
        }

        using XmlPart xml = Open(main, MaxSmallPart);
        while (xml.Read())
        {
            if (xml.IsStart("workbookPr"))
            {
                _countsFrom1904 = xml.Attribute("date1904") is "1" or "true";
            }
            else if (xml.IsStart("sheet")
                && xml.Attribute("name") is string name
                && xml.Reference() is string id
                && _relationships.Worksheet(id) is string part)
            {
                // Sheets that hold a chart only are no tables.
                _sheets.Add(new SheetEntry(name, part, xml.Attribute("state") is "hidden" or "veryHidden"));
                if (_sheets.Count > MaxSheets)
                {
                    throw new WorkbookException(FileFaults.TooManySheets, MaxSheets);
                }
            }
        }

        if (_sheets.Count == 0)
        {
            throw NoWorkbook();
        }
    }

    private CellReader ReadShared()
    {
        IReadOnlyList<string> texts = [];
        if (_relationships.Find("sharedStrings") is string strings)
        {
            using XmlPart xml = Open(strings, InflationLimit.MaxSize);
            texts = SharedStrings.Read(xml);
        }

        if (_relationships.Find("styles") is not string styles)
        {
            return new CellReader(texts, formats: [], _countsFrom1904);
        }

        using XmlPart part = Open(styles, MaxSmallPart);
        return new CellReader(texts, CellFormats.Read(part), _countsFrom1904);
    }

    private static WorkbookException NoWorkbook() => new(FileFaults.NotAWorkbook);
}
