using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Files.Storage;
using Sortition.Publication.Checks;
using Sortition.Publication.First;
using Sortition.Publication.Format;

namespace Sortition.Publication;

/// <summary>Checks a published lottery from its files alone.</summary>
/// <remarks>
/// Nothing is taken on trust: what is stated is recomputed from what it follows from. Whatever the files hold, the answer is a report, not an exception.
/// </remarks>
public static class PublicationVerifier
{
    /// <summary>Verifies a published lottery.</summary>
    /// <param name="source">The folder or the archive, with <c>draw.json</c> if it has been drawn.</param>
    /// <param name="options">What is known beside; null for nothing.</param>
    /// <param name="cancellationToken">Stops the verification.</param>
    /// <returns>What was found, point by point.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// VerificationReport report = PublicationVerifier.Verify("published.zip", new VerificationOptions { Root = announced });
    /// foreach (VerificationCheck check in report.Checks)
    /// {
    ///     Console.WriteLine($"{check.Outcome} {check.Step}: {check.Finding}");
    /// }
    /// </code>
    /// </example>
    public static VerificationReport Verify(FolderSource source, VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new VerificationOptions();
        FolderReader folder = new(source, cancellationToken);
        if (FirstFormat.IsOf(folder))
        {
            return FirstFormat.Verify(folder, options.Root);
        }

        List<VerificationCheck> checks = [FingerprintCheck.Run(folder, options.Root, out string? root)];
        PublishedLottery lottery;
        try
        {
            lottery = new PublishedLottery(PublicationReader.Read(folder));
        }
        catch (MalformedInputException e)
        {
            checks.Add(
                Check.Of(
                    VerificationStep.Form, Sentences.None, Sentences.Of("finding/unreadable"), [.. e.Faults.Select(Sentences.Of)]));
            return new VerificationReport(checks, root, []);
        }

        checks.Add(FormCheck.Run(folder, lottery));
        if (lottery.Round is PublishedRound round)
        {
            checks.Add(RoundCheck.Run(lottery.Problem, round));
        }

        checks.Add(Check.Of(
            VerificationStep.Lottery,
            Sentences.Of("finding/lottery", ("panels", lottery.Lottery.Panels.Count)),
            Sentences.None,
            []));
        cancellationToken.ThrowIfCancellationRequested();
        checks.Add(OptimalityCheck.Run(lottery.Data.Lottery, cancellationToken));
        if (lottery.HasPrivatePart)
        {
            checks.Add(FormCheck.Private(folder, lottery));
        }

        checks.Add(BallotsCheck.Run(lottery, cancellationToken));
        checks.Add(ChancesCheck.Run(lottery));
        if (options.RedoRounding)
        {
            checks.Add(RoundingCheck.Run(lottery, cancellationToken));
        }

        checks.Add(DrawCheck.Run(folder, lottery, root));
        return new VerificationReport(checks, root, [.. LeftOpen(lottery)], lottery.IsRehearsal);
    }

    /// <summary>What no point could check that would have to be.</summary>
    private static IEnumerable<Sentence> LeftOpen(PublishedLottery lottery)
    {
        Objective objective = lottery.Lottery.Certificate.Objective;
        if (!objective.IsKnown)
        {
            yield return Sentences.Of("finding/open-objective", ("objective", objective.Name));
        }

        if (lottery.Ballots is null)
        {
            yield return Sentences.Of("finding/open-ballots");
        }
    }

    /// <summary>Checks what a published lottery says of its replacement round, before it is told in a report.</summary>
    /// <param name="lottery">The lottery.</param>
    /// <returns>What was found; null where the lottery is that of a whole panel.</returns>
    public static VerificationCheck? CheckRound(PublishedLottery lottery)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        return lottery.Round is PublishedRound round ? RoundCheck.Run(lottery.Lottery.Problem, round) : null;
    }

    /// <summary>Compares the files with their fingerprints and the root, before a lottery that was read from them is drawn.</summary>
    /// <param name="source">The folder or the archive.</param>
    /// <param name="lottery">The lottery read from it.</param>
    /// <param name="root">The root as it was announced; null not to compare it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VerificationCheck CheckFingerprints(
        FolderSource source, PublishedLottery lottery, string? root, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(lottery);

        // What is drawn from is what was read, so it is the root of that which must be the one of the files.
        VerificationCheck check = FingerprintCheck.Run(new FolderReader(source, cancellationToken), root, out string? found);
        return check.Outcome == VerificationOutcome.Passed && !string.Equals(found, lottery.Root, StringComparison.Ordinal)
            ? Check.Of(VerificationStep.Form, Sentences.None, Sentences.Of("finding/no-form"), [Sentences.Of("finding/verify-says")])
            : check;
    }

    /// <summary>Redoes what is recorded of the draws of a lottery.</summary>
    /// <param name="source">The folder or the archive.</param>
    /// <param name="lottery">The lottery read from it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VerificationCheck CheckDraw(FolderSource source, PublishedLottery lottery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(lottery);
        return DrawCheck.Run(new FolderReader(source, cancellationToken), lottery, lottery.Root);
    }
}

/// <summary>What a verification is told beside the files.</summary>
public sealed class VerificationOptions
{
    /// <summary>The root as it was announced before the draw. Without it, files that were rewritten as a whole cannot be told from those published.</summary>
    public string? Root { get; init; }

    /// <summary>Whether to redo the rounding to ballots from its seed, which takes about as long as it took at first. Only with the private part.</summary>
    public bool RedoRounding { get; init; }
}
