namespace Sortition.Publication.Checks;

/// <summary>Puts what a check found into the form of the report.</summary>
internal static class Check
{
    private const int FaultsListed = 20;

    public static VerificationCheck Of(VerificationStep step, string finding, string failure, IReadOnlyList<string> faults)
    {
        if (faults.Count == 0)
        {
            return new VerificationCheck(step, VerificationOutcome.Passed, finding, []);
        }

        IReadOnlyList<string> listed = faults.Count <= FaultsListed ? faults : [.. faults.Take(FaultsListed), FormattableString.Invariant($"and {faults.Count - FaultsListed} more")];
        return new VerificationCheck(step, VerificationOutcome.Failed, failure, listed);
    }

    public static VerificationCheck NotChecked(VerificationStep step, string why) => new(step, VerificationOutcome.NotChecked, why, []);
}
