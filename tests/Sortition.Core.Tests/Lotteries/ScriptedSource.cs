namespace Sortition.Core.Tests.Lotteries;

/// <summary>Gives the words it was told to give, and no more.</summary>
internal sealed class ScriptedSource(params ulong[] words) : RandomSource
{
    public int Used { get; private set; }

    public override ulong NextUInt64() => words[Used++];
}
