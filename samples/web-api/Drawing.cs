using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Storage;
using Sortition.Publication.Format;

/// <summary>What becomes of a lottery that was stored: a panel drawn here, or ballots from which it is drawn in public.</summary>
internal static class Drawing
{
    private const string Software = "web-api sample";

    public static PanelLottery Lottery(StoredLottery stored) => LotteryJson.Deserialize(stored.Lottery, ProblemJson.Deserialize(stored.Problem));

    /// <summary>The panel that a seed decides.</summary>
    public static Panel Draw(PanelLottery lottery, string seed) => Outcome(lottery, seed).Panel;

    /// <summary>Every result file of a drawn lottery, in a zip.</summary>
    public static byte[] Results(PanelLottery lottery, string seed)
    {
        using MemoryStream zip = new();
        ResultFiles.Write(FolderTarget.ToZip(zip), Outcome(lottery, seed));
        return zip.ToArray();
    }

    private static SelectionOutcome Outcome(PanelLottery lottery, string seed) =>
        SelectionOutcome.Draw(LoadedProblem.FromProblem(lottery.Problem), lottery, seed, Software);

    /// <summary>A thousand equally likely ballots without names, in a zip, and the keys by which people can find themselves.</summary>
    public static (string Root, byte[] Zip, KeyTable Keys) Publish(PanelLottery lottery, DrawAnnouncement announcement, CancellationToken token)
    {
        string seed = RandomSource.NewSeed();
        PanelTable ballots = BallotRounding.Round(lottery, 1000, RandomSource.Seeded(seed), cancellationToken: token);
        PublicationOptions options = new() { Seed = seed, Announcement = announcement };
        PublishedLottery whole = PublishedLottery.Create(lottery, ballots, options, token);
        using MemoryStream zip = new();
        whole.ToPublic().Write(FolderTarget.ToZip(zip), token);
        return (whole.Root, zip.ToArray(), whole.Keys!);
    }
}
