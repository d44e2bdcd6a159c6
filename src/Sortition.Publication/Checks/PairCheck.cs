using Sortition.Core;
using Sortition.Files.Storage;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Compares the form for everybody with the auditor's form.</summary>
internal static class PairCheck
{
    public static VerificationCheck Run(PublishedLottery lottery, FolderSource source, SaltTable? salts, CancellationToken cancellationToken)
    {
        if (lottery.Level != PublicationLevel.Public)
        {
            return Check.NotChecked(VerificationStep.Auditor, "This is the auditor's form itself.");
        }

        PublishedLottery auditor;
        try
        {
            auditor = PublishedLottery.Read(source, cancellationToken);
        }
        catch (MalformedInputException e)
        {
            return Check.Of(VerificationStep.Auditor, "", "The auditor's form cannot be read.", [.. e.Faults.Select(PublicationTexts.English.Describe)]);
        }

        List<string> faults = [];
        if (auditor.Level != PublicationLevel.Auditor)
        {
            faults.Add("What is given for the auditor's form is one for everybody.");
        }
        else
        {
            if (!string.Equals(auditor.Root, lottery.AuditorRoot, StringComparison.Ordinal))
            {
                faults.Add($"The auditor's form has the root {auditor.Root}; the form for everybody was made from one with the root {lottery.AuditorRoot}.");
            }

            if (salts?.Covers(auditor.Problem.People.Select(p => p.Id)) == true)
            {
                // The whole form for everybody follows from the auditor's, the salts and the smallest group.
                PublishedLottery made = auditor.ToPublic(salts, lottery.SmallestGroup ?? 1, lottery.Announcement, cancellationToken);
                if (faults.Count == 0 && !string.Equals(made.Root, lottery.Root, StringComparison.Ordinal))
                {
                    faults.Add("The form for everybody is not the one that follows from the auditor's form and the salts.");
                }
            }
            else if (salts is not null)
            {
                faults.Add("Somebody of the auditor's form has no salt.");
            }
        }

        return Check.Of(
            VerificationStep.Auditor,
            salts is null
                ? "The form for everybody names this auditor's form as its source. Without the salts, people were not compared."
                : "Made again from the auditor's form and the salts, the form for everybody is the same, person by person.",
            "The form for everybody and the auditor's form do not belong together.",
            faults);
    }
}
