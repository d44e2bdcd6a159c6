using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Sortition.Core.Tests;

/// <summary>The rooms of docs/architecture.md: who may know whom, read off the sources.</summary>
public sealed partial class ArchitectureTests
{
    // A room may know itself and the rooms listed. There is no cycle: every room knows only rooms above it.
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["Problems"] = [],
        ["Targets"] = ["Problems"],
        ["Lotteries"] = ["Problems"],
        ["Fairness"] = ["Problems", "Lotteries"],
        ["Engine"] = ["Problems", "Lotteries"],
        ["Feasibility"] = ["Problems", "Engine"],
        ["Algorithms"] = ["Problems", "Lotteries", "Fairness", "Engine", "Feasibility"],
        ["Replacements"] = ["Problems", "Lotteries", "Engine", "Feasibility"],
    };

    // Built into the tests from ../../src, by names such as Sortition.Core/Problems/Quota.
    private static readonly (string Path, string Text)[] Sources = [.. ReadSources()];

    [Fact]
    public void Every_folder_is_a_room()
    {
        IEnumerable<string> folders = Files("Sortition.Core/").Select(f => f.Path.Split('/')[1]).Distinct();
        Assert.Equal(Rooms.Keys.Order(), folders.Order());
    }

    [Fact]
    public void Rooms_know_only_what_they_may()
    {
        List<string> wrong = [];
        foreach ((string room, string[] known) in Rooms)
        {
            wrong.AddRange(
                from file in Files($"Sortition.Core/{room}/")
                from named in RoomNamed().Matches(file.Text).Select(m => m.Groups["room"].Value).Distinct()
                where named != room && !known.Contains(named)
                select $"{file.Path} names {named}");
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Google.OrTools", "Engine")]
    [InlineData("MathNet", "Engine", "Fairness")]
    public void Few_rooms_touch_a_package(string package, params string[] rooms)
    {
        string[] users = [.. Sources.Where(f => f.Text.Contains("using " + package, StringComparison.Ordinal)).Select(f => f.Path[..f.Path.LastIndexOf('/')]).Distinct()];
        Assert.Equal(rooms.Select(room => $"Sortition.Core/{room}"), users.Order());
    }

    [Theory]
    [InlineData("Sortition.Core", "Sortition.Files")]
    [InlineData("Sortition.Core", "Sortition.Publication")]
    [InlineData("Sortition.Core", "Sortition.Cli")]
    [InlineData("Sortition.Files", "Sortition.Publication")]
    [InlineData("Sortition.Files", "Sortition.Cli")]
    [InlineData("Sortition.Publication", "Sortition.Cli")]
    [InlineData("Sortition.Files", "Sortition.Core.Engine")]
    [InlineData("Sortition.Publication", "Sortition.Core.Engine")]
    [InlineData("Sortition.Cli", "Sortition.Core.Engine")]
    public void Nothing_points_back_or_reaches_inside(string project, string other) =>
        Assert.DoesNotContain(Files(project + "/"), f => f.Text.Contains(other + ".", StringComparison.Ordinal) || f.Text.Contains("using " + other, StringComparison.Ordinal));

    private static (string Path, string Text)[] Files(string folder)
    {
        (string Path, string Text)[] files = [.. Sources.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        return files;
    }

    private static IEnumerable<(string Path, string Text)> ReadSources()
    {
        Assembly tests = typeof(ArchitectureTests).Assembly;
        foreach (string name in tests.GetManifestResourceNames())
        {
            using StreamReader reader = new(tests.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }

    [GeneratedRegex(@"(?<![\w.])(Sortition\.Core\.|Core\.)?(?<room>Problems|Targets|Lotteries|Fairness|Engine|Feasibility|Algorithms|Replacements)(\.[A-Z]|;)")]
    private static partial Regex RoomNamed();
}
