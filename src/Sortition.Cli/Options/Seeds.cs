using System.Security.Cryptography;

namespace Sortition.Cli.Options;

/// <summary>Seeds for runs that were given none.</summary>
internal static class Seeds
{
    private const int Bytes = 32;

    /// <summary>32 bytes from the operating system's cryptographic generator, in lower-case hexadecimal digits: from here on a text like any other.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}
