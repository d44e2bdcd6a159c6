using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.Versioning;
using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Where bytes come from and go to: files and streams, folders and archives.</summary>
public sealed class StorageTests
{
    [Fact]
    public void Every_reader_takes_a_stream()
    {
        ProblemFilesOptions options = new()
        {
            Quotas = FileSource.From(Stream(Loading.Quotas), "quotas.csv"),
            People = FileSource.From(Stream(Loading.People), "people.csv"),
            PanelSize = 2,
            MustBeInFile = Stream("p3\n"),
            MustBeOutFile = Stream("p4\n"),
        };
        LoadedProblem loaded = ProblemFiles.Load(options);
        LoadedProblem fromFiles = Loading.Load(Loading.Quotas, Loading.People);
        Assert.Equal(fromFiles.Inputs.Select(f => (f.Name, f.Sha256, f.Bytes)), loaded.Inputs.Select(f => (f.Name, f.Sha256, f.Bytes)));
        Assert.Equal(Loading.Sketch(fromFiles.Problem), Loading.Sketch(loaded.Problem));
        Assert.Equal([PersonStatus.Free, PersonStatus.Free, PersonStatus.MustBeIn, PersonStatus.MustBeOut], loaded.Problem.People.Select(p => p.Status));

        Assert.Equal(2, QuotaFiles.Load(Stream(Loading.Quotas), 2).Quotas.Count);
        Assert.Equal(2, QuotaFiles.LoadFor(Stream(Loading.Quotas), loaded.Problem.Features).Count);
        Assert.Equal(3, PopulationFiles.Load(Stream("feature,value,count\ngender,female,1\ngender,male,2\n")).By("gender").Total);
        Assert.Equal(3, PopulationFiles.LoadFor(Stream("feature,value,count\ngender,female,1\ngender,male,2\n"), loaded.Problem.Features).By("gender").Total);
        Assert.Equal(["b", "a"], PeopleFiles.LoadIds(Stream("b\n a \n")).Select(listed => listed.Id));
        Assert.Equal([0.5, 0.1, 0.1, 0.1], DropOutFiles.LoadChances(Stream("id,chance\np1,50 %\n"), loaded.Problem, 0.1).Chances.Chances);
        Assert.True(Assert.Single(DropOutFiles.LoadPast(Stream("gender,dropped out\nmale,yes\n"))).DroppedOut);
        Assert.Equal(1, DropOutFiles.LoadModel(Stream("gender,dropped out\nmale,no\n"), loaded.Problem).Model!.Observations);
        MemoryStream json = new();
        ProblemJson.Write(json, loaded.Problem);
        json.Position = 0;
        Assert.Equal(4, ProblemJson.Read(json).People.Count);
    }

    [Fact]
    public void One_workbook_serves_for_quotas_and_people_from_a_stream_too()
    {
        FileSource workbook = new MemoryStream(Workbooks.Of(("quotas", Workbooks.Data(Loading.Quotas)), ("people", Workbooks.Data(Loading.People))));
        Assert.Equal(4, ProblemFiles.Load(new ProblemFilesOptions { Quotas = workbook, People = workbook, PanelSize = 2 }).Problem.People.Count);
    }

    [Fact]
    public void A_stream_is_read_from_where_it_stands_and_left_open()
    {
        using MemoryStream stream = new("not this a\nb\n"u8.ToArray());
        stream.Position = 9;
        Assert.Equal(["a", "b"], PeopleFiles.LoadIds(stream).Select(listed => listed.Id));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task A_pipe_is_read_to_its_end_but_never_beyond_the_limit()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(new byte[5]);
        await pipe.Writer.CompleteAsync();
        MalformedInputException e = Assert.Throws<MalformedInputException>(() => FileSource.From(pipe.Reader.AsStream(), "upload").Read(4));
        Fault fault = Assert.Single(e.Faults);
        Assert.Equal(("files/file-too-large", "upload"), (fault.Code.Name, fault.Location.Source));
    }

    [Fact]
    public void What_cannot_be_read_is_a_fault()
    {
        using TemporaryFolder folder = new();
        foreach (FileSource source in (FileSource[])[folder["none"], folder.Path, "", FolderSource.At(folder.Path).File("none")])
        {
            Assert.Equal("files/unreadable-file", Assert.Single(Assert.Throws<MalformedInputException>(() => source.Read(10)).Faults).Code.Name);
        }
    }

    [Fact]
    public void Results_of_one_archive_are_those_of_the_folder_and_the_same_bytes_each_time()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<string> names = ResultFiles.WriteWithWorkbook(folder.Path, Lotteries.Outcome(Lotteries.Load()));
        byte[] archive = Zip(target => Assert.Equal(names, ResultFiles.WriteWithWorkbook(target, Lotteries.Outcome(Lotteries.Load()))));
        Assert.Equal(archive, Zip(target => ResultFiles.WriteWithWorkbook(target, Lotteries.Outcome(Lotteries.Load()))));

        FolderSource written = FolderSource.FromZip(new MemoryStream(archive));
        Assert.Equal(folder.Names(), written.Names());
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(folder[name]), written.File(name).Read(1 << 20).ToArray()));
        Assert.Equal(Lotteries.Outcome(Lotteries.Load()).Panel.Ids, PeopleFiles.LoadIds(written.File("selected.csv")).Select(listed => listed.Id).Order(StringComparer.Ordinal));

        // Two archives of one moment would agree on the time as well: no file may bear any but the fixed one.
        using ZipArchive zip = new(new MemoryStream(archive));
        Assert.Equal(names, zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
    }

    [Fact]
    public void An_archive_on_disk_is_read_like_the_folder()
    {
        using TemporaryFolder folder = new();
        folder.Write("one.zip", Zip(target => target.Write([("b", s => s.WriteByte(1)), ("a", _ => { })], _ => false)));
        FolderSource source = folder["one.zip"];
        Assert.Equal(["a", "b"], source.Names());
        Assert.Equal([1], source.File("b").Read(1).ToArray());
        Assert.Equal("files/unreadable-file", Assert.Single(Assert.Throws<MalformedInputException>(() => source.File("c").Read(1)).Faults).Code.Name);
        Assert.Equal(["one.zip"], FolderSource.At(folder.Path).Names());
        Assert.Empty(FolderSource.At(folder["none"]).Names());
    }

    [Fact]
    public void Hostile_archives_are_faults()
    {
        byte[] twice = Zip(target => target.Write([("a", _ => { }), ("a", _ => { })], _ => false));
        byte[] tooMany = Zip(target => target.Write(Enumerable.Range(0, 10_001).Select(i => (FormattableString.Invariant($"{i}"), (Action<Stream>)(_ => { }))), _ => false));
        (byte[] Bytes, string Code)[] hostile =
        [
            (twice, "files/file-twice-in-archive"),
            (tooMany, "files/too-many-files"),
            ("PK\x03\x04 and no more"u8.ToArray(), "files/not-an-archive"),
            ([], "files/not-an-archive"),
        ];
        foreach ((byte[] bytes, string code) in hostile)
        {
            MalformedInputException e = Assert.Throws<MalformedInputException>(() => FolderSource.FromZip(FileSource.From(new MemoryStream(bytes), "x.zip")));
            Assert.Equal((code, "x.zip"), (Assert.Single(e.Faults).Code.Name, e.Faults[0].Location.Source));
        }

        // 64 MiB of zeros in some kilobytes are not unpacked beyond what is wanted.
        byte[] bomb = Zip(target => target.Write([("zeros", s => s.Write(new byte[64 << 20]))], _ => false));
        Assert.True(bomb.Length < 1 << 18);
        FileSource zeros = FolderSource.FromZip(new MemoryStream(bomb)).File("zeros");
        Assert.Equal("files/file-too-large", Assert.Single(Assert.Throws<MalformedInputException>(() => zeros.Read(1 << 20)).Faults).Code.Name);
    }

    [Fact]
    public void A_damaged_archive_is_a_fault_wherever_it_is_damaged()
    {
        byte[] honest = Zip(target => target.Write([("a", s => s.Write(new byte[100])), ("b", s => s.Write("b"u8))], _ => false));
        for (int i = 0; i < honest.Length; i++)
        {
            Try(honest[..i]);
            foreach (int change in (int[])[1, 0x80, 0xff])
            {
                byte[] bytes = [.. honest];
                bytes[i] ^= (byte)change;
                Try(bytes);
            }
        }

        static void Try(byte[] bytes)
        {
            try
            {
                FolderSource source = FolderSource.FromZip(new MemoryStream(bytes));
                foreach (string name in source.Names())
                {
                    Assert.InRange(source.File(name).Read(1000).Count, 0, 1000);
                }
            }
            catch (MalformedInputException)
            {
                // Anything else would be a fault of the reader.
            }
        }
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData("a/")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b")]
    [InlineData("C:a")]
    public void Archives_with_folders_are_refused(string name)
    {
        byte[] bytes = Zip(target => target.Write([("a", _ => { }), (name, _ => { })], _ => false));
        MalformedInputException e = Assert.Throws<MalformedInputException>(() => FolderSource.FromZip(new MemoryStream(bytes)));
        Assert.Equal("files/folder-in-archive", Assert.Single(e.Faults).Code.Name);
    }

    [Fact]
    public void An_archive_is_read_as_far_as_it_says_of_itself_and_may_not_say_more_than_the_limit()
    {
        byte[] honest = Zip(target => target.Write([("a", s => s.Write(new byte[100])), ("b", _ => { })], _ => false));
        Assert.Equal(100, FolderSource.FromZip(new MemoryStream(honest)).File("a").Read(1000).Count);
        Assert.InRange(Claiming(99).File("a").Read(1000).Count, 0, 99);
        MalformedInputException e = Assert.Throws<MalformedInputException>(() => Claiming((1 << 30) + 1));
        Assert.Equal("files/archive-too-large", Assert.Single(e.Faults).Code.Name);

        // In the archive's list of files the size stands 24 bytes after a file's mark.
        FolderSource Claiming(uint size)
        {
            byte[] bytes = [.. honest];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf("PK\x01\x02"u8) + 24), size);
            return FolderSource.FromZip(new MemoryStream(bytes));
        }
    }

    [Fact]
    public void Files_are_added_to_an_archive_on_disk_and_nothing_in_it_is_written_over()
    {
        using TemporaryFolder folder = new();
        string path = folder["new/one.zip"];
        FolderTarget target = path;
        target.Write([("mine", s => s.Write("mine"u8)), ("old", _ => { })], _ => false);
        target.Write([("new", s => s.WriteByte(65))], name => name is "none");
        FolderSource written = path;
        Assert.Equal(["mine", "new", "old"], written.Names());
        Assert.Equal("mine"u8, written.File("mine").Read(10).AsSpan());
        byte[] before = File.ReadAllBytes(path);
        Assert.Equal(["old"], Assert.Throws<FilesExistException>(() => target.Write([("other", _ => { })], name => name is "old" or "none")).Names);
        Assert.Throws<IOException>(() => target.Write([("other", _ => { }), ("mine", _ => { })], _ => false));
        Assert.Throws<InvalidOperationException>(() => target.Write([("other", _ => throw new InvalidOperationException())], _ => false));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder["new"]));

        // A new archive that fails leaves no folder behind.
        FolderTarget other = folder["other/one.zip"];
        Assert.Throws<InvalidOperationException>(() => other.Write([("a", _ => throw new InvalidOperationException())], _ => false));
        Assert.False(Directory.Exists(folder["other"]));

        // A folder may be called anything, and so may an archive that is there.
        Directory.CreateDirectory(folder["folder.zip"]);
        ((FolderTarget)folder["folder.zip"]).Write([("a", _ => { })], _ => false);
        Assert.Equal(["a"], folder.Names("folder.zip"));
        File.Move(path, folder["archive"]);
        ((FolderTarget)folder["archive"]).Write([("a", _ => { })], _ => false);
        Assert.Equal(["a", "mine", "new", "old"], ((FolderSource)folder["archive"]).Names());
    }

    [Fact]
    public void What_an_archive_keeps_is_kept_as_it_was()
    {
        using TemporaryFolder folder = new();
        string path = folder["one.zip"];
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            archive.Comment = "mine";
            ZipArchiveEntry entry = archive.CreateEntry("mine", CompressionLevel.NoCompression);
            entry.LastWriteTime = new DateTimeOffset(2020, 6, 18, 12, 0, 0, TimeSpan.Zero);
            using Stream stream = entry.Open();
            stream.Write(new byte[100]);
        }

        ((FolderTarget)path).Write([("new", s => s.WriteByte(65))], _ => false);
        using ZipArchive written = ZipFile.OpenRead(path);
        Assert.Equal("mine", written.Comment);
        Assert.Equal(["mine", "new"], written.Entries.Select(e => e.FullName));
        Assert.Equal((new DateTime(2020, 6, 18, 12, 0, 0), 100), (written.Entries[0].LastWriteTime.DateTime, written.Entries[0].CompressedLength));
        Assert.Equal(new DateTime(1980, 1, 1), written.Entries[1].LastWriteTime.DateTime);
    }

    [Fact]
    public void Whoever_adds_to_an_archive_that_is_just_being_added_to_is_refused_and_nothing_is_lost()
    {
        using TemporaryFolder folder = new();
        FolderTarget target = folder["one.zip"];
        target.Write([("a", _ => { })], _ => false);
        target.Write([("b", _ => Assert.Throws<IOException>(() => target.Write([("c", _ => { })], _ => false)))], _ => false);
        Assert.Equal(["a", "b"], ((FolderSource)folder["one.zip"]).Names());
        Assert.Equal(["one.zip"], folder.Names());
    }

    [FactOn("Linux", "OSX")]
    [UnsupportedOSPlatform("windows")]
    public void Who_may_read_an_archive_and_links_to_it_stay_when_it_is_added_to()
    {
        using TemporaryFolder folder = new();
        ((FolderTarget)folder["one.zip"]).Write([("a", _ => { })], _ => false);
        File.SetUnixFileMode(folder["one.zip"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(folder["link.zip"], "one.zip");
        ((FolderTarget)folder["link.zip"]).Write([("b", _ => { })], _ => false);
        Assert.Equal(["a", "b"], ((FolderSource)folder["one.zip"]).Names());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["one.zip"]));
        Assert.Equal("one.zip", new FileInfo(folder["link.zip"]).LinkTarget);
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    public void Files_of_other_folders_are_not_named(string name) => Assert.Throws<ArgumentException>(() => FolderSource.At(".").File(name));

    [Fact]
    public void Nothing_is_written_where_something_of_an_earlier_writing_is()
    {
        using TemporaryFolder folder = new();
        folder.Write("mine", "mine");
        folder.Write("old", "old");
        FolderTarget target = folder.Path;
        Assert.Equal(["old"], Assert.Throws<FilesExistException>(() => target.Write([("new", s => s.WriteByte(65))], name => name is "old" or "none")).Names);
        Assert.Equal(["mine", "old"], folder.Names());
        target.Write([("new", s => s.WriteByte(65))], name => name is "none");
        Assert.Throws<IOException>(() => target.Write([("other", _ => { }), ("mine", _ => { })], _ => false));
        Assert.Equal(["mine", "new", "old"], folder.Names());
        Assert.Equal("mine", folder.Read("mine"));
    }

    [Fact]
    public void Results_are_written_for_a_problem_that_was_never_a_file()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .Quota("home", "flat", 0, 2)
            .Quota("home", "house", 0, 2)
            .People([("p4", "flat"), ("p1", "flat"), ("=3", "house"), ("p2", "house")], new PersonReader<(string Id, string Home)> { Id = p => p.Id, Value = (p, _) => p.Home })
            .Build();
        using TemporaryFolder folder = new();
        Assert.Equal(
            ["selected.csv", "remaining.csv", "lottery.csv", "types.csv", "probabilities.csv", "report.json"], ResultFiles.Write(folder.Path, Lotteries.Outcome(LoadedProblem.FromProblem(problem))));
        string[] selected = folder.Read("selected.csv").Split('\n');
        string[] remaining = folder.Read("remaining.csv").Split('\n');
        Assert.Equal("id,home", selected[0]);
        Assert.Equal(["'=3,house", "p1,flat", "p2,house", "p4,flat"], selected[1..^1].Concat(remaining[1..^1]).Order(StringComparer.Ordinal));
        Assert.Contains("\"inputs\": []", folder.Read("report.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Quotas_are_written_to_a_stream()
    {
        MemoryStream stream = new();
        QuotaFiles.Write(stream, [new QuotaInput { Condition = [new("home", "=flat")], Min = 1, Max = 2 }]);
        Assert.Equal("category,feature,min,max\nhome,'=flat,1,2\n", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Throws<MalformedInputException>(() => QuotaFiles.Write(new MemoryStream(), [new QuotaInput { Condition = [new("a", "x & y"), new("b", "z")], Min = 0, Max = 1 }]));
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static byte[] Zip(Action<FolderTarget> write)
    {
        using MemoryStream stream = new();
        write(FolderTarget.ToZip(stream));
        return stream.ToArray();
    }

    [Fact]
    public void A_stream_of_the_callers_that_breaks_off_is_no_fault_of_the_input()
    {
        FileSource upload = FileSource.From(new BrokenStream(), "upload");
        Assert.Equal("lost", Assert.Throws<IOException>(() => upload.Read(100)).Message);
        MalformedInputException e = Assert.Throws<MalformedInputException>(() => FileSource.From(() => new BrokenStream(), "blob").Read(100));
        Assert.Equal("blob", Assert.Single(e.Faults).Location.Source);
    }

    /// <summary>Gives one byte, and then what a lost connection gives.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        private bool _isBroken;

        public override int Read(Span<byte> buffer)
        {
            if (_isBroken)
            {
                throw new IOException("lost");
            }

            _isBroken = true;
            buffer[0] = 0;
            return 1;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
