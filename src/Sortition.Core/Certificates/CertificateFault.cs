using System.Text.Json;

namespace Sortition.Core.Certificates;

/// <summary>The kinds of fault that a certificate can have.</summary>
/// <remarks>Claim, Index, Stated and Found are those of <see cref="CertificateFault"/>; what a kind does not name is null.</remarks>
internal enum CertificateFaultCode
{
    /// <summary>No status is numbered so (Stated).</summary>
    UnknownStatus,

    /// <summary>Goldilocks needs a γ from 1e-6 to 1e6, and this is none (Stated; null if there is none).</summary>
    WrongGamma,

    /// <summary>There is a γ (Stated), but the objective has none.</summary>
    SuperfluousGamma,

    /// <summary>
    /// The status has an ε from 0 to 1e-6, for leximin only, and this is none; or it has none, and there is one (Stated; null if there is none).
    /// </summary>
    WrongEpsilon,

    /// <summary>A value or bound (Stated) is no finite number (of the claim Claim, or else of the certificate).</summary>
    NotFinite,

    /// <summary>There are so many claims (Stated), but the objective has another number (Found).</summary>
    WrongClaimCount,

    /// <summary>A claim's weights are not one for each type, or it has weights taken off where the objective has none (Stated numbers, not Found).</summary>
    WrongWeightCount,

    /// <summary>A weight of a claim, that of the type Index, is below 0 (Stated).</summary>
    NegativeWeight,

    /// <summary>A claim's weights are so large that nobody could add them up within 64 bits.</summary>
    WeightsTooLarge,

    /// <summary>A price (Index) of a claim is for no constraint of the problem that can have one, or for no class of households of it.</summary>
    ForeignPrice,

    /// <summary>A price (Index) of a claim is 0, or of the sign that proves nothing for its constraint (Stated).</summary>
    WrongSignOfPrice,

    /// <summary>A price (Index) of a claim is for a constraint that has one already.</summary>
    PriceTwice,

    /// <summary>Nobody has the number (Stated) that the entry Index of the uncovered people gives.</summary>
    UnknownPerson,

    /// <summary>The entry Index of the uncovered people is not above the one before it.</summary>
    PersonOutOfOrder,

    /// <summary>A person (Index) is listed as uncovered, but is on a panel.</summary>
    CoveredPersonListed,

    /// <summary>A person (Index) can be on no panel, but is not listed as uncovered.</summary>
    UncoveredPersonMissing,

    /// <summary>The constraints given for an uncovered person (Index) do not exclude the person, or there are some for somebody who must be out.</summary>
    WrongReason,

    /// <summary>A constraint given for an uncovered person (Index) is none of the problem.</summary>
    ForeignReason,

    /// <summary>A claim's prices prove no more than Found, not its limit (Stated).</summary>
    PricesProveLess,

    /// <summary>A panel weighs more (Found) than a claim's limit (Stated).</summary>
    HeavierPanel,

    /// <summary>The stated value (Stated) is not the one reached (Found; of the claim Claim, or else of the objective).</summary>
    WrongValue,

    /// <summary>The stated bound (Stated) is not the one that follows (Found; of the claim Claim, or else of the objective).</summary>
    WrongBound,

    /// <summary>The lottery itself (Found) is better than the bound that is stated for all lotteries (Stated).</summary>
    BoundPassed,

    /// <summary>The lottery is called optimal, but misses the bound by a relative Found (of the claim Claim, or else of the objective).</summary>
    GapTooLarge,

    /// <summary>Everybody's chance is said to be within ε (Stated) of what the claims leave, but somebody's is further from it (Found).</summary>
    BeyondEpsilon,

    /// <summary>A claim settles nobody who was not settled before.</summary>
    ClaimSettlesNobody,

    /// <summary>The lottery is called optimal, but a claim weighs people before their turn.</summary>
    ClaimOutOfOrder,

    /// <summary>The lottery is called optimal, but no claim settles a person (Index) and others.</summary>
    NotSettled,
}

/// <summary>One thing that is wrong with a certificate.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class CertificateFault
{
    internal CertificateFault(CertificateFaultCode kind, int? claim = null, int? index = null, string? stated = null, string? found = null)
    {
        Kind = kind;
        Claim = claim;
        Index = index;
        Stated = stated;
        Found = found;
    }

    /// <summary>The name of what is wrong, such as <c>certificate/wrong-bound</c>. A name never changes its meaning.</summary>
    public string Code => "certificate/" + JsonNamingPolicy.KebabCaseLower.ConvertName(Kind.ToString());

    /// <summary>Index of the claim that it is about; null if it is about none.</summary>
    public int? Claim { get; }

    /// <summary>Index of a person in <see cref="SelectionProblem.People"/>, a type, a price or an entry, as the code says.</summary>
    public int? Index { get; }

    /// <summary>What the certificate says; numbers in invariant culture, to the last digit.</summary>
    public string? Stated { get; }

    /// <summary>What is so.</summary>
    public string? Found { get; }

    /// <summary>What kind of fault; it tells what the parameters mean.</summary>
    internal CertificateFaultCode Kind { get; }
}
