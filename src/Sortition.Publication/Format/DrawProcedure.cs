using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sortition.Publication.Format;

/// <summary>How a public text, which nobody could know beforehand, decides on a ballot: the procedure <c>sortition-draw/1</c>.</summary>
/// <remarks>
/// <para>Digest i = HMAC-SHA-256 with the key UTF-8(text) over the ASCII text <c>sortition-draw/1⏎root⏎M⏎i</c>, where ⏎ is a line feed, root the root hash in
/// 64 hexadecimal digits in lower case, and M and i are written in digits; i = 0, 1, …. The first 8 bytes of a digest, big-endian, make a number. If it is
/// below the largest multiple of M up to 2⁶⁴, the ballot is its remainder modulo M; otherwise the next digest decides. So every ballot is equally likely, and
/// whoever knows the text can redo the draw in any language. (In the spirit of RFC 3797. The root binds the draw to what was published before it.)</para>
/// <para>Changing anything about it makes another procedure, with another name.</para>
/// </remarks>
public static class DrawProcedure
{
    /// <summary>The name and version of the procedure, by which records of a draw call it.</summary>
    public const string Name = "sortition-draw/1";

    /// <summary>Maps a text to a ballot.</summary>
    /// <param name="text">The public text, at least one character; its UTF-8 bytes count, exactly as given.</param>
    /// <param name="root">The root hash of the published lottery: 64 hexadecimal digits in lower case.</param>
    /// <param name="ballots">M, the number of ballots, 1..1,000,000.</param>
    /// <returns>The ballot, 0..M−1, and the digests computed to find it, the last of which decided.</returns>
    /// <exception cref="ArgumentException">The text is empty or no valid Unicode, or the root is malformed.</exception>
    public static (int Ballot, IReadOnlyList<string> Digests) Draw(string text, string root, int ballots) => Draw(text, root, ballots, HMACSHA256.HashData);

    /// <summary>The procedure with any function of key and message for the digests, since those of HMAC-SHA-256 that do not decide cannot be found.</summary>
    internal static (int Ballot, IReadOnlyList<string> Digests) Draw(string text, string root, int ballots, Func<byte[], byte[], byte[]> digestOf)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentOutOfRangeException.ThrowIfLessThan(ballots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ballots, 1_000_000);
        if (!RootHash.IsHash(root))
        {
            throw new ArgumentException("A root hash is 64 hexadecimal digits in lower case.", nameof(root));
        }

        byte[] key = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text);
        ulong excess = (ulong.MaxValue % (ulong)ballots + 1) % (ulong)ballots;
        List<string> digests = [];
        while (true)
        {
            string message = string.Create(CultureInfo.InvariantCulture, $"{Name}\n{root}\n{ballots}\n{digests.Count}");
            byte[] digest = digestOf(key, Encoding.ASCII.GetBytes(message));
            digests.Add(Convert.ToHexStringLower(digest));
            ulong number = BinaryPrimitives.ReadUInt64BigEndian(digest);
            if (number <= ulong.MaxValue - excess)
            {
                return ((int)(number % (ulong)ballots), digests);
            }
        }
    }
}
