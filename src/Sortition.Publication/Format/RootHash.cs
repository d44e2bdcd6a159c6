using System.Buffers;
using System.Security.Cryptography;

namespace Sortition.Publication.Format;

/// <summary>SHA-256 as text: 64 hexadecimal digits in lower case.</summary>
internal static class RootHash
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static bool IsHash(string text) => text.Length == 64 && AreDigits(text);

    public static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Digits);
}
