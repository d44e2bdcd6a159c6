using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>The page for citizens of a panel that was drawn at once, and what an organiser says on it.</summary>
public sealed class ReportSelectionTests
{
    [Theory]
    [InlineData("en", "Draw by <b>seed</b>")]
    [InlineData("da", "seed")]
    public void A_selection_has_a_page_without_ballots(string language, string seed)
    {
        using TemporaryFolder folder = new();
        Run(0, ["select", .. Example.Small(folder), "--seed", seed, "--output", folder["result"]]);
        string population = folder.Write("population.csv", "feature,value,count,source\ngender,female,3,https://example.org/register\ngender,male,1,\nage,young,1,\nage,old,1,\n");
        string wished = folder.Write("wished.csv", "feature,value,min,max\ngender,female,1,2\ngender,male,2,2\nage,young,1,3\nage,old,0,2\n");
        string names = folder.Write("names.csv", "name;shown as\ngender;Registered sex\nyoung;Under 30\n");
        string[] supplements = ["--population", population, "--quotas-before", wished, "--display-names", names, "--invited", "120", "--date", "2026-05-04", "--smallest-group", "1"];
        Run(0, ["report", folder["result"], "--language", language, "--output", folder["page.html"], .. supplements, "--charts", folder["charts"]]);
        string page = folder.Read("page.html");
        Assert.All(
            (string[])["id=\"summary\"", "id=\"quotas\"", "id=\"changes\"", "id=\"mirror\"", "id=\"chances\"", "id=\"draw\"", "href=\"https://example.org/register\"", "Registered sex", "Under 30", ">120<"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains(System.Net.WebUtility.HtmlEncode(seed).Replace("&quot;", "\"", StringComparison.Ordinal), page, StringComparison.Ordinal);
        Assert.All((string[])["id=\"check\"", "sortition verify", "class=\"ballots\""], text => Assert.DoesNotContain(text, page, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"\bp[1-6]\b", page);
        Assert.DoesNotContain("gender", page, StringComparison.Ordinal);

        // The panel is the one that was drawn, and the chances are those of the files.
        string[] selected = Csv.Column(Csv.Read(folder["result/selected.csv"]), "gender");
        Assert.Contains($"<td>{selected.Count(g => g == "female")} (", page, StringComparison.Ordinal);
        double[] chances = [.. Csv.Column(Csv.Read(folder["result/probabilities.csv"]), "probability").Select(Csv.Number)];
        string lowest = (100 * chances.Where(c => c > 0).Min()).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(language == "da" ? lowest.Replace('.', ',') : lowest, page, StringComparison.Ordinal);
        Assert.Contains("chances.svg", folder.Names("charts"));
    }

    [Fact]
    public void A_lottery_of_ballots_and_one_drawn_at_once_have_the_same_chances()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Run(0, ["select", .. input, "--seed", "s", "--output", folder["result"]]);
        Run(0, ["lottery", .. input, "--seed", "s", "--ballots", "20", .. Example.CalledOut, "--output", folder["lottery"]]);
        string[] pages = [.. ((string[])["result", "lottery"]).Select(name =>
        {
            Run(0, "report", folder[name], "--language", "en", "--smallest-group", "1", "--output", folder[name + ".html"]);
            string page = folder.Read(name + ".html");
            return string.Join('\n', Regex.Matches(page, "(?s)id=\"groups-table-[0-9]+-caption\".*?</table>").Select(m => m.Value));
        })];
        Assert.Contains("<td>", pages[0], StringComparison.Ordinal);
        Assert.Equal(pages[1], pages[0]);
    }

    [Theory]
    [InlineData("greedy", "one after the other")]
    [InlineData("uniform", "equally likely")]
    public void A_panel_drawn_without_a_lottery_has_a_page_without_chances(string algorithm, string how)
    {
        using TemporaryFolder folder = new();
        Run(0, ["select", .. Example.Small(folder), "--algorithm", algorithm, "--seed", "s", "--output", folder["result"]]);
        string population = folder.Write("population.csv", "feature,value,count\ngender,female,3\ngender,male,1\n");
        Run(0, "report", folder["result"], "--language", "en", "--population", population, "--charts", folder["charts"], "--output", folder["page.html"]);
        string page = folder.Read("page.html");
        string[] selected = Csv.Column(Csv.Read(folder["result/selected.csv"]), "gender");
        Assert.Contains($"<td>{selected.Count(g => g == "female")} (", page, StringComparison.Ordinal);
        Assert.All((string[])[how, "nobody’s chance is known", "id=\"mirror\"", "<code dir=\"auto\">s</code>"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.All((string[])["lowest chance", "id=\"chances-table", "id=\"groups-table", "proven best", "ballot "], text => Assert.DoesNotContain(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("chances.svg", folder.Names("charts"));
        Assert.Contains("quotas-1.svg", folder.Names("charts"));
    }

    [Theory]
    [InlineData("leximin")]
    [InlineData("greedy")]
    public void A_replacement_round_has_a_page_with_the_quotas_and_seats_of_the_whole_panel(string algorithm)
    {
        using TemporaryFolder folder = new();
        const string Quotas = "category,feature,min,max\ngender,female,1,4\ngender,male,1,3\nage,young,1,4\nage,old,1,3\n";
        const string People = """
            id,gender,age,street
            p1,female,young,A
            p2,female,old,A
            p3,female,old,A
            p4,male,young,B
            p5,male,old,B
            p6,male,young,C
            p7,female,young,A
            p8,male,old,C
            """;
        string[] input = ["--quotas", folder.Write("q.csv", Quotas), "--people", folder.Write("p.csv", People), "--size", "5", "--household-columns", "street", "--household-limit", "2"];
        Run(0, ["replace", .. input, "--algorithm", algorithm, "--panel", "p1,p4,p5,p6,p2", "--declined", "p2,p6", "--seed", "s", "--output", folder["round"]]);
        string population = folder.Write("population.csv", "feature,value,count\nage,young,3\nage,old,1\n");
        string wished = folder.Write("wished.csv", Quotas.Replace("female,1,4", "female,2,4", StringComparison.Ordinal));
        Run(0, "report", folder["round"], "--language", "en", "--smallest-group", "1", "--population", population, "--quotas-before", wished, "--output", folder["page.html"]);
        string page = folder.Read("page.html");

        // By hand: p1, p4 and p5 stay, a woman and two men, two young and one old; and the rest from the table of the whole panel.
        string[] panel = Csv.Column(Csv.Read(folder["round/panel.csv"]), "gender");
        int women = panel.Count(g => g == "female");
        string row = Regex.Match(page, "(?s)id=\"quotas-table-1-caption\".*?female.*?</tr>").Value;
        string[] cells = [.. Regex.Matches(row, "<td>(.*?)</td>").Select(m => m.Groups[1].Value)];
        Assert.Equal(6, 1 + cells.Length);
        Assert.Equal(("1–4", "1", $"{women - 1}"), (cells[0], cells[2], cells[3]));
        Assert.StartsWith($"{women} (", cells[4], StringComparison.Ordinal);
        int young = Csv.Column(Csv.Read(folder["round/panel.csv"]), "age").Count(a => a == "young");
        Assert.Contains($"{100 * young / 5}%", Regex.Match(page, "(?s)<section id=\"mirror\".*?</section>").Value, StringComparison.Ordinal);
        string changes = Regex.Match(page, "(?s)<section id=\"changes\".*?</section>").Value;
        Assert.Contains("female", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("old", changes, StringComparison.Ordinal);
        Assert.Contains("3 of 5", page, StringComparison.Ordinal);
        Assert.All((string[])["survivor", "publication.json", "street"], text => Assert.DoesNotContain(text, page, StringComparison.Ordinal));
        Assert.Equal(algorithm == "leximin", page.Contains("id=\"chances-table", StringComparison.Ordinal));
        Assert.DoesNotMatch(@"\bp[1-8]\b", page);
    }

    [Fact]
    public void What_no_page_can_be_made_of_is_told()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Run(0, ["select", .. input, "--seed", "s", "--output", folder["result"]]);
        string panel = string.Join(',', Csv.Column(Csv.Read(folder["result/selected.csv"]), "id"));
        Run(0, ["replace", .. input, "--panel", panel, "--declined", panel.Split(',')[0], "--seed", "s", "--output", folder["replaced"]]);
        JsonObject round = JsonNode.Parse(folder.Read("replaced/report.json"))!.AsObject();
        round["replacement"]!.AsObject().Remove("quotas");
        File.WriteAllText(folder["replaced/report.json"], round.ToJsonString());
        Assert.Contains("replacement round", Report("replaced").Error, StringComparison.Ordinal);
        Assert.Contains("--published-at", Report("result", "--published-at", "x").Error, StringComparison.Ordinal);
        Assert.Contains("--date", Report("result", "--date", "4 May").Error, StringComparison.Ordinal);
        Assert.Contains("PNG or JPEG", Report("result", "--logo", folder.Write("logo.svg", "<svg/>")).Error, StringComparison.Ordinal);

        // A record that somebody changed is a fault, whatever was changed.
        string record = folder.Read("result/report.json");
        JsonObject json = JsonNode.Parse(record)!.AsObject();
        foreach (string name in (string[])["format", "problem", "lottery", "types", "groups", "certificate", "random", "status"])
        {
            JsonObject other = json.DeepClone().AsObject();
            other.Remove(name);
            Refused(other.ToJsonString());
            other[name] = "x";
            if (name is not "status")
            {
                Refused(other.ToJsonString());
            }
        }

        Refused(record[..(record.Length / 2)]);
        Refused("[]");
        Refused(record.Replace("\"panelSize\": 3", "\"panelSize\": 7", StringComparison.Ordinal));

        void Refused(string content)
        {
            File.WriteAllText(folder["result/report.json"], content);
            Report("result");
        }

        CommandRun Report(string name, params string[] options)
        {
            CommandRun run = Run(2, ["report", folder[name], "--language", "en", "--output", folder["page.html"], .. options]);
            Assert.False(File.Exists(folder["page.html"]));
            return run;
        }
    }

    private static CommandRun Run(int exitCode, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.True(run.ExitCode == exitCode, run.Output + run.Error);
        return run;
    }
}
