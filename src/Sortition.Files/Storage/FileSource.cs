using System.Diagnostics.CodeAnalysis;
using Sortition.Core;

namespace Sortition.Files.Storage;

/// <summary>
/// A file to be read: one on disk, or a stream that is given the name of one. Every reader of this library takes it, and so takes a path or a stream.
/// </summary>
/// <remarks>A stream is read once, from where it stands to its end, and left open.</remarks>
public sealed class FileSource
{
    private readonly Func<Stream> _open;
    private readonly bool _leavesOpen;
    private readonly long _maxBytes;

    internal FileSource(
        string name, Func<Stream> open, bool leavesOpen = false, string? path = null, long? maxBytes = null, ReadingOptions? reading = null)
    {
        Reading = reading ?? ReadingOptions.Default;
        Name = name;
        Path = path;
        _open = open;
        _leavesOpen = leavesOpen;
        _maxBytes = maxBytes ?? long.MaxValue;
    }

    /// <summary>What faults and reports call it: the file's name without its folder.</summary>
    public string Name { get; }

    /// <summary>The path of a file on disk; null for others.</summary>
    public string? Path { get; }

    /// <summary>How it is to be read if it is a table.</summary>
    public ReadingOptions Reading { get; }

    /// <summary>The same file, to be read in another way if it is a table.</summary>
    /// <param name="reading">How.</param>
    public FileSource With(ReadingOptions reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return new FileSource(Name, _open, _leavesOpen, Path, _maxBytes, reading);
    }

    /// <summary>A file on disk. It is opened when it is read.</summary>
    /// <param name="path">Its path.</param>
    public static FileSource At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = System.IO.Path.GetFileName(path) is { Length: > 0 } last ? last : path;
        return new FileSource(name, () => Open(path), path: path);
    }

    internal static FileStream Open(string path) => new(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    /// <summary>A stream, such as an upload or the standard input.</summary>
    /// <param name="stream">Where from; left open. An <see cref="IOException"/> of its own goes through to whoever reads.</param>
    /// <param name="name">What faults and reports call it.</param>
    public static FileSource From(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new FileSource(name, () => stream, leavesOpen: true);
    }

    /// <summary>A stream that is opened when it is read, and disposed of after.</summary>
    /// <param name="open">Opens it. An <see cref="IOException"/> then or while it is read is a fault of the file.</param>
    /// <param name="name">What faults and reports call it.</param>
    public static FileSource From(Func<Stream> open, string name)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new FileSource(name, open);
    }

    /// <summary>A file on disk, as <see cref="At"/>; none where there is no path.</summary>
    /// <param name="path">Its path.</param>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator FileSource?(string? path) => path is null ? null : At(path);

    /// <summary>A stream, as <see cref="From(Stream, string)"/>, under the name <c>input</c>.</summary>
    /// <param name="stream">Where from.</param>
    public static implicit operator FileSource(Stream stream) => From(stream, "input");

    /// <summary>Reads it to its end, but never more than wanted.</summary>
    /// <param name="maxBytes">The most bytes that are wanted, 1 or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>All its bytes.</returns>
    /// <exception cref="MalformedInputException">It cannot be read, or has more bytes.</exception>
    /// <exception cref="IOException">A stream broke off.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ArraySegment<byte> Read(long maxBytes, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        try
        {
            return cancellationToken.CanBeCanceled && !_leavesOpen ? ReadAside(maxBytes, cancellationToken) : ReadHere(maxBytes, cancellationToken);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Refused(FileFaults.UnreadableFile);
        }
    }

    /// <summary>The same as <see cref="Read"/>, without a synchronous call of a stream.</summary>
    internal async Task<ArraySegment<byte>> ReadAsync(long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            long most = Math.Min(maxBytes, _maxBytes);
            Stream stream = _open();
            try
            {
                return await BoundedRead.AllAsync(stream, most, cancellationToken).ConfigureAwait(false) ?? throw Refused(FileFaults.FileTooLarge, most);
            }
            finally
            {
                if (!_leavesOpen)
                {
                    await stream.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Refused(FileFaults.UnreadableFile);
        }
    }

    /// <summary>
    /// Opening a pipe waits for whoever writes to it, and reading one for what is written. No token ends that wait, so another thread is left to it.
    /// </summary>
    private ArraySegment<byte> ReadAside(long maxBytes, CancellationToken cancellationToken)
    {
        Task<ArraySegment<byte>> reading = Task.Factory.StartNew(
            () => ReadHere(maxBytes, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task.WaitAny([reading], cancellationToken);
        return reading.GetAwaiter().GetResult();
    }

    private ArraySegment<byte> ReadHere(long maxBytes, CancellationToken cancellationToken)
    {
        long most = Math.Min(maxBytes, _maxBytes);
        Stream stream = _open();
        try
        {
            return BoundedRead.All(stream, most, cancellationToken) ?? throw Refused(FileFaults.FileTooLarge, most);
        }
        finally
        {
            if (!_leavesOpen)
            {
                stream.Dispose();
            }
        }
    }

    /// <summary>Whether both are one: the same file or the same stream.</summary>
    internal bool IsSameAs(FileSource other) =>
        ReferenceEquals(_open, other._open) || (Path is not null && string.Equals(Path, other.Path, StringComparison.Ordinal));

    /// <summary>
    /// Whether an exception says that the file is no good. A stream of the caller's that breaks off is none of that: it is for the caller to know whether the
    /// connection was lost or the upload was too large.
    /// </summary>
    private bool IsUnreadable(Exception e) =>
        e is UnauthorizedAccessException or ArgumentException or NotSupportedException or InvalidDataException || (e is IOException && !_leavesOpen);

    private MalformedInputException Refused(FaultCode code, params IReadOnlyList<object?> values) => new([new Fault(code, new FaultLocation(Name), values)], 1);
}
