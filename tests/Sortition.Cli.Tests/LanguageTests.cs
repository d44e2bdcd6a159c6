using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sortition.Core;
using Sortition.Files;
using Sortition.Publication.Format;
using Sortition.Publication.Report.Model;

namespace Sortition.Cli.Tests;

/// <summary>All languages say the same, and the command speaks them.</summary>
public sealed partial class LanguageTests
{
    private const string Danish = "da_DK.UTF-8";

    // Words that nearly every English sentence has one of, and no Danish one. Names of options, files and columns hold none of them between spaces.
    [GeneratedRegex(@"(?<![\w-])(the|of|is|are|was|were|which|people|with|not|be|by|and|this|Error|Warning|Usage|Options|default)(?![\w-])")]
    private static partial Regex English();

    [GeneratedRegex(@"\{([\w]+)(?::([\w./-]+))?\}")]
    private static partial Regex Place();

    public static TheoryData<string> Packages => ["Sortition.Core", "Sortition.Files", "Sortition.Publication", "sortition"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_language_has_every_text_with_the_same_places(string package)
    {
        Assembly assembly = Assemblies().Single(a => a.GetName().Name == package);
        Dictionary<string, string> english = TextsOf(assembly, "en");
        foreach (string code in Language.Codes.Where(c => c != "en"))
        {
            Dictionary<string, string> other = TextsOf(assembly, code);

            // Languages may have forms for one or none that others do without.
            Assert.Equal(english.Keys.Where(k => !IsForm(k)).Order(StringComparer.Ordinal), other.Keys.Where(k => !IsForm(k)).Order(StringComparer.Ordinal));
            HashSet<string> forms = [.. Assemblies().SelectMany(a => TextsOf(a, code).Keys)];
            Assert.All(other, text =>
            {
                string same = english.GetValueOrDefault(text.Key) ?? english[text.Key[..text.Key.LastIndexOf('.')]];
                Assert.Equal(PlacesOf(same), PlacesOf(text.Value));
                Assert.All(Place().Matches(text.Value).Select(m => m.Groups[2].Value).Where(f => f.Length > 0), form => Assert.Contains(form, forms));
                Assert.DoesNotMatch(English(), WithoutQuotes(text.Key, text.Value));
            });
        }

        static bool IsForm(string key) => key.EndsWith(".one", StringComparison.Ordinal) || key.EndsWith(".none", StringComparison.Ordinal);

        static IEnumerable<string> PlacesOf(string text) => Place().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

        // What is to be typed is the same in every language; so are the names of methods.
        static string WithoutQuotes(string key, string text) => key.EndsWith("/examples", StringComparison.Ordinal)
            ? string.Join('\n', text.Split('\n').Where(line => line.StartsWith('#')))
            : Regex.Replace(text, @"""[^""]*""|\{[^}]*\}|byte order mark", "", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void All_packages_and_the_report_have_the_same_languages()
    {
        Assert.Equal(["da", "en"], Language.Codes);
        Assert.Equal(Language.Codes, ReportLanguage.Codes);
        Assert.All(Assemblies(), a => Assert.All(Language.Codes, code => Assert.NotEmpty(TextsOf(a, code))));
    }

    [Theory]
    [InlineData("da_DK.UTF-8", "", "", "da")]
    [InlineData("", "da_DK", "", "da")]
    [InlineData("", "", "da", "da")]
    [InlineData("", "", "da_DK@euro", "da")]
    [InlineData("C", "da_DK", "da_DK", "en")]
    [InlineData("", "en_GB.UTF-8", "da_DK", "en")]
    [InlineData("", "", "C.UTF-8", "en")]
    [InlineData("", "", "fr_FR.UTF-8", "en")]
    public void The_locale_chooses_the_language_and_the_option_wins(string all, string messages, string lang, string expected)
    {
        Dictionary<string, string> locale = new() { ["LC_ALL"] = all, ["LC_MESSAGES"] = messages, ["LANG"] = lang };
        Assert.StartsWith(expected == "da" ? "Beskrivelse:" : "Description:", CommandRun.Of(locale, "check", "--help").Output, StringComparison.Ordinal);
        Assert.StartsWith("Beskrivelse:", CommandRun.Of(locale, "check", "--help", "--language", "da").Output, StringComparison.Ordinal);
        Assert.StartsWith("Description:", CommandRun.Of(locale, "--language=en", "check", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_that_there_is_not_is_refused_with_those_there_are()
    {
        CommandRun run = CommandRun.Of("check", "--language", "fr", "--help");
        Assert.Equal(0, run.ExitCode);
        run = CommandRun.Of("check", "-q", "q", "-p", "p", "-k", "3", "--language", "fr");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Error: Argument 'fr' not recognized. Must be one of: 'da', 'en'", run.Error, StringComparison.Ordinal);
        run = CommandRun.Of(new Dictionary<string, string> { ["LC_ALL"] = Danish }, "check", "-q", "q", "-p", "p", "-k", "3", "--language", "fr");
        Assert.Contains("Fejl: 'fr' kendes ikke. Det skal være et af: 'da', 'en'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Der mangler en kommando.")]
    [InlineData("elect", "'elect' kendes ikke som kommando eller argument.")]
    [InlineData("select --size 3", "'--quotas' skal gives.")]
    [InlineData("select -q q -p p -k", "'-k' mangler sin værdi.")]
    [InlineData("select -q q -p p -k 3 -k 4", "'-k' tager én værdi, men der er givet 2.")]
    [InlineData("select -q q -p p -k 3 --algorithm fair", "'fair' kendes ikke. Det skal være et af: 'leximin', ")]
    [InlineData("verify", "Kommandoen 'verify' mangler MAPPE|ZIP.")]
    [InlineData("select -q q -p p -k many", "--size: \"many\" er ikke et helt tal fra 1 til 1000000.")]
    [InlineData("count -q q -p p -k 3 --error 0", "--error: \"0\" er ikke et tal fra 0.0001 til 1, skrevet som 0.5.")]
    [InlineData("select -q q -p p -k 3 -a goldilocks --gamma 0", "--gamma: \"0\" er hverken et tal fra 0.001")]
    [InlineData("generate -q q -k 3 --people 10 --output x", "--people hedder nu --count.")]
    [InlineData("select -q q -p p -k 3 --household-limit 1", "--household-limit kræver --household-columns")]
    [InlineData("check -q - -p - -k 3", "--quotas, --people: \"-\" er standardinput")]
    public void Wrong_usage_is_explained_in_Danish(string arguments, string expected)
    {
        CommandRun run = CommandRun.Of(["--language", "da", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Fejl: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(English(), run.Error);
    }

    [Fact]
    public void Help_is_Danish_throughout()
    {
        CommandRun all = CommandRun.Of("--help", "--language", "da");
        Assert.Equal((0, ""), (all.ExitCode, all.Error));
        string[] commands = [.. Regex.Matches(all.Output, @"^  ([a-z]+)[ <]", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Select(m => m.Groups[1].Value).Distinct().Where(c => c != "sortition")];
        Assert.InRange(commands.Length, 14, 40);
        Assert.All(commands.Select(c => CommandRun.Of(c, "--help", "--language", "da")).Append(all), run =>
        {
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.All(["Beskrivelse:", "Brug:", "Valg:", "Eksempler:", "Slutkoder:"], heading => Assert.Contains(heading + "\n", run.Output, StringComparison.Ordinal));

            // Lines to be typed, and what stands in quotes, are the same in every language.
            string[] told = [.. run.Output.Split('\n').Where(line => !line.StartsWith("  sortition ", StringComparison.Ordinal))];
            Assert.DoesNotMatch(English(), Regex.Replace(string.Join('\n', told), "\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
        });
    }

    [Fact]
    public void Faults_are_told_in_Danish_and_in_JSON_with_the_same_codes()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["check", .. Example.Small(folder, people: Example.SmallPeople + "p7,femal,young,g\n")];
        CommandRun run = CommandRun.Of([.. arguments, "--language", "da"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("Der er 1 fejl i input. Intet blev skrevet.\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("linje 8, kolonne \"gender\": en værdi, som ingen kvote nævner (p7), fundet \"femal\"; mente du \"female\"?; ventet: en af: female, male", run.Error, StringComparison.Ordinal);
        using JsonDocument english = JsonDocument.Parse(CommandRun.Of([.. arguments, "--json"]).Output);
        using JsonDocument danish = JsonDocument.Parse(CommandRun.Of([.. arguments, "--json", "--language", "da"]).Output);
        Assert.Equal(WithoutTexts(english.RootElement), WithoutTexts(danish.RootElement));
        Assert.Contains("mente du", danish.RootElement.GetProperty("faults")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_selection_is_shown_in_Danish_and_its_files_are_the_same()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["select", .. Example.Small(folder), "--seed", "1"];
        CommandRun english = CommandRun.Of([.. arguments, "--output", folder["en"]]);
        CommandRun danish = CommandRun.Of(new Dictionary<string, string> { ["LC_ALL"] = Danish }, [.. arguments, "--output", folder["da"]]);
        Assert.Equal((0, 0), (english.ExitCode, danish.ExitCode));
        Assert.All(folder.Names("en"), name => Assert.Equal(File.ReadAllBytes(Path.Combine(folder["en"], name)), File.ReadAllBytes(Path.Combine(folder["da"], name))));
        AssertDanish(danish);
        Assert.StartsWith("Et panel på 3 er trukket blandt 6 personer efter leximin.\n", danish.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nLaveste chance +\d+,\d{3} %\n", danish.Output);
        Assert.DoesNotMatch(@"\d\.\d+ %", danish.Output);
        Assert.Equal(Numbers(english.Output), Numbers(danish.Output.Replace(',', '.')));

        static IEnumerable<string> Numbers(string output) => Regex.Matches(output, @"\d+\.\d+(?= %)", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value);
    }

    [Fact]
    public void What_clashes_and_the_ways_out_are_told_in_Danish()
    {
        using TemporaryFolder folder = new();
        CommandRun run = InDanish("check", [.. Example.Small(folder, quotas: Example.SmallQuotas.Replace("age,old,0,2", "age,old,4,9", StringComparison.Ordinal)), "--fairness"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Kvoterne kan ikke overholdes:\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  age: old, mindst ", run.Output);
        run = InDanish("select", Example.Small(folder, quotas: Example.SmallQuotas.Replace("age,old,0,2", "age,old,4,9", StringComparison.Ordinal)));
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Kvoterne kan ikke overholdes; intet blev skrevet:\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_computed_is_told_in_Danish()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Assert.Equal(0, InDanish("check", [.. input, "--fairness"]).ExitCode);
        Assert.Equal(0, InDanish("explain", [.. input, "--person", "p1,p5", "--exact"]).ExitCode);
        Assert.Equal(0, InDanish("explain", [.. input, "--group", "gender=female", "--algorithm", "goldilocks"]).ExitCode);
        Assert.Equal(0, InDanish("explain", [.. input, "--group", "age=old", "--algorithm", "nash"]).ExitCode);
        Assert.Equal(0, InDanish("count", input).ExitCode);
        Assert.Equal(0, InDanish("select", [.. input, "--algorithm", "greedy", "--seed", "2"]).ExitCode);
        Assert.Equal(0, InDanish("select", [.. input, "--ballots", "10", "--seed", "2"]).ExitCode);
        Assert.Equal(0, InDanish("replace", [.. input, "--panel", "p1,p4,p5", "--look-ahead"]).ExitCode);
        Assert.Equal(0, InDanish("replace", [.. input, "--panel", "p1,p4,p5", "--declined", "p4", "--seed", "1"]).ExitCode);
        Assert.Equal(0, InDanish("alternates", [.. input, "--panel", "p1,p4,p5", "--count", "2", "--seed", "1"]).ExitCode);
        Assert.Equal(0, InDanish("alternates", [.. input, "--panel", "p1,p4,p5", "--alternates", "p2,p6", "--declined", "p1"]).ExitCode);
        string population = folder.Write("population.csv", "feature,value,count\ngender,female,22345\ngender,male,20001\n");
        CommandRun quotas = InDanish("quotas", ["--population", population, "--size", "7", "--method", "sainte-lague"]);
        Assert.Matches(@"\n  female +52,768 % +3,694 +4 +4\n", quotas.Output);
        Assert.Equal(0, InDanish("generate", [.. input[..2], "--size", "3", "--count", "20", "--output", folder["made.csv"]]).ExitCode);
    }

    [Fact]
    public void A_spreadsheet_is_prepared_in_Danish()
    {
        using TemporaryFolder folder = new();
        string table = folder.Write("table.csv", "navn,gender,age\nx,female,young\ny,male,old\nz,,old\n");
        string quotas = folder.Write("quotas.csv", Example.SmallQuotas);
        CommandRun run = InDanish("prepare", [table, "--quotas", quotas, "--output", folder["mapping.json"]]);
        Assert.True(run.ExitCode is 0 or 2, run.Error);
        Assert.StartsWith($"Hvordan disse personer bliver til en pulje, er foreslået i {folder["mapping.json"]}.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lottery_is_published_drawn_and_verified_in_Danish_and_the_report_is_too()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder);
        Assert.Equal(0, InDanish("lottery", [.. input, "--ballots", "10", "--seed", "1", "--randomness", "kugler", "--form", "number", "--keys", folder["keys.csv"], "--output", folder["lottery"]]).ExitCode);
        Assert.Equal(0, InDanish("publish", [folder["lottery"], "--output", folder["published"]]).ExitCode);
        Assert.Equal(0, InDanish("verify", [folder["published"]]).ExitCode);
        Assert.Equal(0, InDanish("draw", [folder["lottery"], "--number", "4", "--published", folder["published"]]).ExitCode);
        CommandRun verified = InDanish("verify", [folder["lottery"], "--redo-rounding"]);
        Assert.Contains("\nÆgte. Alt i disse filer, der kan kontrolleres, er rigtigt.", verified.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nok +Lodder +Alle 10 lodder har 3 forskellige personer, der overholder hver kvote", verified.Output);
        Assert.Equal(0, InDanish("report", [folder["lottery"], "--published", folder["published"], "--output", folder["report.html"]]).ExitCode);
        Assert.Contains("<html lang=\"da\">", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);

        // What was typed stands in the log as it was typed.
        CommandRun log = CommandRun.Of("log", folder.Path, "--language", "da");
        Assert.Equal(0, log.ExitCode);
        AssertDanish(log with { Output = string.Join('\n', log.Output.Split('\n').Where(line => !line.Contains("people.csv", StringComparison.Ordinal))) });
        Assert.Contains("Hver linje nævner den foregående", log.Output, StringComparison.Ordinal);
        File.AppendAllText(Path.Combine(folder["published"], "ballots.csv"), "x\n");
        CommandRun wrong = InDanish("verify", [folder["published"]]);
        Assert.Equal(4, wrong.ExitCode);
        Assert.Contains("IKKE ægte: kontrolsummer", wrong.Output, StringComparison.Ordinal);
        Assert.Contains("- ballots.csv er ændret: dens SHA-256 er ", wrong.Output, StringComparison.Ordinal);
    }

    /// <summary>A run that says nothing in English.</summary>
    private static CommandRun InDanish(string command, string[] arguments)
    {
        CommandRun run = CommandRun.Of([command, .. arguments, "--language", "da"]);
        AssertDanish(run);
        return run;
    }

    private static void AssertDanish(CommandRun run)
    {
        Assert.NotEmpty(run.Output + run.Error);
        Assert.DoesNotMatch(English(), run.Output);
        Assert.DoesNotMatch(English(), run.Error);
        Assert.DoesNotMatch(@"(?<![\w/.-])[a-z]+/[a-z-]+(/[A-Za-z-]+)?(?![\w/.-])", run.Output.Replace("og/eller", "", StringComparison.Ordinal));
    }

    /// <summary>A document without what is there to be read by people.</summary>
    private static string WithoutTexts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', json.EnumerateObject().Where(m => m.Name is not ("message" or "text")).Select(m => m.Name + ":" + WithoutTexts(m.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', json.EnumerateArray().Select(WithoutTexts)) + "]",
        _ => json.GetRawText(),
    };

    private static Assembly[] Assemblies() => [typeof(TextRenderer).Assembly, typeof(FileTexts).Assembly, typeof(PublicationTexts).Assembly, typeof(Tool).Assembly];

    private static Dictionary<string, string> TextsOf(Assembly package, string language)
    {
        using Stream texts = package.GetManifestResourceStream($"Texts/{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(texts)!;
    }
}
