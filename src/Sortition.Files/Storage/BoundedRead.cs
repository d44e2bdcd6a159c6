namespace Sortition.Files.Storage;

/// <summary>Reads streams whole, but never more than wanted. Works for pipes too, which do not know their length.</summary>
internal sealed class BoundedRead
{
    private const int Block = 1 << 20;

    private readonly long _maxBytes;
    private byte[] _buffer;
    private int _length;

    private BoundedRead(Stream stream, long maxBytes)
    {
        // One byte more than known, so that the end is met without growing; large arrays are not worth copying to trim them.
        long known = stream.CanSeek ? stream.Length - stream.Position : 0;
        _maxBytes = maxBytes;
        _buffer = known > maxBytes ? [] : new byte[Math.Min(Math.Max(known, 1 << 16) + 1, Array.MaxLength)];
    }

    private bool IsTooLarge => _buffer.Length == 0 || _length > _maxBytes;

    private Memory<byte> Room => _buffer.AsMemory(_length, Math.Min(_buffer.Length - _length, Block));

    private ArraySegment<byte> Content => new(_buffer, 0, _length);

    /// <summary>All bytes to the end, or null if there are more than wanted.</summary>
    public static ArraySegment<byte>? All(Stream stream, long maxBytes, CancellationToken cancellationToken)
    {
        BoundedRead read = new(stream, maxBytes);
        while (!read.IsTooLarge)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!read.Take(stream.Read(read.Room.Span)))
            {
                return read.Content;
            }
        }

        return null;
    }

    /// <summary>The same, without a synchronous call.</summary>
    public static async Task<ArraySegment<byte>?> AllAsync(Stream stream, long maxBytes, CancellationToken cancellationToken)
    {
        BoundedRead read = new(stream, maxBytes);
        try
        {
            while (!read.IsTooLarge)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!read.Take(await stream.ReadAsync(read.Room, cancellationToken).ConfigureAwait(false)))
                {
                    return read.Content;
                }
            }

            return null;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested && e.CancellationToken != cancellationToken)
        {
            // A stream may have waited for a token of its own beside the one it was given.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    /// <summary>Counts what was read, and makes room for more; false at the end.</summary>
    private bool Take(int bytes)
    {
        _length += bytes;
        if (_length == _buffer.Length && bytes > 0)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Math.Min(2L * _length, _maxBytes + 1), Array.MaxLength));
        }

        return bytes > 0;
    }
}
