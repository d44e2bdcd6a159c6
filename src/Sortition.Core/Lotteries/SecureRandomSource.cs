using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sortition.Core.Lotteries;

internal sealed class SecureRandomSource : RandomSource
{
    public override ulong NextUInt64()
    {
        ulong word = 0;
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<ulong>(ref word)));
        return word;
    }
}
