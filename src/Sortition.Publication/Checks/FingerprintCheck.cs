using Sortition.Publication.Format;

namespace Sortition.Publication.Checks;

/// <summary>Compares the files with their fingerprints, and these with the root that was announced.</summary>
internal static class FingerprintCheck
{
    public static VerificationCheck Run(FolderReader folder, string? announced, out string? root)
    {
        List<Sentence> faults = [];
        root = null;
        if (folder.Content(PartNames.Sums) is not byte[] content)
        {
            faults.Add(Sentences.Of("finding/missing", ("part", PartNames.Sums)));
        }
        else
        {
            root = RootHash.Of(content);
            if (announced is not null && !string.Equals(announced, root, StringComparison.Ordinal))
            {
                faults.Add(Sentences.Of("finding/other-root", ("root", root), ("announced", announced)));
            }

            if (WithoutCarriageReturns(content) is byte[] unconverted)
            {
                faults.Add(Sentences.Of("finding/sums-converted", ("part", PartNames.Sums), ("root", RootHash.Of(unconverted))));
            }
            else if (Sums.Read(content) is not { } sums || !sums.Select(s => s.Name).SequenceEqual(PartNames.Bound, StringComparer.Ordinal))
            {
                faults.Add(Sentences.Of("finding/sums-form", ("part", PartNames.Sums)));
            }
            else
            {
                Compare(folder, sums, faults);
            }
        }

        return Check.Of(
            VerificationStep.Fingerprints,
            Sentences.Of(
                folder.Has(PartNames.Private) ? "finding/fingerprints" : "finding/fingerprints-but-private",
                ("part", PartNames.Sums),
                ("private", PartNames.Private),
                ("compared", Sentences.Of(announced is null ? "finding/root-not-given" : "finding/root-announced"))),
            Sentences.Of("finding/not-published"),
            faults);
    }

    private static void Compare(FolderReader folder, IReadOnlyList<(string Name, string Hash)> sums, List<Sentence> faults)
    {
        foreach ((string name, string hash) in sums.Where(s => s.Name is not PartNames.Private || folder.Has(PartNames.Private)))
        {
            if (folder.Content(name) is not byte[] part)
            {
                faults.Add(Sentences.Of("finding/missing", ("part", name)));
            }
            else if (RootHash.Of(part) is var found && !string.Equals(found, hash, StringComparison.Ordinal))
            {
                bool wasConverted = WithoutCarriageReturns(part) is byte[] unconverted
                    && string.Equals(RootHash.Of(unconverted), hash, StringComparison.Ordinal);
                faults.Add(Sentences.Of(
                    wasConverted ? "finding/converted" : "finding/changed", ("part", name), ("found", found), ("hash", hash)));
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
