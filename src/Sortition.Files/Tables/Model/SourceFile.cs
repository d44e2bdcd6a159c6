using System.Security.Cryptography;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Model;

/// <summary>A file that holds tables, wholly read and hashed: text with one table, or a workbook with some.</summary>
internal abstract class SourceFile
{
    protected SourceFile(string name, ArraySegment<byte> bytes, ReadingOptions reading)
    {
        Description = new InputFile(name, Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan())), bytes.Count);
        Bytes = bytes;
        Reading = reading;
    }

    public InputFile Description { get; }

    public string Name => Description.Name;

    /// <summary>How it is to be read where it does not say so itself.</summary>
    public ReadingOptions Reading { get; }

    protected ArraySegment<byte> Bytes { get; private set; }

    /// <summary>Opens a table and reads its headings, or reports why not and returns null.</summary>
    /// <param name="role">What the table is wanted for.</param>
    /// <param name="sheet">The name of its sheet; null to find it by its role.</param>
    /// <param name="faults">Is told every fault, now and while rows are read.</param>
    /// <param name="cancellationToken">Stops the reading, now and later.</param>
    public TableReader? Open(TableRole role, string? sheet, FaultList faults, CancellationToken cancellationToken) =>
        OpenWithoutHeader(role, sheet, faults, cancellationToken)?.WithHeader(role);

    /// <summary>Opens a table of which it is not known where its headings are: every row that holds something is one of its rows.</summary>
    /// <param name="role">What the table is wanted for.</param>
    /// <param name="sheet">The name of its sheet; null to find it by its role.</param>
    /// <param name="faults">Is told every fault, now and while rows are read.</param>
    /// <param name="cancellationToken">Stops the reading, now and later.</param>
    public abstract TableReader? OpenWithoutHeader(TableRole role, string? sheet, FaultList faults, CancellationToken cancellationToken);

    /// <summary>Lets go of the bytes, once nobody reads them any more: a large pool needs the memory for its people.</summary>
    public virtual void Release() => Bytes = ArraySegment<byte>.Empty;
}
