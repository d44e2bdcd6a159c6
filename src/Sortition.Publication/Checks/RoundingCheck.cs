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
            return Check.NotChecked(VerificationStep.Rounding, Sentences.Of("finding/rounding-by-auditors"));
        }

        PanelTable redone = BallotRounding.RoundWithMixing(
            lottery.Lottery, lottery.BallotCount, RandomSource.Seeded(seed), out BallotMixing mixing, cancellationToken: cancellationToken);
        bool isSame = redone.Rows.Zip(lottery.Ballots!).All(pair =>
            pair.First.Panel.Members.Select(i => lottery.Problem.People[i].Id).Order(StringComparer.Ordinal)
                .SequenceEqual(pair.Second.Select(i => lottery.People[i].Id).Order(StringComparer.Ordinal), StringComparer.Ordinal));

        // The search computes in floating-point numbers, whose last digits can differ between platforms and versions.
        return isSame
            ? Check.Of(
                VerificationStep.Rounding,
                Sentences.Of(mixing.IsMixed == true ? "finding/rounding-mixed" : "finding/rounding-not-mixed", ("panels", mixing.DifferentPanels)),
                Sentences.None,
                [])
            : Check.NotConfirmed(VerificationStep.Rounding, Sentences.Of("finding/rounding-other"), [Sentences.Of("finding/ballots-not-of-seed")]);
    }
}
