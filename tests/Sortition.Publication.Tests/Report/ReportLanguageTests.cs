using System.Text.RegularExpressions;
using Sortition.Core;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests.Report;

public sealed class ReportLanguageTests
{
    public static TheoryData<string> Codes => [.. ReportLanguage.Codes];

    [Fact]
    public void There_are_English_and_Danish() => Assert.Equal(["da", "en"], ReportLanguage.Codes);

    [Fact]
    public void An_unknown_language_is_refused() => Assert.Throws<ArgumentException>(() => ReportLanguage.Get("xx"));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_language_has_the_same_keys_and_places(string code)
    {
        IReadOnlyDictionary<string, string> english = ReportLanguage.Get("en").Texts;
        IReadOnlyDictionary<string, string> texts = ReportLanguage.Get(code).Texts;
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, text => Assert.Equal(Places(text.Value), Places(texts[text.Key])));

        static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{(\w+)\}").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_key_is_used_and_every_key_used_exists()
    {
        string[] sources = [.. Directory.GetFiles(TestFiles.PathOf("report-sources"), "*.cs").Select(File.ReadAllText)];
        Assert.NotEmpty(sources);
        // A literal that ends with a point is completed by the name of an objective.
        HashSet<string> literals =
        [
            .. sources.SelectMany(s => Regex.Matches(s, "\"([a-z][a-z.-]*)\"").Select(m => m.Groups[1].Value))
                .SelectMany(l => l.EndsWith('.') ? LotteryAlgorithms.All.Select(a => l + a.Name) : [l]),
        ];
        IReadOnlyDictionary<string, string> texts = ReportLanguage.Get("en").Texts;
        Assert.Empty(texts.Keys.Select(k => k.EndsWith(".one", StringComparison.Ordinal) ? k[..^4] : k).Except(literals, StringComparer.Ordinal));
        HashSet<string> rooms = [.. texts.Keys.Where(k => k.Contains('.', StringComparison.Ordinal)).Select(k => k.Split('.')[0])];
        Assert.Empty(literals.Where(l => l.Contains('.', StringComparison.Ordinal) && rooms.Contains(l.Split('.')[0])).Except(texts.Keys, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_kind_of_report_can_be_written(string code) => Assert.All(Reports.Various(), report =>
    {
        string html = Reports.Html(report, code);
        Assert.DoesNotMatch(@"\{\w+\}(?![^<]*</style>)", html[html.IndexOf("</style>", StringComparison.Ordinal)..]);
        Assert.All(Reports.Charts(report, code), chart => Assert.NotEmpty(chart.Content));
    });

    [Fact]
    public void Numbers_are_written_as_the_language_does()
    {
        ReportLanguage danish = ReportLanguage.Get("da");
        ReportLanguage english = ReportLanguage.Get("en");
        Assert.Equal(("12.345", "12,345"), (danish.Whole(12345), english.Whole(12345)));
        Assert.Equal(("2,16\u00a0%", "2.16%"), (danish.Chance(0.02158), english.Chance(0.02158)));
        Assert.Equal(("46,6\u00a0%", "46.6%"), (danish.Share(0.46618), english.Share(0.46618)));
        Assert.Equal(("0%", "0.0020%", "0.000300%", "100.00%"), (english.Chance(0), english.Chance(0.00002), english.Chance(0.000003), english.Chance(1)));
        Assert.Equal(("1 seat", "2 seats", "1 plads"), (english.Count("count.seats", 1), english.Count("count.seats", 2), danish.Count("count.seats", 1)));
        Assert.Equal(("3–4", "3"), (english.Range(3, 4), english.Range(3, 3)));
    }
}
