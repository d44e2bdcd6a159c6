using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;

namespace Sortition.Core;

/// <summary>The registry: all algorithms that compute lotteries, and what they are the best for, by name.</summary>
public static class LotteryAlgorithms
{
    private static readonly (Func<double?, Objective> Objective, Func<double?, ILotteryAlgorithm> Algorithm)[] s_known =
    [
        (p => new LeximinObjective(LeximinObjective.Unweighted, p), _ => new Leximin()),
        (p => new MaximinObjective(p), _ => new Maximin()),
        (p => new NashObjective(p), _ => new Nash()),
        (p => new MinimaxObjective(p), _ => new Minimax()),
        (p => new GoldilocksObjective(p), p => p is double gamma ? new Goldilocks(gamma) : new Goldilocks()),
        (p => new WeightedLeximinObjective(p), _ => new WeightedLeximin()),
    ];

    /// <summary>The algorithms with their usual parameters, the most usual one first.</summary>
    public static IReadOnlyList<ILotteryAlgorithm> All { get; } = [.. s_known.Select(k => k.Algorithm(null))];

    /// <summary>The algorithm of a name.</summary>
    /// <param name="name">The name, such as <c>leximin</c>.</param>
    /// <param name="parameter">Its parameter, such as γ of Goldilocks; null for the usual one. Ignored by those that have none.</param>
    /// <returns>The algorithm; null if there is none of this name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is out of the objective's range.</exception>
    public static ILotteryAlgorithm? Find(string name, double? parameter = null) => IndexOf(name) is >= 0 and int i ? s_known[i].Algorithm(parameter) : null;

    /// <summary>The objective of a name, as a certificate states it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="parameter">The parameter as stated, which may be out of range or superfluous: that is for the check of the certificate to find.</param>
    /// <returns>The objective; <see cref="Objective.Unknown"/> if there is none of this name.</returns>
    public static Objective FindObjective(string name, double? parameter) =>
        IndexOf(name) is >= 0 and int i ? s_known[i].Objective(parameter) : Objective.Unknown(name, parameter);

    private static int IndexOf(string name) => Array.FindIndex(s_known, k => string.Equals(k.Objective(null).Name, name, StringComparison.Ordinal));
}
