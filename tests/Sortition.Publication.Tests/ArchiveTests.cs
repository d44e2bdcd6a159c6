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
    public static TheoryData<Form> Forms => [Form.Private, Form.Public, Form.ClosedPrivate];

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_archive_holds_the_files_of_the_folder_and_has_the_same_bytes_each_time(Form form)
    {
        PublishedLottery lottery = Example.Of(form);
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
    [MemberData(nameof(Forms))]
    public void The_draw_is_recorded_in_the_archive_once(Form form)
    {
        PublishedLottery lottery = Example.Of(form);
        using TemporaryFolder folder = new();
        string path = folder["lottery.zip"];
        lottery.Write(path);
        Assert.Null(DrawHistory.Read(path).Current);
        DrawRecord record = Example.Draw(lottery, path);
        AssertGenuine(PublicationVerifier.Verify(path), VerificationOutcome.Passed);
        Assert.Equal(record.ToBytes(), DrawHistory.Read(path).Current!.ToBytes());

        byte[] drawn = File.ReadAllBytes(path);
        Assert.Throws<FilesExistException>(() => record.Write(path));
        Assert.Throws<InvalidOperationException>(() => Example.Draw(lottery, path));
        Assert.Equal(drawn, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    /// <summary>On systems that know owners, others cannot read who is who, neither in the folder, nor in an archive or what is taken out of it.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Only_its_owner_may_read_the_private_part(Form form)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using TemporaryFolder folder = new();
        PublishedLottery lottery = Example.Of(form);
        lottery.Write(folder["folder"]);
        lottery.Write(folder["new.zip"]);
        FolderTarget.At(folder["mine.zip"]).Write([("mine.txt", _ => { })], _ => false);
        lottery.Write(folder["mine.zip"]);
        foreach (string name in lottery.Parts.Files.Select(f => f.Name))
        {
            bool isPrivate = name == "private.json";
            Assert.Equal(isPrivate, File.GetUnixFileMode(folder["folder/" + name]) == Owner);
        }

        foreach (string archive in (string[])["new.zip", "mine.zip"])
        {
            Assert.Equal(lottery.HasPrivatePart, File.GetUnixFileMode(folder[archive]) == Owner);
            Example.Draw(lottery, folder[archive]);
            Assert.Equal(lottery.HasPrivatePart, File.GetUnixFileMode(folder[archive]) == Owner);
            ZipFile.ExtractToDirectory(folder[archive], folder[archive + " taken out"]);
            Assert.All(folder.Names(archive + " taken out"), name =>
                Assert.Equal(name == "private.json", !OperatingSystem.IsWindows() && File.GetUnixFileMode(folder[$"{archive} taken out/{name}"]) == Owner));
        }

        if (lottery.HasPrivatePart)
        {
            lottery.Keys!.Write(folder["keys.csv"], lottery);
            Assert.Equal(Owner, File.GetUnixFileMode(folder["keys.csv"]));
        }
    }

    [Fact]
    public void The_folder_is_drawn_once_too()
    {
        using TemporaryFolder folder = new();
        Example.Of(Form.Public).Write(folder.Path);
        DrawRecord draw = Example.Draw(Example.Of(Form.Public), folder.Path);
        byte[] record = File.ReadAllBytes(folder["draw.json"]);
        Assert.Throws<FilesExistException>(() => draw.Write(folder.Path));
        Assert.Equal(record, File.ReadAllBytes(folder["draw.json"]));
    }

    [Fact]
    public void A_stream_will_do_for_everything()
    {
        using MemoryStream published = new();
        Example.Of(Form.Public).Write(FolderTarget.ToZip(published));
        published.Position = 0;
        FolderSource source = FolderSource.FromZip(published);
        Assert.Equal(Example.Of(Form.Public).Root, PublishedLottery.Read(source).Root);
        Assert.Null(DrawHistory.Read(source).Current);
        AssertGenuine(PublicationVerifier.Verify(source), VerificationOutcome.NotChecked);
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

        Example.Of(Form.Public).Write(path);
        Example.Draw(Example.Of(Form.Public), path);
        byte[] drawn = File.ReadAllBytes(path);
        FilesExistException refused = Assert.Throws<FilesExistException>(() => Example.Of(Form.Private).Write(path));
        Assert.Equal([.. Example.Of(Form.Public).Parts.Files.Select(f => f.Name).Append("draw.json").Order(StringComparer.Ordinal)], refused.Names);
        Assert.Equal(drawn, File.ReadAllBytes(path));
        FolderSource source = path;
        Assert.Equal("mine"u8, source.File("mine.txt").Read(10).AsSpan());
        AssertGenuine(PublicationVerifier.Verify(source), VerificationOutcome.Passed);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_change_within_an_archive_is_found(Form form)
    {
        PublishedLottery lottery = Example.Of(form);
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
        Assert.Throws<IOException>(() => { Example.Of(Form.Public).Write(path); });
        CancellationToken cancelled = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() => { Example.Of(Form.Public).Write(folder["other.zip"], cancellationToken: cancelled); });
        Assert.Equal("no archive", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    private static void AssertGenuine(VerificationReport report, VerificationOutcome draw)
    {
        Assert.True(report.IsGenuine, string.Join('\n', report.Checks.SelectMany(c => c.Faults)));
        Assert.Equal(draw, Assert.Single(report.Checks, c => c.Step == VerificationStep.Draw).Outcome);
    }
}
