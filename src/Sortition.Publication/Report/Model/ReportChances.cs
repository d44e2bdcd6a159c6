namespace Sortition.Publication.Report.Model;

/// <summary>How the chances are spread over the people who can be chosen.</summary>
internal sealed record ReportChances
{
    /// <summary>How many people can be chosen: all figures are about them.</summary>
    public required int Covered { get; init; }

    /// <summary>How many people are on no panel that meets the quotas; those kept out by decision are not counted.</summary>
    public required int Uncovered { get; init; }

    /// <summary>How many of the people who can be chosen, as far as is known, have no chance in this lottery.</summary>
    public required int WithoutChance { get; init; }

    /// <summary>The chances of the lottery as computed, from the lowest to the highest; equal ones are one step (to a relative 1e-8). At least one.</summary>
    public required IReadOnlyList<ChanceStep> Ideal { get; init; }

    /// <summary>On how many ballots people are, from the fewest to the most. At least one step.</summary>
    public required IReadOnlyList<BallotStep> ByBallots { get; init; }

    /// <summary>The Gini coefficient of the chances as computed, 0 (all equal) to almost 1.</summary>
    public required double Gini { get; init; }

    /// <summary>The lowest chance as computed, 0..1.</summary>
    public double Lowest => Ideal[0].Chance;

    /// <summary>The highest chance as computed, 0..1.</summary>
    public double Highest => Ideal[^1].Chance;
}

/// <summary>People with one chance.</summary>
/// <param name="Chance">Their selection probability, 0..1.</param>
/// <param name="People">How many they are, 1 or more.</param>
internal sealed record ChanceStep(double Chance, int People);

/// <summary>People who are on the same number of ballots.</summary>
/// <param name="Ballots">On how many, 0..M: their chance is this over M, exactly.</param>
/// <param name="People">How many they are, 1 or more.</param>
internal sealed record BallotStep(int Ballots, int People);

/// <summary>What rounding a lottery to ballots changed.</summary>
/// <param name="LargestDifference">The largest difference between a person's chance as computed and by ballots, 0..1.</param>
/// <param name="LostAll">How many people have a chance as computed, but are on no ballot.</param>
/// <param name="IsWithinOneBallot">Whether nobody's chance differs by a whole ballot.</param>
internal sealed record ReportRounding(double LargestDifference, int LostAll, bool IsWithinOneBallot);
