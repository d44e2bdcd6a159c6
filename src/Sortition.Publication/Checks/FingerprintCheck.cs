using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Compares the files with their fingerprints, and these with the root that was announced.</summary>
internal static class FingerprintCheck
{
    public static VerificationCheck Run(FolderReader folder, string? announced, out string? root)
    {
        List<string> faults = [];
        root = null;
        IReadOnlyList<(string Name, string Hash)> sums = [];
        if (folder.Content(PartNames.Sums) is not byte[] content)
        {
            faults.Add($"{PartNames.Sums} is missing or cannot be read.");
        }
        else
        {
            root = RootHash.Of(content);
            if (announced is not null && !string.Equals(announced, root, StringComparison.Ordinal))
            {
                faults.Add($"The root of these files is {root}, not {announced} as announced: these are not the files that were published.");
            }

            if (Sums.Read(content) is { } read)
            {
                sums = read;
            }
            else
            {
                faults.Add($"{PartNames.Sums} is malformed.");
            }
        }

        for (int i = 0; i < sums.Count; i++)
        {
            (string name, string hash) = sums[i];
            if (!PartNames.IsOurs(name) || name is PartNames.Sums or PartNames.Draw)
            {
                // Not a file of the format, and perhaps a path: it is not opened.
                faults.Add($"{PartNames.Sums}, line {i + 1}: not the name of a file of a published lottery.");
            }
            else if (i > 0 && string.CompareOrdinal(sums[i - 1].Name, name) >= 0)
            {
                faults.Add($"{PartNames.Sums}, line {i + 1}: {name} is listed twice or out of order.");
            }
            else if (folder.Content(name) is not byte[] part)
            {
                faults.Add($"{name} is missing or cannot be read.");
            }
            else if (RootHash.Of(part) is var found && !string.Equals(found, hash, StringComparison.Ordinal))
            {
                faults.Add($"{name} was changed: its SHA-256 is {found}, not {hash}.");
            }
        }

        HashSet<string> listed = [.. sums.Select(s => s.Name)];
        string[] names = [.. folder.Names()];
        faults.AddRange(
            names.Where(n => PartNames.IsOurs(n) && n is not (PartNames.Sums or PartNames.Draw) && !listed.Contains(n))
                .Select(n => $"{n} is not listed in {PartNames.Sums}."));
        string compared = announced is null ? "The root was not given, so it was not compared with what was announced." : "The root is the one announced.";
        return Check.Of(
            VerificationStep.Fingerprints, FormattableString.Invariant(
                $"All {sums.Count} files have the SHA-256 that {PartNames.Sums} says. {compared}"), "The files are not those that were published.", faults);
    }
}
