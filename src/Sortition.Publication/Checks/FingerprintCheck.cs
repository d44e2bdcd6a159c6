using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Compares the files with their fingerprints, and these with the root that was announced.</summary>
internal static class FingerprintCheck
{
    public static VerificationCheck Run(FolderReader folder, string? announced, out string? root)
    {
        List<string> faults = [];
        root = null;
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

            if (WithoutCarriageReturns(content) is byte[] unconverted)
            {
                faults.Add(
                    $"Every line of {PartNames.Sums} ends in CR LF: the files were converted on their way. With LF the root is {RootHash.Of(unconverted)}.");
            }
            else if (Sums.Read(content) is not { } sums || !sums.Select(s => s.Name).SequenceEqual(PartNames.Bound, StringComparer.Ordinal))
            {
                faults.Add($"{PartNames.Sums} does not list the files of a published lottery in its one form.");
            }
            else
            {
                Compare(folder, sums, faults);
            }
        }

        string compared = announced is null ? "The root was not given, so it was not compared with what was announced." : "The root is the one announced.";
        string withoutPrivate = folder.Has(PartNames.Private) ? "" : $", but for {PartNames.Private}, which auditors have";
        return Check.Of(
            VerificationStep.Fingerprints,
            $"All files have the SHA-256 that {PartNames.Sums} says{withoutPrivate}. {compared}",
            "The files are not those that were published.",
            faults);
    }

    private static void Compare(FolderReader folder, IReadOnlyList<(string Name, string Hash)> sums, List<string> faults)
    {
        foreach ((string name, string hash) in sums.Where(s => s.Name is not PartNames.Private || folder.Has(PartNames.Private)))
        {
            if (folder.Content(name) is not byte[] part)
            {
                faults.Add($"{name} is missing or cannot be read.");
            }
            else if (RootHash.Of(part) is var found && !string.Equals(found, hash, StringComparison.Ordinal))
            {
                string cause = WithoutCarriageReturns(part) is byte[] unconverted && string.Equals(RootHash.Of(unconverted), hash, StringComparison.Ordinal)
                    ? " Every line ends in CR LF: it was converted on its way. With LF it is the file that was published." : "";
                faults.Add($"{name} was changed: its SHA-256 is {found}, not {hash}.{cause}");
            }
        }
    }

    /// <summary>The text with LF for CR LF; null where not every line ends so.</summary>
    private static byte[]? WithoutCarriageReturns(byte[] content)
    {
        int lines = content.AsSpan().Count((byte)'\n');
        return lines > 0 && content.AsSpan().Count("\r\n"u8) == lines
            ? [.. content.Where((b, i) => b != '\r' || i + 1 == content.Length || content[i + 1] != '\n')]
            : null;
    }
}
