using Sortition.Core.Lotteries;

namespace Sortition.Core.Engine;

/// <summary>Turns dual weights into a certificate that the exact judge has confirmed.</summary>
internal static class MaximinCertifier
{
    /// <summary>The largest relative gap that counts as proven optimal.</summary>
    public const double Gap = 1e-9;

    private const string Objective = "maximin";

    /// <summary>Confirms a bound.</summary>
    /// <param name="polytope">The panels.</param>
    /// <param name="value">The lowest chance that the lottery reaches.</param>
    /// <param name="candidates">Dual weights to try, one for each type, 0 or more and 0 for types not covered.</param>
    /// <param name="covered">The types over whose people the lowest chance is taken.</param>
    /// <param name="heaviest">The heaviest panel by the weights tried last.</param>
    /// <param name="cancellationToken">Stops the judge.</param>
    /// <returns>
    /// The first certificate that proves the value optimal, or the best bound. Small whole numbers are tried before fine ones, since people can check them.
    /// </returns>
    public static Certificate Certify(
        QuotaPolytope polytope, double value, IEnumerable<double[]> candidates, bool[] covered, out int[] heaviest, CancellationToken cancellationToken)
    {
        Certificate? best = null;
        heaviest = [];
        foreach (long[] weights in candidates.SelectMany(w => WholeNumbers(w, covered)))
        {
            Certificate certificate = Judge(polytope, value, weights, out heaviest, cancellationToken);
            best = best is null || certificate.Bound < best.Bound ? certificate : best;
            if (certificate.Status == CertificateStatus.ProvenOptimal)
            {
                return certificate;
            }
        }

        return best!;
    }

    /// <summary>A certificate that proves nothing but a bound known otherwise.</summary>
    public static Certificate Unproven(double value, double bound) => new()
    {
        Objective = Objective,
        Status = CertificateStatus.NotProven,
        Value = value,
        Bound = Math.Max(value, bound),
        Weights = [],
        HeaviestPanel = 0,
        TotalWeight = 0,
        ConfirmedBy = null,
    };

    private static IEnumerable<long[]> WholeNumbers(double[] weights, bool[] covered)
    {
        // There are no duals where everybody is sure of a seat; then any weights prove the bound 1.
        double[] useful = Array.Exists(weights, w => w > 0) ? weights : Array.ConvertAll(covered, c => c ? 1.0 : 0);
        if (IntegerWeights.Small(useful) is { } small)
        {
            yield return small;
        }

        yield return IntegerWeights.Fine(useful);
    }

    private static Certificate Judge(QuotaPolytope polytope, double value, long[] weights, out int[] heaviest, CancellationToken cancellationToken)
    {
        ExactJudge.Verdict verdict = ExactJudge.HeaviestPanel(polytope, weights, null, null, cancellationToken);
        heaviest = verdict.Panel ?? throw new InvalidOperationException("The judge finds no panel although there is a lottery over some.");
        Int128 total = 0;
        for (int t = 0; t < weights.Length; t++)
        {
            total += (Int128)weights[t] * polytope.Upper[t];
        }

        double bound = Math.Min(1, (double)verdict.Weight / (double)total);
        return new Certificate
        {
            Objective = Objective,
            Status = value >= bound * (1 - Gap) ? CertificateStatus.ProvenOptimal : CertificateStatus.NotProven,
            Value = value,
            Bound = bound,
            Weights = weights,
            HeaviestPanel = verdict.Weight,
            TotalWeight = (long)total,
            ConfirmedBy = ExactJudge.SolverName,
        };
    }
}
