using Sortition.Core.Engine;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Lotteries;

namespace Sortition.Core.Certificates;

/// <summary>Checks a lottery's certificate by doing everything again that it says, from the problem, the panels and the claims alone.</summary>
/// <remarks>
/// <para>For lotteries that come from elsewhere: a certificate read from a file may claim anything. No number in it is taken on trust, and whatever it holds,
/// the answer is a report of faults rather than an exception. That the panels obey every rule is not checked here, since no <see cref="PanelLottery"/> has
/// others.</para>
/// <para>Numbers are computed anew: limits in whole numbers without tolerance, values to a relative 1e-12, bounds to a relative 1e-11. What is called optimal
/// must have the fractions that the claims leave, to within R·2⁻⁶² for R panels, compared in whole numbers; for Nash and Goldilocks, whose best values can be
/// irrational, to a relative 1e-7. Where ε is stated, nobody's chance may be further from these fractions.</para>
/// <para>Where claims have prices this is a matter of milliseconds; a claim without, and people without any chance, take searches of all panels, which can be
/// long.</para>
/// <para>Stateless; safe to use from any number of threads at once.</para>
/// </remarks>
public static class CertificateVerifier
{
    /// <summary>Checks a certificate.</summary>
    /// <param name="lottery">The lottery, with its certificate and its list of uncovered people.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>What was checked, and what is wrong.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// CertificateReport report = CertificateVerifier.Verify(lottery);
    /// bool isOptimal = report.Verdict == CertificateVerdict.Confirmed;     // NotProven and NotChecked are no faults, but no proofs either
    /// foreach (CertificateFault fault in report.Points.SelectMany(point =&gt; point.Faults))
    /// {
    ///     Console.WriteLine(TextRenderer.English.Describe(fault, lottery.Problem));
    /// }
    /// </code>
    /// </example>
    public static CertificateReport Verify(PanelLottery lottery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        List<CertificatePoint> points = [.. Points(lottery, cancellationToken)];
        bool isWrong = points.Exists(p => p.Faults.Count > 0);
        CertificateVerdict verdict = isWrong ? CertificateVerdict.Refuted
            : !lottery.Certificate.Objective.IsKnown ? CertificateVerdict.NotChecked
            : lottery.Certificate.Status switch
            {
                CertificateStatus.ProvenOptimal => CertificateVerdict.Confirmed,
                CertificateStatus.EpsilonLeximin => CertificateVerdict.ConfirmedWithinEpsilon,
                _ => CertificateVerdict.NotProven,
            };
        return new CertificateReport(verdict, points);
    }

    /// <summary>The certificate of a lottery with the figures that follow from it, in place of those that it states.</summary>
    /// <param name="lottery">The lottery, with its claims and its list of uncovered people. Nothing of it is checked.</param>
    /// <returns>
    /// The same certificate, whose value and bound, and those of its claims, are what a check would find. Where the claims are not of a form that can be
    /// reckoned
    /// with, its figures are those of a certificate without claims.
    /// </returns>
    public static Certificate ComputeFigures(PanelLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        Certificate stated = lottery.Certificate;
        Objective objective = stated.Objective;
        double value = objective.IsKnown ? objective.ValueOf(lottery) : 0;
        Certificate leftOpen = objective.LeftOpen(lottery.Problem, value);
        QuotaPolytope polytope = QuotaPolytope.Of(lottery.Problem);
        ClaimCheck[] claims = [.. stated.Claims.Select((_, c) => new ClaimCheck(lottery, polytope, c))];
        if (!objective.IsKnown || (stated.Status == CertificateStatus.NotProven && claims.Length == 0)
            || (!objective.IsSettledInTurn && claims.Length != 1) || Array.Exists(claims, c => c.FormFaults(objective.HasCapWeights).Count > 0))
        {
            return With(value, leftOpen.Bound, [.. stated.Claims.Select(c => (leftOpen.Value, leftOpen.Bound))]);
        }

        BoundCheck check = new(lottery, CoveredPeople.FromLottery(lottery), value);
        _ = check.Run(claims);
        return With(value, check.Bound, check.Figures);

        Certificate With(double figure, double bound, IReadOnlyList<(double Value, double Bound)> ofClaims) => new(
            objective,
            stated.Status,
            figure,
            bound,
            [.. stated.Claims.Zip(ofClaims, (c, f) => new WeightClaim(c.Weights, c.CapWeights, c.Limit, c.Prices, f.Value, f.Bound, c.ConfirmedBy))],
            stated.Epsilon);
    }

    internal static bool Agree(double stated, double found, double tolerance) =>
        stated == found
        || (double.IsFinite(stated) && double.IsFinite(found) && Math.Abs(stated - found) <= tolerance * Math.Max(Math.Abs(stated), Math.Abs(found)));

    private static IEnumerable<CertificatePoint> Points(PanelLottery lottery, CancellationToken cancellationToken)
    {
        Certificate certificate = lottery.Certificate;
        QuotaPolytope polytope = QuotaPolytope.Of(lottery.Problem);
        Objective objective = certificate.Objective;
        ClaimCheck[] claims = [.. certificate.Claims.Select((_, c) => new ClaimCheck(lottery, polytope, c))];
        List<CertificateFault> ofForm = [.. FormFaults(certificate)];
        int general = ofForm.Count;
        bool[] isFormed = new bool[claims.Length];
        for (int c = 0; c < claims.Length; c++)
        {
            IReadOnlyList<CertificateFault> faults = claims[c].FormFaults(
                objective.IsKnown ? objective.HasCapWeights : certificate.Claims[c].CapWeights.Count > 0);
            isFormed[c] = faults.Count == 0;
            ofForm.AddRange(faults);
        }

        yield return new CertificatePoint(CertificatePointCode.Form, null, null, ofForm);

        // A computation that was cut short before it was known who is covered lists nobody, not even those who must be out.
        bool claimsNothing = certificate.Status == CertificateStatus.NotProven && claims.Length == 0;
        bool[] covered = [.. Enumerable.Repeat(true, polytope.TypeCount)];
        yield return claimsNothing && lottery.Uncovered.Count == 0
            ? new CertificatePoint(CertificatePointCode.CoverageLeftOpen, null, null, [])
            : CoverageCheck.Run(lottery, polytope, out covered, cancellationToken);

        for (int c = 0; c < claims.Length; c++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isFormed[c])
            {
                yield return claims[c].CheckLimit(covered, cancellationToken);
            }
        }

        if (!objective.IsKnown)
        {
            yield return new CertificatePoint(CertificatePointCode.ObjectiveNotKnown, null, objective.Name, []);
            yield break;
        }

        if (general > 0)
        {
            yield break;
        }

        CoveredPeople people = new(lottery.Problem.PanelSize, lottery.Types, [.. polytope.Upper.Select((n, t) => covered[t] ? (double)n : 0)]);
        double value = objective.ValueOf([.. lottery.Types.Select((_, t) => lottery.ProbabilityOfType(t))], people);
        (double lower, double upper) = objective.RangeOf(lottery.Problem);
        double worst = objective.IsMaximized ? lower : upper;
        bool isLeftOpen = claimsNothing && lottery.Uncovered.Count == 0 && certificate.Value == worst;
        yield return new CertificatePoint(
            CertificatePointCode.Value,
            null,
            FormattableString.Invariant($"{value:R}"),
            isLeftOpen || Agree(certificate.Value, value, Tolerances.StatedValue) ? [] : [Fault(CertificateFaultCode.WrongValue, certificate.Value, value)]);

        if (claimsNothing)
        {
            yield return LeftOpen(certificate.Bound, isLeftOpen ? worst : value, objective.IsMaximized);
            yield return new CertificatePoint(CertificatePointCode.OptimalityLeftOpen, null, null, []);
        }
        else if (Array.TrueForAll(isFormed, f => f))
        {
            (CertificatePoint bound, CertificatePoint optimality) = new BoundCheck(lottery, people, value).Run(claims);
            yield return bound;
            yield return optimality;
        }
    }

    private static IEnumerable<CertificateFault> FormFaults(Certificate certificate)
    {
        Objective objective = certificate.Objective;
        if (!Enum.IsDefined(certificate.Status))
        {
            yield return new CertificateFault(CertificateFaultCode.UnknownStatus, stated: FormattableString.Invariant($"{(int)certificate.Status}"));
        }

        bool isFit = certificate.Status == CertificateStatus.EpsilonLeximin
            ? certificate.Epsilon is >= 0 and <= Tolerances.LargestEpsilon && (objective.IsSettledInTurn || !objective.IsKnown)
            : certificate.Epsilon is null;
        if (!isFit)
        {
            yield return new CertificateFault(
                CertificateFaultCode.WrongEpsilon, stated: certificate.Epsilon is double epsilon ? FormattableString.Invariant($"{epsilon:R}") : null);
        }

        // Goldilocks is infinite where somebody who counts has no chance, which a lottery that is not proven may come to.
        bool mayBeInfinite = objective.ParameterRange is not null && certificate.Claims.Count == 0 && double.IsPositiveInfinity(certificate.Value);
        foreach (double number in mayBeInfinite ? [certificate.Bound] : (double[])[certificate.Value, certificate.Bound])
        {
            if (!double.IsFinite(number))
            {
                yield return new CertificateFault(CertificateFaultCode.NotFinite, stated: FormattableString.Invariant($"{number}"));
            }
        }

        if (!objective.IsKnown)
        {
            yield break;
        }

        string? parameter = objective.Parameter is double stated ? FormattableString.Invariant($"{stated:R}") : null;
        if (objective.ParameterRange is (double min, double max))
        {
            if (!(objective.Parameter >= min && objective.Parameter <= max))
            {
                yield return new CertificateFault(CertificateFaultCode.WrongGamma, stated: parameter);
            }
        }
        else if (parameter is not null)
        {
            yield return new CertificateFault(CertificateFaultCode.SuperfluousGamma, stated: parameter);
        }

        // Where everybody is sure of a seat, leximin needs no claim.
        bool isUnproven = certificate.Status == CertificateStatus.NotProven && certificate.Claims.Count == 0;
        if (!objective.IsSettledInTurn && !isUnproven && certificate.Claims.Count != 1)
        {
            yield return new CertificateFault(
                CertificateFaultCode.WrongClaimCount, stated: FormattableString.Invariant($"{certificate.Claims.Count}"), found: "1");
        }
    }

    private static CertificatePoint LeftOpen(double bound, double value, bool isMaximised)
    {
        bool isPassed = !Agree(bound, value, Tolerances.StatedBound) && (isMaximised ? bound < value : bound > value);
        return new CertificatePoint(
            CertificatePointCode.BoundLeftOpen, null, FormattableString.Invariant($"{bound:R}"), isPassed
                ? [Fault(CertificateFaultCode.BoundPassed, bound, value)]
                : []);
    }

    private static CertificateFault Fault(CertificateFaultCode code, double stated, double found) =>
        new(code, stated: FormattableString.Invariant($"{stated:R}"), found: FormattableString.Invariant($"{found:R}"));
}
