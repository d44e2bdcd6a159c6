using Sortition.Core.Lotteries;

namespace Sortition.Core;

/// <summary>Whether a lottery is proven to be the best for its objective.</summary>
public enum CertificateStatus
{
    /// <summary>
    /// No lottery is better, and what proves it was confirmed independently. The chances that the objective decides are the best as fractions, but for the
    /// rounding of probabilities to whole numbers over 2⁶²; Nash and Goldilocks, whose best values can be irrational, are within a relative 1e-7.
    /// </summary>
    ProvenOptimal = 0,

    /// <summary>The lottery is feasible, but that it is optimal is not proven; <see cref="Certificate.Gap"/> bounds what might be missing.</summary>
    NotProven = 1,

    /// <summary>
    /// For leximin, weighted or not: no lottery's chances, in order, are above those that the claims leave, and nobody's chance is further from these than
    /// <see cref="Certificate.Epsilon"/>. Confirmed independently, in fractions.
    /// </summary>
    EpsilonLeximin = 2,
}

/// <summary>What proves that no lottery serves an objective better.</summary>
/// <remarks>
/// <para>The proof is weak duality in whole numbers: each of the <see cref="Claims"/> says of certain weights that no panel's members weigh more than a limit
/// together. One claim bounds maximin, minimax, Nash and Goldilocks. Leximin has a series of them: each settles the people it gives a weight to, if those
/// settled before are left what they have. For maximin, say, no lottery gives everybody more than the
/// limit divided by the sum of the weights of all who are covered.</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
public sealed class Certificate
{
    /// <summary>Makes a certificate; nothing is checked, which is what <c>CertificateVerifier</c> is for.</summary>
    /// <param name="objective">See <see cref="Objective"/>.</param>
    /// <param name="status">See <see cref="Status"/>.</param>
    /// <param name="value">See <see cref="Value"/>.</param>
    /// <param name="bound">See <see cref="Bound"/>.</param>
    /// <param name="claims">See <see cref="Claims"/>.</param>
    /// <param name="epsilon">See <see cref="Epsilon"/>.</param>
    public Certificate(
        Objective objective, CertificateStatus status, double value, double bound, IReadOnlyList<WeightClaim> claims, double? epsilon = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(claims);
        Objective = objective;
        Status = status;
        Value = value;
        Bound = bound;
        Claims = claims;
        Epsilon = epsilon;
    }

    /// <summary>What the lottery is the best for, or is to be.</summary>
    public Objective Objective { get; }

    /// <summary>What is proven.</summary>
    public CertificateStatus Status { get; }

    /// <summary>
    /// The objective's value for the lottery. Maximin and leximin: the lowest selection probability of a covered person; weighted leximin: the lowest
    /// probability divided by the entitlement; minimax: the highest; Nash: the geometric mean; Goldilocks: (n/k)·highest + γ·(k/n)/lowest, with n covered
    /// people and k seats.
    /// </summary>
    public double Value { get; }

    /// <summary>The value that no lottery can better: an upper bound where the objective is maximised, a lower bound for minimax and Goldilocks.</summary>
    public double Bound { get; }

    /// <summary>The relative gap: the distance of value and bound, relative to the larger one; for leximin the largest gap of a claim. 0 or more.</summary>
    public double Gap => Claims.Count > 0 ? Claims.Max(c => c.Gap) : WeightClaim.RelativeGap(Value, Bound);

    /// <summary>
    /// ε of <see cref="CertificateStatus.EpsilonLeximin"/>: how far a person's chance may be from that which the claims leave, 0 to 1e-6; null otherwise. If
    /// these chances can be reached at all, they are the leximin ones. A small gap of every claim would not do: what one claim misses, later ones may multiply.
    /// </summary>
    public double? Epsilon { get; }

    /// <summary>What is claimed and confirmed; empty where nothing was proven.</summary>
    public IReadOnlyList<WeightClaim> Claims { get; }
}
