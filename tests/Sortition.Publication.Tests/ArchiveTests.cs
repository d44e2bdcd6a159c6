using System.IO.Compression;
using Sortition.Core;
using Sortition.Files.Storage;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>Published lotteries as one zip archive: in everything what they are as a folder.</summary>
public sealed class ArchiveTests
{
    public static TheoryData<PublicationLevel> Levels => [PublicationLevel.Auditor, PublicationLevel.Public];

    [Theory]
    [MemberData(nameof(Levels))]
    public void An_archive_holds_the_files_of_the_folder_and_has_the_same_bytes_each_time(PublicationLevel level)
    {
        PublishedLottery lottery = Of(level);
        using TemporaryFolder folder = new();
        IReadOnlyList<string> names = lottery.Write(folder["folder"]);
        Assert.Equal(names, lottery.Write(folder["one.zip"]));
        lottery.Write(folder["two.ZIP"]);
        Assert.Equal(File.ReadAllBytes(folder["one.zip"]), File.ReadAllBytes(folder["two.ZIP"]));

        FolderSource archive = folder["one.zip"];
        Assert.Equal(((FolderSource)folder["folder"]).Names(), archive.Names());
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(folder["folder/" + name]), archive.File(name).Read(1 << 20).ToArray()));
        Assert.Equal(lottery.Root, PublishedLottery.Read(archive).Root);
        AssertGenuine(PublicationVerifier.Verify(archive, new VerificationOptions { Root = lottery.Root }), VerificationOutcome.NotChecked);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void The_draw_is_recorded_in_the_archive_once(PublicationLevel level)
    {
        PublishedLottery lottery = Of(level);
        using TemporaryFolder folder = new();
        string path = folder["lottery.zip"];
        lottery.Write(path);
        Assert.Null(DrawRecord.Read(path));
        DrawRecord record = Example.Draw(lottery);
        record.Write(path);
        AssertGenuine(PublicationVerifier.Verify(path), VerificationOutcome.Passed);
        Assert.Equal(record.ToBytes(), DrawRecord.Read(path)!.ToBytes());

        byte[] drawn = File.ReadAllBytes(path);
        Assert.Throws<FilesExistException>(() => Example.Draw(lottery).Write(path));
        Assert.Equal(drawn, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void The_folder_is_drawn_once_too()
    {
        using TemporaryFolder folder = new();
        Example.Public.Write(folder.Path);
        Example.Draw(Example.Public).Write(folder.Path);
        byte[] record = File.ReadAllBytes(folder["draw.json"]);
        Assert.Throws<FilesExistException>(() => Example.Draw(Example.Public).Write(folder.Path));
        Assert.Equal(record, File.ReadAllBytes(folder["draw.json"]));
    }

    [Fact]
    public void A_stream_will_do_for_everything()
    {
        DrawRecord record = Example.Draw(Example.Public);
        using MemoryStream auditor = new();
        using MemoryStream published = new();
        Example.Auditor.Write(FolderTarget.ToZip(auditor));
        IReadOnlyList<string> names = Example.Public.Write(FolderTarget.ToZip(published), record);
        Assert.Equal("draw.json", names[^1]);
        (auditor.Position, published.Position) = (0, 0);
        FolderSource source = FolderSource.FromZip(published);
        Assert.Equal(Example.Public.Root, PublishedLottery.Read(source).Root);
        Assert.Equal(record.Ballot, DrawRecord.Read(source)!.Ballot);
        VerificationOptions options = new() { Auditor = FolderSource.FromZip(auditor), Salts = Example.Salts };
        VerificationReport report = PublicationVerifier.Verify(source, options);
        AssertGenuine(report, VerificationOutcome.Passed);
        Assert.Equal(VerificationOutcome.Passed, Assert.Single(report.Checks, c => c.Step == VerificationStep.Auditor).Outcome);
    }

    [Fact]
    public void Another_lottery_never_takes_the_place_of_the_first_or_of_its_draw_and_other_files_stay()
    {
        using TemporaryFolder folder = new();
        string path = folder["lottery.zip"];
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using Stream stream = archive.CreateEntry("mine.txt").Open();
            stream.Write("mine"u8);
        }

        Example.Public.Write(path);
        Example.Draw(Example.Public).Write(path);
        byte[] drawn = File.ReadAllBytes(path);
        FilesExistException refused = Assert.Throws<FilesExistException>(() => Example.Auditor.Write(path));
        Assert.Equal([.. Example.Public.Parts.Files.Select(f => f.Name).Append("draw.json").Order(StringComparer.Ordinal)], refused.Names);
        Assert.Equal(drawn, File.ReadAllBytes(path));
        FolderSource source = path;
        Assert.Equal("mine"u8, source.File("mine.txt").Read(10).AsSpan());
        AssertGenuine(PublicationVerifier.Verify(source), VerificationOutcome.Passed);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_change_within_an_archive_is_found(PublicationLevel level)
    {
        PublishedLottery lottery = Of(level);
        foreach ((string name, byte[] content) in lottery.Parts.Files)
        {
            byte[] changed = [.. content];
            changed[^2] ^= 1;
            using MemoryStream stream = new();
            FolderTarget.ToZip(stream).Write(
                lottery.Parts.Files.Select(f => (f.Name, (Action<Stream>)(s => s.Write(f.Name == name ? changed : f.Content)))), _ => false);
            stream.Position = 0;
            Assert.False(PublicationVerifier.Verify(FolderSource.FromZip(stream), new VerificationOptions { Root = lottery.Root }).IsGenuine, name);
        }
    }

    [Fact]
    public void What_is_no_archive_is_a_fault_and_left_as_it_was()
    {
        using TemporaryFolder folder = new();
        string path = folder["lottery.zip"];
        File.WriteAllText(path, "no archive");
        Assert.Equal("files/not-an-archive", Assert.Single(Assert.Throws<MalformedInputException>(() => PublishedLottery.Read(path)).Faults).Code.Name);
        Assert.Throws<IOException>(() => { Example.Public.Write(path); });
        CancellationToken cancelled = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() => { Example.Public.Write(folder["other.zip"], cancellationToken: cancelled); });
        Assert.Equal("no archive", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    private static PublishedLottery Of(PublicationLevel level) => level == PublicationLevel.Auditor ? Example.Auditor : Example.Public;

    private static void AssertGenuine(VerificationReport report, VerificationOutcome draw)
    {
        Assert.True(report.IsGenuine, string.Join('\n', report.Checks.SelectMany(c => c.Faults)));
        Assert.Equal(draw, Assert.Single(report.Checks, c => c.Step == VerificationStep.Draw).Outcome);
    }
}
