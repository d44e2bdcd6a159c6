using System.IO.Compression;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Files;
using Sortition.Publication.Format;

namespace Sortition.Cli.Tests;

/// <summary>The commands of the public procedure, and what goes wrong with them.</summary>
public sealed class PublicationTests
{
    [Fact]
    public void A_lottery_is_published_drawn_and_verified()
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        CommandRun draw = CommandRun.Of("draw", folder["published"], "--number", "7", "--salts", folder["salts.csv"]);
        Assert.Equal(0, draw.ExitCode);
        Assert.Contains("Ballot 07 was drawn.", draw.Output, StringComparison.Ordinal);
        string[] selected = draw.Output[draw.Output.IndexOf("Selected: ", StringComparison.Ordinal)..].Trim()["Selected: ".Length..].Split(", ");
        Assert.Equal(3, selected.Length);
        Assert.All(selected, id => Assert.StartsWith("p", id, StringComparison.Ordinal));

        // The same ballot in the form with ids has the same people.
        Assert.EndsWith("Selected: " + string.Join(", ", selected), CommandRun.Of("draw", folder["lottery"], "--number", "07").Output.TrimEnd(), StringComparison.Ordinal);
        CommandRun verify = CommandRun.Of("verify", folder["published"], "--auditor", folder["lottery"], "--salts", folder["salts.csv"]);
        Assert.Equal(0, verify.ExitCode);
        Assert.Contains("Genuine.", verify.Output, StringComparison.Ordinal);
        Assert.Contains("person by person", verify.Output, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("verify", folder["lottery"], "--redo-rounding").ExitCode);
    }

    [Fact]
    public void Archives_take_the_place_of_folders()
    {
        using TemporaryFolder folder = new();
        string[] lottery = ["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", "--output"];
        string[] publish = ["--salts", "salts.csv", .. Example.CalledOut, "--output"];
        Run([.. lottery, "lottery.zip"]);
        Run(["publish", "lottery.zip", .. publish, "published.zip"]);
        Run("verify", "published.zip");
        Assert.Contains("draw.json in published.zip", Run("draw", "published.zip", "--number", "7", "--salts", "salts.csv"), StringComparison.Ordinal);
        string verified = Run("verify", "published.zip", "--auditor", "lottery.zip", "--salts", "salts.csv");
        Assert.Contains("person by person", verified, StringComparison.Ordinal);
        Assert.Contains("Ballot 07 was drawn", verified, StringComparison.Ordinal);
        Run("report", "lottery.zip", "--published", "published.zip", "--output", "archives.html");

        // In folders the same lottery has the same files and the same report, and unpacked archives are these folders.
        Run([.. lottery, "lottery"]);
        Run(["publish", "lottery", .. publish, "published"]);
        Run("draw", "published", "--number", "7");
        Run("report", "lottery", "--published", "published", "--output", "folders.html");
        Assert.Equal(folder.Read("folders.html"), folder.Read("archives.html"));
        foreach (string name in (string[])["lottery", "published"])
        {
            ZipFile.ExtractToDirectory(folder[name + ".zip"], folder["unpacked " + name]);
            AssertSame(folder[name], folder["unpacked " + name]);
        }

        string Run(params string[] arguments)
        {
            CommandRun run = CommandRun.In(folder[""], arguments);
            Assert.True(run.ExitCode == 0, run.Error);
            return run.Output;
        }
    }

    [Theory]
    [InlineData("cut", "cannot be read")]
    [InlineData("text", "cannot be read")]
    [InlineData("empty", "cannot be read")]
    [InlineData("up", "an archive of files without folders")]
    [InlineData("twice", "an archive with each file once")]
    public void Mean_archives_are_refused_and_left_as_they_are(string kind, string said)
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        ZipFile.CreateFromDirectory(folder["published"], folder["mean.zip"]);
        byte[] whole = File.ReadAllBytes(folder["mean.zip"]);
        switch (kind)
        {
            case "cut":
                File.WriteAllBytes(folder["mean.zip"], whole[..^30]);
                break;
            case "text":
                folder.Write("mean.zip", "no archive");
                break;
            case "empty":
                folder.Write("mean.zip", "");
                break;
            default:
                using (ZipArchive archive = ZipFile.Open(folder["mean.zip"], ZipArchiveMode.Update))
                {
                    archive.CreateEntry(kind == "up" ? "../draw.json" : "people.csv");
                }

                break;
        }

        byte[] mean = File.ReadAllBytes(folder["mean.zip"]);
        string[] before = folder.Names();
        foreach (string[] arguments in (string[][])
        [
            ["verify", "mean.zip"],
            ["verify", "published", "--auditor", "mean.zip"],
            ["draw", "mean.zip", "--number", "1"],
            ["publish", "mean.zip", "--salts", "salts.csv", "--output", "other.zip"],
            ["report", "mean.zip", "--output", "x.html"],
            ["report", "lottery", "--published", "mean.zip", "--output", "x.html"],
        ])
        {
            CommandRun run = CommandRun.In(folder[""], arguments);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains("mean.zip", run.Error, StringComparison.Ordinal);
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, folder.Names());
        Assert.Equal(mean, File.ReadAllBytes(folder["mean.zip"]));
    }

    [Fact]
    public void A_forgery_in_an_archive_ends_with_exit_code_4_and_nothing_is_drawn_from_it()
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        string path = Path.Combine(folder["published"], "people.csv");
        File.WriteAllText(path, File.ReadAllText(path).Replace("number,", "Number,", StringComparison.Ordinal));
        ZipFile.CreateFromDirectory(folder["published"], folder["forged.zip"]);
        byte[] before = File.ReadAllBytes(folder["forged.zip"]);
        Assert.Equal(4, CommandRun.Of("verify", folder["forged.zip"]).ExitCode);
        Assert.Equal(4, CommandRun.Of("draw", folder["forged.zip"], "--number", "1").ExitCode);
        Assert.Equal(before, File.ReadAllBytes(folder["forged.zip"]));
    }

    [Fact]
    public void Threads_and_cultures_make_no_difference_and_salts_are_kept()
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        string[] lottery = ["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", .. Example.CalledOut, "--output", folder["again"]];
        Assert.Equal(0, CommandRun.Of(new Dictionary<string, string> { ["LANG"] = "da_DK.UTF-8", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0" }, [.. lottery, "--threads", "1"]).ExitCode);
        AssertSame(folder["lottery"], folder["again"]);
        CommandRun publish = CommandRun.Of(["publish", folder["again"], "--salts", folder["salts.csv"], .. Example.CalledOut, "--smallest-group", "2", "--output", folder["published again"]]);
        Assert.Contains("(as they were)", publish.Output, StringComparison.Ordinal);
        AssertSame(folder["published"], folder["published again"]);
    }

    [Fact]
    public void Ballots_of_one_and_the_same_panel_end_with_exit_code_5_and_are_not_called_genuine()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        PanelLottery lottery = new Leximin().Solve(ProblemFiles.Load(new ProblemFilesOptions { Quotas = input[1], People = input[3], PanelSize = 3 }).Problem).GetLotteryOrThrow();
        PanelTable ballots = PanelTable.FromBallots(lottery.Problem, Enumerable.Repeat(lottery.Draw(RandomSource.Seeded("friends")).Ids, 1000));
        PublishedLottery auditor = PublishedLottery.Create(lottery, ballots, new PublicationOptions { SoftwareVersion = "1", Seed = "s" });
        auditor.Write(folder["lottery"]);
        auditor.ToPublic(SaltTable.Create(auditor.People.Select(p => p.Name)), 5).Write(folder["published"]);
        foreach (string[] arguments in (string[][])[["verify", folder["lottery"]], ["verify", folder["lottery"], "--redo-rounding"], ["verify", folder["published"]]])
        {
            CommandRun run = CommandRun.Of(arguments);
            Assert.Equal((5, ""), (run.ExitCode, run.Error));
            Assert.Contains("Counted: everybody is on as many ballots as said, 0 to 1000 of 1000; but 6 people are one ballot or more from the ideal, by 500.000 to 500.000", run.Output, StringComparison.Ordinal);
            Assert.Contains("NOT CONFIRMED: chances", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Genuine", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_forgery_ends_with_exit_code_4_and_is_named()
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        string path = Path.Combine(folder["published"], "people.csv");
        File.WriteAllText(path, File.ReadAllText(path).Replace("number,", "Number,", StringComparison.Ordinal));
        CommandRun run = CommandRun.Of("verify", folder["published"]);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("WRONG", run.Output, StringComparison.Ordinal);
        Assert.Contains("people.csv was changed", run.Output, StringComparison.Ordinal);
        Assert.Contains("NOT genuine: fingerprints, chances.", run.Output, StringComparison.Ordinal);

        // Nothing is drawn from it, nor from another lottery than the one announced.
        Assert.Equal(4, CommandRun.Of("draw", folder["published"], "--number", "1").ExitCode);
        Assert.Equal(4, CommandRun.Of("draw", folder["lottery"], "--number", "1", "--root", new string('0', 64)).ExitCode);
        Assert.DoesNotContain("draw.json", folder.Names("published"));
        Assert.DoesNotContain("draw.json", folder.Names("lottery"));
        CommandRun wrongRoot = CommandRun.Of("verify", folder["lottery"], "--root", new string('0', 64));
        Assert.Equal(4, wrongRoot.ExitCode);
        Assert.Contains("these are not the files that were published", wrongRoot.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lottery_is_drawn_once()
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        Assert.Equal(0, CommandRun.Of("draw", folder["published"], "--number", "7").ExitCode);
        string record = File.ReadAllText(Path.Combine(folder["published"], "draw.json"));
        CommandRun again = CommandRun.Of("draw", folder["published"], "--local");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("has been drawn", again.Error, StringComparison.Ordinal);
        Assert.Equal(record, File.ReadAllText(Path.Combine(folder["published"], "draw.json")));
        Assert.Equal(0, CommandRun.Of("verify", folder["published"]).ExitCode);
    }

    [Theory]
    [InlineData("3 7 11 19 24 30 36\u200B", "[U+200B]")]
    [InlineData("3 7 11 19 24 36 30", "ascending order")]
    [InlineData("03 7 11 19 24 30 36", "no zeros before them")]
    [InlineData("3 7 11 19 24 30 36 ", "single spaces between them")]
    [InlineData("3 7 11 19 24 30", "another number of numbers")]
    [InlineData("3 7 11 19 24 30 37", "out of range")]
    [InlineData("3 3 11 19 24 30 36", "a number twice")]
    public void A_text_that_is_not_of_the_form_announced_draws_nothing(string text, string said)
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        Assert.Equal(0, CommandRun.Of(["publish", folder["lottery"], "--salts", folder["salts.csv"], .. Example.Announced, "--output", folder["by text"]]).ExitCode);
        CommandRun draw = CommandRun.Of("draw", folder["by text"], "--text", text);
        Assert.Equal((2, ""), (draw.ExitCode, draw.Output));
        Assert.Contains(said, draw.Error, StringComparison.Ordinal);
        Assert.Contains("expected \"numbers 7 1 36 distinct sorted\"", draw.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("draw.json", folder.Names("by text"));
        draw = CommandRun.Of("draw", folder["by text"], "--text", Example.Text);
        Assert.True(draw.ExitCode == 0, draw.Error);
        Assert.Contains("numbers 7 1 36 distinct sorted: 8347680 texts are possible", draw.Output, StringComparison.Ordinal);
        Assert.Contains("a ballot's chance is off by at most 0.2 % on average", draw.Output, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("verify", folder["by text"]).ExitCode);
    }

    [Fact]
    public void Without_an_announcement_the_machine_decides_and_says_so()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--ballots", "20", "--output", folder["lottery"]]).ExitCode);
        CommandRun publish = CommandRun.Of("publish", folder["lottery"], "--salts", folder["salts.csv"], "--output", folder["published"]);
        Assert.Contains("nothing is announced, so that this machine decides (draw --local), which nobody else can check", publish.Output, StringComparison.Ordinal);
        foreach (string[] other in (string[][])[["--number", "7"], ["--text", Example.Text]])
        {
            CommandRun refused = CommandRun.Of(["draw", folder["published"], .. other]);
            Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
            Assert.Contains("expected \"local\"", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, CommandRun.Of("draw", folder["published"], "--local").ExitCode);
        CommandRun verify = CommandRun.Of("verify", folder["published"]);
        Assert.Equal(0, verify.ExitCode);
        Assert.Contains("Nothing was announced but that a machine decides.", verify.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_tells_the_draw_in_both_languages_and_names_nobody()
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        Assert.Equal(0, CommandRun.Of("draw", folder["published"], "--number", "7").ExitCode);
        foreach (string language in (string[])["en", "da"])
        {
            CommandRun run = CommandRun.Of(
                "report", folder["lottery"], "--published", folder["published"], "--language", language, "--title", "<Assembly>", "--charts", folder["charts-" + language], "--output", folder[$"page/{language}.html"]);
            Assert.True(run.ExitCode == 0, run.Error);
            string page = File.ReadAllText(folder[$"page/{language}.html"]);
            Assert.Contains($"lang=\"{language}\"", page, StringComparison.Ordinal);
            Assert.Contains("&lt;Assembly&gt;", page, StringComparison.Ordinal);
            Assert.Contains("<strong>07</strong>", page, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\bp[1-6]\b", page);
            Assert.Contains("chances.svg", folder.Names("charts-" + language));
        }
    }

    [Theory]
    [InlineData("--number: \"x\" is not a whole number", "draw", "published", "--number", "x")]
    [InlineData("there is no 20", "draw", "published", "--number", "20")]
    [InlineData("Say what decides", "draw", "published")]
    [InlineData("Say what decides", "draw", "published", "--number", "1", "--local")]
    [InlineData("decided otherwise than announced, found \"text\"; expected \"number\" (the evening)", "draw", "published", "--text", "3 7 11 19 24 30 36")]
    [InlineData("decided otherwise than announced, found \"local\"; expected \"number\" (the evening)", "draw", "published", "--local")]
    [InlineData("--form needs --randomness", "publish", "lottery", "--salts", "x.csv", "--form", "number", "--output", "x")]
    [InlineData("--randomness needs --form", "publish", "lottery", "--salts", "x.csv", "--randomness", "the evening", "--output", "x")]
    [InlineData("--randomness is blank", "publish", "lottery", "--salts", "x.csv", "--randomness", " ", "--form", "number", "--output", "x")]
    [InlineData("not a form of texts, found \"any text\"", "publish", "lottery", "--salts", "x.csv", "--randomness", "the evening", "--form", "any text", "--output", "x")]
    [InlineData("too few texts for 20 ballots, found \"numbers 2 1 6 any drawn\", which has 36; expected a form with 20000 texts", "publish", "lottery", "--salts", "x.csv", "--randomness", "two dice", "--form", "numbers 2 1 6 any drawn", "--output", "x")]
    [InlineData("such as numbers 6 1 6 any drawn, hex 64", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--randomness", "two dice", "--form", "numbers 2 1 6 any drawn", "--output", "x")]
    [InlineData("There is no folder", "verify", "nowhere")]
    [InlineData("and no such archive", "draw", "nowhere.zip", "--number", "1")]
    [InlineData("64 hexadecimal digits", "verify", "published", "--root", "12")]
    [InlineData("--salts needs --auditor", "verify", "published", "--salts", "salts.csv")]
    [InlineData("is for everybody already", "publish", "published", "--salts", "other.csv", "--output", "x")]
    [InlineData("The salts are secret", "publish", "lottery", "--salts", "x/salts.csv", "--output", "x")]
    [InlineData("The salts are secret", "publish", "lottery", "--salts", "x.zip", "--output", "x.zip")]
    [InlineData("lacks salts", "publish", "lottery", "--salts", "few.csv", "--output", "x")]
    [InlineData("32 hexadecimal digits", "publish", "lottery", "--salts", "bad.csv", "--output", "x")]
    [InlineData("does not say who has which features", "report", "published", "--output", "x.html")]
    [InlineData("was not made of", "report", "lottery", "--published", "lottery", "--output", "x.html")]
    [InlineData("publication.json", "draw", "empty", "--number", "1")]
    public void Misuse_is_explained_and_writes_nothing(string said, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        folder.Write("few.csv", "id,salt\np1,00112233445566778899aabbccddeeff\n");
        folder.Write("bad.csv", "id,salt\np1,zz\n");
        Directory.CreateDirectory(folder["empty"]);
        string[] before = folder.Names();
        CommandRun run = CommandRun.In(folder[""], arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Equal(before, folder.Names());
        Assert.DoesNotContain("draw.json", folder.Names("published"));
    }

    [Fact]
    public void An_empty_folder_is_not_genuine()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["empty"]);
        CommandRun run = CommandRun.Of("verify", folder["empty"]);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("SHA256SUMS is missing", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_panel_there_is_no_lottery()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("lottery", "--quotas", folder.Write("q.csv", "feature,value,min,max\ngender,female,9,9\ngender,male,0,9\n"), "--people", folder.Write("p.csv", Example.SmallPeople), "--size", "9", "--output", folder["lottery"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot be met", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["lottery"]));
    }

    private static void Publish(TemporaryFolder folder)
    {
        CommandRun lottery = CommandRun.Of(["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", .. Example.CalledOut, "--output", folder["lottery"]]);
        Assert.True(lottery.ExitCode == 0, lottery.Error);
        Assert.Contains("Next: sortition publish", lottery.Output, StringComparison.Ordinal);
        CommandRun publish = CommandRun.Of(["publish", folder["lottery"], "--salts", folder["salts.csv"], .. Example.CalledOut, "--smallest-group", "2", "--output", folder["published"]]);
        Assert.True(publish.ExitCode == 0, publish.Error);
        Assert.Contains("could be recognised by their combination", publish.Output, StringComparison.Ordinal);
    }

    private static void AssertSame(string one, string other)
    {
        string[] names = [.. Directory.EnumerateFiles(one).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.EnumerateFiles(other).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(one, name)), File.ReadAllBytes(Path.Combine(other, name))));
    }
}
