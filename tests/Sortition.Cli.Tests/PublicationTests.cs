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
        CommandRun draw = CommandRun.Of("draw", folder["lottery"], "--number", "7", "--published", folder["published"]);
        Assert.Equal(0, draw.ExitCode);
        Assert.Contains("Ballot 07 was drawn.", draw.Output, StringComparison.Ordinal);
        string[] selected = draw.Output[draw.Output.IndexOf("Selected: ", StringComparison.Ordinal)..].Trim()["Selected: ".Length..].Split(", ");
        Assert.Equal(3, selected.Length);
        Assert.All(selected, id => Assert.StartsWith("p", id, StringComparison.Ordinal));

        CommandRun verify = CommandRun.Of("verify", folder["published"]);
        Assert.Equal(0, verify.ExitCode);
        Assert.Contains("Genuine.", verify.Output, StringComparison.Ordinal);
        Assert.Contains("Ballot 07 was drawn", verify.Output, StringComparison.Ordinal);
        Assert.Contains("All that is public follows from private.json", CommandRun.Of("verify", folder["lottery"]).Output, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("verify", folder["lottery"], "--redo-rounding").ExitCode);
    }

    [Fact]
    public void Archives_take_the_place_of_folders()
    {
        using TemporaryFolder folder = new();
        string[] lottery = ["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", "--keys", "keys.csv", .. Example.CalledOut, "--output"];
        Run([.. lottery, "lottery.zip"]);
        Run("publish", "lottery.zip", "--output", "published.zip");
        Run("verify", "published.zip");
        Assert.Contains("lottery.zip and published.zip", Run("draw", "lottery.zip", "--number", "7", "--published", "published.zip"), StringComparison.Ordinal);
        Assert.Contains("Ballot 07 was drawn", Run("verify", "published.zip"), StringComparison.Ordinal);
        Run("report", "lottery.zip", "--published", "published.zip", "--output", "archives.html");

        // In folders the same lottery has the same files and the same report, and unpacked archives are these folders.
        Run([.. lottery, "lottery"]);
        Run("publish", "lottery", "--output", "published");
        Run("draw", "lottery", "--number", "7", "--published", "published");
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
            ["draw", "mean.zip", "--number", "1"],
            ["publish", "mean.zip", "--output", "other.zip"],
            ["draw", "lottery", "--number", "1", "--published", "mean.zip"],
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
        File.WriteAllText(path, File.ReadAllText(path).Replace("tag,", "Tag,", StringComparison.Ordinal));
        ZipFile.CreateFromDirectory(folder["published"], folder["forged.zip"]);
        byte[] before = File.ReadAllBytes(folder["forged.zip"]);
        Assert.Equal(4, CommandRun.Of("verify", folder["forged.zip"]).ExitCode);
        Assert.Equal(4, CommandRun.Of("draw", folder["forged.zip"], "--number", "1").ExitCode);
        Assert.Equal(before, File.ReadAllBytes(folder["forged.zip"]));
    }

    [Fact]
    public void Threads_and_cultures_make_no_difference_and_keys_are_kept()
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        string[] lottery = ["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", "--keys", folder["keys.csv"], "--smallest-group", "2", .. Example.CalledOut, "--output", folder["again"]];
        CommandRun again = CommandRun.Of(new Dictionary<string, string> { ["LANG"] = "da_DK.UTF-8", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0" }, [.. lottery, "--threads", "1"]);
        Assert.Contains("(as they were)", again.Output, StringComparison.Ordinal);
        AssertSame(folder["lottery"], folder["again"]);
        Assert.Equal(0, CommandRun.Of("publish", folder["again"], "--output", folder["published again"]).ExitCode);
        AssertSame(folder["published"], folder["published again"]);
    }

    /// <summary>Closed tickets: everybody checks what they can, and the last line says what they cannot; the ballot drawn is opened.</summary>
    [Fact]
    public void Closed_tickets_are_found_by_their_owners_opened_by_the_draw_and_checked_by_auditors()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", "--tickets", "closed", "--keys", folder["keys.csv"], .. Example.CalledOut, "--output", folder["lottery"]]).ExitCode);
        CommandRun publish = CommandRun.Of("publish", folder["lottery"], "--output", folder["published"]);
        Assert.Contains("before the draw", publish.Output, StringComparison.Ordinal);
        CommandRun alone = CommandRun.Of("draw", folder["published"], "--number", "7");
        Assert.Equal(2, alone.ExitCode);
        Assert.Contains("only the private part opens them", alone.Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("draw", folder["lottery"], "--number", "7", "--published", folder["published"]).ExitCode);
        CommandRun verify = CommandRun.Of("verify", folder["published"]);
        Assert.Equal(6, verify.ExitCode);
        Assert.Contains("NOT CHECKED: who is on which ballot", verify.Output, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("verify", folder["lottery"]).ExitCode);
        int tickets = 0;
        foreach (string[] row in File.ReadAllLines(folder["keys.csv"]).Skip(1).Select(line => line.Split(',')))
        {
            CommandRun me = CommandRun.Of("verify", folder["published"], "--id", row[0], "--key", row[1]);
            Assert.Equal(6, me.ExitCode);
            tickets += int.Parse(System.Text.RegularExpressions.Regex.Match(me.Output, "You: on ([0-9]+) of 20 ballots").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            CommandRun other = CommandRun.Of("verify", folder["published"], "--id", row[0], "--key", new string('0', 64));
            Assert.Equal(4, other.ExitCode);
            Assert.Contains("nobody with this id and key", other.Output, StringComparison.Ordinal);
        }

        Assert.Equal(60, tickets);
    }

    /// <summary>The number is called first and recorded, then the text; a draw that fails is annulled on record.</summary>
    [Fact]
    public void Two_sources_decide_in_their_order_and_an_annulled_draw_stays_on_record()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", .. Example.Announced, "--with-number", "--output", folder["lottery"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of("publish", folder["lottery"], "--output", folder["published"]).ExitCode);
        Refused("comes first", "--text", Example.Text);
        Refused("nothing has been drawn", "--annul", "a ball fell");
        Done("is recorded", "--number", "7");
        Refused("07 is recorded", "--number", "8");
        Done("the number called out, 07, and the text", "--text", Example.Text);
        Refused("has been drawn", "--text", Example.Text);
        Assert.Equal(0, CommandRun.Of("verify", folder["published"]).ExitCode);
        Refused("say why", "--annul", " ");
        Done("Draw 1 is annulled: a ball fell", "--annul", "a ball fell");
        Done("is recorded", "--number", "8");
        Done("the number called out, 08, and the text", "--text", "3 7 11 19 24 30 35");
        CommandRun verify = CommandRun.Of("verify", folder["published"]);
        Assert.Equal(5, verify.ExitCode);
        Assert.Contains("was annulled: a ball fell", verify.Output, StringComparison.Ordinal);
        Assert.Contains("NOT CONFIRMED: draw", verify.Output, StringComparison.Ordinal);

        void Done(string said, params string[] arguments)
        {
            CommandRun run = CommandRun.Of(["draw", folder["lottery"], .. arguments, "--published", folder["published"]]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Contains(said, run.Output, StringComparison.Ordinal);
        }

        void Refused(string said, params string[] arguments)
        {
            CommandRun run = CommandRun.Of(["draw", folder["lottery"], .. arguments, "--published", folder["published"]]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>Whoever is stopped between the two places runs the command again, in any form: the record comes over, and nothing is drawn anew.</summary>
    [Theory]
    [InlineData("lottery", "published")]
    [InlineData("published", "lottery")]
    public void A_record_that_reached_one_place_only_is_brought_to_the_other(string first, string second)
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", .. Example.Announced, "--with-number", "--output", folder["lottery"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of("publish", folder["lottery"], "--output", folder["published"]).ExitCode);
        Refused("Say what decides");
        Stopped("urn.json", ["--number", "7"], ["--text", Example.Text]);
        Stopped("draw.json", ["--text", Example.Text], ["--text", "3 7 11 19 24 30 35"]);
        Stopped("annulment-1.json", ["--annul", "a ball fell"], ["--annul", "another reason"]);
        Stopped("urn-2.json", ["--number", "8"], []);
        Stopped("draw-2.json", ["--text", Example.Text], []);
        Refused("Say what decides");
        Refused("has been drawn", "--text", Example.Text);
        Assert.Equal(5, CommandRun.Of("verify", folder["published"]).ExitCode);

        // Two records are missing, or another one is there: nobody knows what happened.
        Only(first, "--annul", "a ball fell");
        Only(first, "--number", "3");
        Refused("other draws are recorded", "--text", Example.Text);
        Only(second, "--annul", "a ball fell");
        Only(second, "--number", "4");
        Refused("other draws are recorded");

        // What was forged is not brought over.
        File.Delete(folder[second + "/urn-3.json"]);
        File.WriteAllText(folder[first + "/urn-3.json"], File.ReadAllText(folder[first + "/urn-3.json"]).Replace("\"03\"", "\"99\"", StringComparison.Ordinal));
        Assert.Equal(4, Both("--text", Example.Text).ExitCode);
        Assert.DoesNotContain("urn-3.json", folder.Names(second));

        void Stopped(string record, string[] command, string[] again)
        {
            Only(first, command);
            byte[] written = File.ReadAllBytes(folder[$"{first}/{record}"]);
            CommandRun run = Both(again);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Contains($"{record} was in {folder[first]} only", run.Output, StringComparison.Ordinal);
            Assert.Contains("Nothing was drawn", run.Output, StringComparison.Ordinal);
            Assert.Equal(written, File.ReadAllBytes(folder[$"{second}/{record}"]));
            Assert.Equal(folder.Names(first).Where(IsOfBoth), folder.Names(second).Where(IsOfBoth));
        }

        static bool IsOfBoth(string name) => name is not ("private.json" or "find-me.html");

        void Only(string place, params string[] command)
        {
            CommandRun run = CommandRun.Of(["draw", folder[place], .. command]);
            Assert.True(run.ExitCode == 0, run.Error);
        }

        void Refused(string said, params string[] command)
        {
            CommandRun run = Both(command);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }

        CommandRun Both(params string[] command) => CommandRun.Of(["draw", folder["lottery"], .. command, "--published", folder["published"]]);
    }

    [Fact]
    public void Ballots_of_one_and_the_same_panel_end_with_exit_code_5_and_are_not_called_genuine()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        PanelLottery lottery = new Leximin().Solve(ProblemFiles.Load(new ProblemFilesOptions { Quotas = input[1], People = input[3], PanelSize = 3 }).Problem).GetLotteryOrThrow();
        PanelTable ballots = PanelTable.FromBallots(lottery.Problem, Enumerable.Repeat(lottery.Draw(RandomSource.Seeded("friends")).Ids, 1000));
        PublishedLottery whole = PublishedLottery.Create(lottery, ballots, new PublicationOptions { Seed = "s" });
        whole.Write(folder["lottery"]);
        whole.ToPublic().Write(folder["published"]);
        foreach (string[] arguments in (string[][])[["verify", folder["lottery"]], ["verify", folder["lottery"], "--redo-rounding"], ["verify", folder["published"]]])
        {
            CommandRun run = CommandRun.Of(arguments);
            Assert.Equal((5, ""), (run.ExitCode, run.Error));
            Assert.Contains("Counted: everybody is on 0 to 1000 of 1000 ballots; but 6 people are one ballot or more from the ideal, by 500.000 to 500.000", run.Output, StringComparison.Ordinal);
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
        File.WriteAllText(path, File.ReadAllText(path).Replace("tag,", "Tag,", StringComparison.Ordinal));
        CommandRun run = CommandRun.Of("verify", folder["published"]);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("WRONG", run.Output, StringComparison.Ordinal);
        Assert.Contains("people.csv was changed", run.Output, StringComparison.Ordinal);
        Assert.Contains("NOT genuine: fingerprints, form.", run.Output, StringComparison.Ordinal);

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
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), "--ballots", "20", .. Example.Announced, "--output", folder["lottery"]]).ExitCode);
        Assert.Equal(0, CommandRun.Of("publish", folder["lottery"], "--output", folder["by text"]).ExitCode);
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
        CommandRun publish = CommandRun.Of("publish", folder["lottery"], "--output", folder["published"]);
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
    [InlineData("--form needs --randomness", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--form", "number", "--output", "x")]
    [InlineData("--randomness needs --form", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--randomness", "the evening", "--output", "x")]
    [InlineData("--randomness is blank", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--randomness", " ", "--form", "number", "--output", "x")]
    [InlineData("not a form of texts, found \"any text\"", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--randomness", "the evening", "--form", "any text", "--output", "x")]
    [InlineData("too few texts for 20 ballots, found \"numbers 2 1 6 any drawn\", which has 36; expected a form with 20000 texts", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--randomness", "two dice", "--form", "numbers 2 1 6 any drawn", "--output", "x")]
    [InlineData("such as numbers 6 1 6 any drawn, hex 64", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--randomness", "two dice", "--form", "numbers 2 1 6 any drawn", "--output", "x")]
    [InlineData("There is no folder", "verify", "nowhere")]
    [InlineData("and no such archive", "draw", "nowhere.zip", "--number", "1")]
    [InlineData("64 hexadecimal digits", "verify", "published", "--root", "12")]
    [InlineData("--id and --key go together", "verify", "published", "--id", "p1")]
    [InlineData("64 hexadecimal digits in lower case", "verify", "published", "--id", "p1", "--key", "7C22")]
    [InlineData("--with-number needs --randomness", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--with-number", "--output", "x")]
    [InlineData("--with-number needs --randomness", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--with-number", "--randomness", "the evening", "--form", "number", "--output", "x")]
    [InlineData("is for everybody already", "publish", "published", "--output", "x")]
    [InlineData("lacks keys", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--keys", "few.csv", "--output", "x")]
    [InlineData("64 hexadecimal digits", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--keys", "bad.csv", "--output", "x")]
    [InlineData("two rows have this id", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--keys", "twice.csv", "--output", "x")]
    [InlineData("cannot be written", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--keys", "nowhere/keys.csv", "--output", "x")]
    [InlineData("name one", "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--keys", "-", "--output", "x")]
    [InlineData("does not say who has which features", "report", "published", "--output", "x.html")]
    [InlineData("was not made of", "report", "lottery", "--published", "other", "--output", "x.html")]
    [InlineData("publication.json", "draw", "empty", "--number", "1")]
    public void Misuse_is_explained_and_writes_nothing(string said, params string[] arguments)
    {
        using TemporaryFolder folder = new();
        Publish(folder);
        string key = new('0', 64);
        folder.Write("few.csv", $"id,key\np1,{key}\n");
        folder.Write("bad.csv", "id,key\np1,zz\n");
        folder.Write("twice.csv", $"id,key\np1,{key}\np1,{key}\n");
        Assert.Equal(0, CommandRun.In(folder[""], "lottery", "-q", "quotas.csv", "-p", "people.csv", "-k", "3", "--ballots", "20", "--output", "other").ExitCode);
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
        CommandRun lottery = CommandRun.Of(["lottery", .. Example.Small(folder), "--seed", "s", "--ballots", "20", "--keys", folder["keys.csv"], "--smallest-group", "2", .. Example.CalledOut, "--output", folder["lottery"]]);
        Assert.True(lottery.ExitCode == 0, lottery.Error);
        Assert.Contains("could be recognised by their features", lottery.Output, StringComparison.Ordinal);
        Assert.Contains("Next: sortition publish", lottery.Output, StringComparison.Ordinal);
        CommandRun publish = CommandRun.Of("publish", folder["lottery"], "--output", folder["published"]);
        Assert.True(publish.ExitCode == 0, publish.Error);
    }

    private static void AssertSame(string one, string other)
    {
        string[] names = [.. Directory.EnumerateFiles(one).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.EnumerateFiles(other).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(one, name)), File.ReadAllBytes(Path.Combine(other, name))));
    }
}
