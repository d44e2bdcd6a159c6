using System.Globalization;
using System.Text;
using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Writes all files anew from what they say, and compares.</summary>
internal static class FormCheck
{
    public static VerificationCheck Run(FolderReader folder, PublishedLottery lottery)
    {
        List<string> faults = [];
        HashSet<string> expected = [.. lottery.Parts.Files.Select(f => f.Name), PartNames.Draw];
        faults.AddRange(
            folder.Names().Where(n => PartNames.IsOurs(n) && !expected.Contains(n))
                .Select(n => $"{n} is a file too many: it does not follow from the others."));
        foreach (string name in (string[])[PartNames.Manifest, PartNames.Problem, PartNames.Lottery, PartNames.Quotas, PartNames.Types])
        {
            Compare(folder, lottery, name, faults);
        }

        int people = lottery.People.Count;
        return Check.Of(
            VerificationStep.Form,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{people} people of {lottery.Lottery.Types.Count} types, {lottery.Problem.Quotas.Count} quotas, {lottery.Ballots.Count} ballots of "
                + $"{lottery.Problem.PanelSize}; all files agree."),
            "The files contradict each other, or do not have the form they should.",
            faults);
    }

    public static VerificationCheck Claims(FolderReader folder, PublishedLottery lottery)
    {
        List<string> faults = [];
        string[] names = [.. lottery.Parts.Files.Select(f => f.Name).Where(n => n.EndsWith(".mps", StringComparison.Ordinal))];
        foreach (string name in names)
        {
            Compare(folder, lottery, name, faults);
        }

        return names.Length == 0
            ? Check.NotChecked(VerificationStep.Claims, "The certificate makes no claims, so that there is nothing for other solvers.")
            : Check.Of(
                VerificationStep.Claims,
                FormattableString.Invariant($"{names.Length} file(s) for other solvers pose the problems that the certificate is about."),
                "A file for other solvers does not pose the problem that the certificate is about.",
                faults);
    }

    /// <summary>Reports the first place where a file is not what follows from the others. What stands there is not shown: it may be about a person.</summary>
    public static void Compare(FolderReader folder, PublishedLottery lottery, string name, List<string> faults)
    {
        byte[] should = lottery.Parts.Files.First(f => string.Equals(f.Name, name, StringComparison.Ordinal)).Content;
        if (folder.Content(name) is not byte[] found)
        {
            faults.Add($"{name} is missing or cannot be read.");
            return;
        }

        int same = found.AsSpan().CommonPrefixLength(should);
        if (same == should.Length && same == found.Length)
        {
            return;
        }

        int line = 1 + should.AsSpan(0, same).Count((byte)'\n');
        int lineStart = should.AsSpan(0, same).LastIndexOf((byte)'\n') + 1;
        string before = Encoding.UTF8.GetString(should.AsSpan(lineStart, same - lineStart));
        string place = name.EndsWith(".csv", StringComparison.Ordinal)
            ? FormattableString.Invariant($"line {line}, cell {1 + before.Count(c => c == ',')}")
            : FormattableString.Invariant($"line {line}, character {1 + before.Length}");
        faults.Add($"{name}, {place}: this is not what follows from the other files.");
    }
}
