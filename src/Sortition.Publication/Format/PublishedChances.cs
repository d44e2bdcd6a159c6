using Sortition.Core.Ballots;

namespace Sortition.Publication.Format;

/// <summary>The figures that a published lottery states about its ballots; their meaning is told at <see cref="RoundingError"/>.</summary>
/// <param name="LowestIdeal">The lowest chance of a covered person in the lottery that was rounded.</param>
/// <param name="Lowest">The fewest ballots that a covered person is on.</param>
/// <param name="MinBallotsUpperBound">What the fewest ballots could be at most.</param>
/// <param name="Highest">The most ballots that a person is on.</param>
/// <param name="WithoutBallot">How many covered people are on no ballot.</param>
/// <param name="MaxDeviation">The largest distance of a chance from the ideal.</param>
/// <param name="UnavoidableDistance">A distance that no ballots of this number can stay below.</param>
/// <param name="RootMeanSquareDeviation">The root of the mean square of the distances.</param>
/// <param name="KnownBoundBySeats">The distance that the literature guarantees by the number of seats.</param>
/// <param name="KnownBoundByTypes">The distance that the literature guarantees by the number of types; null for one type.</param>
internal sealed record PublishedChances(
    double LowestIdeal,
    int Lowest,
    int MinBallotsUpperBound,
    int Highest,
    int WithoutBallot,
    double MaxDeviation,
    double UnavoidableDistance,
    double RootMeanSquareDeviation,
    double KnownBoundBySeats,
    double? KnownBoundByTypes)
{
    public static PublishedChances Of(RoundingError quality) => new(
        quality.IdealMinProbability,
        quality.MinBallots,
        quality.MinBallotsUpperBound,
        quality.MaxBallots,
        quality.WithoutBallot,
        quality.MaxDeviation,
        quality.UnavoidableDistance,
        quality.RootMeanSquareDeviation,
        quality.KnownBoundBySeats,
        quality.KnownBoundByTypes);
}
