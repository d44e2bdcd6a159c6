using System.Buffers;
using System.Text.Json;
using Sortition.Shared;

namespace Sortition.Files.Documents;

/// <summary>Writes a document piece by piece, so that no more of it is in memory than a piece, and the same to any stream in either way.</summary>
/// <remarks>A piece is what a writer has written when it yields. Nothing is written to the stream after a failure.</remarks>
internal static class JsonStream
{
    private const int Block = 1 << 16;

    public static void Write(Stream stream, Func<Utf8JsonWriter, IEnumerable<bool>> pieces)
    {
        foreach (ReadOnlyMemory<byte> block in Blocks(pieces))
        {
            stream.Write(block.Span);
        }

        stream.Flush();
    }

    public static async Task WriteAsync(Stream stream, Func<Utf8JsonWriter, IEnumerable<bool>> pieces, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            foreach (ReadOnlyMemory<byte> block in Blocks(pieces))
            {
                await stream.WriteAsync(block, cancellationToken).ConfigureAwait(false);
            }

            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested && e.CancellationToken != cancellationToken)
        {
            // A stream may have waited for a token of its own beside the one it was given.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    public static string ToText(Func<Utf8JsonWriter, IEnumerable<bool>> pieces)
    {
        using MemoryStream stream = new();
        Write(stream, pieces);
        return JsonForm.Utf8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>The document in blocks. Each is good until the next is asked for.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Blocks(Func<Utf8JsonWriter, IEnumerable<bool>> pieces)
    {
        ArrayBufferWriter<byte> buffer = new(2 * Block);
        using Utf8JsonWriter json = new(buffer, JsonForm.Compact);
        foreach (bool _ in pieces(json))
        {
            if (json.BytesPending + buffer.WrittenCount < Block)
            {
                continue;
            }

            json.Flush();
            yield return buffer.WrittenMemory;
            buffer.ResetWrittenCount();
        }

        json.Flush();
        yield return buffer.WrittenMemory;
    }
}
