using System.Text;
using System.Text.Json;

namespace Sortition.Cli.Tests;

/// <summary>From a spreadsheet as it comes to a pool, by the command.</summary>
public sealed class PrepareTests : IDisposable
{
    private const string Raw = "name,e-mail,gender,age,answer\nAda,ada@example.org,F,young,yes\nBen,ben@example.org,male,old,yes\nCyd,cyd@example.org,female,old,no\n"
        + "Dan,dan@example.org,M,young,yes\nEva,eva@example.org,female,young,yes\nFay,fay@example.org,female,old,yes\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_messy_example_comes_to_a_panel_in_three_commands()
    {
        foreach (string name in new[] { "registrations.csv", "quotas.csv", "areas.csv", "mapping-answered.json" })
        {
            File.Copy(TestFiles.PathOf("messy", name), _folder[name]);
        }

        CommandRun first = CommandRun.In(_folder.Path, "prepare", "registrations.csv", "--quotas", "quotas.csv", "--as-of", "2026-05-01");
        Assert.Equal((2, ""), (first.ExitCode, first.Error));
        Assert.Contains("8 points are open:", first.Output, StringComparison.Ordinal);
        CommandRun second = CommandRun.In(
            _folder.Path, "prepare", "registrations.csv", "--mapping", "mapping-answered.json", "--quotas", "quotas.csv", "--output", "pool");
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        CommandRun third = CommandRun.In(_folder.Path, "select", "--quotas", "quotas.csv", "--people", "pool/pool.csv", "--size", "24", "--seed", "x", "--output", "panel");
        Assert.Equal((0, ""), (third.ExitCode, third.Error));
        Assert.Equal(25, File.ReadAllLines(_folder["panel/selected.csv"]).Length);

        // The answered mapping is what was suggested but for the answers.
        string suggested = File.ReadAllText(_folder["mapping.json"]);
        Assert.Equal(8, suggested.Split("\"?\"").Length - 1);
        string[] answered = File.ReadAllLines(_folder["mapping-answered.json"]);
        Assert.All(
            suggested.Split('\n').Where(line => !line.Contains("\"?\"", StringComparison.Ordinal) && !line.Contains("\"other\": \"fault\"", StringComparison.Ordinal)),
            line => Assert.Contains(line, answered.Append("")));

        // Nothing of anybody in what may be handed on.
        string actions = File.ReadAllText(_folder["pool/actions.csv"]) + File.ReadAllText(_folder["pool/ids.csv"]) + second.Output;
        Assert.All(
            File.ReadAllLines(_folder["registrations.csv"]).Skip(4).SelectMany(line => line.Split(',').Skip(2).Take(4)).Where(cell => cell.Length > 3),
            personal => Assert.DoesNotContain(personal, actions, StringComparison.Ordinal));
        Assert.Equal(["areas.csv", "ids.csv", "ids.key", "mapping-answered.json", "mapping.json", "panel", "pool", "quotas.csv", "registrations.csv", "sortition.log"], _folder.Names());
        Assert.Equal(["actions.csv", "ids.csv", "pool.csv"], _folder.Names("pool"));
    }

    [Fact]
    public void One_step_and_two_steps_give_the_same_files()
    {
        Suggest();
        Assert.Equal(0, Prepare("pool").ExitCode);
        string[] select = ["select", "--quotas", _folder["quotas.csv"], "--size", "3", "--seed", "x"];
        Assert.Equal(0, CommandRun.Of([.. select, "--people", _folder["pool/pool.csv"], "--output", _folder["two"]]).ExitCode);
        CommandRun one = CommandRun.Of([.. select, "--people", _folder["raw.csv"], "--mapping", _folder["mapping.json"], "--output", _folder["one"]]);
        Assert.Equal(0, one.ExitCode);
        Assert.Contains("The pool has 5 people; 1 rows of the spreadsheet are not in it", one.Error, StringComparison.Ordinal);
        Assert.All(_folder.Names("two"), name => Assert.Equal(_folder.Read(Path.Combine("two", name)), _folder.Read(Path.Combine("one", name))));
        foreach (string command in new[] { "check", "explain", "count" })
        {
            string[] more = command == "explain" ? ["--person", "P0001"] : [];
            CommandRun run = CommandRun.Of([command, "--quotas", _folder["quotas.csv"], "--size", "3", "--people", _folder["raw.csv"], "--mapping", _folder["mapping.json"], .. more]);
            Assert.Equal(0, run.ExitCode);
        }
    }

    [Fact]
    public void Ids_are_kept_when_the_spreadsheet_comes_again_with_others()
    {
        Suggest();
        string[] lines = Raw.TrimEnd('\n').Split('\n');
        _folder.Write("raw.csv", string.Join('\n', [lines[0], lines[6], "Gus,gus@example.org,male,old,yes", lines[5], lines[4], lines[2]]));
        Assert.Equal(0, Prepare("again").ExitCode);
        Assert.Equal(["P0006,female", "P0007,male", "P0005,female", "P0004,male", "P0002,male"], Pool("again"));
        _folder.Write("raw.csv", Raw);
        Assert.Equal(0, Prepare("third").ExitCode);
        Assert.Equal(["P0001,female", "P0002,male", "P0004,male", "P0005,female", "P0006,female"], Pool("third"));
        Assert.Equal(_folder.Read("ids.csv"), _folder.Read("third/ids.csv"));
    }

    [Fact]
    public void What_was_prepared_is_never_written_over_and_comes_out_the_same_elsewhere()
    {
        Suggest();
        Assert.Equal(0, Prepare("pool").ExitCode);
        string pool = _folder.Read("pool/pool.csv");
        CommandRun again = Prepare("pool");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("never written over: actions.csv, ids.csv, pool.csv", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, Prepare("other").ExitCode);
        Assert.All(_folder.Names("pool"), name => Assert.Equal(_folder.Read($"pool/{name}"), _folder.Read($"other/{name}")));
        Assert.Equal(pool, _folder.Read("pool/pool.csv"));
        CommandRun suggestion = CommandRun.Of("prepare", _folder["raw.csv"], "--quotas", _folder["quotas.csv"], "--output", _folder["mapping.json"]);
        Assert.Equal(2, suggestion.ExitCode);
        Assert.Contains("exists already", suggestion.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_open_is_listed_and_nothing_is_written()
    {
        Suggest();
        _folder.Write("raw.csv", Raw + "Gil,gil@example.org,x,old,maybe\nAda B,ada@example.org,F,,yes\n");
        string[] before = _folder.Names();
        string ids = _folder.Read("ids.csv");
        CommandRun run = Prepare("pool");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("The input has 4 fault(s). Nothing was written.", run.Error, StringComparison.Ordinal);
        Assert.Contains("mapping.json $.status.other: do people take part whose answer says \"maybe\" (1)?", run.Error, StringComparison.Ordinal);
        Assert.Contains("raw.csv, column \"gender\": \"x\" (1 person, row 8) is none of the values of gender", run.Error, StringComparison.Ordinal);
        Assert.Contains("raw.csv, column \"age\": a value of age is missing (1 person, row 9)", run.Error, StringComparison.Ordinal);
        Assert.Contains("mapping.json $.duplicates.decisions: are P0001, P0008 one person?", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Names());
        Assert.Equal(ids, _folder.Read("ids.csv"));
    }

    [Fact]
    public void For_programs_there_is_a_document()
    {
        _folder.Write("raw.csv", Raw.Replace(",old,no\n", ",,perhaps\n", StringComparison.Ordinal));
        _folder.Write("quotas.csv", Example.SmallQuotas);
        CommandRun suggested = CommandRun.Of("prepare", _folder["raw.csv"], "--quotas", _folder["quotas.csv"], "--output", _folder["mapping.json"], "--json");
        JsonElement first = JsonDocument.Parse(suggested.Output).RootElement;
        Assert.Equal(("prepare", "badInput", 2), (first.GetProperty("command").GetString(), first.GetProperty("outcome").GetString(), first.GetProperty("faultCount").GetInt32()));
        Assert.Equal(["files/ask-status", "files/ask-blank"], first.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("code").GetString()));
        string mapping = _folder.Read("mapping.json").Replace("\"other\": \"?\"", "\"other\": \"in\"", StringComparison.Ordinal).Replace("\"blank\": \"?\"", "\"blank\": { \"value\": \"not said\" }", StringComparison.Ordinal);
        _folder.Write("answered.json", mapping);
        CommandRun prepared = CommandRun.Of("prepare", _folder["raw.csv"], "--mapping", _folder["answered.json"], "--quotas", _folder["quotas.csv"], "--json");
        JsonElement second = JsonDocument.Parse(prepared.Output).RootElement.GetProperty("prepared");
        Assert.Equal((6, 0), (second.GetProperty("people").GetInt32(), second.GetProperty("leftOut").GetInt32()));
        Assert.Equal("""{"feature":"age","value":"not said"}""", JsonSerializer.Serialize(second.GetProperty("defaults")[0]));

        // A value without a quota is a fault in a pool, and none where the mapping says that it is meant.
        CommandRun one = CommandRun.Of("check", "--quotas", _folder["quotas.csv"], "--size", "3", "--people", _folder["raw.csv"], "--mapping", _folder["answered.json"], "--json");
        Assert.Equal(0, one.ExitCode);
        Assert.Equal(1, CommandRun.Of("prepare", _folder["raw.csv"], "--mapping", _folder["answered.json"], "--quotas", _folder["quotas.csv"]).Output.Split("Some people have age: not said").Length - 1);
    }

    [Theory]
    [InlineData("Give --quotas for a suggestion")]
    [InlineData("--as-of: \"May\" is no day", "--quotas", "quotas.csv", "--as-of", "May")]
    [InlineData("they stand in the mapping", "--mapping", "mapping.json", "--as-of", "2026-05-01")]
    [InlineData("missing.json $: the file cannot be read", "--mapping", "missing.json")]
    [InlineData("holds one file", "--mapping", "-", "--quotas", "-")]
    public void Usage_that_makes_no_sense_is_refused(string message, params string[] arguments)
    {
        _folder.Write("raw.csv", Raw);
        _folder.Write("quotas.csv", Example.SmallQuotas);
        CommandRun run = CommandRun.In(_folder.Path, ["prepare", "raw.csv", .. arguments]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(["quotas.csv", "raw.csv"], _folder.Names());
    }

    [Fact]
    public void With_a_mapping_the_sheet_and_the_ids_are_its_own()
    {
        Suggest();
        CommandRun run = CommandRun.Of(
            "check", "--quotas", _folder["quotas.csv"], "--size", "3", "--people", _folder["raw.csv"], "--mapping", _folder["mapping.json"], "--id-column", "name");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("leave out --people-sheet and --id-column", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spreadsheet_on_the_standard_input_is_prepared_into_an_archive_on_the_output()
    {
        Suggest();
        (CommandRun run, byte[] output) = CommandRun.Fed(Encoding.UTF8.GetBytes(Raw), "prepare", "-", "--mapping", _folder["mapping.json"], "--output", "-");
        Assert.Equal(0, run.ExitCode);
        using System.IO.Compression.ZipArchive archive = new(new MemoryStream(output));
        Assert.Equal(["pool.csv", "actions.csv", "ids.csv"], archive.Entries.Select(e => e.FullName));
    }

    private void Suggest()
    {
        _folder.Write("raw.csv", Raw);
        _folder.Write("quotas.csv", Example.SmallQuotas);
        CommandRun run = CommandRun.Of("prepare", _folder["raw.csv"], "--quotas", _folder["quotas.csv"], "--output", _folder["mapping.json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private CommandRun Prepare(string output) => CommandRun.Of("prepare", _folder["raw.csv"], "--mapping", _folder["mapping.json"], "--output", _folder[output]);

    private string[] Pool(string folder) => [.. _folder.Read($"{folder}/pool.csv").TrimEnd('\n').Split('\n').Skip(1).Select(line => string.Join(',', line.Split(',').Take(2)))];
}
