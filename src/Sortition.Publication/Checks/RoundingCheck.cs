using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Redoes the rounding from its seed, which shows that nobody was given the odd ballot as a favour.</summary>
internal static class RoundingCheck
{
    public static VerificationCheck Run(PublishedLottery lottery, CancellationToken cancellationToken)
    {
        if (lottery.Seed is not string seed)
        {
            return Check.NotChecked(VerificationStep.Rounding, "The seed of the rounding is part of what auditors have; they can redo it.");
        }

        PanelTable redone = BallotRounding.RoundWithMixing(
            lottery.Lottery, lottery.BallotCount, RandomSource.Seeded(seed), out BallotMixing mixing, cancellationToken: cancellationToken);
        bool isSame = redone.Rows.Zip(lottery.Ballots!).All(pair =>
            pair.First.Panel.Members.Select(i => lottery.Problem.People[i].Id).Order(StringComparer.Ordinal)
                .SequenceEqual(pair.Second.Select(i => lottery.People[i].Id).Order(StringComparer.Ordinal), StringComparer.Ordinal));

        // The search computes in floating-point numbers, whose last digits can differ between platforms and versions.
        return isSame
            ? Check.Of(VerificationStep.Rounding, "The rounding was redone from its seed, with the same ballots. " + Describe(mixing), "", [])
            : Check.NotConfirmed(
                VerificationStep.Rounding,
                "Redone from its seed, the rounding gives other ballots. That is no proof of a forgery if they were made by another version or on another "
                + "kind of machine: redo it there.",
                ["The ballots are not those that the seed gives here."]);
    }

    private static string Describe(BallotMixing mixing) => FormattableString.Invariant($"They have {mixing.DifferentPanels} different panels")
        + (mixing.IsMixed == true ? ", and who sits with whom is mixed." : "; who sits with whom is not mixed, and could look otherwise.");
}
