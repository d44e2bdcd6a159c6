using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Publication.Format;

namespace Sortition.Publication.Report.Model;

/// <summary>A picture that stands above a report: PNG or JPEG, which hold no scripts as SVG may. Immutable.</summary>
public sealed class ReportLogo
{
    private const int MostBytes = 1 << 20;

    private ReportLogo(string type, byte[] content) => Address = $"data:{type};base64,{Convert.ToBase64String(content)}";

    /// <summary>The picture as an address that holds it.</summary>
    internal string Address { get; }

    /// <summary>Reads a picture of at most 1 MiB.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="MalformedInputException">It cannot be read, is too large, or is neither PNG nor JPEG.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ReportLogo Read(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        byte[] content = [.. file.Read(MostBytes, cancellationToken)];
        string? type = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
            : content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
            : null;
        if (type is null)
        {
            FaultList faults = new();
            faults.Add(PublicationFaults.NoPicture, new FaultLocation(file.Name));
            throw faults.ToException();
        }

        return new ReportLogo(type, content);
    }
}
