namespace Sortition.Cli.Tests;

/// <summary>A later round cannot take one person for another, and asks no more of people who are out than who they are.</summary>
public sealed class RoundPeopleTests : IDisposable
{
    private const string Quotas = "feature,value,min,max\ngender,female,1,3\ngender,male,1,3\n";

    private readonly TemporaryFolder _folder = new();

    private string[] Input => ["--quotas", _folder["quotas.csv"], "--people", _folder["people.csv"], "--size", "4"];

    public void Dispose() => _folder.Dispose();

    /// <summary>People without ids are called by the numbers of their rows: one row less, and everybody below is somebody else.</summary>
    [Theory]
    [InlineData(',', "replace --panel {0} --declined {1} --seed s")]
    [InlineData(';', "replace --confirmed {0} --seed s")]
    [InlineData(',', "alternates --panel {0} --count 2")]
    [InlineData(',', "lottery --panel {0} --declined {1} --output {2}")]
    [InlineData(';', "replace --look-ahead --panel {0}")]
    public void Rows_that_have_moved_are_noticed(char separator, string command)
    {
        string[] rows = Pool(separator, withIds: false);
        string selected = Select();
        string first = File.ReadLines(selected).ElementAt(1).Split(separator)[0];
        string[] arguments = [.. command.Split(' ').Select(part => string.Format(System.Globalization.CultureInfo.InvariantCulture, part, selected, first, _folder["round"]))];
        CommandRun before = CommandRun.Of([arguments[0], .. Input, .. arguments[1..]]);
        Assert.True(before.ExitCode == 0, before.Error);
        if (Directory.Exists(_folder["round"]))
        {
            Directory.Delete(_folder["round"], recursive: true);
        }

        for (int deleted = 1; deleted < rows.Length; deleted++)
        {
            _folder.Write("people.csv", string.Join('\n', rows.Where((_, i) => i != deleted)) + "\n");
            CommandRun run = CommandRun.Of([arguments[0], .. Input, .. arguments[1..]]);

            // Below the last member nobody of the panel has moved.
            bool isBelow = deleted > File.ReadLines(selected).Skip(1).Max(line => int.Parse(line.Split(separator)[0], System.Globalization.CultureInfo.InvariantCulture));
            Assert.True(isBelow ? run.ExitCode == 0 : run.ExitCode == 2, $"row {deleted}: {run.Error}");
            if (!isBelow && File.ReadLines(selected).Skip(1).All(line => int.Parse(line.Split(separator)[0], System.Globalization.CultureInfo.InvariantCulture) < rows.Length - 1))
            {
                Assert.Contains("Was a row deleted", run.Error, StringComparison.Ordinal);
                Assert.Contains("name", run.Error, StringComparison.Ordinal);
            }

            Assert.DoesNotContain("Person", run.Error, StringComparison.Ordinal);
            Assert.Equal(isBelow && command.Contains("{2}", StringComparison.Ordinal), Directory.Exists(_folder["round"]));
            if (Directory.Exists(_folder["round"]))
            {
                Directory.Delete(_folder["round"], recursive: true);
            }
        }
    }

    /// <summary>A list, too, is read in an encoding that had to be assumed; in which, and what came of it, is told with all else.</summary>
    [Theory]
    [InlineData("replace --panel {0} --declined P01 --seed s")]
    [InlineData("replace --confirmed {0} --seed s")]
    [InlineData("lottery --panel {0} --declined P01 --output {1}")]
    [InlineData("alternates --panel P05,P06,P07,P08 --alternates {0} --declined P05")]
    public void The_encoding_of_a_list_is_told(string command)
    {
        string[] rows = Pool(',', withIds: true);
        string list = string.Join('\n', [rows[0], .. rows.Skip(1).Take(4).Select(row => row + "å")]) + "\n";
        _folder.Write("list.csv", System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(list));
        string[] arguments = [.. command.Split(' ').Select(part => string.Format(System.Globalization.CultureInfo.InvariantCulture, part, _folder["list.csv"], _folder["round"]))];
        CommandRun run = CommandRun.Of([arguments[0], .. Input, .. arguments[1..]]);
        Assert.Contains("list.csv", run.Error, StringComparison.Ordinal);
        Assert.Contains("indows-1252", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_rows_alone_are_refused()
    {
        Pool(',', withIds: false);
        CommandRun run = CommandRun.Of(["replace", .. Input, "--confirmed", "1,2", "--declined", "3", "--seed", "s"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("expected a list with all their columns, such as selected.csv", run.Error, StringComparison.Ordinal);
    }

    /// <summary>With ids, a changed phone number is told and no more; whoever has nothing in common with the list is somebody else.</summary>
    [Fact]
    public void People_with_ids_may_change_but_not_become_others()
    {
        string[] rows = Pool(',', withIds: true);
        string selected = Select();
        string id = File.ReadLines(selected).ElementAt(1).Split(',')[0];
        int at = Array.FindIndex(rows, row => row.StartsWith(id + ",", StringComparison.Ordinal));
        string[] cells = rows[at].Split(',');
        Rewrite(at, string.Join(',', [.. cells[..3], "other"]));
        CommandRun told = CommandRun.Of(["replace", .. Input, "--panel", selected, "--declined", id, "--seed", "s"]);
        Assert.Equal(0, told.ExitCode);
        Assert.Contains($"Warning: selected.csv, line 2: the row of 1 person is no longer what this list says ({id}); these columns of people.csv differ: street", told.Error, StringComparison.Ordinal);

        Rewrite(at, string.Join(',', [cells[0], "Other", cells[2] == "male" ? "female" : "male", "other"]));
        CommandRun refused = CommandRun.Of(["replace", .. Input, "--panel", selected, "--declined", id, "--seed", "s"]);
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains($"1 of those listed is not the person with the same id in people.csv ({id})", refused.Error, StringComparison.Ordinal);

        void Rewrite(int row, string text) => _folder.Write("people.csv", string.Join('\n', rows.Select((r, i) => i == row ? text : r)) + "\n");
    }

    [Theory]
    [InlineData("P24")]
    [InlineData("P02")]
    public void Whoever_declined_was_on_the_panel(string stranger)
    {
        Pool(',', withIds: true);
        string selected = Select();
        string[] members = [.. File.ReadLines(selected).Skip(1).Select(line => line.Split(',')[0])];
        stranger = members.Contains(stranger) ? "P23" : stranger;
        CommandRun run = CommandRun.Of(["replace", .. Input, "--panel", selected, "--declined", $"{members[0]}, {stranger}", "--seed", "s"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"--declined: {stranger}: not on the panel", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_not_there_is_told_as_that()
    {
        Pool(',', withIds: true);
        CommandRun run = CommandRun.Of(["replace", .. Input, "--panel", "frist/selected.csv", "--declined", "P01", "--seed", "s"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("nobody in the pool has this id (frist/selected.csv)", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Whoever is out may be erased from the people file, as a row without values or as no row at all.</summary>
    [Theory]
    [InlineData(false, "--declined")]
    [InlineData(true, "--declined")]
    [InlineData(false, "--must-out")]
    [InlineData(true, "--must-out")]
    public void People_who_are_out_need_no_values(bool isWithoutRow, string option)
    {
        string[] rows = Pool(',', withIds: true);
        string selected = Select();
        string[] members = [.. File.ReadLines(selected).Skip(1).Select(line => line.Split(',')[0])];
        string gone = option == "--declined" ? members[0] : rows.Skip(1).Select(row => row.Split(',')[0]).First(id => !members.Contains(id));
        string[] left = [.. rows.SelectMany(row => !row.StartsWith(gone + ",", StringComparison.Ordinal) ? (string[])[row] : isWithoutRow ? [] : [gone + ",,,"])];
        _folder.Write("people.csv", string.Join('\n', left) + "\n");
        string[] out_ = option == "--declined" ? ["--declined", gone] : ["--declined", members[0], "--must-out", gone];
        CommandRun run = CommandRun.Of(["replace", .. Input, "--panel", selected, .. out_, "--seed", "s", "--output", _folder["round"]]);
        Assert.True(run.ExitCode == 0, run.Error);
        string[] panel = [.. File.ReadLines(_folder["round/panel.csv"]).Skip(1).Select(line => line.Split(',')[0])];
        Assert.Equal(4, panel.Length);
        Assert.DoesNotContain(gone, panel);
        Assert.All(members[1..], member => Assert.Contains(member, panel));
        if (isWithoutRow && option == "--must-out")
        {
            Assert.Contains(gone, run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>Those who remain and the panel are the whole file.</summary>
    [Fact]
    public void What_remains_does_for_the_people_with_the_panel()
    {
        Pool(',', withIds: true);
        string selected = Select();
        string[] members = [.. File.ReadLines(selected).Skip(1).Select(line => line.Split(',')[0])];
        string[] round = ["--quotas", _folder["quotas.csv"], "--size", "4", "--panel", selected, "--declined", members[1], "--seed", "s"];
        CommandRun whole = CommandRun.Of(["replace", .. round, "--people", _folder["people.csv"], "--output", _folder["a"]]);
        CommandRun parts = CommandRun.Of(["replace", .. round, "--people", _folder["first/remaining.csv"], "--output", _folder["b"]]);
        Assert.True(parts.ExitCode == 0, parts.Error);
        Assert.Contains("their rows are taken from the list", parts.Error, StringComparison.Ordinal);
        Assert.Equal(0, whole.ExitCode);
        Assert.Equal(_folder.Read("a/selected.csv"), _folder.Read("b/selected.csv"));
        Assert.Equal(File.ReadLines(_folder["a/panel.csv"]).Order(StringComparer.Ordinal), File.ReadLines(_folder["b/panel.csv"]).Order(StringComparer.Ordinal));

        // The next round goes on from there: whoever declined before is nowhere any more.
        string[] next = [.. File.ReadLines(_folder["b/panel.csv"]).Skip(1).Select(line => line.Split(',')[0])];
        CommandRun again = CommandRun.Of(
            ["replace", "--quotas", _folder["quotas.csv"], "--size", "4", "--people", _folder["b/remaining.csv"], "--panel", _folder["b/panel.csv"], "--declined", next[0], "--seed", "t", "--output", _folder["c"]]);
        Assert.True(again.ExitCode == 0, again.Error);
        string[] last = [.. File.ReadLines(_folder["c/panel.csv"]).Skip(1).Select(line => line.Split(',')[0])];
        Assert.DoesNotContain(members[1], last);
        Assert.DoesNotContain(next[0], last);
    }

    /// <summary>One column of one sheet says the same as the lists.</summary>
    [Theory]
    [InlineData("invited", "yes", "no", "withdrawn")]
    [InlineData("Inviteret", "JA", "nej", "Afbud")]
    [InlineData("eingeladen", "zugesagt", "nein", "zurückgezogen")]
    public void A_column_of_answers_does_for_the_lists(string invited, string yes, string no, string withdrawn)
    {
        string[] rows = Pool(',', withIds: true);
        string[] members = [.. File.ReadLines(Select()).Skip(1).Select(line => line.Split(',')[0])];
        string earlier = rows.Skip(1).Select(row => row.Split(',')[0]).First(id => !members.Contains(id));
        Dictionary<string, string> answers = new() { [members[0]] = invited, [members[1]] = yes, [members[2]] = no, [members[3]] = yes, [earlier] = withdrawn };
        CommandRun lists = CommandRun.Of(["replace", .. Input, "--panel", string.Join(',', members), "--declined", members[2], "--must-out", earlier, "--seed", "s", "--output", _folder["a"]]);
        Assert.True(lists.ExitCode == 0, lists.Error);
        string[] answered = [.. rows.Select((row, i) => row + "," + (i == 0 ? "Svar" : answers.GetValueOrDefault(row.Split(',')[0])))];

        // Whoever withdrew is forgotten but for the answer.
        answered = [.. answered.Select(row => row.StartsWith(earlier + ",", StringComparison.Ordinal) ? $"{earlier},,,,{withdrawn}" : row)];
        _folder.Write("people.csv", string.Join('\n', answered) + "\n");
        CommandRun column = CommandRun.Of(["replace", .. Input, "--answer-column", "svar", "--seed", "s", "--output", _folder["b"]]);
        Assert.True(column.ExitCode == 0, column.Error);
        Assert.Equal(Ids("a/selected.csv"), Ids("b/selected.csv"));

        _folder.Write("people.csv", string.Join('\n', answered.Select(row => row.Replace("," + yes, ",perhaps", StringComparison.Ordinal))) + "\n");
        CommandRun unknown = CommandRun.Of(["replace", .. Input, "--answer-column", "svar", "--seed", "s"]);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("perhaps", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("expected one of: invited, yes, no, withdrawn, or nothing", unknown.Error, StringComparison.Ordinal);

        CommandRun both = CommandRun.Of(["replace", .. Input, "--answer-column", "svar", "--declined", "P01"]);
        Assert.Equal(2, both.ExitCode);
        Assert.Contains("leave out --panel, --confirmed and --declined", both.Error, StringComparison.Ordinal);

        string[] Ids(string file) => [.. File.ReadLines(_folder[file]).Skip(1).Select(line => line.Split(',')[0])];
    }

    private string Select()
    {
        CommandRun run = CommandRun.Of(["select", .. Input, "--seed", "s", "--output", _folder["first"]]);
        Assert.True(run.ExitCode == 0, run.Error);
        return _folder["first/selected.csv"];
    }

    /// <summary>Writes a pool of 24 and gives its lines.</summary>
    private string[] Pool(char separator, bool withIds)
    {
        _folder.Write("quotas.csv", Quotas);
        string[][] table =
        [
            [.. withIds ? (string[])["id"] : [], "name", "gender", "street"],
            .. Enumerable.Range(1, 24).Select(i => (string[])[.. withIds ? (string[])[$"P{i:00}"] : [], $"Person {i}", i % 2 == 0 ? "female" : "male", $"Road {i}"]),
        ];
        string[] rows = [.. table.Select(cells => string.Join(separator, cells))];
        _folder.Write("people.csv", string.Join('\n', rows) + "\n");
        return rows;
    }
}
