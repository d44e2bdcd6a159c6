using Sortition.Core.Problems;

namespace Sortition.Core.Certificates;

/// <summary>The kinds of fault that a certificate can have.</summary>
/// <remarks>Claim, Index, Stated and Found are those of <see cref="CertificateFault"/>; what a kind does not name is null.</remarks>
public enum CertificateFaultCode
{
    /// <summary>No objective is called so (Stated).</summary>
    UnknownObjective = 0,

    /// <summary>No status is numbered so (Stated).</summary>
    UnknownStatus = 1,

    /// <summary>Goldilocks needs a γ from 1e-6 to 1e6, and this is none (Stated; null if there is none).</summary>
    WrongGamma = 2,

    /// <summary>There is a γ (Stated), but the objective has none.</summary>
    SuperfluousGamma = 3,

    /// <summary>A value or bound (Stated) is no finite number (of the claim Claim, or else of the certificate).</summary>
    NotFinite = 4,

    /// <summary>There are so many claims (Stated), but the objective has another number (Found).</summary>
    WrongClaimCount = 5,

    /// <summary>A claim's weights are not one for each type, or it has weights taken off where the objective has none (Stated numbers, not Found).</summary>
    WrongWeightCount = 6,

    /// <summary>A weight of a claim, that of the type Index, is below 0 (Stated).</summary>
    NegativeWeight = 7,

    /// <summary>A claim's weights are so large that nobody could add them up within 64 bits.</summary>
    WeightsTooLarge = 8,

    /// <summary>A price (Index) of a claim is for no constraint of the problem that can have one, or for no class of households of it.</summary>
    ForeignPrice = 9,

    /// <summary>A price (Index) of a claim is 0, or of the sign that proves nothing for its constraint (Stated).</summary>
    WrongSignOfPrice = 10,

    /// <summary>A price (Index) of a claim is for a constraint that has one already.</summary>
    PriceTwice = 11,

    /// <summary>Nobody has the number (Stated) that the entry Index of the uncovered people gives.</summary>
    UnknownPerson = 12,

    /// <summary>The entry Index of the uncovered people is not above the one before it.</summary>
    PersonOutOfOrder = 13,

    /// <summary>A person (Index) is listed as uncovered, but is on a panel.</summary>
    CoveredPersonListed = 14,

    /// <summary>A person (Index) can be on no panel, but is not listed as uncovered.</summary>
    UncoveredPersonMissing = 15,

    /// <summary>The constraints given for an uncovered person (Index) do not exclude the person, or there are some for somebody who must be out.</summary>
    WrongReason = 16,

    /// <summary>A constraint given for an uncovered person (Index) is none of the problem.</summary>
    ForeignReason = 17,

    /// <summary>A claim's prices prove no more than Found, not its limit (Stated).</summary>
    PricesProveLess = 18,

    /// <summary>A panel weighs more (Found) than a claim's limit (Stated).</summary>
    HeavierPanel = 19,

    /// <summary>The stated value (Stated) is not the one reached (Found; of the claim Claim, or else of the objective).</summary>
    WrongValue = 20,

    /// <summary>The stated bound (Stated) is not the one that follows (Found; of the claim Claim, or else of the objective).</summary>
    WrongBound = 21,

    /// <summary>The lottery itself (Found) is better than the bound that is stated for all lotteries (Stated).</summary>
    BoundPassed = 22,

    /// <summary>The lottery is called optimal, but misses the bound by a relative Found (of the claim Claim, or else of the objective).</summary>
    GapTooLarge = 23,

    /// <summary>A claim settles nobody who was not settled before.</summary>
    ClaimSettlesNobody = 24,

    /// <summary>The lottery is called optimal, but a claim weighs people before their turn.</summary>
    ClaimOutOfOrder = 25,

    /// <summary>The lottery is called optimal, but no claim settles a person (Index) and others.</summary>
    NotSettled = 26,
}

/// <summary>One thing that is wrong with a certificate.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
/// <param name="Code">What kind of fault; it tells what the parameters mean.</param>
/// <param name="Claim">Index of the claim that it is about; null if it is about none.</param>
/// <param name="Index">Index of a person in <see cref="SelectionProblem.People"/>, a type, a price or an entry, as the code says.</param>
/// <param name="Stated">What the certificate says; numbers in invariant culture, to the last digit.</param>
/// <param name="Found">What is so.</param>
public sealed record CertificateFault(CertificateFaultCode Code, int? Claim = null, int? Index = null, string? Stated = null, string? Found = null);
