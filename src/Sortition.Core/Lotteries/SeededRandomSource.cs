using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sortition.Core.Lotteries;

/// <summary>
/// Generator "sha256-ctr/1" (<see cref="RandomSource.SeededGenerator"/>): key = SHA-256(UTF-8(seed)); block i = SHA-256(key ‖ i as 8 bytes, big-endian), i = 0,
/// 1, …; each block gives four words of 8 bytes, big-endian. Stream s of a generator is the generator whose key is SHA-256(key ‖ "stream" ‖ s as 8 bytes,
/// big-endian).
/// </summary>
internal sealed class SeededRandomSource : RandomSource
{
    private const int KeyLength = 32;
    private const int WordsInBlock = 4;

    private readonly byte[] _input = new byte[KeyLength + sizeof(ulong)];
    private readonly byte[] _block = new byte[KeyLength];
    private ulong _counter;
    private int _used = WordsInBlock;

    public SeededRandomSource(string seed)
        : this(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))
    {
    }

    private SeededRandomSource(ReadOnlySpan<byte> key) => key.CopyTo(_input);

    public SeededRandomSource Stream(long number)
    {
        Span<byte> input = stackalloc byte[KeyLength + 6 + sizeof(ulong)];
        _input.AsSpan(0, KeyLength).CopyTo(input);
        "stream"u8.CopyTo(input[KeyLength..]);
        BinaryPrimitives.WriteInt64BigEndian(input[(KeyLength + 6)..], number);
        return new SeededRandomSource(SHA256.HashData(input));
    }

    public override ulong NextUInt64()
    {
        if (_used == WordsInBlock)
        {
            BinaryPrimitives.WriteUInt64BigEndian(_input.AsSpan(KeyLength), _counter++);
            SHA256.HashData(_input, _block);
            _used = 0;
        }

        return BinaryPrimitives.ReadUInt64BigEndian(_block.AsSpan(sizeof(ulong) * _used++));
    }
}
