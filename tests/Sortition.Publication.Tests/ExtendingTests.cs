using System.Text.RegularExpressions;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>The code of docs/extending.md is that of the sample and of <see cref="ExtendingSamples"/>, and does what the page says.</summary>
public class ExtendingTests
{
    private static readonly string[] s_sources = ["TotalDeviation.cs", "Program.cs", "ExtendingSamples.cs"];

    [Fact]
    public void The_code_of_the_page_is_the_code_that_is_run()
    {
        string[] sources = [.. s_sources.Select(name => Lines(File.ReadAllText(TestFiles.PathOf("extending", name))))];
        string page = File.ReadAllText(TestFiles.PathOf("extending", "extending.md")).ReplaceLineEndings("\n");
        string[] samples = [.. Regex.Matches(page, "```csharp\n(.*?)```", RegexOptions.Singleline, TimeSpan.FromSeconds(10)).Select(m => m.Groups[1].Value)];
        Assert.Equal(7, samples.Length);
        Assert.All(samples, sample => Assert.Contains(sources, source => source.Contains(Lines(sample), StringComparison.Ordinal)));
        Assert.Contains(Lines(samples[0]), sources[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_objective_fits_in_sixty_lines() =>
        Assert.InRange(File.ReadLines(TestFiles.PathOf("extending", "TotalDeviation.cs")).Count(), 1, 60);

    [Fact]
    public void It_does_what_the_page_says()
    {
        SelectionProblem problem = Example.Problem;
        Panel[] panels = [.. Example.Lottery.Draw(RandomSource.Seeded("two"), 20).DistinctBy(p => string.Join(',', p.Members)).Take(2)];
        double[] weights = [.. Enumerable.Range(0, problem.People.Count).Select(i => (double)(i % 5))];
        (Core.Kernel.HeaviestPanel? heaviest, bool isPanel) = ExtendingSamples.Kernel(problem, weights, [.. panels[0].Members], CancellationToken.None);
        Assert.True(isPanel);
        Assert.Equal(heaviest!.UpperBound, heaviest.Weight);
        Assert.True(heaviest.Weight >= panels.Max(p => p.Members.Sum(i => weights[i])));

        PanelLottery given = ExtendingSamples.Given(problem, panels[0], panels[1]);
        Assert.Equal(new Maximin().Objective.ValueOf(given), given.Certificate.Value);
        Assert.Equal(10, ExtendingSamples.Weighted(problem, panels[0], panels[1]).TotalWeight);

        (Panel drawn, long[] times) = ExtendingSamples.Ballots(Example.Lottery, 99);
        Assert.Equal(100 * problem.PanelSize, times.Sum());
        Assert.All(drawn.Members, i => Assert.True(times[i] > 0));

        // Eight bytes a word, and an end that is told.
        ExtendingSamples.RecordedSource source = new(new MemoryStream([0, 0, 0, 0, 0, 0, 1, 2, 9]));
        Assert.Equal(258UL, source.NextUInt64());
        Assert.Throws<EndOfStreamException>(() => source.NextUInt64());
    }

    /// <summary>Lines without what stands before and behind them, and without empty ones: the page shows code further left.</summary>
    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)) + "\n";
}
