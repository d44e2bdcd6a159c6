using System.Text.Json;

namespace Sortition.Core.Certificates;

/// <summary>What a check of a certificate came to.</summary>
public enum CertificateVerdict
{
    /// <summary>The certificate says that the lottery is optimal, and everything it says was redone and is so.</summary>
    Confirmed = 0,

    /// <summary>Nothing that the certificate says is wrong, but it does not say that the lottery is optimal.</summary>
    NotProven = 1,

    /// <summary>Something that the certificate says is wrong, or does not follow.</summary>
    Refuted = 2,

    /// <summary>
    /// The objective is not known here: nothing that could be checked is wrong (panels, coverage, claims about the weight of panels), but value, bound and
    /// optimality were not checked.
    /// </summary>
    NotChecked = 3,

    /// <summary>
    /// The certificate says that the lottery is leximin but for ε (<see cref="CertificateStatus.EpsilonLeximin"/>), and everything it says was redone and is
    /// so.
    /// </summary>
    ConfirmedWithinEpsilon = 4,
}

/// <summary>The answer of <see cref="CertificateVerifier"/>: what was redone, point by point, and every fault found.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class CertificateReport
{
    internal CertificateReport(CertificateVerdict verdict, IReadOnlyList<CertificatePoint> points)
    {
        Verdict = verdict;
        Points = points;
    }

    /// <summary>What it came to.</summary>
    public CertificateVerdict Verdict { get; }

    /// <summary>What was redone, in this order. What could not be redone because of faults before it is absent.</summary>
    public IReadOnlyList<CertificatePoint> Points { get; }

    /// <summary>Every fault of every point.</summary>
    internal IEnumerable<CertificateFault> Faults => Points.SelectMany(p => p.Faults);
}

/// <summary>The kinds of point.</summary>
internal enum CertificatePointCode
{
    /// <summary>The certificate is well-formed: finite numbers, claims and prices that fit the problem.</summary>
    Form,

    /// <summary>
    /// Everybody listed as uncovered can be on no panel, for the reason given, and everybody else can be on one. Found: how many can, of how many.
    /// </summary>
    Coverage,

    /// <summary>Nothing is listed as uncovered and nothing is claimed: who can be on a panel is left open, and was not checked.</summary>
    CoverageLeftOpen,

    /// <summary>No panel weighs more than a claim's limit: its prices add up to no more. Found: what they add up to.</summary>
    LimitByPrices,

    /// <summary>No panel weighs more than a claim's limit: all were searched, exactly, by an integer solver. Found: the limit.</summary>
    LimitBySearch,

    /// <summary>The stated value is what the lottery reaches. Found: that.</summary>
    Value,

    /// <summary>The stated bounds are what the claims prove. Found: the bound of the objective.</summary>
    Bound,

    /// <summary>No claim proves the stated bound; it was checked that the lottery does not pass it. Found: the stated bound.</summary>
    BoundLeftOpen,

    /// <summary>The lottery is as good as the bounds, and where people are settled one after the other, all are. Found: the largest relative gap.</summary>
    Optimality,

    /// <summary>Nobody's chance is further than ε from chances that no lottery's are above, in order. Found: how far the farthest is.</summary>
    WithinEpsilon,

    /// <summary>That the lottery is optimal is not stated, and was not checked.</summary>
    OptimalityLeftOpen,

    /// <summary>The objective is not known here: its value, its bound and whether the lottery is optimal were not checked. Found: how it is called.</summary>
    ObjectiveNotKnown,
}

/// <summary>One point of a check.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class CertificatePoint
{
    internal CertificatePoint(CertificatePointCode kind, int? claim, string? found, IReadOnlyList<CertificateFault> faults)
    {
        Kind = kind;
        Claim = claim;
        Found = found;
        Faults = faults;
    }

    /// <summary>
    /// The name of what was redone, such as <c>limit-by-prices</c> or <c>limit-by-search</c> for a claim, <c>coverage</c>, <c>value</c>, <c>bound</c> or
    /// <c>optimality</c>. A name never changes its meaning.
    /// </summary>
    public string Code => JsonNamingPolicy.KebabCaseLower.ConvertName(Kind.ToString());

    /// <summary>Index of the claim that it is about; null if it is not about one.</summary>
    public int? Claim { get; }

    /// <summary>What was found, as the code says; numbers in invariant culture, to the last digit. Null where the code says nothing.</summary>
    public string? Found { get; }

    /// <summary>What was redone.</summary>
    internal CertificatePointCode Kind { get; }

    /// <summary>What is wrong; empty if nothing is.</summary>
    public IReadOnlyList<CertificateFault> Faults { get; }
}
