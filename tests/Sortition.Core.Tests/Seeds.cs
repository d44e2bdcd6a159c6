using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

[assembly: Properties(Arbitrary = [typeof(Sortition.Core.Tests.Seeds)])]

namespace Sortition.Core.Tests;

/// <summary>
/// The properties make their pools from a seed. FsCheck's own whole numbers stay near 0, which would be the same two hundred pools again and again; these are all equally likely.
/// They do not shrink: a smaller seed is no smaller pool, and the pools are tiny as they are.
/// </summary>
public static class Seeds
{
    public static Arbitrary<int> All() => Arb.From(Gen.Choose(int.MinValue, int.MaxValue));
}
