namespace Sortition.Files.Storage;

/// <summary>Reads streams whole, but never more than wanted.</summary>
internal static class BoundedRead
{
    private const int Block = 1 << 20;

    /// <summary>All bytes to the end, or null if there are more than wanted. Works for pipes too, which do not know their length.</summary>
    public static ArraySegment<byte>? All(Stream stream, long maxBytes, CancellationToken cancellationToken)
    {
        long known = stream.CanSeek ? stream.Length - stream.Position : 0;
        if (known > maxBytes)
        {
            return null;
        }

        // One byte more than known, so that the end is met without growing; large arrays are not worth copying to trim them.
        byte[] buffer = new byte[Math.Min(Math.Max(known, 1 << 16) + 1, Array.MaxLength)];
        int length = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = stream.Read(buffer, length, Math.Min(buffer.Length - length, Block));
            length += read;
            if (length > maxBytes)
            {
                return null;
            }

            if (read == 0)
            {
                return new ArraySegment<byte>(buffer, 0, length);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * length, Array.MaxLength));
            }
        }
    }
}
