using System.Text;
using System.Xml;
using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>An XML document of a workbook, read forwards, with no more in memory than the element at hand.</summary>
internal sealed class XmlPart : IDisposable
{
    private const int MaxDepth = 64;

    private static readonly string[] MainNamespaces =
    [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ];

    private static readonly string[] ReferenceNamespaces =
    [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ];

    private readonly MarkupReader _text;
    private readonly XmlReader _xml;
    private readonly char[] _piece = new char[1 << 12];

    public XmlPart(Stream stream, InflationLimit limit, CancellationToken cancellationToken)
    {
        _text = new MarkupReader(stream, limit, cancellationToken);
        _xml = XmlReader.Create(_text, new XmlReaderSettings
        {
            // Neither entities nor anything outside the document.
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            NameTable = new BoundedNameTable(),
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        });
    }

    public int Depth => _xml.Depth;

    public bool IsEmptyElement => _xml.IsEmptyElement;

    /// <summary>Moves to the next node; false at the end.</summary>
    public bool Read()
    {
        if (!_xml.Read())
        {
            return false;
        }

        return _xml.Depth <= MaxDepth ? true : throw new WorkbookException(FileFaults.WorkbookXmlTooDeep);
    }

    /// <summary>Moves on inside an element; false, and at its end, when there is no more of it.</summary>
    /// <param name="depth">The depth of that element, which is not empty.</param>
    public bool ReadInside(int depth) => Read() && _xml.Depth > depth;

    /// <summary>Whether an element of spreadsheets begins here.</summary>
    public bool IsStart(string name) =>
        IsAnyStart(name) && Array.IndexOf(MainNamespaces, _xml.NamespaceURI) >= 0;

    /// <summary>Whether an element begins here, of whatever vocabulary.</summary>
    public bool IsAnyStart(string name) => _xml.NodeType == XmlNodeType.Element && string.Equals(_xml.LocalName, name, StringComparison.Ordinal);

    public string? Attribute(string name) => _xml.GetAttribute(name);

    /// <summary>The id by which an element refers to another part.</summary>
    public string? Reference() => ReferenceNamespaces.Select(space => _xml.GetAttribute("id", space)).FirstOrDefault(id => id is not null);

    /// <summary>Adds the text of the element at hand, and of those inside it, to what there is, and moves to its end.</summary>
    public void AppendText(StringBuilder text, int maxChars)
    {
        if (_xml.IsEmptyElement)
        {
            return;
        }

        int depth = _xml.Depth;
        while (ReadInside(depth))
        {
            if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
            {
                continue;
            }

            for (int read = _xml.ReadValueChunk(_piece, 0, _piece.Length); read > 0; read = _xml.ReadValueChunk(_piece, 0, _piece.Length))
            {
                text.Append(_piece, 0, read);
                if (text.Length > maxChars)
                {
                    throw new WorkbookException(FileFaults.CellTooLong, maxChars);
                }
            }
        }
    }

    public void Dispose()
    {
        _xml.Dispose();
        _text.Dispose();
    }
}
