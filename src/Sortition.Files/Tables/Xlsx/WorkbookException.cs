using System.Text;
using System.Xml;
using Sortition.Core;
using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>A workbook that breaks its format or a limit set against hostile ones. It becomes a fault; it never leaves this room.</summary>
/// <param name="code">What is wrong; the first parameter of such a code is the row from which nothing more could be read.</param>
/// <param name="limits">The values of the other parameters.</param>
internal sealed class WorkbookException(FaultCode code, params IReadOnlyList<object?> limits) : Exception(code.Name)
{
    /// <summary>The fault of the whole workbook.</summary>
    public Fault Of(string workbook) => new(code, new FaultLocation(workbook), [null, .. limits]);

    /// <summary>The fault of a sheet of which later rows were not read.</summary>
    public Fault Of(string sheet, int row) => new(code, new FaultLocation(sheet, row), [row, .. limits]);

    /// <summary>The same of any exception that malformed archives and documents cause; null for others, which are nobody's fault but the program's.</summary>
    public static WorkbookException? From(Exception exception) => exception switch
    {
        WorkbookException known => known,
        XmlException => new(FileFaults.WorkbookXmlMalformed),
        InvalidDataException or IOException or DecoderFallbackException or NotSupportedException => new(FileFaults.WorkbookDamaged),
        _ => null,
    };
}
