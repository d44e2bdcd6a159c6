using FsCheck;
using FsCheck.Xunit;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

public sealed class SmallGroupsTests
{
    [Theory]
    [InlineData("100 200", "Shown Shown")]
    [InlineData("5 200", "Shown Shown")]
    [InlineData("4 200 300", "TooFew Withheld Shown")]
    [InlineData("4 200", "TooFew Withheld")]
    [InlineData("1 2 30 40", "TooFew TooFew Withheld Shown")]
    [InlineData("2 3 30 40", "TooFew TooFew Shown Shown")]
    [InlineData("0 30", "Nobody Shown")]
    [InlineData("3", "TooFew")]
    public void Too_few_people_are_not_told(string covered, string expected) =>
        Assert.Equal(expected, string.Join(' ', SmallGroups.Of([.. covered.Split(' ').Select(int.Parse)], 5)));

    [Property]
    public void Nobody_left_out_can_be_worked_out(NonNegativeInt[] sizes, PositiveInt smallest)
    {
        int[] covered = [.. sizes.Select(s => s.Get % 30)];
        ChanceVisibility[] visibility = SmallGroups.Of(covered, smallest.Get);
        int[] hidden = [.. covered.Where((_, g) => visibility[g] is ChanceVisibility.TooFew or ChanceVisibility.Withheld)];
        Assert.All(covered.Where((_, g) => visibility[g] == ChanceVisibility.Shown), size => Assert.True(size >= smallest.Get));
        if (hidden.Length > 0 && visibility.Contains(ChanceVisibility.Shown))
        {
            Assert.True(hidden.Length > 1 && hidden.Sum() >= smallest.Get);
        }
    }

    [Fact]
    public void The_page_says_so_and_tells_no_chance()
    {
        ReportContent report = Reports.Of(Reports.OneWomanThreeMen(), 4);
        Assert.All(report.Features[0].Groups, g => Assert.Null(g.Chances));
        string html = Reports.Html(report);
        Assert.Contains(">fewer than 5</td>", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split(">fewer than 5</text>").Length - 1);
        Assert.Single(html.Split("<circle").Skip(1)); // the legend's
    }
}
