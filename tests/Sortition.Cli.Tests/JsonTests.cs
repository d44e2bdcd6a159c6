using System.Text.Json;
using System.Text.RegularExpressions;
using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Lotteries;
using Sortition.Publication.Checks;

namespace Sortition.Cli.Tests;

/// <summary>The answers of commands to programs: one document on standard output that says what the text says.</summary>
public sealed partial class JsonTests
{
    private const string Private = "Jensen";

    private static readonly string s_docs = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "file-formats.md"));

    [Fact]
    public void Every_command_answers_in_json_with_documented_members_and_the_figures_of_its_text()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, people: Example.SmallPeople.Replace(",a\n", "," + Private + "\n", StringComparison.Ordinal));
        HashSet<string> asked = [];

        (JsonElement check, string text) = Both("check", input);
        Assert.Equal(4, check.GetProperty("quotas").GetArrayLength());
        Assert.Equal("female", check.GetProperty("quotas")[0].GetProperty("condition")[0].GetProperty("value").GetString());
        Assert.Contains(Fact($"panels of {Int(check, "panelSize")} among these {Int(check, "people")} people"), text, StringComparison.Ordinal);

        (JsonElement select, text) = Both("select", [.. input, "--seed", "a"]);
        Assert.Contains("Selected: " + Texts(select.GetProperty("report").GetProperty("result"), "selected"), text, StringComparison.Ordinal);

        (JsonElement explain, text) = Both("explain", [.. input, "--person", "p2", "--exact"]);
        JsonElement explanation = Assert.Single(explain.GetProperty("explanations").EnumerateArray());
        Assert.Contains(Fact($"p2: {100 * explanation.GetProperty("lowestChance").GetDouble():0.000} %"), text, StringComparison.Ordinal);
        Assert.True(explanation.GetProperty("parts")[0].GetProperty("constraints")[0].GetProperty("inFact").GetProperty("known").GetBoolean());

        (JsonElement replace, text) = Both("replace", [.. input, "--confirmed", "p1,p4", "--declined", "p6", "--seed", "a"]);
        Assert.Contains("Panel: " + Texts(replace.GetProperty("report").GetProperty("replacement"), "panel"), text, StringComparison.Ordinal);

        (JsonElement ahead, text) = Both("replace", [.. input, "--panel", "p1,p2,p4", "--look-ahead"]);
        Assert.All(ahead.GetProperty("members").EnumerateArray(), m => Assert.Matches(Fact($"{m.GetProperty("id").GetString()} +{Int(m, "candidates")}"), text));

        (JsonElement none, _) = Both("replace", [.. input, "--confirmed", "p1,p2,p4"]);
        Assert.Equal(0, Int(none, "openSeats"));

        string[] ofPanel = [.. input, "--panel", "p1,p2,p4"];
        (JsonElement alternates, text) = Both("alternates", [.. ofPanel, "--count", "2", "--seed", "a"]);
        Assert.Contains("Alternates: " + Texts(alternates.GetProperty("report").GetProperty("result"), "alternates"), text, StringComparison.Ordinal);

        (JsonElement substitution, text) = Both("alternates", [.. ofPanel, "--alternates", "p3,p5", "--declined", "p2"]);
        Assert.Contains("Panel: " + Texts(substitution, "panel"), text, StringComparison.Ordinal);
        Assert.Equal("p2", substitution.GetProperty("seats")[0].GetProperty("droppedOut").GetString());

        string population = folder.Write("population.csv", "feature,value,percent\ngender,female,50.3\ngender,male,49.6\n");
        (JsonElement quotas, text) = Both("quotas", ["--population", population, "--size", "9"]);
        Assert.All(quotas.GetProperty("targets").EnumerateArray(), t => Assert.Contains(Fact($"{t.GetProperty("target").GetDouble():0.000}"), text, StringComparison.Ordinal));
        Assert.Equal(99.9, quotas.GetProperty("percentageSums")[0].GetProperty("sum").GetDouble());

        (JsonElement count, text) = Both("count", [.. input, "--seed", "a"]);
        Assert.Contains(Fact($"exactly {Text(count, "panels")} panels"), text, StringComparison.Ordinal);
        Assert.True(count.GetProperty("conclusive").GetBoolean());

        JsonElement generate = Json("generate", [.. input[..2], .. input[4..], "--count", "7", "--seed", "a", "--output", folder["made-up.csv"]]);
        Assert.Equal(Int(generate, "people"), File.ReadLines(folder["made-up.csv"]).Count() - 1);

        JsonElement lottery = Json("lottery", [.. input, "--ballots", "20", "--seed", "a", .. Example.CalledOut, "--output", folder["lottery"]]);
        Assert.True(lottery.GetProperty("proof").GetProperty("provenOptimal").GetBoolean());
        Assert.Equal(20, Int(lottery.GetProperty("rounding"), "ballots"));

        JsonElement publish = Json("publish", [folder["lottery"], "--output", folder["published"]]);
        Assert.Equal(Text(lottery, "root"), Text(publish, "root"));
        Assert.Equal("19", Text(publish, "lastBallot"));

        JsonElement draw = Json("draw", [folder["lottery"], "--number", "3", "--published", folder["published"]]);
        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["published"], "draw.json")));
        Assert.All(["ballot", "method", "root", "members"], name => Assert.True(JsonElement.DeepEquals(record.RootElement.GetProperty(name), draw.GetProperty(name)), name));
        Assert.Equal(3, draw.GetProperty("selected").GetArrayLength());

        (JsonElement verify, text) = Both("verify", [folder["published"], "--root", Text(publish, "root")]);
        Assert.True(verify.GetProperty("genuine").GetBoolean() && verify.GetProperty("rootGiven").GetBoolean());
        Assert.Equal(
            verify.GetProperty("checks").EnumerateArray().Count(c => Text(c, "outcome") == "passed"),
            text.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));

        JsonElement report = Json("report", [folder["lottery"], "--published", folder["published"], "--output", folder["report.html"]]);
        Assert.Equal(folder["report.html"], Texts(report, "files"));
        Assert.Equal("03", Text(report, "drawnBallot"));

        string raw = folder.Write("raw.csv", "name,gender,age\nAda,female,young\nBen,male,old\n");
        JsonElement suggestion = Json("prepare", [raw, .. input[..2], "--output", folder["mapping.json"]]);
        Assert.Equal((0, folder["mapping.json"]), (Int(suggestion, "faultCount"), Text(suggestion, "file")));
        (JsonElement prepared, text) = Both("prepare", [raw, "--mapping", folder["mapping.json"]]);
        Assert.Contains($"The pool has {Int(prepared.GetProperty("prepared"), "people")} people", text, StringComparison.Ordinal);

        JsonElement compare = Json("compare", ["Alternate(20,4)", "--algorithms", "maximin", "--seed", "1", "--output", folder["study"]]);
        Assert.Equal((1, 0), (Int(compare, "cells"), Int(compare, "cellsNotDone")));

        (JsonElement log, text) = Both("log", [folder.Path]);
        Assert.Contains(Text(log, "head"), text, StringComparison.Ordinal);
        Assert.Equal(log.GetProperty("written").GetArrayLength(), text.Split("  wrote  ").Length - 1);

        string help = CommandRun.Of("--help").Output;
        string listed = help[help.IndexOf("Commands:", StringComparison.Ordinal)..help.IndexOf("Examples:", StringComparison.Ordinal)];
        string[] commands = [.. CommandLine().Matches(listed).Select(m => m.Groups["name"].Value)];
        Assert.NotEmpty(commands);
        asked.Add("web");
        Assert.True(asked.SetEquals(commands), "Commands without an answer in JSON: " + string.Join(", ", commands.Except(asked)));

        (JsonElement Json, string Text) Both(string command, string[] arguments)
        {
            JsonElement json = Json(command, arguments);
            CommandRun run = CommandRun.Of([command, .. arguments]);
            Assert.Equal(0, run.ExitCode);
            return (json, run.Output);
        }

        JsonElement Json(string command, string[] arguments)
        {
            asked.Add(command);
            CommandRun run = CommandRun.Of([command, .. arguments, "--json"]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.DoesNotContain(Private, run.Output, StringComparison.Ordinal);
            return Answer(run, command);
        }
    }

    [Fact]
    public void Faults_of_the_input_are_an_answer_too()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(
            folder,
            quotas: Example.SmallQuotas.Replace("young,1,3", "young,1.5,3", StringComparison.Ordinal),
            people: Example.SmallPeople.Replace("p2,female", "p2,femail", StringComparison.Ordinal));
        CommandRun run = CommandRun.Of(["check", .. input, "--json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("2 fault(s)", run.Error, StringComparison.Ordinal);
        JsonElement answer = Answer(run, "check");
        Assert.Equal(["format", "command", "outcome", "exitCode", "faultCount", "faults"], answer.EnumerateObject().Select(m => m.Name));
        Assert.Equal("badInput", Text(answer, "outcome"));
        Assert.Equal(2, Int(answer, "faultCount"));
        JsonElement fault = answer.GetProperty("faults")[0];
        Assert.Equal(["code", "file", "line", "column", "lines", "lineCount", "parameters", "message"], fault.EnumerateObject().Select(m => m.Name));
        Assert.Equal(("quotas.csv", 4, "min", "1.5"), (Text(fault, "file"), Int(fault, "line"), Text(fault, "column"), Text(fault.GetProperty("parameters"), "found")));
        Assert.Equal("female, male", Texts(answer.GetProperty("faults")[1].GetProperty("parameters"), "allowed"));
        Assert.All(answer.GetProperty("faults").EnumerateArray(), f => Assert.Contains(Text(f, "message"), run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "elect")]
    [InlineData(null)]
    [InlineData("select", "select", "-q", "q", "-p", "p", "-k", "many")]
    [InlineData("select", "select", "-q", "q", "-p", "p", "-k", "3", "--gamma", "2")]
    [InlineData("verify", "verify", "no-such-folder")]
    public void Wrong_usage_is_an_answer_too(string? command, params string[] arguments)
    {
        CommandRun run = CommandRun.Of([.. arguments, "--json"]);
        Assert.Equal(2, run.ExitCode);
        JsonElement answer = Answer(run, command);
        Assert.Equal("badInput", Text(answer, "outcome"));
        Assert.All(answer.GetProperty("faults").EnumerateArray(), f => Assert.Contains("Error: " + Text(f, "message"), run.Error, StringComparison.Ordinal));
        Assert.NotEqual(0, Int(answer, "faultCount"));
    }

    [Fact]
    public void Quotas_that_cannot_be_met_are_an_answer_too()
    {
        using TemporaryFolder folder = new();
        string[] input = Example.Small(folder, quotas: Example.SmallQuotas.Replace("old,0,2", "old,4,4", StringComparison.Ordinal));
        CommandRun check = CommandRun.Of(["check", .. input, "--fairness", "--json"]);
        Assert.Equal(1, check.ExitCode);
        JsonElement answer = Answer(check, "check");
        Assert.Equal("quotasCannotBeMet", Text(answer, "outcome"));
        Assert.False(answer.GetProperty("feasible").GetBoolean());
        Assert.NotEqual(0, answer.GetProperty("conflicts").GetArrayLength());
        JsonElement way = answer.GetProperty("waysOut")[0];
        Assert.InRange(way.GetProperty("lowestChance").GetDouble(), 0.01, 1);
        JsonElement change = way.GetProperty("changes").EnumerateArray().Single(c => Int(c, "from") == 4);
        Assert.Equal(("min", "old"), (Text(change, "bound"), Text(change.GetProperty("condition")[0], "value")));

        CommandRun select = CommandRun.Of(["select", .. input, "--json"]);
        Assert.Equal(1, select.ExitCode);
        JsonElement reasons = Answer(select, "select").GetProperty("reasons");
        Assert.All(reasons.EnumerateArray(), reason => Assert.Contains(Text(reason, "text"), select.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_is_the_same_in_every_culture()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["explain", .. Example.Small(folder), "--group", "gender=female", "--json"];
        Assert.Equal(CommandRun.Of(arguments).Output, CommandRun.Of(new Dictionary<string, string> { ["LC_ALL"] = "tr_TR.UTF-8" }, arguments).Output);
    }

    [Fact]
    public void Names_of_constants_are_documented()
    {
        Enum[] constants =
        [
            .. Enum.GetValues<ChanceReason>(),
            .. Enum.GetValues<ExplainedValue>(),
            .. Enum.GetValues<ConstraintKind>(),
            .. Enum.GetValues<VerificationStep>(),
            .. Enum.GetValues<VerificationOutcome>(),
        ];
        Assert.All(constants, constant => Documented(JsonNamingPolicy.CamelCase.ConvertName(constant.ToString())));
    }

    private static JsonElement Answer(CommandRun run, string? command)
    {
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement answer = document.RootElement.Clone();
        Assert.Equal("sortition-answer/1", Text(answer, "format"));
        Assert.Equal(command, answer.GetProperty("command").GetString());
        Assert.Equal(run.ExitCode, Int(answer, "exitCode"));
        Documented(Text(answer, "outcome"));
        Assert.All(answer.EnumerateObject(), member => Documented(member.Name));
        return answer;
    }

    private static void Documented(string name) =>
        Assert.True(s_docs.Contains($"`{name}`", StringComparison.Ordinal), $"docs/file-formats.md does not tell of \"{name}\".");

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static string Texts(JsonElement json, string name) => string.Join(", ", json.GetProperty(name).EnumerateArray().Select(t => t.GetString()));

    private static string Fact(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex(@"^  (?<name>[a-z]+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CommandLine();
}
