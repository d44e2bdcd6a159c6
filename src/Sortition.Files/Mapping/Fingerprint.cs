using System.Security.Cryptography;
using System.Text;

namespace Sortition.Files.Mapping;

/// <summary>
/// Texts by which rows are known again and nobody else can tell what stood in them: an HMAC under a key of the project. Who has the fingerprints but not the
/// key cannot try names out.
/// </summary>
internal static class Fingerprint
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>As many bytes of an HMAC as keep two rows apart.</summary>
    private const int KeptBytes = 16;

    /// <summary>Digits of a fingerprint.</summary>
    public const int Length = 2 * KeptBytes;

    /// <param name="key">The key.</param>
    /// <param name="what">What kind of text it is, so that an address that is somebody's name has another one.</param>
    /// <param name="text">The text; null for none.</param>
    /// <returns>Hexadecimal digits in lower case; empty for no text.</returns>
    public static string Of(ReadOnlySpan<byte> key, string what, string? text)
    {
        if (text is null)
        {
            return "";
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{what}\u001E{text}"), hash);
        return Convert.ToHexStringLower(hash[..KeptBytes]);
    }

    /// <summary>Whether a text is none or looks like a fingerprint.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == 0 || (text.Length == Length && IsHex(text));

    /// <summary>Whether a text is of hexadecimal digits in lower case.</summary>
    public static bool IsHex(string text) => text.All(char.IsAsciiHexDigitLower);
}
