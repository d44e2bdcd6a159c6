using Sortition.Core.Algorithms;

namespace Sortition.Benchmarks;

/// <summary>The objectives measured.</summary>
internal static class Objectives
{
    public static IReadOnlyList<ILotteryAlgorithm> All { get; } = [new Maximin(), new Leximin(), new Nash(), new Minimax(), new Goldilocks(gamma: 1)];

    public static ILotteryAlgorithm? Find(string name) => All.FirstOrDefault(o => o.Name == name);
}
