namespace Sortition.Publication.Checks;

/// <summary>Puts what a check found into the form of the report.</summary>
internal static class Check
{
    private const int FaultsListed = 20;

    public static VerificationCheck Of(VerificationStep step, Sentence finding, Sentence failure, IReadOnlyList<Sentence> faults)
    {
        if (faults.Count == 0)
        {
            return new VerificationCheck(step, VerificationOutcome.Passed, finding, []);
        }

        return new VerificationCheck(step, VerificationOutcome.Failed, failure, Listed(faults));
    }

    public static VerificationCheck NotConfirmed(VerificationStep step, Sentence finding, IReadOnlyList<Sentence> details) =>
        new(step, VerificationOutcome.NotConfirmed, finding, Listed(details));

    public static VerificationCheck NotChecked(VerificationStep step, Sentence why) => new(step, VerificationOutcome.NotChecked, why, []);

    private static IReadOnlyList<Sentence> Listed(IReadOnlyList<Sentence> sentences) =>
        sentences.Count <= FaultsListed
            ? sentences
            : [.. sentences.Take(FaultsListed), Sentences.Of("finding/more", ("count", sentences.Count - FaultsListed))];
}
