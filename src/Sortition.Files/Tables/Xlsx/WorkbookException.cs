using System.Text;
using System.Xml;
using Sortition.Core.Problems;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>A workbook that breaks its format or a limit set against hostile ones. It becomes a fault; it never leaves this room.</summary>
internal sealed class WorkbookException(FaultCode code, string? found, string expected) : Exception(found ?? expected)
{
    public const string ASoundWorkbook = "an .xlsx workbook as spreadsheet programs save it, or its sheet saved as \"CSV UTF-8\"";

    public FaultCode Code => code;

    public string? Found => found;

    public string Expected => expected;

    public static WorkbookException TooLarge(string limit) => new(FaultCode.FileTooLarge, null, limit);

    public static WorkbookException Malformed(string found) => new(FaultCode.UnreadableFile, found, ASoundWorkbook);

    /// <summary>The same of any exception that malformed archives and documents cause; null for others, which are nobody's fault but the program's.</summary>
    public static WorkbookException? Of(Exception exception) => exception switch
    {
        WorkbookException known => known,
        XmlException => Malformed("a workbook with malformed XML"),
        InvalidDataException or IOException or DecoderFallbackException or NotSupportedException => Malformed("a damaged workbook"),
        _ => null,
    };
}
