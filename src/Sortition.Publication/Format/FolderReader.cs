using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Publication.Format;

/// <summary>Reads files of a folder or an archive, each once, so that what is hashed is what is looked at.</summary>
internal sealed class FolderReader(FolderSource folder, CancellationToken cancellationToken)
{
    // As much as the readers of the documents take.
    private const long MaxBytes = 256 << 20;

    // Of all files together, which are kept in memory.
    private long _left = 1L << 30;

    private readonly Dictionary<string, byte[]?> _contents = new(StringComparer.Ordinal);

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The names of the files; none if a folder cannot be read.</summary>
    public IReadOnlyList<string> Names() => folder.Names();

    /// <summary>Whether there is something of this name, whatever it is.</summary>
    public bool Has(string name) => folder.Names().Contains(name, StringComparer.Ordinal);

    /// <summary>The content of a file; null if there is none, or it cannot be read or is too large.</summary>
    /// <param name="name">One of <see cref="PartNames"/>, never a path.</param>
    public byte[]? Content(string name)
    {
        if (!_contents.TryGetValue(name, out byte[]? content))
        {
            _contents.Add(name, content = Read(name));
        }

        return content;
    }

    /// <summary>The content of a file, or a fault and nothing.</summary>
    public byte[] ContentOrFault(string name, FaultList faults)
    {
        if (Content(name) is byte[] content)
        {
            return content;
        }

        faults.Add(PublicationFaults.MissingFile, new FaultLocation(name), MaxBytes);
        return [];
    }

    private byte[]? Read(string name)
    {
        try
        {
            byte[] content = folder.File(name).Read(Math.Min(MaxBytes, _left), cancellationToken).ToArray();
            _left = Math.Max(1, _left - content.Length);
            return content;
        }
        catch (MalformedInputException)
        {
            return null;
        }
    }
}
