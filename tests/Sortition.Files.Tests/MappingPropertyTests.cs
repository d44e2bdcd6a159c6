using FsCheck.Xunit;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Mapping;
using Xunit;
using static Sortition.Files.Tests.MappingTables;

namespace Sortition.Files.Tests;

/// <summary>What holds for every raw table.</summary>
public sealed class MappingPropertyTests
{
    private const string Mapping = """
        { "format": "sortition-mapping/1", "asOf": "2026-05-01", "id": { "create": "P{000}" },
          "status": { "column": "svar", "in": ["ja", ""], "out": ["nej"], "other": "out" },
          "contact": { "name": ["navn"], "email": "mail" }, "household": ["vej"],
          "features": [
            { "name": "køn", "column": "køn", "values": { "K": ["kvinde"], "M": ["mand"] }, "blank": "leaveOut", "other": { "value": "?!" } },
            { "name": "alder", "column": "født", "kind": "birthYear", "bands": { "ung": [16, 40], "gammel": [41, null] }, "edge": "older", "blank": "leaveOut", "other": "leaveOut",
              "outside": "leaveOut" } ] }
        """;

    private static readonly string[][] s_cells =
    [
        ["Ada", "Bea", "Cyd", "Dee", "Eva", ""], ["a@x", "b@x", "c@x", "d@x", "e@x", ""], ["Elm 1", "Elm 2", ""], ["ja", "nej", "måske", ""],
        ["kvinde", "M", "K", "mand", "x", ""], ["1960", "1985", "1986", "2015", "1990-02-03", "år", ""],
    ];

    private static readonly IReadOnlyList<Feature> s_features = Features("køn: K, M", "alder: 16-24, 25-74, 75+", "area: north, south");

    [Property(MaxTest = 300)]
    public void Everybody_is_in_the_pool_or_the_list_says_why_and_again_the_same(int seed, byte count)
    {
        string[] rows = Rows(seed, 1 + (count % 30));
        RawTable table = Table(["navn;mail;vej;svar;køn;født", .. rows]);
        if (rows.All(row => row == ";;;;;"))
        {
            return;
        }

        IdRegister ids = IdRegister.Create();
        PreparedPool pool = Apply(Mapping, table, ids);
        Dictionary<string, string> written = Written(pool);
        int[] leftOut = [.. pool.Actions.Where(a => a.IsLeftOut).Select(a => a.Row)];
        Assert.Equal(rows.Count(row => row != ";;;;;"), pool.Rows.Count + leftOut.Distinct().Count());
        Assert.Equal(leftOut.Length, leftOut.Distinct().Count());
        Assert.Equal(pool.Rows.Count, pool.Rows.Select(r => r[0]).Distinct().Count());
        Assert.All(pool.Rows, row => Assert.True(row[1] is "K" or "M" or "?!" && row[2] is "ung" or "gammel"));
        Assert.All(s_cells[0].Concat(s_cells[1]).Where(c => c.Length > 0), personal => Assert.DoesNotContain(personal, written["actions.csv"], StringComparison.Ordinal));
        Assert.Equal(written, Written(Apply(Mapping, table, ids)));
    }

    [Property(MaxTest = 300)]
    public void Whoever_stays_keeps_the_id_whatever_happens_to_the_others(int seed, byte count)
    {
        Random random = new(seed);
        string[] rows = [.. Rows(seed, 2 + (count % 20)).Select((row, i) => $"n{i};m{i}@x;v{i % 3};ja;K;19{60 + (i % 30)}")];
        IdRegister ids = IdRegister.Create();
        Dictionary<string, string> first = IdsByName(rows, ids);
        for (int round = 0; round < 4; round++)
        {
            string[] stay = [.. rows.Where(_ => random.Next(3) > 0).Append($"new{round};new{round}@x;v9;ja;M;1990").OrderBy(_ => random.Next())];
            Dictionary<string, string> now = IdsByName(stay, ids);
            Assert.All(now.Where(p => first.ContainsKey(p.Key)), p => Assert.Equal(first[p.Key], p.Value));
            Assert.All(now.Where(p => !first.ContainsKey(p.Key)), p => Assert.DoesNotContain(p.Value, first.Values));
            foreach ((string name, string id) in now)
            {
                first[name] = id;
            }
        }

        Assert.Equal(first.Count, first.Values.Distinct().Count());
    }

    [Property(MaxTest = 400)]
    public void Every_table_is_given_a_suggestion_that_can_be_read_and_is_applied_or_refused(int seed)
    {
        Random random = new(seed);
        string[] cells =
        [
            .. s_cells.SelectMany(c => c), "?", "Total", "Total: 7", "køn", "alder", "mail", "navn", "E-mail", "Født", "Status", "withdrawn", "03/04/1990", "25/12/1990", "12/25/1990",
            "1.250", "1,250", "\0", "\u200B", "\uD800", "\"", "{}", "=1+1", "-", "99999999999999999999", "16-24", "75+", "0000-00-00", "29/02/1900", " ", "\n",
        ];
        string?[][] rows = [.. Enumerable.Range(0, random.Next(1, 14)).Select(_ => Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(9) == 0 ? null : cells[random.Next(cells.Length)]).ToArray())];
        RawTable table = RawTable.FromRows("t", rows);
        IdRegister ids = IdRegister.Create();
        try
        {
            PoolMapping mapping = PoolMapping.Suggest(table, s_features, ids, random.Next(2) == 0 ? null : new DateOnly(2026, 5, 1));
            string json = mapping.Serialize();
            PoolMapping read = PoolMapping.Deserialize(json);
            Assert.Equal(json, read.Serialize());
            int open = read.FindOpenPoints(table, ids).Count;
            Assert.Equal(mapping.FindOpenPoints(table, ids).Count, open);

            // Whatever is answered, the answer is a pool or a list of faults.
            PoolMapping answered = PoolMapping.Deserialize(json.Replace("\"?\"", "\"leaveOut\"", StringComparison.Ordinal)
                .Replace("\"edge\": \"leaveOut\"", "\"edge\": \"older\"", StringComparison.Ordinal).Replace("\"asOf\": \"leaveOut\"", "\"asOf\": \"2026-05-01\"", StringComparison.Ordinal)
                .Replace("\"dateOrder\": \"leaveOut\"", "\"dateOrder\": \"mdy\"", StringComparison.Ordinal));
            Written(answered.Apply(table, ids));
        }
        catch (MalformedInputException refused)
        {
            Assert.All(refused.Faults, fault => Assert.NotEqual("", FileTexts.English.Describe(fault)));
        }
    }

    private static Dictionary<string, string> IdsByName(string[] rows, IdRegister ids) =>
        Apply(Mapping, Table(["navn;mail;vej;svar;køn;født", .. rows]), ids).Rows.ToDictionary(row => row[3], row => row[0]);

    private static string[] Rows(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(';', s_cells.Select(cells => cells[random.Next(cells.Length)])))];
    }
}
