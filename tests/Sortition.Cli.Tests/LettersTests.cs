using System.Text;
using System.Text.RegularExpressions;

namespace Sortition.Cli.Tests;

/// <summary>What is written after a draw in public, and before it: who, with all that is known of them, and what to write to whom.</summary>
public sealed class LettersTests
{
    private const string People = "id;gender;age;Navn;Vej\np1;female;young;Åse;Søvej 1\np2;female;old;Bo;=1+1\np3;female;old;\"C; D\";\np4;male;young;Dæ;Ø\np5;male;old;E;Å\np6;male;young;F;\n";
    private static readonly Encoding s_western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Fact]
    public void A_draw_writes_everybody_in_the_form_of_the_table()
    {
        using TemporaryFolder folder = new();
        string[] input = Pool(folder, s_western.GetBytes(People));
        string[] contact = ["--contact-columns", "Navn,Vej", "--find-me-at", "https://example.org/find-me.html"];
        Run(0, ["lottery", .. input, "--ballots", "20", "--seed", "s", .. Example.CalledOut, "--keys", folder["keys.csv"], .. contact, "--output", folder["lottery"]]);
        string[] keys = Lines(folder["keys.csv"]);
        Assert.Equal("id;key;tag;number;find me;Navn;Vej", keys[0]);
        Assert.Equal(7, keys.Length);
        Assert.EndsWith(";Åse;Søvej 1", keys[1], StringComparison.Ordinal);
        Assert.EndsWith(";Bo;'=1+1", keys[2], StringComparison.Ordinal);

        string said = Run(0, ["draw", folder["lottery"], "--number", "7", "--people", folder["people.csv"], .. contact, "--output", folder["panel"]]).Output;
        Assert.Contains("selected.csv, remaining.csv, letters.csv, find-me.html in", said, StringComparison.Ordinal);
        string[] drawn = said[said.IndexOf("Selected: ", StringComparison.Ordinal)..].Trim()["Selected: ".Length..].Split(", ");
        string[] people = People.Replace("=1", "'=1", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
        Assert.Equal([people[0], .. people.Skip(1).Where(row => drawn.Contains(row.Split(';')[0]))], Lines(folder["panel/selected.csv"]));
        Assert.Equal([people[0], .. people.Skip(1).Where(row => !drawn.Contains(row.Split(';')[0]))], Lines(folder["panel/remaining.csv"]));

        string[] letters = Lines(folder["panel/letters.csv"]);
        Assert.Equal("id;key;tag;number;find me;outcome;Navn;Vej", letters[0]);
        foreach ((string before, string after) in keys.Zip(letters).Skip(1))
        {
            // All that was known before the draw, and the outcome.
            string[] cells = before.Split(';', 6);
            Assert.Equal(string.Join(';', [.. cells[..5], drawn.Contains(cells[0]) ? "selected" : "not selected", cells[5]]), after);
            Assert.Equal($"https://example.org/find-me.html#id={cells[0]}&key={cells[1]}", cells[4]);
        }

        string[] own = letters.First(row => row.StartsWith(drawn[0] + ";", StringComparison.Ordinal)).Split(';');
        CommandRun verify = Run(0, "verify", folder["lottery"], "--id", own[0], "--key", own[1]);
        Assert.Contains(" 07", verify.Output, StringComparison.Ordinal);

        // The table for letters before the draw is the file of keys, so that the same lottery comes out of it again.
        Run(0, ["lottery", .. input, "--ballots", "20", "--seed", "s", .. Example.CalledOut, "--keys", folder["keys.csv"], "--output", folder["again"]]);
        Assert.Equal(folder.Read("lottery/SHA256SUMS"), folder.Read("again/SHA256SUMS"));
    }

    [Theory]
    [InlineData("p2;female;old;Bo;=1+1\n", "", "1 person of the lottery is not in this table (p2)")]
    [InlineData("p4;male", "p4;female", "1 person has another value than in the lottery (p4)")]
    [InlineData("p6;", "p5;", "two rows have the id \"p5\" and differ")]
    public void Another_table_of_people_is_refused_before_anything_is_drawn(string row, string instead, string message)
    {
        using TemporaryFolder folder = new();
        Lottery(folder);
        folder.Write("people.csv", People.Replace(row, instead, StringComparison.Ordinal));
        CommandRun draw = Run(2, "draw", folder["lottery"], "--number", "7", "--people", folder["people.csv"], "--output", folder["panel"]);
        Assert.Contains(message, draw.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("draw.json", folder.Names("lottery"));
        Assert.False(Directory.Exists(folder["panel"]));
    }

    [Fact]
    public void Of_a_draw_that_is_on_record_the_files_can_be_written_later()
    {
        using TemporaryFolder folder = new();
        Lottery(folder);
        string[] later = ["draw", folder["lottery"], "--people", folder["people.csv"], "--output", folder["panel"]];
        Assert.Contains("Nothing has been drawn yet", Run(2, later).Error, StringComparison.Ordinal);
        Run(0, "draw", folder["lottery"], "--number", "7");
        string record = folder.Read("lottery/draw.json");

        // Somebody who registered since is not in the lottery.
        folder.Write("people.csv", People + "p7;male;old;G;\n");
        CommandRun run = Run(0, [.. later, "--workbook"]);
        Assert.Contains("Ballot 07 was drawn", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 row(s) are of people who are not in the lottery", run.Error, StringComparison.Ordinal);
        Assert.Equal(record, folder.Read("lottery/draw.json"));
        Assert.Equal(["find-me.html", "letters.csv", "remaining.csv", "selected.csv", "selection.xlsx"], folder.Names("panel"));
        Assert.DoesNotContain("p7", folder.Read("panel/remaining.csv"), StringComparison.Ordinal);
        Assert.Contains("holds files of an earlier run", Run(2, later).Error, StringComparison.Ordinal);

        // A record that says something else than the ballots is not written from.
        File.WriteAllText(folder["lottery/draw.json"], Regex.Replace(record, "(?<=\"members\": \\[)[^]]*", "1, 1, 1"));
        Assert.Contains("verify", Run(2, [.. later[..^1], folder["other"]]).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["other"]));
    }

    [Fact]
    public void A_mapping_names_the_columns_of_letters()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.EnumerateFiles(TestFiles.PathOf("messy", "")))
        {
            File.Copy(file, folder[Path.GetFileName(file)]);
        }

        string[] people = ["--people", folder["registrations.csv"], "--mapping", folder["mapping-answered.json"]];
        string[] problem = ["--quotas", folder["quotas.csv"], .. people, "--size", "24"];
        Run(0, ["lottery", .. problem, "--ballots", "100", "--seed", "s", .. Example.CalledOut, "--output", folder["lottery"]]);
        Run(0, ["draw", folder["lottery"], "--number", "42", .. people, "--output", folder["panel"]]);
        string[][] letters = Csv.Read(folder["panel/letters.csv"]);
        Assert.Equal(["id", "key", "tag", "number", "outcome", "First name", "Last name", "Street address", "Postcode", "E-mail", "Mobile"], letters[0]);
        Assert.Equal(1 + 169, letters.Length);
        Assert.Equal(24, Csv.Column(letters, "outcome").Count(outcome => outcome is "selected"));

        Run(0, ["select", .. problem, "--seed", "s", "--output", folder["selection"]]);
        string[][] selected = Csv.Read(folder["selection/letters.csv"]);
        Assert.Equal(["id", "outcome", .. letters[0][5..]], selected[0]);
        Assert.Equal(Csv.Column(Csv.Read(folder["selection/selected.csv"]), "id"), selected.Where(row => row[1] is "selected").Select(row => row[0]));
    }

    [Fact]
    public void A_replacement_round_tells_who_stays_and_who_declined()
    {
        using TemporaryFolder folder = new();
        string[] input = Pool(folder, Encoding.UTF8.GetBytes(People));
        Run(0, ["replace", .. input, "--must-out", "p6", "--confirmed", "p1,p5", "--declined", "p4,p3", "--seed", "s", "--contact-columns", "navn", "--output", folder["panel"]]);
        string[] rows = folder.Read("panel/letters.csv").TrimEnd('\n').Split('\n');
        string joins = folder.Read("panel/selected.csv").Split('\n')[1].Split(';')[0];
        Assert.Equal("p2", joins);
        Assert.Equal(
            ["id;outcome;Navn", "p1;stays;Åse", "p2;selected;Bo", "p3;declined;\"C; D\"", "p4;declined;Dæ", "p5;stays;E", "p6;not in the draw;F"], rows);
        Assert.Contains("missing", Run(2, ["select", .. input, "--contact-columns", "Telefon", "--output", folder["none"]]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_encoding_does_not_have_is_written_in_UTF_8_and_told()
    {
        using TemporaryFolder folder = new();
        folder.Write("raw.csv", s_western.GetBytes("id;køn\n1;K\n2;M\n"));
        folder.Write("mapping.json", """
            { "format": "sortition-mapping/1", "id": { "column": "id" },
              "features": [{ "name": "køn", "column": "køn", "values": { "Жена": ["K"], "M": [] } }] }
            """);
        CommandRun run = Run(0, "prepare", folder["raw.csv"], "--mapping", folder["mapping.json"], "--output", folder["pool"]);
        Assert.Contains("written in UTF-8: windows-1252 does not have all the letters", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal("\uFEFFid;køn\n1;Жена\n2;M\n", folder.Read("pool/pool.csv"));
    }

    private static string[] Pool(TemporaryFolder folder, byte[] people)
    {
        folder.Write("people.csv", people);
        return ["--quotas", folder.Write("quotas.csv", Example.SmallQuotas), "--people", folder["people.csv"], "--size", "3"];
    }

    private static void Lottery(TemporaryFolder folder)
    {
        string[] input = Pool(folder, Encoding.UTF8.GetBytes(People));
        Run(0, ["lottery", .. input, "--ballots", "20", "--seed", "s", .. Example.CalledOut, "--output", folder["lottery"]]);
    }

    private static string[] Lines(string path) => s_western.GetString(File.ReadAllBytes(path)).TrimEnd('\n').Split('\n');

    private static CommandRun Run(int exitCode, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.True(run.ExitCode == exitCode, run.Output + run.Error);
        return run;
    }
}
