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

        return new VerificationCheck(step, VerificationOutcome.Failed, failure, Listed(faults));
    }

    public static VerificationCheck NotConfirmed(VerificationStep step, string finding, IReadOnlyList<string> details) =>
        new(step, VerificationOutcome.NotConfirmed, finding, Listed(details));

    public static VerificationCheck NotChecked(VerificationStep step, string why) => new(step, VerificationOutcome.NotChecked, why, []);

    private static IReadOnlyList<string> Listed(IReadOnlyList<string> sentences) =>
        sentences.Count <= FaultsListed
            ? sentences
            : [.. sentences.Take(FaultsListed), FormattableString.Invariant($"and {sentences.Count - FaultsListed} more")];
}
