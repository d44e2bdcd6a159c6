namespace Sortition.Cli.Tests;

/// <summary>A draw is never lost: no command writes over what an earlier run wrote.</summary>
public sealed class KeptDrawTests
{
    [Theory]
    [InlineData("select")]
    [InlineData("lottery")]
    public void A_second_run_into_one_folder_is_refused(string command)
    {
        using TemporaryFolder folder = new();
        string[] arguments = [command, .. Example.Small(folder), "--output", folder["out"]];
        Assert.Equal(0, CommandRun.Of([.. arguments, "--seed", "1"]).ExitCode);
        AssertRefused(folder["out"], () => CommandRun.Of([.. arguments, "--seed", "2"]));
    }

    [Fact]
    public void Publishing_again_keeps_the_draw()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, CommandRun.Of(["lottery", .. Example.Small(folder), .. Example.Announced, "--output", folder["lottery"], "--seed", "1"]).ExitCode);
        string[] publish = ["publish", folder["lottery"], "--output", folder["published"]];
        Assert.Equal(0, CommandRun.Of(publish).ExitCode);
        Assert.Equal(0, CommandRun.Of("draw", folder["published"], "--text", Example.Text).ExitCode);
        Assert.Contains("draw.json", folder.Names("published"));
        AssertRefused(folder["published"], () => CommandRun.Of(publish));

        // A lottery cannot be written over it either.
        AssertRefused(folder["published"], () => CommandRun.Of(["lottery", .. Example.Small(folder), "--output", folder["published"]]));
    }

    [Fact]
    public void An_archive_is_never_written_over()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Assert.Equal(0, CommandRun.Of(["lottery", .. input, .. Example.Announced, "--output", folder["lottery.zip"], "--seed", "1"]).ExitCode);
        string[] publish = ["publish", folder["lottery.zip"], "--output", folder["published.zip"]];
        Assert.Equal(0, CommandRun.Of(publish).ExitCode);
        Assert.Equal(0, CommandRun.Of("draw", folder["published.zip"], "--text", Example.Text).ExitCode);
        folder.Write("mine.zip", "not even an archive");
        string[] names = folder.Names();
        byte[][] before = [.. names.Select(name => File.ReadAllBytes(folder[name]))];
        foreach (string[] arguments in (string[][])
        [
            publish,
            [.. publish[..^1], folder["lottery.zip"]],
            [.. publish[..^1], folder["mine.zip"]],
            ["lottery", .. input, "--output", folder["published.zip"]],
            ["lottery", .. input, "--output", folder["mine.zip"]],
            ["select", .. input, "--output", folder["published.zip"]],
        ])
        {
            CommandRun refused = CommandRun.Of(arguments);
            Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
            Assert.Contains("is a file; name a folder, or a new archive (.zip). Nothing is written over.", refused.Error, StringComparison.Ordinal);
        }

        CommandRun again = CommandRun.Of("draw", folder["published.zip"], "--local");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("has been drawn", again.Error, StringComparison.Ordinal);
        Assert.Equal(names, folder.Names());
        Assert.Equal(before, names.Select(name => File.ReadAllBytes(folder[name])));
    }

    private static void AssertRefused(string folder, Func<CommandRun> run)
    {
        string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
        byte[][] before = [.. files.Select(File.ReadAllBytes)];
        CommandRun refused = run();
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("files of an earlier run, which are never written over", refused.Error, StringComparison.Ordinal);
        Assert.All(files, file => Assert.Contains(Path.GetFileName(file), refused.Error, StringComparison.Ordinal));
        Assert.Equal("", refused.Output);
        Assert.Equal(files, Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        Assert.Equal(before, files.Select(File.ReadAllBytes));
    }
}
